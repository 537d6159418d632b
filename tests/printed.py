"""What others read in printed documents: the letters that are copied, and where lines break."""

import io
import re
import subprocess
from itertools import pairwise
from pathlib import Path
from zipfile import ZipFile

import pikepdf
import pypdfium2
from pythainlp.tokenize import word_tokenize

_ACTUAL = re.compile(rb"/Span<</ActualText<[0-9A-F]*>>>BDC")


def pdf_lines(pdf: bytes, first: int = 0) -> list[str]:
    """The lines of all pages from the page `first` on, counted from 0, as PDFium reads them."""
    file = pypdfium2.PdfDocument(pdf)
    pages = (file[number] for number in range(first, len(file)))
    return [line for page in pages for line in page.get_textpage().get_text_range().splitlines() if line.strip()]


def poppler_text(pdf: bytes, folder: Path, program: str) -> str:
    """The text as poppler reads it, in the order of the file."""
    file = folder / "read.pdf"
    file.write_bytes(pdf)
    done = subprocess.run([program, "-raw", str(file), "-"], capture_output=True, check=True, timeout=60)
    return done.stdout.decode()


def without_actual_text(pdf: bytes) -> bytes:
    """The PDF for readers that look into the fonts' maps only."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        for page in file.pages:
            page.Contents = file.make_stream(_ACTUAL.sub(b"/Span<<>>BDC", page.Contents.read_bytes()))
        made = io.BytesIO()
        file.save(made)
        return made.getvalue()


def squeezed(text: str) -> str:
    """The letters without the spaces between them: readers differ in those at the ends of lines."""
    return re.sub(r"\s+", "", text)


def torn_words(text: str, lines: list[str]) -> tuple[list[str], int]:
    """Breaks of `lines` that lie within a word of `text`, shown as `before|after`, and the number of all breaks.

    What a word is, newmm says of the whole text.
    """
    ends: set[int] = set()
    at = 0
    for word in word_tokenize(text, engine="newmm"):
        at += len(squeezed(word))
        ends.add(at)
    torn, at = [], 0
    for line, following in pairwise(lines):
        at += len(squeezed(line))
        if at not in ends:
            torn.append(f"{line[-8:]}|{following[:8]}")
    return torn, len(lines) - 1


def torn_inside(text: str, lines: list[str], reach: int = 12) -> tuple[list[str], int]:
    """The same for lines between which other things stand, such as heads of pages and labels.

    A break counts where the `reach` letters before it and after it stand together in `text`.
    """
    ends: set[int] = set()
    at = 0
    for word in word_tokenize(text, engine="newmm"):
        at += len(squeezed(word))
        ends.add(at)
    whole = squeezed(text)
    torn, breaks = [], 0
    for before, after in pairwise(map(squeezed, lines)):
        joined = before[-reach:] + after[:reach]
        places = [match.start() + len(before[-reach:]) for match in re.finditer(re.escape(joined), whole)]
        breaks += bool(places)
        if places and not ends.intersection(places):
            torn.append(f"{before[-reach:]}|{after[:reach]}")
    return torn, breaks


def docx_part(data: bytes, name: str) -> str:
    """A part of a Word file."""
    with ZipFile(io.BytesIO(data)) as parts:
        return parts.read(name).decode()
