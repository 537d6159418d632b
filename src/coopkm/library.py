"""A project read whole: everything its folders hold, typed, with the place of every value."""

import gc
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from itertools import chain, count
from pathlib import Path
from typing import Any, Generic, NamedTuple, TypeVar

from coopkm.bases.finding import PREFIX, find_base, is_absolute, is_path, origin, packages
from coopkm.bases.layering import lay_over, lay_together
from coopkm.bases.lock import Kept
from coopkm.bases.lock import parsed as parsed_lock
from coopkm.errors import CannotGoOn
from coopkm.model.base import Loc, Record, Text, Unit
from coopkm.model.blueprint import Blueprint
from coopkm.model.editions import Edition
from coopkm.model.handbook import Handbook
from coopkm.model.kinds import KINDS
from coopkm.model.km import KmYear
from coopkm.model.paths import Path as LearningPath
from coopkm.model.paths import PathFile
from coopkm.model.project import Project
from coopkm.model.questions import Bank, Question
from coopkm.model.sources import SourceDocument, SourceFile, SourceItem
from coopkm.model.terms import Glossary, Misprint, MisprintFile, Term
from coopkm.model.validate import validate
from coopkm.problems import Place, Problem, problem
from coopkm.reading import MAX_BYTES, Document, Scalar, find_files, parse, read_text
from coopkm.text.guess import guess

R = TypeVar("R", bound=Record)

KNOWLEDGE, QUIZZES, KM, CHANGES = "knowledge", "quizzes", "km", "changes"
EXAM = f"{QUIZZES}/exam/"  # banks below it are the exam pool: never on the site
BLUEPRINTS = f"{QUIZZES}/blueprints/"  # no banks
HANDBOOK = "handbook.yml"
ENGLISH_RECORD = f"{KNOWLEDGE}/english.json"
BASE_LOCK = f"{KNOWLEDGE}/base.lock.json"
PROJECT, SOURCES, GLOSSARY, MISPRINTS, PATHS = (
    f"{KNOWLEDGE}/{name}.yml" for name in ("project", "sources", "glossary", "misprints", "paths")
)
_FILES: dict[str, type[Record]] = {
    PROJECT: Project,
    SOURCES: SourceFile,
    GLOSSARY: Glossary,
    MISPRINTS: MisprintFile,
    PATHS: PathFile,
}
_MISPRINT = "misprint:"
_REGISTERED = ("document:", "source:", _MISPRINT)
_IN_A_BASE = frozenset({"ref-missing", "source-missing", "link-broken", "anchor-broken", "replaces-nothing"})
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


