"""Bytes from outside to rows of cells: CSV in the encodings that offices have, and spreadsheets.

Nothing in a file is run: of a formula only the value that was saved with it is read. Sizes are bounded before
anything is unpacked.
"""

import csv
import io
import warnings
import zipfile
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator
from datetime import date, datetime
from itertools import pairwise
from typing import Any, NamedTuple

from coopkm.analysis.faults import Refused, fault
from coopkm.extras import load

MAX_BYTES = 64_000_000
MAX_UNPACKED = 256_000_000
MAX_RATIO = 400  # a sheet of equal cells shrinks to about a hundredth; a bomb to a thousandth
MAX_ROWS = 200_000
MAX_COLUMNS = 2_000
MAX_ANSWERS = 2_000_000  # for more there is the table of single answers, which DuckDB reads
_XLSX = b"PK\x03\x04"


class Row(NamedTuple):
    """Cells as text, and the row's number as a spreadsheet shows it."""

    line: int
    cells: list[str]


def is_workbook(raw: bytes) -> bool:
    """Whether the bytes begin as a packed file."""
    return raw.startswith(_XLSX)


def rows_of(raw: bytes, path: str) -> list[Row]:
    """The rows that hold anything; the first is the head."""
    found = _of_workbook(raw, path) if is_workbook(raw) else _of_text(text_of(raw, path), path)
    if not found:
        raise Refused(fault(path, "empty"))
    return found


def text_of(raw: bytes, path: str) -> str:
    """The text: UTF-8, UTF-16, or else Thai of Windows."""
    if raw.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return _decoded(raw, "utf-16", path)
    if not raw.startswith(BOM_UTF8) and raw[:200].count(0) > len(raw[:200]) // 4:
        return _decoded(raw, "utf-16-le" if raw[1:2] == b"\0" else "utf-16-be", path)
    try:
        text = raw.removeprefix(BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError:
        return _windows_874(raw, path)
    if "\0" in text:
        raise Refused(fault(path, "foreign"))
    return text


def _decoded(raw: bytes, encoding: str, path: str) -> str:
    try:
        return raw.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError:
        raise Refused(fault(path, "encoding")) from None


def _windows_874(raw: bytes, path: str) -> str:
    """Thai letters of one byte each; anything else above ASCII says that it is another encoding."""
    text = _decoded(raw, "cp874", path)
    beyond = sum(char > "\x7f" for char in text)
    thai = sum("\u0e01" <= char <= "\u0e5b" for char in text)
    # An accent of a western encoding reads as a Thai letter too, but it stands among Latin letters.
    mixed = sum((one > "\x7f" and other.isascii() and other.isalpha()) for one, other in _neighbours(text))
    if "\0" in text or thai * 10 < beyond * 9 or mixed * 4 > beyond:
        raise Refused(fault(path, "encoding"))
    return text


def _neighbours(text: str) -> Iterator[tuple[str, str]]:
    for one, other in pairwise(text):
        yield one, other
        yield other, one


def _of_text(text: str, path: str) -> list[Row]:
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    found: list[Row] = []
    before = 0
    try:
        for cells in lines:
            _bounded(len(found), len(cells), path)
            if any(cell.strip() for cell in cells):
                found.append(Row(before + 1, [cell.strip() for cell in cells]))
            before = lines.line_num
    except csv.Error as error:
        raise Refused(fault(path, "bad-csv", lines.line_num, detail=error)) from None
    return found


def _delimiter(text: str) -> str:
    """The sign that parts the head: most often a comma, in some settings of Windows a semicolon, or a tab."""
    head, quoted = [], False
    for char in text.lstrip()[:50_000]:
        quoted ^= char == '"'
        if char in "\r\n" and not quoted:
            break
        if not quoted:
            head.append(char)
    return max(",;\t", key=lambda sign: head.count(sign))


def bound_answers(rows: list[Row], questions: int, path: str) -> None:
    """Refuse a table that would take hours to grade."""
    if len(rows) * questions > MAX_ANSWERS:
        raise Refused(fault(path, "too-many", limit=MAX_ANSWERS, unit_th="คำตอบ", unit_en="answers"))


def _bounded(rows: int, columns: int, path: str) -> None:
    if rows > MAX_ROWS:
        raise Refused(fault(path, "too-many", limit=MAX_ROWS, unit_th="แถว", unit_en="rows"))
    if columns > MAX_COLUMNS:
        raise Refused(fault(path, "too-many", limit=MAX_COLUMNS, unit_th="คอลัมน์", unit_en="columns"))


def _of_workbook(raw: bytes, path: str) -> list[Row]:
    openpyxl = load("openpyxl")
    _sound(raw, path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what it cannot keep of looks and checks is of no interest
            book = openpyxl.load_workbook(io.BytesIO(raw), read_only=True, data_only=True, keep_links=False)
            return next((rows for page in book.worksheets if (rows := _of_sheet(page, path))), [])
    except Refused:
        raise
    except Exception:  # openpyxl raises whatever its parts raise: KeyError, TypeError, ParseError …
        raise Refused(fault(path, "bad-xlsx")) from None


def _of_sheet(page: Any, path: str) -> list[Row]:
    page.reset_dimensions()  # some programs write a size that is not true
    found: list[Row] = []
    for line, cells in enumerate(page.iter_rows(values_only=True), 1):
        _bounded(line - 1, len(cells), path)
        texts = [_cell(value) for value in cells]
        if any(texts):
            found.append(Row(line, texts))
    return found


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value).strip()


def _sound(raw: bytes, path: str) -> None:
    """Unpack once without keeping, and count: what a packed file says of its own size may be a lie."""
    total = 0
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            for name in packed.infolist():
                with packed.open(name) as member:
                    is_xml = name.filename.lower().endswith((".xml", ".rels", ".vml"))
                    total += _unpacked(member, is_xml, path, total, len(raw))
    except Refused:
        raise
    except Exception:  # BadZipFile, zlib.error, a password, and what other packings raise
        raise Refused(fault(path, "bad-xlsx")) from None


def _unpacked(member: Any, is_xml: bool, path: str, before: int, packed: int) -> int:
    size, tail = 0, b""
    while block := member.read(1 << 20):
        size += len(block)
        if before + size > MAX_UNPACKED or before + size > max(1_000_000, packed * MAX_RATIO):
            raise Refused(fault(path, "unsafe-xlsx"))
        seen = (tail + block).replace(b"\0", b"")
        if is_xml and (b"<!DOCTYPE" in seen or b"<!ENTITY" in seen):  # entities could fetch files, or grow without end
            raise Refused(fault(path, "unsafe-xlsx"))
        tail = block[-32:]
    return size
