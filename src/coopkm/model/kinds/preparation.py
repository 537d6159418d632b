"""The kind `preparation`."""

from typing import Literal

from coopkm.model.base import Unit
from coopkm.model.kind import Kind


class Preparation(Unit):
    """A unit of the kind `preparation`."""

    kind: Literal["preparation"]


KIND = Kind(
    name="preparation",
    model=Preparation,
    folder="preparation",
    section="preparation",
    menu="officer",
    one={"th": "การเตรียมตัว", "en": "Preparation"},
    many={"th": "การเตรียมตัว", "en": "Preparation"},
    about={
        "th": "เตรียมตัวเองก่อนเข้าสหกรณ์ ทั้งความรู้และท่าที",
        "en": "What to know and how to come across before you go",
    },
)
