"""The kind `guideline`."""

from typing import Literal

from coopkm.model.base import Unit
from coopkm.model.kind import Kind


class Guideline(Unit):
    """A unit of the kind `guideline`."""

    kind: Literal["guideline"]


KIND = Kind(
    name="guideline",
    model=Guideline,
    folder="guidelines",
    section="guidelines",
    menu="officer",
    one={"th": "แนวทางปฏิบัติงาน", "en": "Guideline"},
    many={"th": "แนวทางปฏิบัติงาน", "en": "Guidelines"},
    about={
        "th": "วิธีลงมือทำหน้าที่แต่ละเรื่อง ทีละข้อ",
        "en": "How each duty is carried out, point by point",
    },
)
