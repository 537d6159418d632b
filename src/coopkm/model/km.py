"""The KM record of an office's fiscal year: km/YEAR.yml.

What the KM order asks of the working group, what was done of it, and what shows that it was. Posts and counts only:
the record is shown on the site, so no person is named in it.
"""

from dataclasses import dataclass
from typing import Annotated, Literal

from annotated_types import MinLen
from pydantic import Field

from coopkm.model.base import Record, Text
from coopkm.model.scalars import Day, Id, Line, whole

KmState = Literal["planned", "doing", "done"]
MAX_PEOPLE = 100_000


class KmEvidence(Record):
    """Something that shows that a duty was done; `file` is a path in the project or a web address."""

    id: Id
    title: Text
    date: Day | None = None
    file: Line | None = None


class KmDuty(Record):
    """A duty of the order: who sees to it, until when, how far it is. `step` is the unit that explains it."""

    id: Id
    title: Text
    step: Id | None = None
    post: Text
    due: Day
    state: KmState = "planned"
    done: Day | None = None
    result: Text | None = None
    evidence: list[KmEvidence] = Field(default_factory=list)


class KmGroup(Record):
    """A group of the staff: how many there are and how many took part."""

    id: Id
    title: Text
    staff: whole(0, MAX_PEOPLE)  # type: ignore[valid-type]
    took_part: whole(0, MAX_PEOPLE)  # type: ignore[valid-type]


class KmMeeting(Record):
    """The meeting at which the knowledge was handed on."""

    date: Day
    title: Text


class KmCorrection(Record):
    """What was corrected after the meeting: by which post, when, in which unit."""

    id: Id
    date: Day
    by: Text
    unit: Id | None = None
    text: Text


class KmUse(Record):
    """An instance of the knowledge being used at work, and what came of it."""

    id: Id
    date: Day
    by: Text
    unit: Id | None = None
    text: Text


class KmStore(Record):
    """Where a piece of the year's knowledge is kept: a path in the project, or a web address."""

    id: Id
    title: Text
    date: Day
    place: Line


class KmYear(Record):
    """km/YEAR.yml: the record of one fiscal year, which begins on 1 October of the year before."""

    year: whole(2500, 2699)  # type: ignore[valid-type]
    topic: Text
    order_title: Text
    order_date: Day
    report_by: Day
    share: whole(1, 100) = 80  # type: ignore[valid-type]
    duties: Annotated[list[KmDuty], MinLen(1)]
    groups: list[KmGroup] = Field(default_factory=list)
    meeting: KmMeeting | None = None
    corrections: list[KmCorrection] = Field(default_factory=list)
    uses: list[KmUse] = Field(default_factory=list)
    stores: list[KmStore] = Field(default_factory=list)


@dataclass(frozen=True)
class Participation:
    """People: how many there are, how many took part, and the share asked for, in percent."""

    staff: int
    took_part: int
    asked: int

    @property
    def share(self) -> float | None:
        """The share that took part, in percent; none where there are no people."""
        return 100 * self.took_part / self.staff if self.staff else None

    @property
    def reached(self) -> bool:
        return self.staff > 0 and 100 * self.took_part >= self.asked * self.staff

    @property
    def missing(self) -> int:
        """How many more would have to take part."""
        needed = -(-self.asked * self.staff // 100)
        return max(0, needed - self.took_part)


def participation(year: KmYear) -> Participation:
    """Over all groups."""
    staff = sum(int(group.staff) for group in year.groups)
    return Participation(staff, sum(int(group.took_part) for group in year.groups), int(year.share))