class Wording(NamedTuple):
    """A text in two languages and where it stands; `owner` is the name that its record's English goes by.

    `path` is its location in the record, which stays when items are moved; `pair` holds digests of the Thai and
    of the English, `-` where there is none.
    """

    owner: str
    placed: Placed[Record]
    loc: Loc
    text: Text
    path: str
    pair: str

    @property
    def name(self) -> str:
        """Its name in the record of translations."""
        return f"{self.owner}#{self.path}"

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

    What the bases of a project bring stands among its own; the paths of their documents begin with `base:NAME/`.
    `bases` are they by NAME, those of bases included; `below` all that the bases say, by name, also what the
    project replaces; `replaced` the records that another project's version stands in place of; `lacking` the bases
    that cannot be had. `lock` is what the bases said when the office last looked.
    """

    root: Path
    project: Project = field(default_factory=Project)
    settings: Placed[Project] | None = None
    units: dict[str, Placed[Unit]] = field(default_factory=dict)
    documents: dict[str, Placed[SourceDocument]] = field(default_factory=dict)
    sources: dict[str, Placed[SourceItem]] = field(default_factory=dict)
    terms: dict[str, Placed[Term]] = field(default_factory=dict)
    misprints: dict[str, Placed[Misprint]] = field(default_factory=dict)
    paths: dict[str, Placed[LearningPath]] = field(default_factory=dict)
    banks: dict[str, Placed[Bank]] = field(default_factory=dict)
    blueprints: dict[str, Placed[Blueprint]] = field(default_factory=dict)
    km: dict[str, Placed[KmYear]] = field(default_factory=dict)
    editions: dict[str, Placed[Edition]] = field(default_factory=dict)
    handbooks: dict[str, Placed[Handbook]] = field(default_factory=dict)
    articles: dict[str, Article] = field(default_factory=dict)
    english: dict[str, str] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)
    stale: set[str] = field(default_factory=set)
    unusable: set[str] = field(default_factory=set)
    bases: "dict[str, Library]" = field(default_factory=dict)
    below: dict[str, Placed[Any]] = field(default_factory=dict)
    replaced: dict[str, Placed[Any]] = field(default_factory=dict)
    lacking: set[str] = field(default_factory=set)
    lock: dict[str, Kept] | None = None

    @property
    def sources_usable(self) -> bool:
        """Whether the source registry says which sources there are."""
        return self._is_usable(SOURCES)

    @property
    def terms_usable(self) -> bool:
        """Whether the glossary says which terms there are."""
        return self._is_usable(GLOSSARY)

    def _is_usable(self, file: str) -> bool:
        return not self.lacking and not any(path == file or path.endswith(f"/{file}") for path in self.unusable)

    def project_of(self, placed: Placed[Any]) -> Project:
        """The project that a record comes from."""
        name = origin(placed.document.path)
        return self.bases[name].project if name else self.project

    def recorded(self, wording: Wording) -> str | None:
        """What the record of translations of its project says of a text; None where that says nothing."""
        name = origin(wording.placed.document.path)
        return (self.bases[name] if name else self).english.get(wording.name)

    def tells(self, found: Problem) -> bool:
        """Whether a problem is this project's business: advice on a base's texts is for the base's authors.

        Where a base cannot be had, what is not found may well stand there.
        """
        if origin(found.place.path) and found.severity == "warning":
            return False
        return not (self.lacking and found.code in _IN_A_BASE)

    @property
    def exam_folders(self) -> tuple[str, ...]:
        """Folders whose banks are of the exam pool, each with a slash at its end."""
        homes = {"": self.project, **{f"{PREFIX}{name}/": base.project for name, base in self.bases.items()}}
        private = (f"{home}{project.exam_folder}/" for home, project in homes.items() if project.exam_folder)
        return (*(f"{home}{EXAM}" for home in homes), *private)

    def watched(self) -> dict[str, Record]:
        """What of the bases an office looks at when it changes: what people read, and all that it replaces."""
        return {
            name: placed.value
            for name, placed in self.below.items()
            if not name.startswith(_REGISTERED) or name in self.replaced
        }

    def is_exam(self, bank: Placed[Bank]) -> bool:
        """Whether the bank is of the exam pool: where its file stands decides."""
        return bank.document.path.startswith(self.exam_folders)

    def counts(self) -> dict[str, int]:
        """The counts of the contract's machine form."""
        return {
            "units": len(self.units),
            "questions": sum(len(bank.value.questions) for bank in self.banks.values()),
            "sources": len(self.sources),
            "terms": len(self.terms),
        }

    def questions(self) -> Iterator[tuple[Placed[Bank], Placed[Question]]]:
        """Every question with its bank, in the order of the files."""
        for bank in self.banks.values():
            for index, question in enumerate(bank.value.questions):
                yield bank, Placed(question, bank.document, ("questions", index))

    def citing(self) -> Iterator[Placed[Unit] | Placed[Term] | Placed[Question]]:
        """Everything that cites sources."""
        yield from self.units.values()
        yield from self.terms.values()
        for _, question in self.questions():
            yield question

    def bilingual(self) -> Iterator[tuple[str, Placed[Record]]]:
        """Everything that bears texts in two languages, each with the name its English is recorded under."""
        for prefix, records in self.groups().items():
            if prefix != _MISPRINT:
                for name, placed in records.items():
                    yield f"{prefix}{name}", placed

    def groups(self) -> dict[str, dict[str, Placed[Any]]]:
        """All records, by what stands before their ids in a name that no two records have."""
        return {
            "": self.units,
            "term:": self.terms,
            "document:": self.documents,
            "source:": self.sources,
            "path:": self.paths,
            "bank:": self.banks,
            "blueprint:": self.blueprints,
            "km:": self.km,
            "handbook:": self.handbooks,
            _MISPRINT: self.misprints,
        }

    @cached_property
    def wordings(self) -> Sequence[Wording]:
        """Every text in two languages."""
        return [Wording(owner, placed, *row) for owner, placed in self.bilingual() for row in placed.value.wordings]


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of a file's text: the document and the record it holds, where it holds them, and what is wrong."""

    text: str
    document: Document | None
    record: Record | None
    problems: list[Problem]


