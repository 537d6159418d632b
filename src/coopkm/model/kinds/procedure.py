"""The kind `procedure`."""

from typing import Annotated, Literal

from annotated_types import MinLen
from pydantic import Field

from coopkm.model.base import Point, Record, Text, Unit
from coopkm.model.kind import Kind
from coopkm.model.scalars import Id, Key, Number


class Step(Record):
    """One step: who acts, who approves, what goes in and comes out."""

    id: Id
    number: Number
    title: Text
    short: Text
    text: Text
    points: list[Point] = Field(default_factory=list)
    acts: Text
    approves: Text | None = None
    input: Text | None = None
    output: Text | None = None
    period: Text | None = None
    sources: list[Key] = Field(default_factory=list)


class Procedure(Unit):
    """A unit of the kind `procedure`."""

    kind: Literal["procedure"]
    short: Text
    steps: Annotated[list[Step], MinLen(1)]


KIND = Kind(
    name="procedure",
    model=Procedure,
    folder="cps",
    section="cps",
    menu="officer",
    one={"th": "ขั้นตอนงาน", "en": "Procedure"},
    many={"th": "ระบบการส่งเสริมสหกรณ์ (CPS)", "en": "Cooperative Promotion System (CPS)"},
    about={
        "th": "ทำอะไรก่อนหลัง ใครทำ ใครอนุมัติ",
        "en": "What comes after what, who acts and who approves",
    },
)
