"""All of a project as values: records with their places, hand-written pages, and the library of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Generic, NamedTuple, TypeVar

from coopkm.bases.finding import PREFIX, origin
from coopkm.bases.lock import Kept
from coopkm.library.folders import EXAM, GLOSSARY, SOURCES
from coopkm.model.base import Loc, Record, Text, Unit
from coopkm.model.blueprint import Blueprint
from coopkm.model.editions import Edition
from coopkm.model.handbook import Handbook
from coopkm.model.km import KmYear
from coopkm.model.paths import Path as LearningPath
from coopkm.model.project import Project
from coopkm.model.questions import Bank, Question
from coopkm.model.sources import SourceDocument, SourceItem
from coopkm.model.terms import Misprint, Term
from coopkm.problems import Place, Problem
from coopkm.reading import Document

R = TypeVar("R", bound=Record)

MISPRINT = "misprint:"
_IN_A_BASE = frozenset({"ref-missing", "source-missing", "link-broken", "anchor-broken", "replaces-nothing"})
_REGISTERED = ("document:", "source:", MISPRINT)


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
            if prefix != MISPRINT:
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
            MISPRINT: self.misprints,
        }

    @cached_property
    def wordings(self) -> Sequence[Wording]:
        """Every text in two languages."""
        return [Wording(owner, placed, *row) for owner, placed in self.bilingual() for row in placed.value.wordings]
