"""The yearly handbook: handbook.yml. Which units stand in it, in which order, and what stands around them."""

from typing import Annotated, Literal

from annotated_types import MinLen
from pydantic import Field

from coopkm.model.base import Lang, Record, Text
from coopkm.model.scalars import Day, Flag, Id, Line, whole

AppendixPart = Literal["order", "participants", "changes", "glossary", "sources"]


class Chapter(Record):
    """A chapter: units by id, and all ready units of kinds that are named nowhere, in the order of the site."""

    id: Id
    title: Text
    intro: Text | None = None
    units: list[Id] = Field(default_factory=list)
    kinds: list[Id] = Field(default_factory=list)


class Appendix(Record):
    """A part of the appendix: a text of the office's own, units, or something drawn up from the project."""

    id: Id
    title: Text
    text: Text | None = None
    units: list[Id] = Field(default_factory=list)
    part: AppendixPart | None = None


class Handbook(Record):
    """handbook.yml. `font` is a family that is on the machine, `size` in points; `emblem` a PNG or SVG file."""

    title: Text
    subtitle: Text | None = None
    office: Text | None = None
    year: whole(2500, 2699)  # type: ignore[valid-type]
    date: Day
    emblem: Line | None = None
    languages: list[Lang] = Field(default_factory=lambda: list[Lang](["th"]))
    digits: Literal["arabic", "thai"] = "arabic"
    font: Line = "Sarabun"
    size: whole(9, 20) = 12  # type: ignore[valid-type]
    preface: Text | None = None
    preface_by: Text | None = None
    chapters: Annotated[list[Chapter], MinLen(1)]
    appendices: list[Appendix] = Field(default_factory=list)
    cite: Flag = True
