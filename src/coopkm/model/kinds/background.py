"""The kind `background`."""

from typing import Literal

from coopkm.model.base import Unit
from coopkm.model.kind import Kind


class Background(Unit):
    """A unit of the kind `background`."""

    kind: Literal["background"]


KIND = Kind(
    name="background",
    model=Background,
    folder="background",
    section="background",
    menu="more",
    one={"th": "ความรู้พื้นฐาน", "en": "Background"},
    many={"th": "ความรู้พื้นฐาน", "en": "Background"},
    about={
        "th": "ที่มา แนวคิด และบริบทที่ช่วยให้เข้าใจงาน",
        "en": "Where things come from and why they are done",
    },
)
