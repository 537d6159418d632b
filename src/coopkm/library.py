"""A project read whole: everything its folders hold, typed, with the place of every value."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, TypeVar

from coopkm.errors import CannotGoOn
from coopkm.model.base import Loc, Record, Unit, stable_path, texts
from coopkm.model.kinds import KINDS
from coopkm.model.project import Project
from coopkm.model.sources import SourceDocument, SourceFile, SourceItem
from coopkm.model.terms import Glossary, Misprint, MisprintFile, Term
from coopkm.model.validate import validate
from coopkm.problems import Place, Problem, problem
from coopkm.reading import Document, Scalar, decode, find_files, parse
from coopkm.text.digest import digest
from coopkm.text.guess import guess

R = TypeVar("R", bound=Record)
F = TypeVar("F", bound=Record)

KNOWLEDGE = "knowledge"
ENGLISH_RECORD = f"{KNOWLEDGE}/english.json"
_PROJECT, _SOURCES, _GLOSSARY, _MISPRINTS = (
    f"{KNOWLEDGE}/{name}.yml" for name in ("project", "sources", "glossary", "misprints")
)


@dataclass(frozen=True)
class Placed(Generic[R]):
    """A record with the document it stands in; `base` leads from the document's root to it."""

    value: R
    document: Document
    base: Loc = ()

    def place(self, loc: Loc = (), *, key: bool = False) -> Place:
        return self.document.place((*self.base, *loc), key=key)

    def place_in(self, loc: Loc, offset: int) -> Place:
        return self.document.place_in((*self.base, *loc), offset)


@dataclass(frozen=True)
class Article:
    """A hand-written page: docs/LANG/NAME, with its Markdown."""

    path: str
    lang: str
    name: str
    text: str


@dataclass
class Library:
    """All of a project.

    `broken` holds ids of units whose files could not be used: they exist, yet say nothing. `stale` names, as the
    record of translations does, the texts whose English is older than the Thai.
    """

    root: Path
    project: Project = field(default_factory=Project)
    units: dict[str, Placed[Unit]] = field(default_factory=dict)
    documents: dict[str, Placed[SourceDocument]] = field(default_factory=dict)
    sources: dict[str, Placed[SourceItem]] = field(default_factory=dict)
    terms: dict[str, Placed[Term]] = field(default_factory=dict)
    misprints: dict[str, Placed[Misprint]] = field(default_factory=dict)
    articles: dict[str, Article] = field(default_factory=dict)
    english: dict[str, str] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)
    stale: set[str] = field(default_factory=set)
    sources_usable: bool = True

    def counts(self) -> dict[str, int]:
        """The counts of the contract's machine form."""
        return {
            "units": len(self.units),
            "questions": 0,
            "sources": len(self.sources),
            "terms": len(self.terms),
        }

    def bilingual(self) -> Iterator[tuple[str, Placed[Record]]]:
        """Everything that bears texts in two languages, each with the name its English is recorded under."""
        for prefix, records in (
            ("", self.units),
            ("term:", self.terms),
            ("document:", self.documents),
            ("source:", self.sources),
        ):
            for name, placed in records.items():  # type: ignore[attr-defined]
                yield f"{prefix}{name}", placed


def read_library(root: Path) -> tuple[Library, list[Problem]]:
    """Read a project folder. Faults of form are problems; a folder without knowledge/ ends the run."""
    if not (root / KNOWLEDGE).is_dir():
        raise CannotGoOn(
            f"ไม่พบโฟลเดอร์ {KNOWLEDGE}/ ใน {root} — ระบุโฟลเดอร์โครงการด้วย --project",
            f"there is no folder {KNOWLEDGE}/ in {root}: name the project's folder with --project",
        )
    reader = _Reader(root)
    reader.read()
    return reader.library, sorted(set(reader.problems))


