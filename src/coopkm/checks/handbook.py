"""A handbook names units, kinds and files that exist, and no unit stands in it twice."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from coopkm.checks.km import is_in_project
from coopkm.library import Library, Placed
from coopkm.model.base import Loc
from coopkm.model.handbook import Handbook
from coopkm.model.kinds import KINDS
from coopkm.problems import Problem, problem
from coopkm.reading.pictures import picture_fault
from coopkm.text.guess import guess

_PICTURES = (".png", ".svg")


def handbooks_hold(library: Library, today: date) -> Iterator[Problem]:
    for placed in library.handbooks.values():
        yield from handbook_problems(library, placed)


def handbook_problems(library: Library, placed: Placed[Handbook]) -> Iterator[Problem]:
    """All that is wrong with one handbook beside its form."""
    seen: dict[str, Loc] = {}
    for loc, name in _units(placed.value):
        if name not in library.units and name not in library.broken:
            yield problem(placed.place(loc), "ref-missing", id=name, guess=guess(name, library.units))
        elif name in seen:
            yield problem(placed.place(loc), "handbook-twice", id=name, other=placed.place(seen[name]))
        seen.setdefault(name, loc)
    yield from _kinds(placed)
    yield from _emblem(library.root, placed)


def _units(book: Handbook) -> Iterator[tuple[Loc, str]]:
    for name in ("chapters", "appendices"):
        for index, part in enumerate(getattr(book, name)):
            for place, unit in enumerate(part.units):
                yield (name, index, "units", place), unit


def _kinds(placed: Placed[Handbook]) -> Iterator[Problem]:
    for index, chapter in enumerate(placed.value.chapters):
        for place, kind in enumerate(chapter.kinds):
            if kind not in KINDS:
                where = placed.place(("chapters", index, "kinds", place))
                near = guess(kind, KINDS)
                yield problem(where, "not-allowed", name="kinds", value=kind, allowed=list(KINDS), guess=near)


def _emblem(root: Path, placed: Placed[Handbook]) -> Iterator[Problem]:
    emblem = placed.value.emblem
    if emblem is None:
        return
    where = placed.place(("emblem",))
    if not is_in_project(root, emblem):
        yield problem(where, "file-missing", file=emblem)
    elif Path(emblem).suffix.lower() not in _PICTURES:
        yield problem(where, "not-allowed", name="emblem", value=emblem, allowed=list(_PICTURES), guess="")
    elif fault := picture_fault(root / emblem):
        yield problem(where, f"picture-{fault}", file=emblem)
