"""The kind `km-step`."""

from typing import Literal

from pydantic import Field

from coopkm.model.base import Point, Unit
from coopkm.model.kind import Kind


class KmStep(Unit):
    """A unit of the kind `km-step`."""

    kind: Literal["km-step"]
    evidence: list[Point] = Field(default_factory=list)


KIND = Kind(
    name="km-step",
    model=KmStep,
    folder="km",
    section="km",
    menu="office",
    one={"th": "ขั้นตอน KM", "en": "KM duty"},
    many={"th": "หน้าที่ด้านการจัดการความรู้", "en": "Knowledge management duties"},
    about={
        "th": "หน้าที่ของคณะทำงาน KM ของสำนักงาน ตามคำสั่ง",
        "en": "What the order asks of an office KM working group",
    },
)
