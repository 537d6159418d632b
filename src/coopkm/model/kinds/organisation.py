"""The kind `organisation`."""

from typing import Literal

from coopkm.model.base import Text, Unit
from coopkm.model.kind import Kind


class Organisation(Unit):
    """A unit of the kind `organisation`."""

    kind: Literal["organisation"]
    ask_about: Text | None = None


KIND = Kind(
    name="organisation",
    model=Organisation,
    folder="organisation",
    section="organisation",
    menu="officer",
    one={"th": "หน่วยงาน", "en": "Organisation"},
    many={"th": "หน่วยงาน ใครทำอะไร ถามใคร", "en": "Organisation: whom to ask"},
    about={
        "th": "กลุ่มงานและหน่วยงานที่ต้องประสาน เรื่องใดควรถามใคร",
        "en": "The groups and bodies you work with, and whom to ask what",
    },
)
