"""The days of a KM record for a calendar: each duty that is not done, and the report."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from coopkm.documents.letters import one_line
from coopkm.extras import load
from coopkm.km.words import WORDS
from coopkm.model.base import Lang
from coopkm.model.km import KmYear

REMIND = (30, 7)  # days before


def as_ics(year: KmYear, lang: Lang) -> bytes:
    """iCalendar (RFC 5545): whole days, with reminders; the same record gives the same bytes."""
    icalendar = load("icalendar")
    words = WORDS[lang]
    made = icalendar.Calendar()
    made.add("prodid", "-//CoopKM//KM record//TH")
    made.add("version", "2.0")
    made.add("x-wr-calname", words["ics_name"].format(year=year.year))
    stamp = datetime(year.order_date.year, year.order_date.month, year.order_date.day)
    for uid, day, title in _days(year, lang):
        event = icalendar.Event()
        event.add("uid", f"{uid}@coopkm")
        event.add("dtstamp", stamp)
        event.add("summary", one_line(title))
        event.add("dtstart", day)
        event.add("dtend", day + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
        for days in REMIND:
            alarm = icalendar.Alarm()
            alarm.add("action", "DISPLAY")
            alarm.add("description", one_line(title))
            alarm.add("trigger", timedelta(days=-days))
            event.add_component(alarm)
        made.add_component(event)
    return bytes(made.to_ical())


def _days(year: KmYear, lang: Lang) -> Iterator[tuple[str, date, str]]:
    words = WORDS[lang]
    for duty in year.duties:
        if duty.state != "done":
            yield f"km-{year.year}-{duty.id}", duty.due, words["ics_due"].format(title=duty.title.shown(lang))
    yield f"km-{year.year}-report", year.report_by, words["ics_report"].format(year=year.year)
