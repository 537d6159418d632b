"""What learners hold of a module: aims, key points and exercises with room to write; never a hint or a solution."""

from collections.abc import Iterator

from coopkm.course.choice import Chosen
from coopkm.course.event import Event
from coopkm.course.papers import document, heading, small
from coopkm.course.sources import cited
from coopkm.documents.markdown import blocks as prose
from coopkm.documents.markdown import inline
from coopkm.documents.tree import (
    Blank,
    Block,
    Cell,
    Document,
    Field,
    Fields,
    Item,
    Listing,
    Paragraph,
    Span,
    Table,
    Together,
    line,
)
from coopkm.model.base import Detail, Point
from coopkm.model.kinds.module import Activity
from coopkm.views.catalog import shown_units

_MINUTES_A_LINE = 5  # of an exercise: how much room it is given
_LINES = (4, 10)


def handout(event: Event, chosen: Chosen) -> Document:
    """The learner's paper on one module."""
    w, module = event.words, chosen.module
    title = event.module_title(chosen)
    parts: list[Block] = [
        Paragraph(line(w["handout"]), style="subtitle"),
        heading(1, title),
        Fields((Field(w["name_line"], 0.65), Field(w["date_line"], 0.35))),
        Paragraph(inline(event.say(module.summary)), style="lead"),
        heading(2, w["objectives"]),
        Listing(tuple(Item((Paragraph(inline(event.say(aim.text))),)) for aim in module.objectives), "number"),
        heading(2, w["key_points"]),
        Listing(tuple(pointed(event, point, chosen) for point in module.key_points or module.points)),
        small(w["untested"]),
        heading(2, w["activities"]),
    ]
    for number, activity in enumerate(chosen.activities, start=1):
        name = w["activity_number"].format(n=number, title=event.say(activity.title))
        parts.append(heading(3, f"{name} ({w['minutes'].format(n=activity.minutes)})"))
        parts += [*prose(event.say(activity.text), shift=1), Together(_room(event, activity))]
    parts += [Together((heading(2, w["next_step"]), Blank(3))), *_read_more(event, chosen)]
    return document(event, f"{w['handout']} {title}", parts)


def _room(event: Event, activity: Activity) -> tuple[Block, ...]:
    """Lines to write on: for an answer by the minutes that it takes, for notes a few."""
    few, most = _LINES
    if activity.kind in ("exercise", "case"):
        return small(event.words["write_here"]), Blank(min(max(activity.minutes // _MINUTES_A_LINE, few), most))
    return small(event.words["note_here"]), Blank(few)


def pointed(event: Event, point: Point, chosen: Chosen, *, sources: bool = False) -> Item:
    """A point with its details; advice is marked as advice, sources are named where they are asked for."""
    inner: list[Block] = [_said(event, point, chosen, sources)]
    if point.details:
        items = tuple(Item((_said(event, detail, chosen, sources),)) for detail in point.details)
        inner.append(Listing(items))
    return Item(tuple(inner))


def _said(event: Event, said: Detail, chosen: Chosen, sources: bool) -> Paragraph:
    tail: list[Span] = []
    if (said.basis or chosen.module.basis) == "practice" and not said.sources:
        tail.append(Span(f" ({event.words['advice']})", small=True))
    elif sources and said.sources:
        tail.append(Span(f" [{cited(event, said.sources)}]", small=True))
    return Paragraph((*inline(event.say(said.text)), *tail))


def _read_more(event: Event, chosen: Chosen) -> Iterator[Block]:
    """Titles of the units that the module leads to, in two columns."""
    known = shown_units(event.library)
    titles = [event.say(known[name].title) for name in chosen.module.units if name in known]
    if titles:
        items = tuple(Item((Paragraph(line(title)),)) for title in titles)
        half = -(-len(items) // 2)
        beside = tuple(Cell((Listing(part),) if part else ()) for part in (items[:half], items[half:]))
        listed = Table((beside,), (1.0, 1.0), head=0, ruled=False)
        yield Together((heading(2, event.words["read_more"]), listed))
