"""Records of several projects become one set: equal ones count once, one's own stands over a base's if it says so."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, Protocol, TypeVar


class Valued(Protocol):
    """Something with a record in it."""

    @property
    def value(self) -> Any:
        """The record."""


P = TypeVar("P", bound=Valued)
Conflict = Callable[[str, P, P], None]


def lay_together(bases: Sequence[Mapping[str, P]], replaced: Collection[str], conflict: Conflict[P]) -> dict[str, P]:
    """The records of all bases under their names; the first one stays.

    `conflict` is told name, later and first record where two bases say different things under one name, unless
    the project replaces that name anyway.
    """
    below: dict[str, P] = {}
    for base in bases:
        for name, placed in base.items():
            first = below.setdefault(name, placed)
            if name not in replaced and _differ(first, placed):
                conflict(name, placed, first)
    return below


def lay_over(own: dict[str, P], below: Mapping[str, P], replaced: Collection[str], conflict: Conflict[P]) -> None:
    """Add the records of the bases to one's own, which stay; `conflict` as above, for names not in `replaced`."""
    for name, placed in below.items():
        kept = own.setdefault(name, placed)
        if name not in replaced and _differ(kept, placed):
            conflict(name, kept, placed)


def _differ(one: Valued, other: Valued) -> bool:
    return one is not other and one.value != other.value
