"""The kind `attribute`."""

from typing import Literal

from coopkm.model.base import Unit
from coopkm.model.kind import Kind


class Attribute(Unit):
    """A unit of the kind `attribute`."""

    kind: Literal["attribute"]


KIND = Kind(
    name="attribute",
    model=Attribute,
    folder="course",
    section="attributes",
    menu="trainer",
    one={"th": "คุณลักษณะ", "en": "Attribute"},
    many={"th": "คุณลักษณะที่พึงประสงค์", "en": "Officer attributes"},
    about={
        "th": "คุณลักษณะของนักส่งเสริมสหกรณ์",
        "en": "What a good promotion officer is like",
    },
)
