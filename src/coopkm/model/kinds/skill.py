"""The kind `skill`."""

from typing import Literal

from coopkm.model.base import Text, Unit
from coopkm.model.kind import Kind


class Skill(Unit):
    """A unit of the kind `skill`."""

    kind: Literal["skill"]
    in_field: Text | None = None
    exercise: Text | None = None


KIND = Kind(
    name="skill",
    model=Skill,
    folder="skills",
    section="skills",
    menu="officer",
    one={"th": "ทักษะ", "en": "Skill"},
    many={"th": "ทักษะที่จำเป็น", "en": "Skills"},
    about={
        "th": "ทักษะ 5 ด้านที่ใช้ทำงานกับสหกรณ์",
        "en": "The skills that work with cooperatives asks for",
    },
)
