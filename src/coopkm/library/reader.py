"""A project read whole: everything its folders hold, typed, with the place of every value."""

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from itertools import chain, count
from pathlib import Path
from typing import Any, TypeVar

from coopkm.bases.finding import PREFIX, find_base, is_absolute, is_path, packages
from coopkm.bases.layering import lay_over, lay_together
from coopkm.bases.lock import Kept
from coopkm.bases.lock import parsed as parsed_lock
from coopkm.errors import CannotGoOn
from coopkm.library.english import MAX_RECORD, mark_stale, parsed_record
from coopkm.library.folders import (
    BASE_LOCK,
    BLUEPRINTS,
    CHANGES,
    ENGLISH_RECORD,
    GLOSSARY,
    HANDBOOK,
    KM,
    KNOWLEDGE,
    MISPRINTS,
    PATHS,
    PROJECT,
    QUIZZES,
    SOURCES,
)
from coopkm.library.reading import Reading, read_record, scalar_of
from coopkm.library.records import Article, Library, Placed
from coopkm.model.base import Record, Unit
from coopkm.model.blueprint import Blueprint
from coopkm.model.editions import Edition
from coopkm.model.handbook import Handbook
from coopkm.model.km import KmYear
from coopkm.model.paths import PathFile
from coopkm.model.project import Project
from coopkm.model.questions import Bank
from coopkm.model.sources import SourceFile
from coopkm.model.terms import Glossary, MisprintFile
from coopkm.problems import Place, Problem, problem
from coopkm.reading import MAX_BYTES, find_files, read_text
from coopkm.text.guess import guess

R = TypeVar("R", bound=Record)

_FILES: dict[str, type[Record]] = {
    PROJECT: Project,
    SOURCES: SourceFile,
    GLOSSARY: Glossary,
    MISPRINTS: MisprintFile,
    PATHS: PathFile,
}


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
    reading = read_record(name, text, Handbook)
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
        reading = earlier if earlier is not None and earlier.text == text else read_record(name, text, model)
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
        if reading.document and (named := scalar_of(reading.document, "id")):
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
        text = self._text(path, name, MAX_RECORD) if path.exists() else None
        record, found = parsed_record(text, name) if text is not None else ({}, [])
        if found or (text is None and path.exists()):
            self.library.unusable.add(name)
        self.problems += found
        return record

    def _lock(self) -> dict[str, Kept] | None:
        """What the bases said when the office last looked at them."""
        path = self.library.root / BASE_LOCK
        if not path.exists():
            return None
        text = self._text(path, BASE_LOCK, MAX_RECORD)
        lock = parsed_lock(text) if text is not None else None
        if lock is None:
            self.library.unusable.add(BASE_LOCK)
            if text is not None:
                self.problems.append(problem(Place(BASE_LOCK), "base-record"))
        return lock