class _Reader:
    def __init__(self, root: Path) -> None:
        self.library = Library(root)
        self.problems: list[Problem] = []

    def read(self) -> None:
        for found in find_files(self.library.root, KNOWLEDGE, (".yml", ".yaml")):
            if isinstance(found, Problem):
                self.problems.append(found)
            else:
                self._file(found)
        for found in find_files(self.library.root, "docs", (".md",)):
            if isinstance(found, Problem):
                self.problems.append(found)
            else:
                self._article(found)
        self.library.english = self._english()
        _mark_stale(self.library)

    def _file(self, path: Path) -> None:
        name = path.relative_to(self.library.root).as_posix()
        text = self._text(path, name)
        document, found = parse(text, name) if text is not None else (None, [])
        self.problems += found
        if name == _PROJECT:
            self.library.project = self._record(Project, document, "project") or Project()
        elif name == _SOURCES:
            self._sources(document)
        elif name == _GLOSSARY:
            self._many(document, Glossary, "terms", "id", self.library.terms)
        elif name == _MISPRINTS:
            self._many(document, MisprintFile, "misprints", "id", self.library.misprints)
        else:
            self._unit(document, path)

    def _text(self, path: Path, name: str) -> str | None:
        try:
            text = decode(path.read_bytes(), name)
        except OSError:
            text = problem(Place(name), "unreadable-file")
        if isinstance(text, Problem):
            self.problems.append(text)
            return None
        return text

    def _record(self, model: type[F], document: Document | None, kind: str) -> F | None:
        if document is None:
            return None
        record, found = validate(model, document, kind)
        self.problems += found
        return record

    def _sources(self, document: Document | None) -> None:
        self._many(document, SourceFile, "documents", "id", self.library.documents)
        self._many(document, SourceFile, "items", "key", self.library.sources)
        self.library.sources_usable = bool(self.library.sources)

    def _many(
        self, document: Document | None, model: type[Record], name: str, key: str, into: dict[str, Placed[R]]
    ) -> None:
        file = self._record(model, document, name)
        for index, record in enumerate(getattr(file, name) if file and document else ()):
            assert document is not None
            self._keep(getattr(record, key), Placed(record, document, (name, index)), into)

    def _unit(self, document: Document | None, path: Path) -> None:
        unit = self._record(self._model(document), document, self._kind(document)) if document else None
        if unit is None or document is None:
            self.library.broken.add(path.stem)
            return
        self._keep(unit.id, Placed(unit, document), self.library.units)

    def _kind(self, document: Document) -> str:
        entry = document.root.entries.get("kind")
        return entry.value.value if entry and isinstance(entry.value, Scalar) else "unit"

    def _model(self, document: Document) -> type[Unit]:
        kind = self._kind(document)
        if kind not in KINDS and "kind" in document.root.entries:
            self.problems.append(
                problem(
                    document.place(("kind",)),
                    "not-allowed",
                    name="kind",
                    value=kind,
                    allowed=", ".join(KINDS),
                    guess=guess(kind, KINDS),
                )
            )
        return KINDS[kind].model if kind in KINDS else Unit

    def _keep(self, name: str, placed: Placed[R], into: dict[str, Placed[R]]) -> None:
        if name in into:
            key = "id" if "id" in type(placed.value).model_fields else "key"
            self.problems.append(
                problem(placed.place((key,)), "duplicate-id", id=name, other=into[name].place((key,)))
            )
        else:
            into[name] = placed

    def _article(self, path: Path) -> None:
        name = path.relative_to(self.library.root).as_posix()
        _, folder, *rest = name.split("/")
        text = self._text(path, name)
        if text is not None and rest:
            self.library.articles[name] = Article(name, folder, "/".join(rest), text)

    def _english(self) -> dict[str, str]:
        path = self.library.root / ENGLISH_RECORD
        try:
            raw = json.loads(path.read_text("utf-8")) if path.is_file() else {}
        except (OSError, ValueError):
            raw = None
        if not isinstance(raw, dict):
            self.problems.append(problem(Place(ENGLISH_RECORD), "unreadable-file"))
            return {}
        return {str(key): str(value) for key, value in raw.items()}


def english_states(library: Library) -> Iterator[tuple[str, Placed[Record], Loc, str, str]]:
    """Each bilingual text: owner, record, location, name in the record of translations, its two digests."""
    for owner, placed in library.bilingual():
        for loc, text in texts(placed.value):
            pair = f"{digest(text.th)[:12]} {digest(text.en)[:12] if text.en else '-'}"
            yield owner, placed, loc, f"{owner}#{stable_path(placed.value, loc)}", pair


def _mark_stale(library: Library) -> None:
    """English is stale where the Thai differs from the one on record while the English does not."""
    if not library.english:
        return
    for _, placed, loc, name, pair in english_states(library):
        recorded = library.english.get(name)
        if recorded is None or recorded == pair:
            continue
        (old_th, old_en), (th, en) = recorded.split(), pair.split()
        if th != old_th and en == old_en != "-":
            text = dict(texts(placed.value))[loc]
            text.mark_stale()
            library.stale.add(name)
