"""Answers drawn from a KM record: how far it is, what is late, how many took part."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from coopkm.library import Library
from coopkm.model.km import KmDuty, KmGroup, KmYear

Standing = Literal["done", "late", "doing", "planned"]


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


def km_years(library: Library) -> list[KmYear]:
    """All years, the newest first."""
    return sorted((placed.value for placed in library.km.values()), key=lambda year: -year.year)


def participation(year: KmYear) -> Participation:
    """Over all groups."""
    staff = sum(int(group.staff) for group in year.groups)
    return Participation(staff, sum(int(group.took_part) for group in year.groups), int(year.share))


def share_of(group: KmGroup) -> float | None:
    """The share of a group that took part, in percent; none where there is nobody."""
    return 100 * int(group.took_part) / int(group.staff) if group.staff else None


def standing(duty: KmDuty, today: date) -> Standing:
    """How a duty stands on a day; `late` where it is not done and its day has passed."""
    if duty.state == "done":
        return "done"
    return "late" if duty.due < today else duty.state


def days_left(day: date, today: date) -> int:
    """Days until a day; negative when it has passed."""
    return (day - today).days


def done_count(year: KmYear) -> int:
    return sum(duty.state == "done" for duty in year.duties)
