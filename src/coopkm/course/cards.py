"""Role and case cards to cut out: two beside each other, dashed all round."""

from collections.abc import Iterator

from coopkm.course.choice import Chosen
from coopkm.course.event import Event
from coopkm.course.papers import document, heading, small
from coopkm.documents.markdown import blocks as prose
from coopkm.documents.markdown import inline
from coopkm.documents.tree import Block, Box, Cell, Document, Paragraph, Span, Table
from coopkm.model.kinds.module import Activity, Card

_BESIDE = 2


def cards(event: Event) -> Document | None:
    """All cards of the chosen activities; None where they have none."""
    found = [(row, activity) for row in event.chosen for activity in row.activities if activity.cards]
    if not found:
        return None
    parts: list[Block] = [heading(1, event.words["cards"]), small(event.words["cards_how"])]
    for chosen, activity in found:
        parts += _of_activity(event, chosen, activity)
    return document(event, event.words["cards"], parts)


def _of_activity(event: Event, chosen: Chosen, activity: Activity) -> Iterator[Block]:
    title, number = event.say(activity.title), chosen.module.number
    yield heading(2, event.words["cards_of"].format(n=number, title=title) if number else title)
    drawn = [Cell((_card(event, activity, card),)) for card in activity.cards]
    drawn += [Cell()] * (-len(drawn) % _BESIDE)
    rows = tuple(tuple(drawn[first : first + _BESIDE]) for first in range(0, len(drawn), _BESIDE))
    yield Table(rows, (1.0,) * _BESIDE, head=0, ruled=False)


def _card(event: Event, activity: Activity, card: Card) -> Box:
    """A card says of which activity it is: the pieces of paper lie about."""
    name = Paragraph((Span(event.say(activity.title), small=True),), style="small")
    title = tuple(Span(span.text, bold=True) for span in inline(event.say(card.title)))
    return Box((*prose(event.say(card.text)), name), title=title, kind="card")
