"""A project in which every field of every kind is filled, made past the checks on purpose.

`write` is asked for every text of a unit, a term, a source or the project; it stands in the page as given.
"""

import types
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin

from coopkm.library import Article, Library, Placed
from coopkm.model.base import LANGS, Record, Text, Unit
from coopkm.model.kinds import KINDS
from coopkm.model.paths import Path as LearningPath
from coopkm.model.project import Project
from coopkm.model.sources import SourceDocument, SourceItem
from coopkm.model.terms import Term, Words
from coopkm.reading import parse

Write = Callable[[str], str]
DOCUMENT, _ = parse("id: nowhere\n", "knowledge/made.yml")
# What is no text: by field name, so that each value has the shape its field asks for.
PLAIN: dict[str, Any] = {
    "number": "1.2",
    "order": 1,
    "minutes": 5,
    "year": 2566,
    "line": 12,
    "reviewed": date(2026, 11, 22),
    "review_by": date(2027, 11, 22),
    "date": date(2026, 11, 22),
    "read": date(2026, 11, 22),
    "status": "ready",
    "stage": "first-day",
    "audience": ["officer", "trainer", "office"],
    "languages": list(LANGS),
    "url": "https://example.test/page?a=1&b=2#c",
}


@dataclass
class Filler:
    """Fills records; `links` are the ids that fields such as `related` name."""

    write: Write
    basis: str = "practice"
    links: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    each: int = 2  # how many stand in a list
    count: int = 0

    def record(self, model: type[Record], **given: Any) -> Any:
        """A record with every field filled."""
        values = {
            name: given[name] if name in given else self.value(name, info.annotation)
            for name, info in model.model_fields.items()
        }
        return model.model_construct(**values)

    def value(self, name: str, annotation: Any) -> Any:
        if name in PLAIN:
            return PLAIN[name]
        if name == "basis":
            return self.basis
        if name in ("requires", "related", "units", "modules"):
            return list(self.links)
        if name == "unit":
            return self.links[0] if self.links else None
        if name == "sources":
            return list(self.sources)
        if name in ("id", "key"):
            self.count += 1
            return f"made-{self.count}"
        return self.shaped(name, annotation)

    def shaped(self, name: str, annotation: Any) -> Any:
        origin = get_origin(annotation)
        if origin in (Union, types.UnionType):
            return self.shaped(name, next(part for part in get_args(annotation) if part is not type(None)))
        if origin is Literal:
            return get_args(annotation)[0]
        if origin is list:
            return self.many(name, get_args(annotation)[0])
        if origin is not None:  # Annotated
            return self.shaped(name, get_args(annotation)[0])
        if annotation is int:
            return 3
        if annotation is Text:
            return Text.model_construct(th=self.write("th"), en=self.write("en"))
        if isinstance(annotation, type) and issubclass(annotation, Record):
            return self.record(annotation)
        return self.write("th")

    def many(self, name: str, annotation: Any) -> list[Any]:
        if name in ("items", "blanks"):  # one of each form
            form = "when" if name == "items" else "form"
            choices = get_args(annotation.model_fields[form].annotation)
            return [self.record(annotation, **{form: choice}) for choice in choices]
        return [self.shaped(name, annotation) for _ in range(self.each)]


def unit(kind: str, name: str, filler: Filler, **given: Any) -> Unit:
    """A unit of a kind with every field filled."""
    made: Unit = filler.record(KINDS[kind].model, id=name, kind=kind, **given)
    return made


def library(
    root: Path,
    units: Iterable[Unit],
    *,
    terms: Iterable[Term] = (),
    documents: Iterable[SourceDocument] = (),
    sources: Iterable[SourceItem] = (),
    project: Project | None = None,
    articles: Iterable[Article] = (),
    paths: Iterable[LearningPath] = (),
) -> Library:
    """A library of records that no file holds."""
    return Library(
        root,
        project=project or Project(),
        units={made.id: Placed(made, DOCUMENT) for made in units},
        terms={made.id: Placed(made, DOCUMENT) for made in terms},
        documents={made.id: Placed(made, DOCUMENT) for made in documents},
        sources={made.key: Placed(made, DOCUMENT) for made in sources},
        articles={made.path: made for made in articles},
        paths={made.id: Placed(made, DOCUMENT) for made in paths},
    )


def term(name: str, filler: Filler, **given: Any) -> Term:
    """A term with every field filled."""
    words = [filler.write(lang) for lang in LANGS]
    made: Term = filler.record(
        Term, id=name, synonyms=Words.model_construct(th=words[:1], en=words[1:]), avoid=Words(), **given
    )
    return made


def path(name: str, filler: Filler) -> LearningPath:
    made: LearningPath = filler.record(LearningPath, id=name, audience="officer", steps=list(filler.links))
    return made


def document(name: str, filler: Filler, kind: str = "law") -> SourceDocument:
    made: SourceDocument = filler.record(SourceDocument, id=name, kind=kind)
    return made


def source(key: str, filler: Filler) -> SourceItem:
    made: SourceItem = filler.record(SourceItem, key=key, kind="item")
    return made
