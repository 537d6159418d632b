"""What is to be kept true: whose review falls due, whose English is behind, which questions have aged."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Literal

from coopkm.bases.finding import origin
from coopkm.library import Library
from coopkm.model.base import Text
from coopkm.text.dates import BUDDHIST_OFFSET
from coopkm.views.citations import cited_keys

What = Literal["review", "english-stale", "english-missing", "question-aged", "source-old"]
ORDER: tuple[What, ...] = ("review", "english-stale", "english-missing", "question-aged", "source-old")


@dataclass(frozen=True)
class Review:
    """Something to be looked at again.

    `kind` is that of a unit, `bank` or `question`; `day` is when the review falls due, for a question the day on
    which its unit was reviewed after it; `count` is how many texts lack English or have it stale, or the Buddhist
    year of the newest source.
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


def old_sources(library: Library, year: int) -> list[OwnerReviews]:
    """Units whose newest source is of a Buddhist year or of one before it, by owner, the oldest first.

    A law or a page is of the year in which it was read. Units without dated sources are left out, those of bases not.
    """
    rows = []
    for placed in library.units.values():
        unit = placed.value
        years = [made for key in cited_keys(unit) if (made := _year_of(library, key))]
        if unit.status == "ready" and years and max(years) <= year:
            path = placed.document.path
            rows.append(Review("source-old", unit.owner, unit.kind, unit.id, unit.title, path, count=max(years)))
    rows.sort(key=lambda row: (row.owner.th, row.count, row.id))
    return [OwnerReviews(owner, tuple(own)) for owner, own in _by_owner(rows)]


def _year_of(library: Library, key: str) -> int:
    """The Buddhist year of what a key names, 0 where none is known."""
    item = library.sources.get(key)
    document = library.documents.get(item.value.document) if item else None
    if item is None or document is None:
        return 0
    read = item.value.read or document.value.read
    return max(int(document.value.year or 0), read.year + BUDDHIST_OFFSET if read else 0)


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
