"""The records that every kind is built from."""

from collections.abc import Callable, Iterator
from functools import cache, cached_property, wraps
from typing import Annotated, Any, ClassVar, Literal, Self, TypeVar, cast, get_args, get_origin

from annotated_types import MinLen
from pydantic import BaseModel, ConfigDict, Field

from coopkm.model.scalars import Day, Id, Key, Line, Number, whole
from coopkm.text.digest import digest

Lang = Literal["th", "en"]
LANGS: tuple[Lang, ...] = get_args(Lang)
Basis = Literal["source", "law", "practice"]
Audience = Literal["officer", "trainer", "office"]
Stage = Literal["first-day", "first-week", "first-month", "first-year"]
Status = Literal["draft", "ready", "retired"]


Loc = tuple[str | int, ...]
R = TypeVar("R", bound="Record")
Answer = TypeVar("Answer")
_NAMES: dict[frozenset[str], set[str]] = {}


class Record(BaseModel):
    """A group of named fields; others than those named are faults."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    @cached_property
    def records(self) -> "tuple[tuple[Loc, Record], ...]":
        """Every record inside this one, itself included, outermost first, with its location."""
        found: list[tuple[Loc, Record]] = []
        _collect(self, (), found)
        return tuple(found)

    @cached_property
    def wordings(self) -> "tuple[tuple[Loc, Text, str, str], ...]":
        """Every bilingual text with its location, its stable path, and digests of its Thai and English."""
        return tuple((loc, text, stable_path(self, loc), text.digests()) for loc, text in texts(self))

    @cached_property
    def fingerprint(self) -> str:
        """A digest of everything it says."""
        return digest(self.model_dump_json())

    def __eq__(self, other: object) -> bool:
        """Whether they say the same; what was drawn up from that does not count."""
        names = type(self).model_fields
        return type(self) is type(other) and all(getattr(self, name) == getattr(other, name) for name in names)

    def __copy__(self) -> Self:
        """A copy may be given other fields: it draws up what follows from them anew."""
        copied = super().__copy__()
        for name in copied.__dict__.keys() - type(self).model_fields.keys() - {"_stale"}:
            del copied.__dict__[name]
        return copied


class Text(Record):
    """A text in Thai and, where it exists, in English."""

    th: Line
    en: Line | None = None
    _stale: ClassVar[bool] = False  # no PrivateAttr: pages ask for it so often that its slow access shows

    @property
    def stale(self) -> bool:
        """Whether the Thai has changed since the English was written."""
        return self._stale

    def mark_stale(self, stale: bool = True) -> None:
        """Say whether the English is older than the Thai; pages then show the Thai."""
        self.__dict__["_stale"] = stale

    def digests(self) -> str:
        """Digests of the Thai and of the English, `-` where there is none."""
        return f"{digest(self.th)[:12]} {digest(self.en)[:12] if self.en else '-'}"

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
    kind: Line
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


def walk(record: Record) -> Iterator[tuple[Loc, Record]]:
    """Every record inside a record, itself included, outermost first, with its location."""
    return iter(record.records)


def having(record: Record, *names: str) -> Iterator[tuple[Loc, str, Any]]:
    """Location, name and value of every field of these names, anywhere in a record."""
    for loc, inner in record.records:
        for name in _fields_named(type(inner), names):
            yield loc, name, getattr(inner, name)


@cache
def _fields_named(model: type[Record], names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in names if name in model.model_fields)


def texts(record: Record) -> Iterator[tuple[Loc, Text]]:
    """Every bilingual text of a record with its location."""
    return ((loc, inner) for loc, inner in record.records if isinstance(inner, Text))


def _collect(record: Record, loc: Loc, into: list[tuple[Loc, Record]]) -> None:
    into.append((loc, record))
    for name in _fields_with_records(type(record)):
        inner = getattr(record, name)
        if isinstance(inner, Record):
            _collect(inner, (*loc, name), into)
        elif inner:
            for index, item in enumerate(inner):
                _collect(item, (*loc, name, index), into)


@cache
def _fields_with_records(model: type[Record]) -> tuple[str, ...]:
    """Names of the fields that hold a record or a list of records."""
    return tuple(name for name, field in model.model_fields.items() if record_type(field.annotation))


def record_type(annotation: Any) -> type[Record] | None:
    """The type of record that an annotation names, or a list or choice in it."""
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return annotation
    inner = () if get_origin(annotation) is Literal else get_args(annotation)
    return next((found for part in inner if (found := record_type(part))), None)


def share_names(record: Record) -> None:
    """Let records of the same fields share the set of their names: a tenth of the memory of a project."""
    for _, inner in record.records:
        names = inner.model_fields_set
        object.__setattr__(inner, "__pydantic_fields_set__", _NAMES.setdefault(frozenset(names), names))


def remembered(find: Callable[[R], Answer]) -> Callable[[R], Answer]:
    """A function of a record alone: what it finds is kept with the record, for pages of every language."""

    name = f"{find.__module__}.{find.__qualname__}"

    @wraps(find)
    def found(record: R) -> Answer:
        if name not in record.__dict__:
            record.__dict__[name] = find(record)
        return cast(Answer, record.__dict__[name])

    return found


def stable_path(record: Record, loc: Loc) -> str:
    """A location written with the permanent ids of list items in place of their positions."""
    steps: list[str] = []
    value: Any = record
    for step in loc:
        value = value[step] if isinstance(step, int) else getattr(value, step)
        steps.append(str(getattr(value, "id", step)) if isinstance(step, int) else step)
    return ".".join(steps)
