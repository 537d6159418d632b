"""The self-rating: attributes and skills of the project, each rated from 1 to 5 before and after."""

from collections.abc import Iterator

from coopkm.course.event import Event
from coopkm.course.papers import cell, document, heading, small
from coopkm.course.sources import cited
from coopkm.documents.markdown import inline
from coopkm.documents.tree import (
    Blank,
    Block,
    Cell,
    Document,
    Field,
    Fields,
    Line,
    PageBreak,
    Paragraph,
    Space,
    Span,
    Table,
    line,
)
from coopkm.model.base import Unit
from coopkm.views.catalog import shown_units

STATEMENTS = "rate-yourself"  # the point of an attribute or skill whose details are rated one by one
_MARKS = "1  2  3  4  5"
_WIDTHS = (0.5, 6.5, 1.6, 1.6)


def rated(event: Event, kind: str) -> list[Unit]:
    """The units of a kind that people rate themselves on."""
    return [unit for unit in shown_units(event.library).values() if unit.kind == kind]


def rating(event: Event) -> Document | None:
    """The sheet; None where the project has neither attributes nor skills."""
    w = event.words
    attributes, skills = rated(event, "attribute"), rated(event, "skill")
    if not attributes and not skills:
        return None
    blocks: list[Block] = [
        heading(1, w["rating"]),
        Fields((Field(w["name_line"], 0.4), Field(w["office_line"], 0.35), Field(w["date_line"], 0.25))),
        Paragraph(line(w["rating_how"])),
        _scale(event),
    ]
    for title, units in ((w["rating_attributes"], attributes), (w["rating_skills"], skills)):
        if units:
            blocks += [heading(2, title), _table(event, units)]
    blocks += [heading(2, w["rating_choose"]), Blank(2)]
    sources = cited(event, (key for unit in (*attributes, *skills) for key in unit.sources))
    blocks += [Space(4), small(f"{w['sources']}: {sources}")]
    blocks += _statements(event, [*attributes, *skills])
    return document(event, w["rating"], blocks)


def _scale(event: Event) -> Table:
    """What each mark means."""
    w = event.words
    cells = tuple(cell((Span(f"{mark}  ", bold=True), Span(w[f"scale_{mark}"])), size="small") for mark in range(1, 6))
    return Table((cells,), (1.0,) * 5, head=0)


def _table(event: Event, units: list[Unit]) -> Table:
    """A row a unit, and the sums."""
    rows = [_row(str(number), (Span(event.say(unit.title)),)) for number, unit in enumerate(units, start=1)]
    total = (Cell(), cell(event.words["rating_sum"], bold=True, align="right"), Cell(), Cell())
    return Table((_head(event), *rows, total), _WIDTHS)


def _statements(event: Event, units: list[Unit]) -> Iterator[Block]:
    """The single statements under each title, where the units have them."""
    rows: list[tuple[Cell, ...]] = []
    for unit in units:
        for point in unit.points:
            if point.id == STATEMENTS:
                rows.append((cell(event.say(unit.title), bold=True, columns=4),))
                rows += [
                    _row(str(n), inline(event.say(one.text)), fine=True) for n, one in enumerate(point.details, start=1)
                ]
    if rows:
        yield PageBreak()
        yield heading(2, event.words["rating_statements"])
        yield Table((_head(event), *rows), _WIDTHS)


def _head(event: Event) -> tuple[Cell, ...]:
    w = event.words
    names = (cell(w[key], bold=True, align="center") for key in ("before", "after"))
    return (cell(w["number"], bold=True, align="center"), cell(w["statement"], bold=True), *names)


def _row(number: str, text: Line, *, fine: bool = False) -> tuple[Cell, ...]:
    marks = cell(_MARKS, align="center")
    return (cell(number, align="center"), cell(text, size="small" if fine else "body"), marks, marks)
