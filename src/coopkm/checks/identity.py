"""Ids name things for good: a unit's is its file's name, a point's is its own within the unit."""

from collections.abc import Iterator
from datetime import date
from pathlib import PurePosixPath
from typing import Any

from coopkm.library import Library, Placed
from coopkm.model.base import Loc, having
from coopkm.problems import Problem, problem


def id_is_file_name(library: Library, today: date) -> Iterator[Problem]:
    named: list[Placed[Any]] = [*library.units.values(), *library.banks.values(), *library.blueprints.values()]
    for placed in named:
        file = PurePosixPath(placed.document.path)
        if placed.value.id != file.stem:
            yield problem(placed.place(("id",)), "id-not-file-name", id=placed.value.id, file=file.name)


def point_ids_differ(library: Library, today: date) -> Iterator[Problem]:
    for placed in library.units.values():
        seen: dict[str, Loc] = {}
        for loc, _, name in having(placed.value, "id"):
            if not loc:
                continue
            first = seen.setdefault(name, loc)
            if first != loc:
                line = placed.place((*first, "id")).line
                yield problem(placed.place((*loc, "id")), "duplicate-point-id", id=name, line=line)
