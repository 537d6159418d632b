"""The agenda as a calendar (iCalendar, RFC 5545) in the time of Bangkok."""

from datetime import UTC, datetime, timedelta
from types import ModuleType
from typing import Any
from zoneinfo import ZoneInfo

from coopkm.course.event import Event
from coopkm.course.plan import PAUSES, Session
from coopkm.documents.letters import one_line
from coopkm.extras import load

_ZONE = "Asia/Bangkok"
_OFFSET = timedelta(hours=7)
_NO_SUMMER_TIME_SINCE = datetime(1970, 1, 1)


def as_calendar(event: Event) -> bytes:
    """An entry a session, pauses left out.

    The ids are those of the parts: importing a changed plan of the same day brings a calendar up to date.
    """
    ical = load("icalendar")
    calendar = ical.Calendar()
    calendar.add("prodid", "-//CoopKM//course//TH")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", one_line(event.title))
    calendar.add("x-wr-timezone", _ZONE)
    calendar.add_component(_zone(ical))
    start = event.sessions[0].begin
    for session in event.sessions:
        if session.part.kind not in PAUSES:
            calendar.add_component(_entry(ical, event, session, start))
    return bytes(calendar.to_ical())


def _zone(ical: ModuleType) -> Any:
    zone, standard = ical.Timezone(), ical.TimezoneStandard()
    zone.add("tzid", _ZONE)
    standard.add("dtstart", _NO_SUMMER_TIME_SINCE)
    standard.add("tzoffsetfrom", _OFFSET)
    standard.add("tzoffsetto", _OFFSET)
    standard.add("tzname", "+07")
    zone.add_component(standard)
    return zone


def _entry(ical: ModuleType, event: Event, session: Session, start: datetime) -> Any:
    zone = ZoneInfo(_ZONE)
    entry = ical.Event()
    entry.add("uid", f"{start:%Y%m%dT%H%M}-{session.part.key.replace('/', '-')}-{session.piece}@coopkm")
    entry.add("dtstamp", start.replace(tzinfo=zone).astimezone(UTC))
    entry.add("dtstart", session.begin.replace(tzinfo=zone))
    entry.add("dtend", session.end.replace(tzinfo=zone))
    entry.add("summary", one_line(event.session_title(session)))
    entry.add("description", one_line(f"{event.title} ({event.form(session)})"))
    if event.place:
        entry.add("location", one_line(event.place))
    return entry
