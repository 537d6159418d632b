"""The agenda as rows, and as CSV for spreadsheets and a page for browsers."""

import csv
import io
import string
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from coopkm.course.event import Event
from coopkm.course.plan import PAUSES, Session
from coopkm.course.typeface import faces
from coopkm.course.words import day_words, span
from coopkm.text.cells import safe

BOM = "\ufeff"  # without it Excel takes Thai for another alphabet


@dataclass(frozen=True)
class Row:
    """A session in words."""

    time: str
    minutes: int
    title: str
    form: str
    module: str
    kind: str
    pause: bool


def day_titles(event: Event) -> Iterator[tuple[str, tuple[Row, ...]]]:
    """Each day in words with its sessions."""
    for day in event.days:
        title = event.words["day_of"].format(n=day.number, date=day_words(day.date, event.lang))
        yield title, tuple(_row(event, session) for session in day.sessions)


def as_csv(event: Event) -> str:
    """A row a session, for spreadsheets; nothing in it runs as a formula."""
    names = ("csv_day", "csv_date", "csv_date_words", "csv_begin", "csv_end", "length", "session", "form", "csv_module")
    lines = io.StringIO(newline="")
    writer = csv.writer(lines, lineterminator="\r\n")
    writer.writerow([event.words[name] for name in (*names, "trainer", "csv_key")])
    for day in event.days:
        for session in day.sessions:
            row = _row(event, session)
            cells = (
                day.number,
                day.date.isoformat(),
                day_words(day.date, event.lang),
                f"{session.begin:%H:%M}",
                f"{session.end:%H:%M}",
                row.minutes,
                row.title,
                row.form,
                session.part.module,
                "",
                session.part.key,
            )
            writer.writerow([safe(str(cell)) for cell in cells])
    return BOM + lines.getvalue()


def as_page(event: Event) -> str:
    """A page that needs nothing beside it: no script, no picture, no other origin."""
    days = list(day_titles(event))
    said = "".join((event.title, event.office, event.dates, event.place, event.summary, *event.words.values()))
    said += "".join(title + "".join(row.time + row.title + row.form for row in rows) for title, rows in days)
    sheet = _style(said + string.printable)
    shown = {
        "event": event,
        "w": event.words,
        "days": days,
        "style": Markup("<style>{}</style>").format(Markup(sheet)),  # noqa: S704 - our own style sheet
        "style_hash": f"sha256-{b64encode(sha256(sheet.encode()).digest()).decode()}",
    }
    return _environment().get_template("agenda.html.j2").render(shown)


def _row(event: Event, session: Session) -> Row:
    kind = session.part.kind
    return Row(
        time=span(session.begin, session.end, event.lang),
        minutes=session.minutes,
        title=event.session_title(session),
        form=event.form(session),
        module=event.number(session),
        kind=kind,
        pause=kind in PAUSES,
    )


def _style(letters: str) -> str:
    """The style sheet with type for these letters."""
    rules = [
        f'@font-face {{ font-family: Sarabun; font-weight: {weight}; src: url({address}) format("woff2"); }}\n'
        for weight, address in faces(letters)
    ]
    return "".join(rules) + files(__package__).joinpath("templates/agenda.css").read_text("utf-8")


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("coopkm.course"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
