"""The records that every kind is built from."""

from collections.abc import Iterator
from typing import Annotated, Any, Literal, get_args

from annotated_types import MinLen
from pydantic import BaseModel, ConfigDict, Field, PrivateAttr

from coopkm.model.scalars import Day, Id, Key, Line, Number, whole

Lang = Literal["th", "en"]
LANGS: tuple[Lang, ...] = get_args(Lang)
Basis = Literal["source", "law", "practice"]
Audience = Literal["officer", "trainer", "office"]
Stage = Literal["first-day", "first-week", "first-month", "first-year"]
Status = Literal["draft", "ready", "retired"]


class Record(BaseModel):
    """A group of named fields; others than those named are faults."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class Text(Record):
    """A text in Thai and, where it exists, in English."""

    th: Line
    en: Line | None = None
    _stale: bool = PrivateAttr(default=False)

    @property
    def stale(self) -> bool:
        """Whether the Thai has changed since the English was written."""
        return self._stale

    def mark_stale(self) -> None:
        """Say that the English is older than the Thai; pages then show the Thai."""
        self._stale = True

    def language_for(self, lang: str) -> str:
        """The language in which a page of `lang` shows this text."""
        return "en" if lang == "en" and self.en is not None and not self._stale else "th"

    def shown(self, lang: str) -> str:
        """The text that a page of `lang` shows: Thai stands in where English is missing or stale."""
        return self.en if self.language_for(lang) == "en" and self.en is not None else self.th


class Detail(Record):
    """A part of a point."""

    id: Id
    text: Text
    sources: list[Key] = Field(default_factory=list)
    basis: Basis | None = None
    scope: Text | None = None


class Point(Detail):
    """One thing to do, know or check; its id is permanent and independent of its place."""

    details: list[Detail] = Field(default_factory=list)


class Endorsement(Record):
    """An office's word that it stands behind the editors' advice."""

    by: Text
    date: Day


class Unit(Record):
    """A unit of knowledge: what all kinds have."""

    id: Id
    kind: str
    title: Text
    summary: Text
    number: Number | None = None
    order: whole(0, 99_999) = 0  # type: ignore[valid-type]
    body: Text | None = None
    points: list[Point] = Field(default_factory=list)
    example: Text | None = None
    scope: Text | None = None
    sources: list[Key] = Field(default_factory=list)
    basis: Basis
    audience: Annotated[list[Audience], MinLen(1)]
    stage: Stage
    minutes: whole(1, 600)  # type: ignore[valid-type]
    requires: list[Id] = Field(default_factory=list)
    related: list[Id] = Field(default_factory=list)
    owner: Text
    reviewed: Day
    review_by: Day
    endorsed: Endorsement | None = None
    status: Status


Loc = tuple[str | int, ...]


def walk(value: Any, loc: Loc = ()) -> Iterator[tuple[Loc, Record]]:
    """Every record inside a record, itself included, outermost first, with its location."""
    if isinstance(value, Record):
        yield loc, value
        for name in type(value).model_fields:
            inner = getattr(value, name)
            if isinstance(inner, (Record, list)):
                yield from walk(inner, (*loc, name))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from walk(item, (*loc, index))


def texts(record: Record) -> Iterator[tuple[Loc, Text]]:
    """Every bilingual text of a record with its location."""
    for loc, inner in walk(record):
        if isinstance(inner, Text):
            yield loc, inner


def stable_path(record: Record, loc: Loc) -> str:
    """A location written with the permanent ids of list items in place of their positions."""
    steps: list[str] = []
    value: Any = record
    for step in loc:
        value = value[step] if isinstance(step, int) else getattr(value, step)
        steps.append(str(getattr(value, "id", step)) if isinstance(step, int) else step)
    return ".".join(steps)
