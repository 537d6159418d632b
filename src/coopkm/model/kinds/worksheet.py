"""The kind `worksheet`: a form to print and fill in."""

from typing import Annotated, Literal

from annotated_types import MinLen
from pydantic import Field

from coopkm.model.base import Detail, Record, Text, Unit
from coopkm.model.kind import Kind
from coopkm.model.scalars import Id, whole


class Choice(Record):
    """A box to tick, or a column of a table."""

    id: Id
    text: Text


class Blank(Detail):
    """One thing to fill in. `lines` are lines to write on, or rows of a table."""

    form: Literal["line", "lines", "date", "ticks", "table"]
    lines: whole(1, 40) = 1  # type: ignore[valid-type]
    help: Text | None = None
    choices: list[Choice] = Field(default_factory=list)


class Worksheet(Unit):
    """A unit of the kind `worksheet`."""

    kind: Literal["worksheet"]
    blanks: Annotated[list[Blank], MinLen(1)]


KIND = Kind(
    name="worksheet",
    model=Worksheet,
    folder="worksheets",
    section="worksheets",
    menu="officer",
    one={"th": "แบบบันทึก", "en": "Worksheet"},
    many={"th": "แบบบันทึกสำหรับพิมพ์", "en": "Worksheets"},
    about={
        "th": "พิมพ์แล้วเขียนลงกระดาษ ใช้คิดและเตรียมก่อนบันทึกในระบบจริง",
        "en": "Print and fill in: to think and prepare before you enter it in the real system",
    },
)
