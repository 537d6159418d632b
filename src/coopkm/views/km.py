"""Answers drawn from a KM record: how far it is, what is late, how many took part."""

from datetime import date
from typing import Literal

from coopkm.library import Library
from coopkm.model.km import KmDuty, KmGroup, KmYear

Standing = Literal["done", "late", "doing", "planned"]


def km_years(library: Library) -> list[KmYear]:
    """All years, the newest first."""
    return sorted((placed.value for placed in library.km.values()), key=lambda year: -year.year)


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
