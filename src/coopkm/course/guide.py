"""What the trainer holds of a module: when, how, hints, solutions and sources."""

from collections.abc import Iterator
from typing import Literal

from coopkm.course.choice import Chosen
from coopkm.course.event import Event
from coopkm.course.handout import pointed
from coopkm.course.papers import cell, document, heading, small, table
from coopkm.course.sources import cited_in
from coopkm.documents.markdown import blocks as prose
from coopkm.documents.markdown import inline
from coopkm.documents.tree import Blank, Block, Box, Document, Item, Listing, Paragraph, Span, line
from coopkm.model.base import Text
from coopkm.model.kinds.module import Activity

_WHOLE = 1200  # letters: a box of no more stays on one page


def guide(event: Event, chosen: Chosen) -> Document:
    """The trainer's paper on one module."""
    w, module = event.words, chosen.module
    title = event.module_title(chosen)
    parts: list[Block] = [
        Paragraph(line(w["guide"]), style="subtitle"),
        heading(1, title),
        Box((), title=line(w["guide_warning"], bold=True), kind="warning"),
        Paragraph(inline(event.say(module.summary)), style="lead"),
        heading(2, w["timings"]),
        _timings(event, chosen),
        heading(2, w["aims"]),
        Listing(tuple(Item((Paragraph(inline(event.say(aim.text))),)) for aim in module.objectives), "number"),
        *_notes(event, chosen),
        *_talk(event, chosen),
        small(w["untested"]),
        heading(2, w["activities"]),
    ]
    for number, activity in enumerate(chosen.activities, start=1):
        parts += _activity(event, number, activity)
    parts += _sources(event, chosen)
    parts += [heading(2, w["after_class"]), small(w["after_class_lines"]), Blank(5)]
    return document(event, f"{w['guide']} {title}", parts)


def _notes(event: Event, chosen: Chosen) -> Iterator[Block]:
    if chosen.module.notes:
        yield heading(2, event.words["notes"])
        yield Listing(tuple(pointed(event, note, chosen, sources=True) for note in chosen.module.notes))


def _talk(event: Event, chosen: Chosen) -> Iterator[Block]:
    """What to say: the points with their sources, and those that learners should keep."""
    w, module = event.words, chosen.module
    minutes = chosen.talk
    length = f" ({w['minutes'].format(n=minutes)})" if minutes else ""
    yield heading(2, f"{w['talk']}{length}")
    yield Listing(tuple(pointed(event, point, chosen, sources=True) for point in module.points))
    if module.key_points:
        yield heading(3, w["to_keep"])
        yield Listing(tuple(pointed(event, point, chosen) for point in module.key_points))


def _timings(event: Event, chosen: Chosen) -> Block:
    """When each session of the module is held."""
    w = event.words
    rows = []
    for session, when in event.when(chosen.module.id):
        title = w["talk"] if session.part.kind == "teaching" else event.session_title(session)
        rows.append((cell(when), cell(str(session.minutes), align="right"), cell(title)))
    return table((w["time"], w["length"], w["session"]), rows, (3, 0.8, 6))


def _activity(event: Event, number: int, activity: Activity) -> Iterator[Block]:
    w = event.words
    name = w["activity_number"].format(n=number, title=event.say(activity.title))
    yield heading(3, f"{name} ({w['minutes'].format(n=activity.minutes)})")
    yield from prose(event.say(activity.text), shift=1)
    if activity.notes:
        yield _box(event, "notes", activity.notes, "plain")
    if activity.cards:
        names = ", ".join(event.say(card.title) for card in activity.cards)
        yield Paragraph((Span(f"{w['cards_used']}: ", bold=True), Span(names)))
    if activity.hint:
        yield _box(event, "hint", activity.hint, "note")
    if activity.solution:
        yield _box(event, "solution", activity.solution, "answer")


def _box(event: Event, key: str, text: Text, kind: Literal["plain", "note", "answer"]) -> Box:
    said = event.say(text)
    return Box(prose(said, shift=1), title=line(event.words[key], bold=True), kind=kind, whole=len(said) <= _WHOLE)


def _sources(event: Event, chosen: Chosen) -> Iterator[Block]:
    rows = list(cited_in(event, chosen.module))
    if rows:
        yield heading(2, event.words["sources"])
        items = (Item((Paragraph((Span(name, bold=True), Span(f"  {label}")), style="small"),)) for name, label in rows)
        yield Listing(tuple(items))
