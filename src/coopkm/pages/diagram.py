"""The picture of a procedure: phases and steps as boxes, approvals in a frame of their own.

Two layouts of the same content: one column for a phone, a column a phase for wide screens and paper.
Units are SVG user units; one letter at 16 units of type takes up to 8.6 of them.
"""

import re
from dataclasses import dataclass, field

from coopkm.model.base import Text
from coopkm.model.kinds.procedure import Procedure, Step
from coopkm.pages.writer import Writer
from coopkm.views import urls

_LETTER = 8.6
_LINE = 24
_PAD = 14
_GAP = 26
_UNSPACED = re.compile("[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]")


@dataclass(frozen=True)
class Label:
    text: str
    x: float
    y: float
    style: str = "d-text"


@dataclass(frozen=True)
class Box:
    href: str
    x: float
    y: float
    width: float
    height: float
    lines: list[Label]
    style: str = "d-box"


@dataclass(frozen=True)
class Arrow:
    path: str
    back: bool = False


@dataclass
class Picture:
    name: str
    width: float
    height: float
    description: str
    boxes: list[Box] = field(default_factory=list)
    arrows: list[Arrow] = field(default_factory=list)
    notes: list[Label] = field(default_factory=list)


def narrow(writer: Writer, phases: list[Procedure]) -> Picture:
    """One column, 320 units wide; the way back runs on the right."""
    picture = Picture("narrow", 320, 0, _description(writer, phases))
    y = 2.0
    for index, phase in enumerate(phases):
        if index:
            picture.arrows.append(Arrow(f"M140 {y - _GAP}v{_GAP - 3}"))
        y = _column(writer, picture, phase, x=2, y=y, width=276) + _GAP
    bottom = y - _GAP
    _way_back(picture, f"M279 {bottom - 22}h26V24h-22")
    picture.height = bottom + 34
    picture.notes.append(Label(writer.words["diagram_back"], 2, bottom + 26))
    return picture


def wide(writer: Writer, phases: list[Procedure]) -> Picture:
    """A column a phase; the way back runs underneath."""
    count = max(len(phases), 1)
    column = 226.0
    left = 22.0
    picture = Picture("wide", left + count * column + (count - 1) * _GAP + 2, 0, _description(writer, phases))
    ends = []
    for index, phase in enumerate(phases):
        x = left + index * (column + _GAP)
        ends.append(_column(writer, picture, phase, x=x, y=2, width=column))
        if index:
            picture.arrows.append(Arrow(f"M{x - _GAP} 26h{_GAP - 3}"))
    bottom = max(ends, default=2.0)
    last = left + (count - 1) * (column + _GAP) + column / 2
    if ends:
        _way_back(picture, f"M{last} {ends[-1] + 2}V{bottom + 22}H5V26H{left - 3}")
    picture.notes.append(Label(writer.words["diagram_back"], left, bottom + 46))
    picture.height = bottom + 56
    return picture


def _column(writer: Writer, picture: Picture, phase: Procedure, x: float, y: float, width: float) -> float:
    """Draw a phase and its steps from `y` down; the lower edge."""
    heading = _box(writer, urls.unit_path(phase), _heading(writer, phase), x, y, width, "d-box d-strong", "d-title")
    picture.boxes.append(heading)
    y += heading.height
    for step in phase.steps:
        picture.arrows.append(Arrow(f"M{x + width / 2} {y}v{_GAP - 3}"))
        y += _GAP
        lines = _wrap(f"{step.number} {writer.plain(step.short)}", width - 2 * _PAD)
        if step.approves:
            lines += _wrap(f"{writer.words['diagram_gate']} {writer.plain(step.approves)}", width - 2 * _PAD)
        style = "d-box d-gate" if step.approves else "d-box"
        box = _box(writer, f"{urls.unit_path(phase)}#{step.id}", lines, x, y, width, style, "d-text")
        picture.boxes.append(box)
        y += box.height
    return y


def _heading(writer: Writer, phase: Procedure) -> list[str]:
    number = f"{phase.number} " if phase.number else ""
    return _wrap(number + writer.plain(phase.short), 196)


def _box(
    writer: Writer, path: str, lines: list[str], x: float, y: float, width: float, style: str, text_style: str
) -> Box:
    labels = [Label(line, x + _PAD, y + _PAD + 14 + index * _LINE, text_style) for index, line in enumerate(lines)]
    return Box(writer.href(path), x, y, width, 2 * _PAD + 20 + (len(lines) - 1) * _LINE, labels, style)


def _way_back(picture: Picture, path: str) -> None:
    picture.arrows.append(Arrow(path, back=True))


def _wrap(text: str, width: float) -> list[str]:
    """Lines broken at spaces only."""
    lines: list[str] = []
    for word in text.split():
        if lines and _width(f"{lines[-1]} {word}") <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _width(text: str) -> float:
    return len(_UNSPACED.sub("", text)) * _LETTER


def _description(writer: Writer, phases: list[Procedure]) -> str:
    """The picture in words, for those who hear it."""
    return " ".join(
        f"{writer.plain(phase.title)}: {'; '.join(_in_words(writer, step) for step in phase.steps)}."
        for phase in phases
    )


def _in_words(writer: Writer, step: Step) -> str:
    approves: Text | None = step.approves
    gate = f" ({writer.words['diagram_gate']} {writer.plain(approves)})" if approves else ""
    return f"{step.number} {writer.plain(step.title)}{gate}"
