"""The self-rating: attributes and skills of the project, each rated from 1 to 5 before and after."""

from collections.abc import Iterator

from coopkm.course.event import Event
from coopkm.course.papers import cell, document, heading, small
from coopkm.course.prose import spans
from coopkm.course.sources import cited
from coopkm.documents.tree import Blank, Block, Cell, Document, Field, Fields, Paragraph, Span, Table, line
from coopkm.model.base import Unit
from coopkm.views.catalog import shown_units

STATEMENTS = "rate-yourself"  # the point of an attribute or skill whose details are rated one by one
_MARKS = "1   2   3   4   5"


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
        Fields((Field(w["name_line"], 3), Field(w["office_line"], 3), Field(w["date_line"], 2))),
        Paragraph(line(w["rating_how"])),
        _scale(event),
    ]
    for title, units in ((w["rating_attributes"], attributes), (w["rating_skills"], skills)):
        if units:
            rows = [[(Span(event.say(unit.title)),)] for unit in units]
            blocks += [heading(2, title), _table(event, [row[0] for row in rows], numbered=True)]
    blocks += [heading(2, w["rating_choose"]), Blank(2)]
    blocks += _statements(event, [*attributes, *skills])
    sources = cited(event, (key for unit in (*attributes, *skills) for key in unit.sources))
    blocks.append(small(f"{w['sources']}: {sources}"))
    return document(event, w["rating"], blocks)


def _scale(event: Event) -> Table:
    """What each mark means."""
    w = event.words
    cells = tuple(cell((Span(f"{mark}  ", bold=True), Span(w[f"scale_{mark}"])), size="small") for mark in range(1, 6))
    return Table((cells,), (1.0,) * 5, head=0)


def _table(event: Event, texts: list[tuple[Span, ...]], *, numbered: bool) -> Table:
    w = event.words
    head = (cell(w["number"], bold=True), cell(w["statement"], bold=True))
    head += tuple(cell(w[key], bold=True, align="center") for key in ("before", "after"))
    rows: list[tuple[Cell, ...]] = [
        (cell(str(number), align="center"), cell(text), cell(_MARKS, align="center"), cell(_MARKS, align="center"))
        for number, text in enumerate(texts, start=1)
    ]
    if numbered:
        rows.append((Cell(), cell(w["rating_sum"], bold=True, align="right"), Cell(), Cell()))
    return Table((head, *rows), (0.8, 5.6, 2.0, 2.0))


def _statements(event: Event, units: list[Unit]) -> Iterator[Block]:
    """The single statements under each title, where the units have them."""
    with_statements = [(unit, point.details) for unit in units for point in unit.points if point.id == STATEMENTS]
    if with_statements:
        yield heading(2, event.words["rating_statements"])
    for unit, details in with_statements:
        yield heading(3, event.say(unit.title))
        yield _table(event, [spans(event.say(detail.text)) for detail in details], numbered=False)
