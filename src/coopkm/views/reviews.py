"""What is to be kept true: whose review falls due, whose English is behind, which questions have aged."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Literal

from coopkm.bases.finding import origin
from coopkm.library import Library
from coopkm.model.base import Text

What = Literal["review", "english-stale", "english-missing", "question-aged"]
ORDER: tuple[What, ...] = ("review", "english-stale", "english-missing", "question-aged")


@dataclass(frozen=True)
class Review:
    """Something to be looked at again.

    `kind` is that of a unit, `bank` or `question`; `day` is when the review falls due, for a question the day on
    which its unit was reviewed after it; `count` is how many texts lack English or have it stale.
    """

    what: What
    owner: Text
    kind: str
    id: str
    title: Text
    path: str
    day: date | None = None
    count: int = 0


@dataclass(frozen=True)
class OwnerReviews:
    """All that one owner has to look at."""

    owner: Text
    rows: tuple[Review, ...]


def reviews(library: Library, until: date | None = None) -> list[OwnerReviews]:
    """By owner, the soonest first; with `until`, only reviews that fall due by that day. No clock is asked.

    What stands in a base is for the base's owners to look at.
    """
    found = [*_due(library, until), *_english(library), *_aged(library)]
    rows = [row for row in found if not origin(row.path)]
    rows.sort(key=lambda row: (row.owner.th, row.day or date.max, ORDER.index(row.what), row.id))
    return [OwnerReviews(owner, tuple(own)) for owner, own in _by_owner(rows)]


def _by_owner(rows: list[Review]) -> Iterator[tuple[Text, list[Review]]]:
    for _, group in groupby(rows, key=lambda row: row.owner.th):
        own = list(group)
        yield own[0].owner, own


def days_after(today: date, days: int) -> date:
    """The day so many days on."""
    return today + timedelta(days=days)


def _due(library: Library, until: date | None) -> Iterator[Review]:
    for placed in library.units.values():
        unit = placed.value
        if unit.status != "retired" and (until is None or unit.review_by <= until):
            yield Review("review", unit.owner, unit.kind, unit.id, unit.title, placed.document.path, unit.review_by)
    for bank in library.banks.values():
        row = bank.value
        if row.status != "retired" and (until is None or row.review_by <= until):
            yield Review("review", row.owner, "bank", row.id, row.title, bank.document.path, row.review_by)


def _english(library: Library) -> Iterator[Review]:
    """One row a unit: its texts without English, and those whose English is older than the Thai."""
    if "en" not in library.project.languages:
        return
    counts: dict[tuple[str, What], int] = {}
    for wording in library.wordings:
        if wording.owner in library.units and (wording.text.en is None or wording.text.stale):
            what: What = "english-missing" if wording.text.en is None else "english-stale"
            counts[wording.owner, what] = counts.get((wording.owner, what), 0) + 1
    for (name, what), count in counts.items():
        placed = library.units[name]
        unit = placed.value
        yield Review(what, unit.owner, unit.kind, name, unit.title, placed.document.path, count=count)


def _aged(library: Library) -> Iterator[Review]:
    """Questions older than a unit that they ask about."""
    for bank, placed in library.questions():
        question = placed.value
        written = question.reviewed or bank.value.reviewed
        days = [library.units[name].value.reviewed for name in question.units if name in library.units]
        newest = max(days, default=written)
        if newest > written and question.status != "retired":
            path = placed.document.path
            yield Review("question-aged", bank.value.owner, "question", question.id, question.stem, path, newest)
