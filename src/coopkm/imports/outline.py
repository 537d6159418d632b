"""Paragraphs to sections, each with its points: what a heading stands over."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from coopkm.imports.contents import contents_of
from coopkm.imports.furniture import furniture
from coopkm.imports.headings import heading_levels
from coopkm.imports.labels import Levels, inline_items
from coopkm.imports.letters import bare, restored
from coopkm.imports.paragraphs import Joiner, Paragraph, width
from coopkm.imports.rows import Row, Source
from coopkm.imports.words import words

_COVER = 140  # letters a line of a cover has at most
_AHEAD = 8  # paragraphs in which a list goes on
_SIGNATURE = re.compile(
    r"\(?\s*(?:{})\s?[\u0e01-\u0e4e]+\s+[\u0e01-\u0e4e]+\s*\)?".format("|".join(map(re.escape, words()["persons"])))
)

Reason = Literal[
    "header", "footer", "page-number", "contents", "cover", "signature", "comment", "no-letters", "lone-heading"
]


@dataclass
class Piece:
    """A point: an item of a list, a paragraph, or a row of a table, with what belongs below it."""

    text: str
    rows: tuple[int, ...]
    page: int
    label: str = ""
    numbers: tuple[int, ...] = ()
    parts: "list[Piece]" = field(default_factory=list)
    cells: tuple[str, ...] = ()
    head: tuple[str, ...] = ()  # what the columns of its table are called

    def walk(self) -> "Iterator[Piece]":
        """Itself and all below it."""
        yield self
        for part in self.parts:
            yield from part.walk()


@dataclass
class Section:
    """A heading and what stands under it, down to the next heading."""

    title: str
    rows: tuple[int, ...]
    page: int
    level: int
    label: str = ""
    above: tuple[str, ...] = ()
    pieces: list[Piece] = field(default_factory=list)
    heads: bool = False  # whether headings stand below it


@dataclass
class Outline:
    """A document understood: its sections, rows set aside with the reason, jumps in numbering, what was put right."""

    sections: list[Section]
    aside: dict[int, Reason]
    jumps: list[tuple[int, str]]
    counts: Counter[str]
    cover: list[str]


def outline_of(source: Source) -> Outline:
    """The outline of a document. Each row is in a section, below its heading, or set aside."""
    counts: Counter[str] = Counter()
    aside: dict[int, Reason] = dict(furniture(source.rows))  # type: ignore[arg-type]
    rest = [row for row in source.rows if row.number not in aside]
    contents = contents_of(rest)
    aside |= dict.fromkeys(contents.rows, "contents")
    aside |= {row.number: _apart(row) for row in rest if _apart(row) and row.number not in aside}  # type: ignore[misc]
    rows = [row for row in rest if row.number not in aside]
    paragraphs = Joiner(rows, counts).join(rows)
    levels = heading_levels(paragraphs, contents)
    cover = _cover(paragraphs, levels)
    for paragraph in cover:
        aside |= dict.fromkeys(paragraph.rows, "cover")
    builder = _Builder(counts)
    builder.build(paragraphs[len(cover) :], levels[len(cover) :])
    for section in builder.lone():
        aside |= dict.fromkeys(section.rows, "lone-heading")
    sections = [section for section in builder.sections if section.pieces or section.heads]
    return Outline(sections, aside, builder.jumps, counts, [paragraph.text for paragraph in cover])


def _apart(row: Row) -> Reason | None:
    if row.part == "comment":
        return "comment"
    if not bare(row.shown):
        return "no-letters"
    if _SIGNATURE.fullmatch(restored(row.text, Counter())):
        return "signature"
    return None


def _cover(paragraphs: Sequence[Paragraph], levels: Sequence[int]) -> list[Paragraph]:
    """Short lines before the first heading; where text stands there, the first line is a heading itself."""
    first = next((at for at, level in enumerate(levels) if level), 0)
    if all(width(p.text) <= _COVER and not p.label and not p.first.cells for p in paragraphs[:first]):
        return list(paragraphs[:first])
    return []


class _Builder:
    def __init__(self, counts: Counter[str]) -> None:
        self.sections: list[Section] = []
        self.jumps: list[tuple[int, str]] = []
        self._counts = counts
        self._levels = Levels()
        self._open: list[Piece] = []  # items, from the outermost
        self._table: tuple[str, ...] | None = None

    def build(self, paragraphs: Sequence[Paragraph], levels: Sequence[int]) -> None:
        for at, paragraph in enumerate(paragraphs):
            if levels[at] or (at == 0 and _is_title(paragraphs)):
                self._heading(paragraph, levels[at] or 1)
                continue
            if not self.sections:
                self.sections.append(Section("", (), paragraph.first.page, 1))
            if not paragraph.first.cells:
                self._table = None
            if paragraph.first.cells:
                self._row(paragraph)
            elif paragraph.label:
                self._item(paragraph)
            else:
                self._prose(paragraph, paragraphs[at + 1 : at + 1 + _AHEAD], levels[at + 1 : at + 1 + _AHEAD])

    def lone(self) -> list[Section]:
        """Headings over nothing."""
        return [section for section in self.sections if not section.pieces and not section.heads]

    def _heading(self, paragraph: Paragraph, level: int) -> None:
        above = [section for section in self._path() if section.level < level]
        if above:
            above[-1].heads = True
        label = paragraph.label.shown if paragraph.label else ""
        titles = tuple(section.title for section in above if section.title)
        self.sections.append(Section(paragraph.text, paragraph.rows, paragraph.first.page, level, label, titles))
        self._levels.clear()
        self._open.clear()
        self._table = None

    def _path(self) -> list[Section]:
        """The headings under which the next one may stand, from the outermost."""
        path: list[Section] = []
        for section in reversed(self.sections):
            if not path or section.level < path[0].level:
                path.insert(0, section)
            if path[0].level <= 1:
                break
        return path

    def _item(self, paragraph: Paragraph) -> None:
        assert paragraph.label is not None
        label = paragraph.label
        level, jumped = self._levels.place(label, paragraph.first.depth)
        if jumped:
            self.jumps.append((paragraph.number, label.shown))
        piece = self._piece(paragraph, label.shown, label.numbers)
        level = min(level, len(self._open))
        del self._open[level:]
        (self._open[-1].parts if self._open else self.sections[-1].pieces).append(piece)
        self._open.append(piece)

    def _prose(self, paragraph: Paragraph, following: Sequence[Paragraph], levels: Sequence[int]) -> None:
        piece = self._piece(paragraph, "", ())
        if self._open and self._list_goes_on(following, levels):
            self._open[-1].parts.append(piece)
            return
        self._open.clear()
        self._levels.leave()
        self.sections[-1].pieces.append(piece)

    def _list_goes_on(self, following: Sequence[Paragraph], levels: Sequence[int]) -> bool:
        for paragraph, level in zip(following, levels, strict=True):
            if level:
                return False
            if paragraph.label and paragraph.label.numbers:
                return self._levels.fits(paragraph.label) and not paragraph.label.first
        return False

    def _row(self, paragraph: Paragraph) -> None:
        cells = tuple(restored(cell, self._counts) for cell in paragraph.first.cells)
        piece = Piece(paragraph.text, paragraph.rows, paragraph.first.page, cells=cells)
        if self._table is None and (paragraph.first.head or _is_head(cells)):
            self._table = cells
        elif self._table is None:
            self._table = ()
        else:
            piece.head = self._table if len(self._table) == len(cells) else ()
        if piece.cells is self._table:
            piece.head = cells
        self.sections[-1].pieces.append(piece)
        self._open.clear()

    def _piece(self, paragraph: Paragraph, label: str, numbers: tuple[int, ...]) -> Piece:
        lead, items = inline_items(paragraph.text)
        piece = Piece(lead, paragraph.rows, paragraph.first.page, label, numbers)
        piece.parts = [Piece(text, paragraph.rows, paragraph.first.page, mark) for mark, text in items]
        return piece


def _is_title(paragraphs: Sequence[Paragraph]) -> bool:
    """Whether a text without headings begins with its title."""
    first = paragraphs[0]
    return not first.label and not first.first.cells and len(paragraphs) > 1 and width(first.text) <= _COVER + 40


def _is_head(cells: Sequence[str]) -> bool:
    """Whether the first row of a table names its columns."""
    return all(cell and width(cell) <= 40 and not re.fullmatch(r"[\d๐-๙.,/ ]+", cell) for cell in cells)
