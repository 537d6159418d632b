"""The kind `checklist`."""

from typing import Annotated, Literal

from annotated_types import MinLen

from coopkm.model.base import Detail, Text, Unit
from coopkm.model.kind import Kind
from coopkm.model.scalars import Id

When = Literal["before", "during", "after"]


class Item(Detail):
    """One thing to tick off."""

    when: When
    why: Text
    unit: Id | None = None


class Checklist(Unit):
    """A unit of the kind `checklist`."""

    kind: Literal["checklist"]
    occasion: Text
    items: Annotated[list[Item], MinLen(1)]


KIND = Kind(
    name="checklist",
    model=Checklist,
    folder="documents",
    section="documents",
    menu="officer",
    one={"th": "รายการตรวจ", "en": "Checklist"},
    many={"th": "เอกสารและรายการตรวจ", "en": "Documents and checklists"},
    about={
        "th": "ต้องเตรียมอะไร ถืออะไรไป พิมพ์ไปติดมือได้หน้าเดียว",
        "en": "What to prepare and carry, one printed page for each occasion",
    },
)
