"""How much room texts take: widths of Sarabun's own letters, lines broken between words, paragraphs set on slides."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache, lru_cache
from pathlib import Path

import fontpkg_sarabun
from fontTools.ttLib import TTFont

from coopkm.extras import load
from coopkm.slides.deck import Para, Run
from coopkm.slides.places import AFTER, INDENT, LEADING, SMALLEST, Place, size_at

Line = tuple[Run, ...]
_USED = 0.95  # of a box's width: programs break Thai at other words than we do
_PIECE = re.compile(r"[\u0e00-\u0e7f]+|[^\S\n]+|[^\s\u0e00-\u0e7f]+|\n")
_CLUSTER = re.compile(r"[\u0e40-\u0e44]?.[\u0e30-\u0e3a\u0e45\u0e47-\u0e4e]*", re.DOTALL)


@cache
def _advances(bold: bool) -> tuple[dict[int, float], float]:
    """Width of every letter at size 1, and that of one that the font lacks."""
    name = "Sarabun-Bold.ttf" if bold else "Sarabun-Regular.ttf"
    with TTFont(Path(fontpkg_sarabun.__file__).parent / "files" / name) as font:
        scale, widths = font["head"].unitsPerEm, font["hmtx"].metrics
        known = {code: widths[glyph][0] / scale for code, glyph in font.getBestCmap().items()}
    return known, 1.0


def width(text: str, size: float, bold: bool = False) -> float:
    """How wide a text is in one line, in points."""
    known, unknown = _advances(bold)
    return size * sum(known.get(ord(letter), unknown) for letter in text)


@cache
def _words(text: str) -> tuple[str, ...]:
    """Where a run of Thai may be broken."""
    return tuple(load("pythainlp.tokenize").word_tokenize(text, engine="newmm", keep_whitespace=True))


def _pieces(text: str, size: float, bold: bool, room: float) -> Iterator[str]:
    """Unbreakable pieces of a text; one that is wider than a line is broken between clusters."""
    for found in _PIECE.findall(text):
        for word in _words(found) if "\u0e00" <= found[0] <= "\u0e7f" else (found,):
            yield from (word,) if width(word, size, bold) <= room else _CLUSTER.findall(word)


def broken(runs: Iterable[Run], size: float, room: float) -> list[Line]:
    """Runs set in lines of `room` points; a newline begins a new one. At least one line."""
    lines: list[list[Run]] = [[]]
    used = 0.0
    for run in runs:
        for piece in _pieces(run.text, size, run.bold, room):
            wide = width(piece, size, run.bold)
            if piece == "\n" or (used + wide > room and lines[-1] and not piece.isspace()):
                lines.append([])
                used = 0.0
            if piece != "\n":
                lines[-1].append(replace(run, text=piece))
                used += wide
    return [_joined(line) for line in lines]


def _joined(pieces: Iterable[Run]) -> Line:
    """Neighbours of one look as one run."""
    made: list[Run] = []
    for piece in pieces:
        if made and replace(made[-1], text="") == replace(piece, text=""):
            made[-1] = replace(piece, text=made[-1].text + piece.text)
        else:
            made.append(piece)
    return tuple(made)


@lru_cache(maxsize=4096)
def lines_of(para: Para, box: Place) -> list[Line]:
    """The lines that a paragraph takes in a box."""
    indent = INDENT[para.level] if para.marker != "none" else INDENT[0] * para.level
    runs = (replace(run, bold=run.bold or para.lead or box.bold) for run in para.runs)
    return broken(runs, size_at(box, para.level), (box.width - indent) * _USED)


def height(paras: Iterable[Para], box: Place) -> float:
    """How high paragraphs are in a box, in points."""
    tall = [len(lines_of(para, box)) * size_at(box, para.level) * LEADING for para in paras]
    return sum(tall) + AFTER * max(0, len(tall) - 1)


def pages(paras: Iterable[Para], box: Place) -> list[tuple[Para, ...]]:
    """Paragraphs dealt out to as few boxes as will hold them, about the same to each."""
    whole = list(paras)
    made = _filled(whole, box, box.lines)
    for most in range(3, box.lines):
        closer = _filled(whole, box, most)
        if len(closer) == len(made):
            return closer
    return made


def _filled(paras: list[Para], box: Place, most: int) -> list[tuple[Para, ...]]:
    made: list[list[Para]] = [[]]
    for para in (piece for whole in paras for piece in _cut(whole, box, most)):
        if made[-1] and not _fits([*made[-1], para], box, most):
            made.append(_taken_along(made[-1], para))
            if not _fits([*made[-1], para], box, most):
                made.append([])
        made[-1].append(para)
    return [tuple(page) for page in made if page]


def _fits(paras: list[Para], box: Place, most: int) -> bool:
    return sum(len(lines_of(para, box)) for para in paras) <= most and height(paras, box) <= box.height


def _taken_along(page: list[Para], following: Para) -> list[Para]:
    """What may not end a page goes along to the next: the line that what follows hangs on."""
    last = page[-1]
    opens_list = last.level == 0 and last.marker == "none" and following.marker != "none"
    hangs = following.level > last.level or (opens_list and not last.lead)
    return [page.pop()] if hangs and len(page) > 1 else []


def _cut(para: Para, box: Place, most: int) -> list[Para]:
    """A paragraph in pieces that a box can hold."""
    lines = lines_of(para, box)
    room = max(1, min(most, int(box.height / (size_at(box, para.level) * LEADING))))
    if len(lines) <= room:
        return [para]
    looks = [
        _joined(replace(run, bold=run.bold and not para.lead) for line in lines[at : at + room] for run in line)
        for at in range(0, len(lines), room)
    ]
    return [replace(para, runs=runs, marker=para.marker if not at else "none") for at, runs in enumerate(looks)]


def fitted(text: str, box: Place) -> tuple[str, int]:
    """A text for a box of few lines, with the letter size at which it fits; cut short where none does."""
    for size in range(box.size, SMALLEST - 1, -2):
        if _lines_in_box(text, box, size):
            return text, size
    least, most = 0, len(text)
    while least < most:
        middle = (least + most + 1) // 2
        least, most = (middle, most) if _lines_in_box(text[:middle] + "…", box, SMALLEST) else (least, middle - 1)
    return text[:least].rstrip() + "…", SMALLEST


def _lines_in_box(text: str, box: Place, size: int) -> bool:
    lines = broken([Run(text, bold=box.bold)], size, box.width * _USED)
    return len(lines) * size * LEADING <= max(box.height, size * LEADING if size <= SMALLEST else 0)
