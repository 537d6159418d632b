"""A unit as blocks of a book: what its page says, in the order of the page."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from coopkm.documents.tree import (
    Blank,
    Block,
    Box,
    Cell,
    Field,
    Fields,
    Heading,
    Item,
    Listing,
    Paragraph,
    Space,
    Span,
    Table,
    line,
)
from coopkm.handbook.scribe import Scribe, small
from coopkm.model.base import Point, Text, Unit
from coopkm.model.kinds.checklist import Checklist
from coopkm.model.kinds.checklist import Item as CheckItem
from coopkm.model.kinds.module import Module
from coopkm.model.kinds.procedure import Procedure, Step
from coopkm.model.kinds.worksheet import Blank as WorksheetBlank
from coopkm.model.kinds.worksheet import Worksheet

_LISTS = ("objectives", "key_points", "signs", "causes", "prevention", "remedy", "involve")
_BOXES = ("ask_about", "example", "in_field", "exercise")
_FACTS = ("acts", "approves", "input", "output", "period")
_WHENS = ("before", "during", "after")


def unit_blocks(scribe: Scribe, unit: Unit, number: str, level: int = 2) -> Iterator[Block]:
    """The unit under a heading with its number; `number` is that of the section, such as 3.2."""
    yield Heading(level, line(scribe.text(unit.title)), number=number, id=unit.id)
    yield Paragraph(scribe.line(unit.summary), style="lead")
    note = _about(scribe, unit)
    if note:
        yield Paragraph((Span(note),), style="note")
    own = _OWN.get(type(unit))
    if own and not isinstance(unit, Procedure):
        yield from own(scribe, unit, level)
    yield from points(scribe, unit.points, unit)
    if isinstance(unit, Procedure):
        yield from _procedure(scribe, unit, level)
    if unit.body:
        yield from scribe.prose(unit.body)
    yield from _lists(scribe, unit, level)
    yield from _boxes(scribe, unit)
    evidence = getattr(unit, "evidence", [])
    if evidence:
        yield from _titled(scribe, "evidence", evidence, unit, level)
    yield from _foot(scribe, unit)


def _about(scribe: Scribe, unit: Unit) -> str:
    """Said once for the whole unit: that it is advice, and where it holds."""
    said = []
    if unit.basis == "practice":
        said.append(scribe.basis(unit, unit) if unit.endorsed else scribe.word("advice"))
    if unit.scope:
        said.append(scribe.word("scope", scope=scribe.text(unit.scope)))
    return " · ".join(said)


def _foot(scribe: Scribe, unit: Unit) -> Iterator[Block]:
    cites = scribe.cited(unit.sources) if scribe.cites else ""
    reviewed = scribe.word("reviewed", day=scribe.day(unit.reviewed), owner=scribe.text(unit.owner))
    yield small("\n".join(([scribe.word("cites", cites=cites)] if cites else []) + [reviewed]))


def points(scribe: Scribe, rows: Sequence[Point], unit: Unit) -> Iterator[Block]:
    """Points as a counted list, their details under letters."""
    if not rows:
        return
    yield Listing(tuple(_point(scribe, row, unit) for row in rows), "number")


def _point(scribe: Scribe, row: Point, unit: Unit) -> Item:
    inner: tuple[Block, ...] = ()
    if row.details:
        details = tuple(Item((Paragraph(scribe.statement(detail, unit, row)),)) for detail in row.details)
        inner = (Listing(details, "letter"),)
    return Item((Paragraph(scribe.statement(row, unit)), *inner))


def _titled(scribe: Scribe, name: str, rows: Sequence[Point], unit: Unit, level: int) -> Iterator[Block]:
    yield Heading(level + 1, line(scribe.word(name)), listed=False)
    yield from points(scribe, rows, unit)


def _lists(scribe: Scribe, unit: Unit, level: int) -> Iterator[Block]:
    for name in _LISTS:
        rows = getattr(unit, name, None)
        if rows:
            yield from _titled(scribe, name, rows, unit, level)


def _boxes(scribe: Scribe, unit: Unit) -> Iterator[Block]:
    for name in _BOXES:
        text: Text | None = getattr(unit, name, None)
        if text:
            yield Box(scribe.prose(text), title=line(scribe.word(name), bold=True), kind="note")


# ---- Kinds with a form of their own ----


def _sheet_head(scribe: Scribe) -> Iterator[Block]:
    yield Fields((Field(scribe.word("sheet_place")),))
    yield Fields((Field(scribe.word("sheet_date"), 0.4), Field(scribe.word("sheet_officer"), 0.6)))
    yield Space(2)


def _checklist(scribe: Scribe, unit: Checklist, level: int) -> Iterator[Block]:
    """A form to tick off on paper."""
    yield Paragraph((Span(scribe.word("occasion", occasion=scribe.text(unit.occasion))),))
    yield from _sheet_head(scribe)
    for when in _WHENS:
        rows = [item for item in unit.items if item.when == when]
        if rows:
            yield Heading(level + 1, line(scribe.word(when)), listed=False)
            yield Listing(tuple(_tick(scribe, item, unit) for item in rows), "box")


def _tick(scribe: Scribe, item: CheckItem, unit: Unit) -> Item:
    why = Paragraph(scribe.line(item.why), style="small")
    return Item((Paragraph(scribe.statement(item, unit)), why))


def _worksheet(scribe: Scribe, unit: Worksheet, level: int) -> Iterator[Block]:
    yield from _sheet_head(scribe)
    yield Listing(tuple(Item(tuple(_blank(scribe, blank, unit))) for blank in unit.blanks), "number")


def _blank(scribe: Scribe, blank: WorksheetBlank, unit: Unit) -> Iterator[Block]:
    yield Paragraph(scribe.statement(blank, unit))
    if blank.help:
        yield Paragraph(scribe.line(blank.help), style="small")
    if blank.form == "ticks":
        yield Listing(tuple(Item((Paragraph(scribe.line(choice.text)),)) for choice in blank.choices), "box")
    elif blank.form == "table":
        head = tuple(Cell((Paragraph(scribe.line(choice.text)),)) for choice in blank.choices)
        empty = tuple(Cell() for _ in blank.choices)
        yield Table((head, *[empty] * int(blank.lines)), (1.0,) * len(blank.choices), row_height=9)
    else:
        yield Blank(int(blank.lines))


def _procedure(scribe: Scribe, unit: Procedure, level: int) -> Iterator[Block]:
    for step in unit.steps:
        yield Heading(level + 1, line(scribe.text(step.title)), number=str(step.number), listed=False)
        yield Paragraph(scribe.line(step.text))
        yield _facts(scribe, step)
        yield from points(scribe, step.points, unit)
        if scribe.cites and step.sources:
            yield small(scribe.word("cites", cites=scribe.cited(step.sources)))


def _facts(scribe: Scribe, step: Step) -> Block:
    rows = [(name, text) for name in _FACTS if (text := getattr(step, name))]
    cells = tuple(
        (Cell((Paragraph(line(scribe.word(name), bold=True)),)), Cell((Paragraph(scribe.line(text)),)))
        for name, text in rows
    )
    return Table(cells, (22, 78), head=0)


def _module(scribe: Scribe, unit: Module, level: int) -> Iterator[Block]:
    """Activities without hints and solutions: a learner holds the book."""
    for activity in unit.activities:
        title = f"{scribe.text(activity.title)} ({scribe.word('minutes', n=activity.minutes)})"
        yield Box(scribe.prose(activity.text), title=line(title, bold=True))


_OWN: dict[type[Unit], Callable[[Scribe, Any, int], Iterator[Block]]] = {
    Checklist: _checklist,
    Worksheet: _worksheet,
    Module: _module,
    Procedure: _procedure,
}