def read_library(root: Path, readings: dict[str, Reading] | None = None) -> tuple[Library, list[Problem]]:
    """Read a project folder. Faults of form are problems; a folder without knowledge/ ends the run.

    With `readings`, a file whose text is the one that stands there is not read again, and all are put there for
    the next time. Libraries then share records: call `mark_stale` before an earlier one is used again.
    """
    if not (root / KNOWLEDGE).is_dir():
        raise CannotGoOn(
            f"ไม่พบโฟลเดอร์ {KNOWLEDGE}/ ใน {root} — ระบุโฟลเดอร์โครงการด้วย --project",
            f"there is no folder {KNOWLEDGE}/ in {root}: name the project's folder with --project",
        )
    family = _Family(readings or {})
    reader = _Reader(root, family)
    with _no_collection():
        reader.read()
        reader.lay_over_bases()
        mark_stale(reader.library)
    if readings is not None:
        readings.clear()
        readings.update(family.readings)
    return reader.library, sorted({found for found in family.problems if reader.library.tells(found)})


def read_handbook(path: Path) -> tuple[Placed[Handbook] | None, list[Problem]]:
    """A handbook's file that stands anywhere, and what is wrong with its form."""
    name = path.as_posix()
    text = read_text(path, name)
    if isinstance(text, Problem):
        return None, [text]
    reading = _read(name, text, Handbook)
    if isinstance(reading.record, Handbook) and reading.document is not None:
        return Placed(reading.record, reading.document), reading.problems
    return None, reading.problems


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


class _Family:
    """What all projects that one run reads have in common; a base that is reached twice is read once."""

    def __init__(self, earlier: Mapping[str, Reading]) -> None:
        self.problems: list[Problem] = []
        self.readings: dict[str, Reading] = {}
        self.earlier = earlier
        self.bases: dict[Path, tuple[str, Library]] = {}
        self._names: set[str] = set()

    def name(self, plain: str) -> str:
        """A name for a base, unlike that of any other: this one, with a number where it is taken."""
        numbered = (f"{plain}-{number}" for number in count(2))
        name = next(name for name in chain([plain], numbered) if name not in self._names)
        self._names.add(name)
        return name


