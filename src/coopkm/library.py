"""A project read whole: everything its folders hold, typed, with the place of every value."""

import gc
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Generic, TypeVar

from coopkm.errors import CannotGoOn
from coopkm.model.base import Loc, Record, Text, Unit, stable_path, texts
from coopkm.model.kinds import KINDS
from coopkm.model.paths import Path as LearningPath
from coopkm.model.paths import PathFile
from coopkm.model.project import Project
from coopkm.model.sources import SourceDocument, SourceFile, SourceItem
from coopkm.model.terms import Glossary, Misprint, MisprintFile, Term
from coopkm.model.validate import validate
from coopkm.problems import Place, Problem, problem
from coopkm.reading import MAX_BYTES, Document, Scalar, find_files, parse, read_text
from coopkm.text.digest import digest
from coopkm.text.guess import guess

R = TypeVar("R", bound=Record)
F = TypeVar("F", bound=Record)

KNOWLEDGE = "knowledge"
ENGLISH_RECORD = f"{KNOWLEDGE}/english.json"
PROJECT, SOURCES, GLOSSARY, MISPRINTS, PATHS = (
    f"{KNOWLEDGE}/{name}.yml" for name in ("project", "sources", "glossary", "misprints", "paths")
)
_MAX_RECORD = 64 * 1024 * 1024  # one line a text: about 5 KB a unit
_PAIR = re.compile(r"[0-9a-f]{12} [0-9a-f]{12}")


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

    def place_in(self, offset: int) -> Place:
        """Where the character at `offset` of the text stands."""
        before = self.text[:offset]
        return Place(self.path, before.count("\n") + 1, offset - before.rfind("\n"))


@dataclass(frozen=True, slots=True)
class Wording:
    """A text in two languages and where it stands; `owner` is the name that its record's English goes by.

    `pair` holds digests of the Thai and of the English, `-` where there is none.
    """

    owner: str
    placed: Placed[Record]
    loc: Loc
    text: Text
    pair: str

    @property
    def name(self) -> str:
        """Its name in the record of translations: stays when items are moved."""
        return f"{self.owner}#{stable_path(self.placed.value, self.loc)}"

    @property
    def field(self) -> str:
        """The field it stands in."""
        return next((step for step in reversed(self.loc) if isinstance(step, str)), "")


@dataclass
class Library:
    """All of a project, unchanged once it is read.

    `broken` holds ids of units whose files could not be used: they exist, yet say nothing; `unusable` the
    paths of other files of which the same is true. `stale` names, as the record of translations does, the
    texts whose English is older than the Thai.
    """

    root: Path
    project: Project = field(default_factory=Project)
    units: dict[str, Placed[Unit]] = field(default_factory=dict)
    documents: dict[str, Placed[SourceDocument]] = field(default_factory=dict)
    sources: dict[str, Placed[SourceItem]] = field(default_factory=dict)
    terms: dict[str, Placed[Term]] = field(default_factory=dict)
    misprints: dict[str, Placed[Misprint]] = field(default_factory=dict)
    paths: dict[str, Placed[LearningPath]] = field(default_factory=dict)
    articles: dict[str, Article] = field(default_factory=dict)
    english: dict[str, str] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)
    stale: set[str] = field(default_factory=set)
    unusable: set[str] = field(default_factory=set)

    @property
    def sources_usable(self) -> bool:
        """Whether the source registry says which sources there are."""
        return SOURCES not in self.unusable

    @property
    def terms_usable(self) -> bool:
        """Whether the glossary says which terms there are."""
        return GLOSSARY not in self.unusable

    def counts(self) -> dict[str, int]:
        """The counts of the contract's machine form."""
        return {
            "units": len(self.units),
            "questions": 0,
            "sources": len(self.sources),
            "terms": len(self.terms),
        }

    def citing(self) -> Iterator[Placed[Unit] | Placed[Term]]:
        """Everything that cites sources."""
        yield from self.units.values()
        yield from self.terms.values()

    def bilingual(self) -> Iterator[tuple[str, Placed[Record]]]:
        """Everything that bears texts in two languages, each with the name its English is recorded under."""
        groups: dict[str, Mapping[str, Placed[Any]]] = {
            "": self.units,
            "term:": self.terms,
            "document:": self.documents,
            "source:": self.sources,
            "path:": self.paths,
        }
        for prefix, records in groups.items():
            for name, placed in records.items():
                yield f"{prefix}{name}", placed

    @cached_property
    def wordings(self) -> Sequence[Wording]:
        """Every text in two languages."""
        return [
            Wording(owner, placed, loc, text, _pair(text))
            for owner, placed in self.bilingual()
            for loc, text in texts(placed.value)
        ]


def _pair(text: Text) -> str:
    return f"{digest(text.th)[:12]} {digest(text.en)[:12] if text.en else '-'}"


def read_library(root: Path) -> tuple[Library, list[Problem]]:
    """Read a project folder. Faults of form are problems; a folder without knowledge/ ends the run."""
    if not (root / KNOWLEDGE).is_dir():
        raise CannotGoOn(
            f"ไม่พบโฟลเดอร์ {KNOWLEDGE}/ ใน {root} — ระบุโฟลเดอร์โครงการด้วย --project",
            f"there is no folder {KNOWLEDGE}/ in {root}: name the project's folder with --project",
        )
    reader = _Reader(root)
    with _no_collection():
        reader.read()
    return reader.library, sorted(set(reader.problems))


