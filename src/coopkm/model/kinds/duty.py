"""The kind `duty`."""

from typing import Literal

from coopkm.model.base import Unit
from coopkm.model.kind import Kind


class Duty(Unit):
    """A unit of the kind `duty`."""

    kind: Literal["duty"]


KIND = Kind(
    name="duty",
    model=Duty,
    folder="duties",
    section="duties",
    menu="officer",
    one={"th": "หน้าที่", "en": "Duty"},
    many={"th": "หน้าที่และความรับผิดชอบ", "en": "Duties"},
    about={
        "th": "หน้าที่ตามโครงสร้างของกลุ่มส่งเสริมสหกรณ์ เป็นกรอบว่างานใดเป็นงานของเรา",
        "en": "What the promotion group is there for: the frame of all the rest",
    },
)
