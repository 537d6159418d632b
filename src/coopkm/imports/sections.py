"""Sections of a document: a heading each, with its points; and how they are built, paragraph by paragraph."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from coopkm.imports.headings import is_known
from coopkm.imports.labels import Levels, inline_items
from coopkm.imports.letters import restored
from coopkm.imports.paragraphs import Paragraph, width

_AHEAD = 8  # paragraphs in which a list goes on
_TITLE = 180  # letters that the title of a text without headings has at most


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


class Builder:
    """Puts paragraphs into sections, in their order."""

    def __init__(self, counts: Counter[str]) -> None:
        self.sections: list[Section] = []
        self.jumps: list[tuple[int, str]] = []
        self.heads: list[int] = []  # rows that name the columns of a table
        self._counts = counts
        self._levels = Levels()
        self._above: list[Section] = []  # headings over what comes next
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

    def _heading(self, paragraph: Paragraph, level: int) -> None:
        while self._above and self._above[-1].level >= level:
            self._above.pop()
        if self._above:
            self._above[-1].heads = True
        label = paragraph.label.shown if paragraph.label else ""
        titles = tuple(section.title for section in self._above)
        section = Section(paragraph.text, paragraph.rows, paragraph.first.page, level, label, titles)
        self.sections.append(section)
        if paragraph.first.level or not is_known(paragraph.text):  # a preface stands over nothing else
            self._above.append(section)
        self._levels.clear()
        self._open.clear()
        self._table = None

    def _item(self, paragraph: Paragraph) -> None:
        assert paragraph.label is not None
        label = paragraph.label
        level, jumped = self._levels.place(label, paragraph.first.depth, paragraph.first.indent)
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
        self._levels.clear()
        self.sections[-1].pieces.append(piece)

    def _list_goes_on(self, following: Sequence[Paragraph], levels: Sequence[int]) -> bool:
        for paragraph, level in zip(following, levels, strict=True):
            if level:
                return False
            if paragraph.label and paragraph.label.numbers:
                return self._levels.fits(paragraph.label) and not paragraph.label.first
        return False

    def _row(self, paragraph: Paragraph) -> None:
        cells = tuple(_lines(cell, self._counts) for cell in paragraph.first.cells)
        piece = Piece(paragraph.text, paragraph.rows, paragraph.first.page, cells=cells)
        pieces = self.sections[-1].pieces
        if self._table is None:
            self._table = cells if paragraph.first.head or _is_head(cells) else ()
        elif len(self._table) == len(cells):
            piece.head = self._table
            if pieces[-1].cells is self._table:
                self.heads += pieces.pop().rows
        pieces.append(piece)
        self._open.clear()

    def _piece(self, paragraph: Paragraph, label: str, numbers: tuple[int, ...]) -> Piece:
        lead, items = inline_items(paragraph.text)
        piece = Piece(lead, paragraph.rows, paragraph.first.page, label, numbers)
        piece.parts = [Piece(text, paragraph.rows, paragraph.first.page, mark) for mark, text in items]
        return piece


def _is_title(paragraphs: Sequence[Paragraph]) -> bool:
    """Whether a text without headings begins with its title."""
    first = paragraphs[0]
    return not first.label and not first.first.cells and len(paragraphs) > 1 and width(first.text) <= _TITLE


def _lines(cell: str, counts: Counter[str]) -> str:
    """The text of a cell, its paragraphs on lines of their own."""
    return "\n".join(line for part in cell.split("\n") if (line := restored(part, counts)))


def _is_head(cells: Sequence[str]) -> bool:
    """Whether the first row of a table names its columns."""
    return all(cell and width(cell) <= 40 and not re.fullmatch(r"[\d๐-๙.,/ ]+", cell) for cell in cells)