class _Reader:
    """Reads one project; `name` is the base's, `line` are the folders of the projects that extend it."""

    def __init__(self, root: Path, family: _Family, name: str = "", line: tuple[Path, ...] = ()) -> None:
        self.library = Library(root)
        self.problems = family.problems
        self._family = family
        self._home = f"{PREFIX}{name}/" if name else ""
        self._line = (*line, root.resolve())

    def lay_over_bases(self) -> None:
        """Take in what the bases say."""
        library, settings = self.library, self.library.settings
        named = filter(None, map(self._base, range(len(library.project.extends))))
        library.bases.update(named)
        bases = list(library.bases.values())
        for base in bases:
            library.bases.update(base.bases)
            library.broken |= base.broken
            library.unusable |= base.unusable
            library.lacking |= base.lacking
            library.replaced.update(base.replaced)
        for prefix, own in library.groups().items():
            replaced = {name.removeprefix(prefix) for name in library.project.replaces if name.startswith(prefix)}
            below = lay_together([base.groups()[prefix] for base in bases], replaced, self._conflict)
            library.replaced.update({f"{prefix}{name}": below[name] for name in replaced & below.keys() & own.keys()})
            library.below.update({f"{prefix}{name}": placed for name, placed in below.items()})
            lay_over(own, below, replaced, self._conflict)
        if settings is not None:
            self._check_replaces(settings)

    def _check_replaces(self, settings: Placed[Project]) -> None:
        """Whatever is replaced stands in a base, and here too."""
        for index, name in enumerate(settings.value.replaces):
            if name not in self.library.replaced and name not in self.library.broken:
                place, near = settings.place(("replaces", index)), guess(name, self.library.below)
                here = name in self.library.below
                self.problems.append(problem(place, "replaces-nothing", id=name, guess="" if here else near))

    def _conflict(self, name: str, placed: Placed[Any], other: Placed[Any]) -> None:
        key = "id" if "id" in type(placed.value).model_fields else "key"
        self.problems.append(problem(placed.place((key,)), "base-conflict", id=name, other=other.place((key,))))

    def _base(self, index: int) -> tuple[str, Library] | None:
        """The base that stands at this place of `extends`, read."""
        settings = self.library.settings
        assert settings is not None
        named = settings.value.extends[index]
        place = settings.place(("extends", index))
        root = None if is_absolute(named) else find_base(self.library.root, named)
        if root is not None and root not in self._line:
            return self._read_base(root, root.name if is_path(named) else named)
        self.library.lacking.add(named)
        if root is not None:
            self.problems.append(problem(place, "base-circle", name=named))
        else:
            near = "" if is_path(named) else guess(named, packages())
            self.problems.append(problem(place, "base-missing", name=named, guess=near))
        return None

    def _read_base(self, root: Path, plain: str) -> tuple[str, Library]:
        if root not in self._family.bases:
            name = self._family.name(plain or "base")
            reader = _Reader(root, self._family, name, self._line)
            reader.read()
            reader.lay_over_bases()
            self._family.bases[root] = name, reader.library
        return self._family.bases[root]

    def read(self) -> None:
        for path in self._found(KNOWLEDGE, (".yml", ".yaml")):
            self._file(path)
        for folder in filter(None, (QUIZZES, self.library.project.exam_folder)):
            for path in self._found(folder, (".yml", ".yaml")):
                self._quiz_file(path)
        self.library.english = self._english()
        if not self._home:
            self._read_local()

    def _read_local(self) -> None:
        """What an office keeps for its own site: it does not come along where another project extends this one."""
        for path in self._found(KM, (".yml", ".yaml")):
            self._one(path, KmYear, self.library.km)
        for path in self._found(CHANGES, (".yml", ".yaml")):
            self._one(path, Edition, self.library.editions)
        if (self.library.root / HANDBOOK).is_file():
            self._one(self.library.root / HANDBOOK, Handbook, self.library.handbooks)
        for path in self._found("docs", (".md",)):
            self._article(path)
        self.library.lock = self._lock()

    def _found(self, folder: str, suffixes: tuple[str, ...]) -> Iterator[Path]:
        for found in find_files(self.library.root, folder, suffixes):
            if isinstance(found, Problem):
                place = replace(found.place, path=self._home + found.place.path)
                self.problems.append(replace(found, place=place))
            else:
                yield found

    def _name(self, path: Path) -> str:
        """What a file is called in documents and problems."""
        return self._home + path.relative_to(self.library.root).as_posix()

    def _file(self, path: Path) -> None:
        name = path.relative_to(self.library.root).as_posix()
        full = self._home + name
        text = self._text(path, full)
        reading = self._reading(full, text, _FILES.get(name)) if text is not None else Reading("", None, None, [])
        self.problems += reading.problems
        if name not in _FILES:
            self._unit(reading, path)
        elif reading.record is None:
            self.library.unusable.add(full)
        elif isinstance(reading.record, Project) and reading.document is not None:
            self.library.project = reading.record
            self.library.settings = Placed(reading.record, reading.document)
        elif name == SOURCES:
            self._keep_all("documents", "id", reading, self.library.documents)
            self._keep_all("items", "key", reading, self.library.sources)
        elif name == GLOSSARY:
            self._keep_all("terms", "id", reading, self.library.terms)
        elif name == PATHS:
            self._keep_all("paths", "id", reading, self.library.paths)
        else:
            self._keep_all("misprints", "id", reading, self.library.misprints)

    def _quiz_file(self, path: Path) -> None:
        name = self._name(path)
        is_blueprint = path.relative_to(self.library.root).as_posix().startswith(BLUEPRINTS)
        model: type[Record] = Blueprint if is_blueprint else Bank
        text = self._text(path, name)
        reading = self._reading(name, text, model) if text is not None else Reading("", None, None, [])
        self.problems += reading.problems
        if isinstance(reading.record, Bank) and reading.document is not None:
            self._keep(reading.record.id, Placed(reading.record, reading.document), self.library.banks)
        elif isinstance(reading.record, Blueprint) and reading.document is not None:
            self._keep(reading.record.id, Placed(reading.record, reading.document), self.library.blueprints)
        else:
            self.library.unusable.add(name)

    def _one(self, path: Path, model: type[R], into: dict[str, Placed[R]]) -> None:
        """A file that holds one record of the model; it goes by the file's name."""
        name = path.relative_to(self.library.root).as_posix()
        text = self._text(path, name)
        reading = self._reading(name, text, model) if text is not None else Reading("", None, None, [])
        self.problems += reading.problems
        if isinstance(reading.record, model) and reading.document is not None:
            into[path.stem] = Placed(reading.record, reading.document)

    def _reading(self, name: str, text: str, model: type[Record] | None) -> Reading:
        earlier = self._family.earlier.get(name)
        reading = earlier if earlier is not None and earlier.text == text else _read(name, text, model)
        self._family.readings[name] = reading
        return reading

    def _text(self, path: Path, name: str, limit: int = MAX_BYTES) -> str | None:
        text = read_text(path, name, limit)
        if isinstance(text, Problem):
            self.problems.append(text)
            return None
        return text

    def _keep_all(self, name: str, key: str, reading: Reading, into: dict[str, Placed[R]]) -> None:
        assert reading.document is not None
        for index, record in enumerate(getattr(reading.record, name)):
            self._keep(getattr(record, key), Placed(record, reading.document, (name, index)), into)

    def _unit(self, reading: Reading, path: Path) -> None:
        if isinstance(reading.record, Unit) and reading.document is not None:
            self._keep(reading.record.id, Placed(reading.record, reading.document), self.library.units)
            return
        self.library.broken.add(path.stem)
        if reading.document and (named := _scalar(reading.document, "id")):
            self.library.broken.add(named)

    def _keep(self, name: str, placed: Placed[R], into: dict[str, Placed[R]]) -> None:
        if name in into and Path(placed.document.path).stem == name != Path(into[name].document.path).stem:
            placed, into[name] = into[name], placed  # the file that bears the name keeps it
        if name in into:
            key = "id" if "id" in type(placed.value).model_fields else "key"
            self.problems.append(problem(placed.place((key,)), "duplicate-id", id=name, other=into[name].place((key,))))
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
        name = self._home + ENGLISH_RECORD
        text = self._text(path, name, _MAX_RECORD) if path.exists() else None
        record, found = _parsed_record(text, name) if text is not None else ({}, [])
        if found or (text is None and path.exists()):
            self.library.unusable.add(name)
        self.problems += found
        return record

    def _lock(self) -> dict[str, Kept] | None:
        """What the bases said when the office last looked at them."""
        path = self.library.root / BASE_LOCK
        if not path.exists():
            return None
        text = self._text(path, BASE_LOCK, _MAX_RECORD)
        lock = parsed_lock(text) if text is not None else None
        if lock is None:
            self.library.unusable.add(BASE_LOCK)
            if text is not None:
                self.problems.append(problem(Place(BASE_LOCK), "base-record"))
        return lock


