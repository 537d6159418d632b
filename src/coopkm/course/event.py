"""A course as it will be held: its plan, its modules, and what the papers say of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from coopkm.course.choice import Chosen
from coopkm.course.plan import PAUSES, Day, Session
from coopkm.course.words import day_words, duration, span, words
from coopkm.library import Library
from coopkm.model.base import Text
from coopkm.model.kinds.course import Course
from coopkm.views.catalog import shown_units


@dataclass(frozen=True)
class Event:
    """All that the kit is made of. `people` is how many learners are expected."""

    library: Library
    lang: str
    chosen: tuple[Chosen, ...]
    days: tuple[Day, ...]
    title: str
    office: str = ""
    place: str = ""
    people: int = 30

    @property
    def words(self) -> Mapping[str, str]:
        return words(self.lang)

    @property
    def sessions(self) -> tuple[Session, ...]:
        return tuple(session for day in self.days for session in day.sessions)

    @cached_property
    def titles(self) -> dict[str, str]:
        """The title of every part that is not a pause, under its key."""
        found = dict(self._module_titles())
        return {
            session.part.key: found.get(session.part.key, "") or self._frame_title(session) for session in self.sessions
        }

    @property
    def dates(self) -> str:
        """The first and the last day."""
        first, last = (day_words(day.date, self.lang) for day in (self.days[0], self.days[-1]))
        return first if first == last else f"{first} {self.words['to']} {last}"

    @property
    def day(self) -> str:
        """The first day as an ISO date, for the properties of files."""
        return self.days[0].date.isoformat()

    @property
    def summary(self) -> str:
        """How many days and how much work."""
        work = sum(session.minutes for session in self.sessions if session.part.kind not in PAUSES)
        count = len(self.days)
        days = self.words["days_one" if count == 1 else "days_many"].format(n=count)
        return self.words["agenda_sum"].format(
            days=days if self.lang == "en" else count, time=duration(work, self.lang)
        )

    def say(self, text: Text) -> str:
        """A text in the language of the papers."""
        return text.shown(self.lang)

    def session_title(self, session: Session) -> str:
        """Its title, and which part of it where it was cut."""
        title = self.titles[session.part.key]
        if session.pieces == 1 or session.part.kind in (*PAUSES, "reserve"):
            return title
        return self.words["part_of"].format(title=title, n=session.piece, of=session.pieces)

    def form(self, session: Session) -> str:
        """What kind of session it is."""
        if session.part.kind != "activity":
            return self.words[f"form_{session.part.kind}"]
        chosen = next(row for row in self.chosen if row.module.id == session.part.module)
        activity = next(one for one in chosen.activities if one.id == session.part.activity)
        return self.words[f"form_{activity.kind}"]

    def number(self, session: Session) -> str:
        """The number of the module that it belongs to, if it has one."""
        return next((row.module.number or "" for row in self.chosen if row.module.id == session.part.module), "")

    def when(self, module: str) -> Iterator[tuple[Session, str]]:
        """Sessions of a module, each with its day and time in words."""
        for day in self.days:
            for session in day.sessions:
                if session.part.module == module:
                    times = span(session.begin, session.end, self.lang)
                    yield session, f"{self.words['day'].format(n=day.number)} {times}"

    def module_title(self, chosen: Chosen) -> str:
        """Module 1: its title."""
        module = chosen.module
        key = "module_session" if module.number else "module_unnumbered"
        return self.words[key].format(n=module.number, title=self.say(module.title))

    def _module_titles(self) -> Iterator[tuple[str, str]]:
        for row in self.chosen:
            yield f"{row.module.id}/talk", self.module_title(row)
            for activity in row.activities:
                yield f"{row.module.id}/{activity.id}", self.say(activity.title)

    def _frame_title(self, session: Session) -> str:
        return self.words[session.part.kind]


def course_name(library: Library, chosen: tuple[Chosen, ...], lang: str) -> str:
    """The name of the course that these modules belong to, or the plain word for a course."""
    names = {row.module.id for row in chosen}
    for unit in shown_units(library).values():
        if isinstance(unit, Course) and unit.name and names <= set(unit.modules):
            return unit.name.shown(lang)
    return words(lang)["course"]
