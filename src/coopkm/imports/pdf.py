"""PDF files with a text layer: their lines as rows, with page, size, weight and how far they reach."""

import ctypes
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from types import ModuleType
from typing import Any

from coopkm import extras
from coopkm.errors import CannotGoOn
from coopkm.imports.rows import Row, Source, require_size, require_text

_MAX_PAGES = 1_000
_NEAR = 0.86  # of the width of the text: a line that reaches so far goes on in the next
_GAP = 1.25  # times the usual distance of lines: room between paragraphs
_OFTEN = 0.05
_BOLD = re.compile(rb"bold|black|heavy|semibold|demi", re.IGNORECASE)


@dataclass(frozen=True)
class _Line:
    """A line of a page, in points from the bottom left."""

    text: str
    left: float
    right: float
    bottom: float
    size: float
    bold: bool


def read_pdf(raw: bytes, name: str) -> Source:
    """The rows of a PDF file.

    Raises:
        CannotGoOn: it is damaged, locked, too large, or has no text layer.
    """
    pdfium = extras.load("pypdfium2")
    try:
        document = pdfium.PdfDocument(raw)
    except pdfium.PdfiumError as error:
        raise _unreadable(name, locked="password" in str(error).casefold()) from None
    try:
        return _read(document, pdfium, name)
    finally:
        document.close()


def _read(document: Any, pdfium: ModuleType, name: str) -> Source:
    if len(document) > _MAX_PAGES:
        raise CannotGoOn(
            f"{name}: มี {len(document):,} หน้า เกิน {_MAX_PAGES:,} หน้า แบ่งเป็นหลายไฟล์ก่อน",
            f"{name}: has {len(document):,} pages, more than {_MAX_PAGES:,}: split it into several files",
        )
    pages: list[list[_Line]] = []
    letters = 0
    for number in range(len(document)):
        try:
            pages.append(list(_lines(document[number], pdfium.raw, name)))
        except pdfium.PdfiumError:
            pages.append([])
        letters += sum(len(line.text) for line in pages[-1])
        require_size(name, sum(map(len, pages)), letters)
    empty = [str(number) for number, lines in enumerate(pages, 1) if not lines]
    if len(empty) == len(pages):
        raise CannotGoOn(
            f"{name}: เป็นภาพ ไม่มีตัวอักษรให้อ่าน ใช้ไฟล์ Word ต้นฉบับ หรือทำ OCR ก่อน",
            f"{name}: holds pictures and no text: use the Word file it was made of, or run OCR first",
        )
    rows = tuple(_rows(pages))
    require_text(name, rows)
    remarks = (("empty-pages", {"pages": ", ".join(empty)}),) if empty else ()
    return Source(name, "pdf", "", rows, pages=len(pages), remarks=remarks)


def _unreadable(name: str, *, locked: bool) -> CannotGoOn:
    if locked:
        return CannotGoOn(
            f"{name}: มีรหัสผ่าน บันทึกใหม่โดยไม่ใส่รหัสผ่านก่อน",
            f"{name}: is behind a password: save it without one first",
        )
    return CannotGoOn(f"{name}: ไม่ใช่ไฟล์ PDF หรือไฟล์เสียหาย", f"{name}: is no PDF file or is damaged")


def _lines(page: Any, raw: ModuleType, name: str) -> Iterator[_Line]:
    """The lines of a page as PDFium reads them."""
    text_page = page.get_textpage()
    try:
        count = text_page.count_chars()
        require_size(name, 0, count)
        text = text_page.get_text_range(0, count) if count > 0 else ""
        require_size(name, text.count("\n"), count)
        start = 0
        for line in re.split(r"(\r\n|\n|\r)", text):
            if line.strip():
                first = start + len(line) - len(line.lstrip())
                last = start + len(line.rstrip()) - 1
                yield _line(text_page.raw, raw, line, first, last)
            start += len(line)
    finally:
        text_page.close()
        page.close()


def _line(text_page: Any, raw: ModuleType, text: str, first: int, last: int) -> _Line:
    first, last = (max(0, raw.FPDFText_GetCharIndexFromTextIndex(text_page, at)) for at in (first, last))
    left, bottom = _origin(text_page, raw, first)
    right = _right(text_page, raw, last)
    size = round(raw.FPDFText_GetFontSize(text_page, first), 1)
    return _Line(text, left, right, bottom, size, _is_bold(text_page, raw, first))


def _origin(text_page: Any, raw: ModuleType, at: int) -> tuple[float, float]:
    """Where a letter stands on its line."""
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(text_page, at, x, y)
    return x.value, y.value


def _right(text_page: Any, raw: ModuleType, at: int) -> float:
    """The right edge of a letter."""
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    raw.FPDFText_GetCharBox(text_page, at, left, right, bottom, top)
    return right.value


def _is_bold(text_page: Any, raw: ModuleType, at: int) -> bool:
    if raw.FPDFText_GetFontWeight(text_page, at) >= 600:
        return True
    name, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    raw.FPDFText_GetFontInfo(text_page, at, name, len(name), flags)
    return bool(_BOLD.search(name.value))


def _rows(pages: list[list[_Line]]) -> Iterator[Row]:
    number = 0
    step = _usual_step(pages)
    edge = _right_edge(pages)
    for page, lines in enumerate(pages, 1):
        left = min((line.left for line in lines), default=0.0)
        before: _Line | None = None
        for line in lines:
            number += 1
            far = before is not None and step > 0 and not -1 < before.bottom - line.bottom <= _GAP * step
            reach = edge - left
            full = reach > 0 and line.right - left >= _NEAR * reach
            yield Row(
                number,
                line.text,
                page=page,
                bold=line.bold,
                size=line.size,
                gap=far,
                full=full,
                indent=line.left - left,
            )
            before = line


def _usual_step(pages: list[list[_Line]]) -> float:
    """The distance from line to line inside a paragraph: the smallest that is often found."""
    steps = Counter(
        round(above.bottom - below.bottom)
        for lines in pages
        for above, below in pairwise(lines)
        if above.bottom - below.bottom > 2
    )
    often = [step for step, count in steps.items() if count >= _OFTEN * steps.total()]
    return float(min(often)) if often else 0.0


def _right_edge(pages: list[list[_Line]]) -> float:
    """Where long lines end: a tenth of them reaches further."""
    rights = sorted(line.right for lines in pages for line in lines)
    return rights[int(len(rights) * 0.9)] if rights else 0.0