@contextmanager
def _no_collection() -> Iterator[None]:
    """What is read stays and holds no cycles: to look for them again and again would cost half the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


class _Reader:
    def __init__(self, root: Path) -> None:
        self.library = Library(root)
        self.problems: list[Problem] = []

    def read(self) -> None:
        for path in self._found(KNOWLEDGE, (".yml", ".yaml")):
            self._file(path)
        for path in self._found("docs", (".md",)):
            self._article(path)
        self.library.english = self._english()
        _mark_stale(self.library)

    def _found(self, folder: str, suffixes: tuple[str, ...]) -> Iterator[Path]:
        for found in find_files(self.library.root, folder, suffixes):
            if isinstance(found, Problem):
                self.problems.append(found)
            else:
                yield found

    def _file(self, path: Path) -> None:
        name = path.relative_to(self.library.root).as_posix()
        text = self._text(path, name)
        document, found = parse(text, name) if text is not None else (None, [])
        self.problems += found
        if name == PROJECT:
            self.library.project = self._record(Project, document, name) or Project()
        elif name == SOURCES:
            sources = self._record(SourceFile, document, name)
            self._keep_all("documents", "id", sources, document, self.library.documents)
            self._keep_all("items", "key", sources, document, self.library.sources)
        elif name == GLOSSARY:
            self._keep_all(
                "terms", "id", self._record(Glossary, document, name), document, self.library.terms
            )
        elif name == MISPRINTS:
            misprints = self._record(MisprintFile, document, name)
            self._keep_all("misprints", "id", misprints, document, self.library.misprints)
        elif name == PATHS:
            self._keep_all("paths", "id", self._record(PathFile, document, name), document, self.library.paths)
        else:
            self._unit(document, path)

    def _text(self, path: Path, name: str, limit: int = MAX_BYTES) -> str | None:
        text = read_text(path, name, limit)
        if isinstance(text, Problem):
            self.problems.append(text)
            return None
        return text

    def _record(self, model: type[F], document: Document | None, name: str) -> F | None:
        """The record of a file that is no unit."""
        record, found = validate(model, document, Path(name).stem) if document else (None, [])
        self.problems += found
        if record is None:
            self.library.unusable.add(name)
        return record

    def _keep_all(
        self, name: str, key: str, file: Record | None, document: Document | None, into: dict[str, Placed[R]]
    ) -> None:
        if file is None or document is None:
            return
        for index, record in enumerate(getattr(file, name)):
            self._keep(getattr(record, key), Placed(record, document, (name, index)), into)

    def _unit(self, document: Document | None, path: Path) -> None:
        unit = self._valid_unit(document) if document else None
        if unit is not None and document is not None:
            self._keep(unit.id, Placed(unit, document), self.library.units)
            return
        self.library.broken.add(path.stem)
        if document and (named := _scalar(document, "id")):
            self.library.broken.add(named)

    def _valid_unit(self, document: Document) -> Unit | None:
        kind = _scalar(document, "kind")
        if kind in KINDS:
            unit, found = validate(KINDS[kind].model, document, kind)
            self.problems += found
            return unit
        # What all kinds have is looked at; which further fields are right cannot be said.
        _, found = validate(Unit, document, "unit")
        self.problems += [row for row in found if row.code != "unknown-field"]
        if kind:
            place = document.place(("kind",))
            near = guess(kind, KINDS)
            self.problems.append(
                problem(place, "not-allowed", name="kind", value=kind, allowed=list(KINDS), guess=near)
            )
        return None

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
        text = self._text(path, ENGLISH_RECORD, _MAX_RECORD) if path.exists() else None
        record, found = _parsed_record(text) if text is not None else ({}, [])
        if found or (text is None and path.exists()):
            self.library.unusable.add(ENGLISH_RECORD)
        self.problems += found
        return record


def _scalar(document: Document, name: str) -> str:
    """The text of a field of the document, or an empty string."""
    entry = document.root.entries.get(name)
    return (entry.value.data() or "") if entry and isinstance(entry.value, Scalar) else ""


def _parsed_record(text: str) -> tuple[dict[str, str], list[Problem]]:
    """The record of translations; what is not formed like an entry of it is left out and told."""
    try:
        raw = json.loads(text)
    except json.JSONDecodeError as error:
        place = Place(ENGLISH_RECORD, error.lineno, error.colno)
        return {}, [problem(place, "english-record", text=text.split("\n")[error.lineno - 1] or "…")]
    except (ValueError, RecursionError):
        raw = None
    if not isinstance(raw, dict):
        return {}, [problem(Place(ENGLISH_RECORD), "english-record", text=text.split("\n")[0])]
    bad = {key for key, value in raw.items() if not isinstance(value, str) or not _PAIR.fullmatch(value)}
    problems = [problem(Place(ENGLISH_RECORD), "english-record", text=key) for key in sorted(bad)]
    return {key: value for key, value in raw.items() if key not in bad}, problems


def _mark_stale(library: Library) -> None:
    """English is stale where the Thai differs from the one on record while the English does not."""
    if not library.english:
        return
    for wording in library.wordings:
        recorded = library.english.get(wording.name)
        if recorded is None or recorded == wording.pair:
            continue
        (old_th, old_en), (th, en) = recorded.split(), wording.pair.split()
        if th != old_th and en == old_en:
            wording.text.mark_stale()
            library.stale.add(wording.name)
