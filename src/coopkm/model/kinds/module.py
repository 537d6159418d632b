"""The kind `module`."""

from typing import Annotated, Literal

from annotated_types import MinLen
from pydantic import Field

from coopkm.model.base import Point, Record, Text, Unit
from coopkm.model.kind import Kind
from coopkm.model.scalars import Id, whole

ActivityKind = Literal["exercise", "discussion", "roleplay", "case", "groupwork"]


class Card(Record):
    """A card to cut out: a role to play, a case, or a slip to sort."""

    id: Id
    title: Text
    text: Text


class Activity(Record):
    """Something the learners do, with how long it takes."""

    id: Id
    kind: ActivityKind = "exercise"
    title: Text
    text: Text
    minutes: whole(1, 600)  # type: ignore[valid-type]
    hint: Text | None = None
    solution: Text | None = None
    notes: Text | None = None
    cards: list[Card] = Field(default_factory=list)


class Module(Unit):
    """A unit of the kind `module`."""

    kind: Literal["module"]
    objectives: Annotated[list[Point], MinLen(1)]
    units: list[Id] = Field(default_factory=list)
    teaching: whole(1, 600) | None = None  # type: ignore[valid-type]
    key_points: list[Point] = Field(default_factory=list)
    activities: list[Activity] = Field(default_factory=list)
    notes: list[Point] = Field(default_factory=list)


KIND = Kind(
    name="module",
    model=Module,
    folder="course",
    section="modules",
    menu="trainer",
    one={"th": "หน่วยการเรียน", "en": "Module"},
    many={"th": "หน่วยการเรียนของหลักสูตร", "en": "Course modules"},
    about={
        "th": "หัวข้อของหลักสูตร วัตถุประสงค์ กิจกรรม และเวลา",
        "en": "Topics of the course with objectives, activities and time",
    },
)
