"""Rows to paragraphs: lines that only the width of the page broke are joined again."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from coopkm.imports.labels import CHAPTER, Label, Levels, label_of
from coopkm.imports.letters import restored
from coopkm.imports.rows import Row

_THAI = "\u0e01-\u0e4e"
_HYPHEN = re.compile("[A-Za-z]-$")
_LETTER = re.compile("[กaAi][.)]$")
_GOES_ON = re.compile(r"[a-z,;:)\]ๆฯ]")
_MARK = re.compile("[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]")
_NEAR = 0.8  # of the width: a line as long as that goes on in the next
_USUAL = (40, 160)  # letters a line of a page has
_OFTEN = 0.25


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, heading, item or row of a table. `number` and `page` say where it begins."""

    text: str
    rows: tuple[int, ...]
    first: Row
    label: Label | None = None
    is_chapter: bool = False

    @property
    def number(self) -> int:
        """The line of the text edition on which it begins."""
        return self.rows[0]


@dataclass
class _Open:
    """A paragraph being put together."""

    first: Row
    last: Row
    text: str
    rows: list[int]
    label: Label | None


class Joiner:
    """Joins rows; `counts` says how often, and which letters were put right."""

    def __init__(self, rows: Sequence[Row], counts: Counter[str]) -> None:
        self._width = wrap_width(rows)
        self._counts = counts
        self._levels = Levels()

    @property
    def is_wrapped(self) -> bool:
        """Whether lines of the text were broken at the width of a page."""
        return self._width > 0

    def join(self, rows: Iterable[Row]) -> list[Paragraph]:
        """The paragraphs of the rows, in order; each row is in exactly one."""
        made: list[Paragraph] = []
        current: _Open | None = None
        for row in rows:
            text = restored(row.text, self._counts)
            label = self._label(row, text)
            if current and self._goes_on(current, row, text, label):
                self._append(current, row, text)
                continue
            if current:
                made.append(_closed(current))
            if label:
                self._levels.place(label, row.depth, row.indent)
            current = _Open(row, row, label.rest if label else text, [row.number], label)
        return [*made, _closed(current)] if current else made

    def _label(self, row: Row, text: str) -> Label | None:
        if row.cells:
            return None
        if row.label:
            found = label_of(f"{row.label} x")
            return Label(row.label, found.style, found.numbers, text) if found else Label(row.label, "•", (), text)
        found = label_of(text)
        if found and found.style[-1:] in ".)" and not self._levels.fits(found) and _LETTER.search(found.style):
            return None  # `พ.` or `ก.` of an abbreviation, not the next letter of a list
        return found

    def _goes_on(self, open_: _Open, row: Row, text: str, label: Label | None) -> bool:
        last = open_.last
        if row.cells or last.cells or row.level or row.part != last.part or row.label:
            return False
        if label and (self._levels.fits(label) or not self._is_full(last)):
            return False
        if last.soft and not label:
            return True
        if row.gap or CHAPTER.match(text) or last.level or (row.bold, row.size) != (last.bold, last.size):
            return False
        if self._is_full(last):
            return True
        return bool(_HYPHEN.search(open_.text) and text[:1].islower()) or (
            self._width > 0 and bool(_GOES_ON.match(text))
        )

    def _is_full(self, row: Row) -> bool:
        if row.full is not None:
            return row.full
        return self._width > 0 and width(row.text) >= _NEAR * self._width

    def _append(self, open_: _Open, row: Row, text: str) -> None:
        self._counts["joined"] += 1
        if _HYPHEN.search(open_.text) and text[:1].islower():
            self._counts["hyphens"] += 1
            open_.text = open_.text[:-1] + text
        else:
            spaced = open_.last.text[-1:].isspace() or row.text[:1].isspace()
            thai = re.search(f"[{_THAI}]$", open_.text) and re.match(f"[{_THAI}]", text)
            open_.text += text if thai and not spaced else f" {text}"
        open_.rows.append(row.number)
        open_.last = row


def _closed(open_: _Open) -> Paragraph:
    chapter = not open_.label and not open_.first.cells and CHAPTER.match(open_.text) is not None
    return Paragraph(open_.text.strip(), tuple(open_.rows), open_.first, open_.label, chapter)


def width(text: str) -> int:
    """How many letters wide: marks above and below take no room."""
    return len(_MARK.sub("", text.strip()))


def wrap_width(rows: Sequence[Row]) -> int:
    """The width at which lines were broken, in letters; 0 where each paragraph is one line."""
    widths = sorted(width(row.text) for row in rows if row.part == "body" and not row.cells)
    if len(widths) < 8:
        return 0
    usual = widths[int(len(widths) * 0.95)]
    near = sum(one >= _NEAR * usual for one in widths)
    if not _USUAL[0] <= usual <= _USUAL[1] or widths[-1] > 1.3 * usual or near < _OFTEN * len(widths):
        return 0
    return usual
