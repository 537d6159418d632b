"""Group work on problems: a sheet to see who takes which, and a page for each group to fill in."""

from collections.abc import Sequence

from coopkm.course.event import Event
from coopkm.course.papers import document, heading, small
from coopkm.course.sources import cited
from coopkm.documents.markdown import inline
from coopkm.documents.tree import Block, Cell, Document, Field, Fields, Item, Listing, PageBreak, Paragraph, Table, line
from coopkm.model.base import Unit
from coopkm.views.catalog import shown_units

_ROOM = 72.0  # height of a field to write in


def problems(event: Event) -> list[Unit]:
    """The problems that the chosen modules lead to."""
    named = {name for row in event.chosen for name in row.module.units}
    return [unit for unit in shown_units(event.library).values() if unit.kind == "problem" and unit.id in named]


def method(event: Event, units: Sequence[Unit]) -> Unit | None:
    """The page on how such work is done: the one background that all these problems are related to."""
    shared = set.intersection(*(set(unit.related) for unit in units)) if units else set()
    found = shown_units(event.library)
    return next((found[name] for name in sorted(shared) if name in found and found[name].kind == "background"), None)


def group_work(event: Event) -> Document | None:
    """The sheets; None where no chosen module leads to a problem."""
    units = problems(event)
    if not units:
        return None
    w, how = event.words, method(event, units)
    blocks: list[Block] = [heading(1, w["group_work"])]
    if how:
        blocks.append(Paragraph(line(event.say(how.title)), style="lead"))
    blocks += [Paragraph(line(w["group_work_how"])), heading(2, w["group_list"])]
    blocks.append(Listing(tuple(Item((Paragraph(inline(event.say(unit.title))),)) for unit in units), "number"))
    blocks.append(small(_sources(event, [*([how] if how else []), *units])))
    for number, unit in enumerate(units, start=1):
        blocks += [PageBreak(), *_sheet(event, number, unit)]
    return document(event, w["group_work"], blocks)


def _sources(event: Event, units: Sequence[Unit]) -> str:
    return f"{event.words['sources']}: {cited(event, (key for unit in units for key in unit.sources))}"


def _sheet(event: Event, number: int, unit: Unit) -> list[Block]:
    """One group's page: four fields, what must be asked, and what will be done."""
    w = event.words

    def field(key: str) -> Cell:
        return Cell((Paragraph(line(w[key], bold=True), style="small"),))

    square = Table(
        ((field("signs"), field("causes")), (field("prevention"), field("remedy"))),
        (1, 1),
        head=0,
        row_height=_ROOM,
    )
    below = Table(((field("ask_whom"),), (field("thirty_days"),)), (1,), head=0, row_height=_ROOM / 2 - 4)
    return [
        heading(2, w["group_problem"].format(n=number, title=event.say(unit.title))),
        Fields((Field(w["group_line"], 0.5), Field(w["date_line"], 0.5))),
        square,
        below,
        small(_sources(event, [unit])),
    ]
