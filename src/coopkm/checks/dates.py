"""Reviews happened, in order, and are not overdue."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from coopkm.library import Library, Placed
from coopkm.problems import Problem, problem


def _reviewed(library: Library) -> Iterator[Placed[Any]]:
    """Everything that has days of review."""
    yield from library.units.values()
    yield from library.banks.values()


def dates_in_order(library: Library, today: date) -> Iterator[Problem]:
    for placed in _reviewed(library):
        unit = placed.value
        if unit.reviewed > today:
            yield problem(placed.place(("reviewed",)), "date-future", name="reviewed", day=unit.reviewed)
        if unit.review_by <= unit.reviewed:
            yield problem(
                placed.place(("review_by",)),
                "date-order",
                earlier="reviewed",
                earlier_day=unit.reviewed,
                later="review_by",
                later_day=unit.review_by,
            )


def review_not_overdue(library: Library, today: date) -> Iterator[Problem]:
    for placed in _reviewed(library):
        if placed.value.review_by < today and placed.value.status != "retired":
            yield problem(placed.place(("review_by",)), "review-due", day=placed.value.review_by)
