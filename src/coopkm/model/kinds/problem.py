"""The kind `problem`."""

from typing import Literal

from pydantic import Field

from coopkm.model.base import Point, Unit
from coopkm.model.kind import Kind


class ProblemCase(Unit):
    """A unit of the kind `problem`."""

    kind: Literal["problem"]
    signs: list[Point] = Field(default_factory=list)
    causes: list[Point] = Field(default_factory=list)
    prevention: list[Point] = Field(default_factory=list)
    remedy: list[Point] = Field(default_factory=list)
    involve: list[Point] = Field(default_factory=list)


KIND = Kind(
    name="problem",
    model=ProblemCase,
    folder="problems",
    section="problems",
    menu="officer",
    one={"th": "ปัญหาที่พบบ่อย", "en": "Problem"},
    many={"th": "ปัญหาที่พบบ่อย", "en": "Problems"},
    about={
        "th": "สัญญาณ สาเหตุ วิธีป้องกัน และควรชวนใครมาช่วย",
        "en": "Signs, causes, prevention and whom to involve",
    },
)