def _read(name: str, text: str, model: type[Record] | None) -> Reading:
    """Read a file that holds a record of this model, or else a unit."""
    document, problems = parse(text, name)
    if document is None:
        return Reading(text, None, None, problems)
    record, found = validate(model, document, Path(name).stem) if model else _valid_unit(document)
    return Reading(text, document, record, [*problems, *found])


def _valid_unit(document: Document) -> tuple[Unit | None, list[Problem]]:
    kind = _scalar(document, "kind")
    if kind in KINDS:
        return validate(KINDS[kind].model, document, kind)
    # What all kinds have is looked at; which further fields are right cannot be said.
    _, found = validate(Unit, document, "unit")
    problems = [row for row in found if row.code != "unknown-field"]
    if kind:
        place = document.place(("kind",))
        near = guess(kind, KINDS)
        problems.append(problem(place, "not-allowed", name="kind", value=kind, allowed=list(KINDS), guess=near))
    return None, problems


def _scalar(document: Document, name: str) -> str:
    """The text of a field of the document, or an empty string."""
    entry = document.root.entries.get(name)
    return (entry.value.data() or "") if entry and isinstance(entry.value, Scalar) else ""


@lru_cache(maxsize=4)  # a preview reads the same again and again
def _parsed_record(text: str, name: str) -> tuple[dict[str, str], list[Problem]]:
    """The record of translations; what is not formed like an entry of it is left out and told."""
    try:
        raw = json.loads(text)
    except json.JSONDecodeError as error:
        place = Place(name, error.lineno, error.colno)
        return {}, [problem(place, "english-record", text=text.split("\n")[error.lineno - 1] or "…")]
    except (ValueError, RecursionError):
        raw = None
    if not isinstance(raw, dict):
        return {}, [problem(Place(name), "english-record", text=text.split("\n")[0])]
    bad = {key for key, value in raw.items() if not isinstance(value, str) or not _PAIR.fullmatch(value)}
    problems = [problem(Place(name), "english-record", text=key) for key in sorted(bad)]
    return {key: value for key, value in raw.items() if key not in bad}, problems


def mark_stale(library: Library) -> None:
    """English is stale where the Thai differs from the one on record while the English does not."""
    for wording in library.wordings:
        stale = _is_stale(library.recorded(wording), wording.pair)
        if stale != wording.text.stale:
            wording.text.mark_stale(stale)
        if stale:
            library.stale.add(wording.name)


def _is_stale(recorded: str | None, pair: str) -> bool:
    if recorded is None or recorded == pair:
        return False
    (old_th, old_en), (th, en) = recorded.split(), pair.split()
    return th != old_th and en == old_en
