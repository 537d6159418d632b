"""Blueprints of tests: quizzes/blueprints/, one file a test. How many questions of which kind make a form."""

from typing import Annotated, Literal

from annotated_types import MinLen
from pydantic import Field

from coopkm.model.base import LANGS, Lang, Record, Text
from coopkm.model.questions import Level
from coopkm.model.scalars import Id, Line, whole

PaperType = Literal["single", "multiple", "truefalse", "match", "order", "short", "numeric", "cloze", "case"]


class Cell(Record):
    """How many questions of a kind a form has. What is not named is free; of what is named, one must fit."""

    topics: list[Id] = Field(default_factory=list)
    units: list[Id] = Field(default_factory=list)
    objectives: list[Line] = Field(default_factory=list)
    levels: list[Level] = Field(default_factory=list)
    types: list[PaperType] = Field(default_factory=list)
    count: whole(1, 200)  # type: ignore[valid-type]


class Blueprint(Record):
    """A file of quizzes/blueprints/: a test, from which any number of equal forms are made."""

    id: Id
    title: Text
    pool: Literal["exam", "practice"] = "exam"
    minutes: whole(1, 600)  # type: ignore[valid-type]
    pass_mark: whole(1, 100) = 70  # type: ignore[valid-type]
    languages: Annotated[list[Lang], MinLen(1)] = Field(default_factory=lambda: list(LANGS))
    instructions: list[Text] = Field(default_factory=list)
    cells: Annotated[list[Cell], MinLen(1)]
