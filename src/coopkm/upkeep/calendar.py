"""Reviews as days of a calendar."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from coopkm.documents.letters import one_line
from coopkm.extras import load
from coopkm.model.base import Lang
from coopkm.upkeep.words import WORDS
from coopkm.views.reviews import OwnerReviews, Review


def as_ics(owners: Iterable[OwnerReviews], lang: Lang) -> bytes:
    """iCalendar (RFC 5545): one whole day for each owner and day, with what is due; same reviews, same bytes."""
    icalendar = load("icalendar")
    words = WORDS[lang]
    made = icalendar.Calendar()
    made.add("prodid", "-//CoopKM//reviews//TH")
    made.add("version", "2.0")
    made.add("x-wr-calname", words["calendar"])
    for owner in owners:
        for day, rows in sorted(_days(owner).items()):
            event = icalendar.Event()
            event.add("uid", f"review-{day.isoformat()}-{rows[0].id}@coopkm")
            event.add("dtstamp", datetime(day.year, day.month, day.day))
            event.add("summary", one_line(words["due_event"].format(n=len(rows), owner=owner.owner.shown(lang))))
            event.add("description", "\n".join(one_line(f"{row.id}: {row.title.shown(lang)}") for row in rows))
            event.add("dtstart", day)
            event.add("dtend", day + timedelta(days=1))
            event.add("transp", "TRANSPARENT")
            made.add_component(event)
    return bytes(made.to_ical())


def _days(owner: OwnerReviews) -> dict[date, list[Review]]:
    found: dict[date, list[Review]] = defaultdict(list)
    for row in owner.rows:
        if row.what == "review" and row.day is not None:
            found[row.day].append(row)
    return found
