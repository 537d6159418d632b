"""What changed with an edition: changes/DAY.yml, written by `coopkm changes --keep`, shown on the what-is-new page."""

from typing import Literal

from pydantic import Field

from coopkm.model.base import Record, Text
from coopkm.model.scalars import Day, Id, Line

ChangeKind = Literal["added", "changed", "retired", "removed"]


class UnitChange(Record):
    """A unit that is new, gone or not as it was, and in words what about it."""

    unit: Id
    change: ChangeKind
    title: Text
    notes: list[Text] = Field(default_factory=list)


class Edition(Record):
    """changes/DAY.yml: what an edition changed since the one before."""

    date: Day
    since: Line
    changes: list[UnitChange]
