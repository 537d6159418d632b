"""TXT files: which encoding they are in, and their rows."""

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from dataclasses import replace

from coopkm.errors import CannotGoOn
from coopkm.imports.rows import Row, Source, require_size, require_text

_FEW = 0.9  # share of bytes that say UTF-16 where no mark does
_RUN = re.compile(b"[\x80-\xff]{2,}")  # letters above ASCII come in runs in Thai words, alone in Latin ones
_BOMS = (
    (BOM_UTF8, "utf-8", "UTF-8 (BOM)"),
    (BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)


def read_plain(raw: bytes, name: str) -> Source:
    """The rows of a TXT file. A form feed begins a new page.

    Raises:
        CannotGoOn: the encoding cannot be told, or it is damaged, or too large.
    """
    text, encoding = decoded(raw, name)
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\x0b", "\n")
    require_size(name, text.count("\n"), len(text))
    rows: list[Row] = []
    page, gap, number = (1 if "\f" in text else 0), False, 0
    for sheet in text.split("\f"):
        for line in sheet.split("\n"):
            number += 1
            if line.strip("\u00a0\u200b\ufeff \t"):
                cells = _cells(line)
                indent = 6.0 * (len(line) - len(line.lstrip()))
                rows.append(Row(number, line, page=page, gap=gap, cells=cells, indent=indent))
                gap = False
            else:
                gap = True
        page += bool(page)
    require_text(name, rows)
    return Source(name, "txt", encoding, _tables(rows), pages=max(0, page - 1))


def decoded(raw: bytes, name: str) -> tuple[str, str]:
    """The text, and the name of its encoding."""
    for mark, codec, shown in _BOMS:
        if raw.startswith(mark):
            return _strict(raw[len(mark) :], codec, name), shown
    wide = _wide(raw)
    if wide:
        return _strict(raw, wide, name), "UTF-16"
    if b"\0" in raw:
        raise CannotGoOn(f"{name}: ไม่ใช่ไฟล์ข้อความ", f"{name}: is not a text file")
    try:
        return raw.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError as error:
        return _single_byte(raw, name, error.start)


def _wide(raw: bytes) -> str:
    """UTF-16 without a mark: every other byte is that of Thai or of ASCII."""
    pairs = len(raw) // 2
    if not pairs:
        return ""
    for offset, codec in ((1, "utf-16-le"), (0, "utf-16-be")):
        high = raw[offset : 2 * pairs : 2]
        if high.count(0) + high.count(0x0E) > _FEW * pairs:
            return codec
    return ""


def _single_byte(raw: bytes, name: str, fault: int) -> tuple[str, str]:
    """Thai in one byte a letter, unless it is UTF-8 with a fault."""
    high = [byte for byte in raw if byte >= 0x80]
    thai = sum(0xA1 <= byte <= 0xFB for byte in high)
    in_runs = sum(len(run) for run in _RUN.findall(raw))
    if thai < _FEW * len(high) or in_runs * 2 < len(high) or b"\xe0\xb8" in raw or b"\xe0\xb9" in raw:
        raise _damaged(name, raw[:fault].count(b"\n") + 1)
    is_windows = any(0x80 <= byte < 0xA1 for byte in high)
    return _strict(raw, "cp874", name), "Windows-874" if is_windows else "TIS-620"


def _strict(raw: bytes, codec: str, name: str) -> str:
    try:
        return raw.decode(codec)
    except UnicodeDecodeError:
        raise _damaged(name, 0) from None


def _damaged(name: str, line: int) -> CannotGoOn:
    where = (f" (บรรทัด {line})", f" (line {line})") if line else ("", "")
    return CannotGoOn(
        f"{name}: ตัวอักษรเสียหรือไม่ทราบรหัสอักขระ{where[0]} เปิดในโปรแกรมเดิมแล้วบันทึกใหม่เป็น UTF-8",
        f"{name}: its letters are damaged or in an unknown encoding{where[1]}:"
        " open it where it was written and save it as UTF-8",
    )


def _cells(line: str) -> tuple[str, ...]:
    cells = tuple(cell.strip() for cell in line.strip().split("\t"))
    return cells if len(cells) > 1 else ()


def _tables(rows: list[Row]) -> tuple[Row, ...]:
    """Tabs make a table where three rows on end have as many cells; elsewhere they are spaces."""
    lengths = [len(row.cells) for row in rows]
    kept: set[int] = set()
    for at in range(len(rows) - 2):
        if lengths[at] > 1 and lengths[at] == lengths[at + 1] == lengths[at + 2]:
            kept |= {at, at + 1, at + 2}
    return tuple(row if not row.cells or at in kept else replace(row, cells=()) for at, row in enumerate(rows))
