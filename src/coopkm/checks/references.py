"""What is named must exist, and nothing may require itself in the end."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from coopkm.library import Library, Placed
from coopkm.model.base import Loc, Record, having, remembered
from coopkm.model.references import references
from coopkm.problems import Problem, problem
from coopkm.text.guess import guess


def units_exist(library: Library, today: date) -> Iterator[Problem]:
    for placed in library.units.values():
        for loc, target in references(placed.value):
            yield from _unit(library, target, placed, loc, placed.value.status)
    for term in library.terms.values():
        if term.value.unit:
            yield from _unit(library, term.value.unit, term, ("unit",), "ready")


def _unit(library: Library, target: str, placed: Placed[Any], loc: Loc, status: str) -> Iterator[Problem]:
    if target in library.broken:
        return
    if target not in library.units:
        yield problem(placed.place(loc), "ref-missing", id=target, guess=guess(target, library.units))
    elif library.units[target].value.status == "retired" and status == "ready":
        yield problem(placed.place(loc), "ref-retired", id=target)


def sources_exist(library: Library, today: date) -> Iterator[Problem]:
    if not library.sources_usable:
        return
    for placed in library.citing():
        for loc, key in _keys(placed.value):
            if key not in library.sources:
                yield problem(placed.place(loc), "source-missing", key=key, guess=guess(key, library.sources))
    for item in library.sources.values():
        if item.value.document not in library.documents:
            yield problem(
                item.place(("key",)),
                "source-missing",
                key=item.value.document,
                guess=guess(item.value.document, library.documents),
            )


@remembered
def _keys(record: Record) -> tuple[tuple[Loc, str], ...]:
    found = having(record, "sources")
    return tuple(((*loc, "sources", index), key) for loc, _, keys in found for index, key in enumerate(keys))


def requires_has_no_circle(library: Library, today: date) -> Iterator[Problem]:
    """Each circle is told once, at the unit of it that comes first by id."""
    needs = {name: placed.value.requires for name, placed in library.units.items()}
    done: set[str] = set()
    for start in sorted(needs):
        circle = _circle(start, needs, done)
        if circle:
            first = circle.index(min(circle))
            circle = circle[first:] + circle[:first]
            placed = library.units[circle[0]]
            loc = ("requires", placed.value.requires.index([*circle, circle[0]][1]))
            yield problem(placed.place(loc), "requires-cycle", path=" → ".join([*circle, circle[0]]))


def _circle(start: str, needs: dict[str, list[str]], done: set[str]) -> list[str]:
    """The first circle that a walk from `start` meets; an own stack, for chains may be long."""
    path: list[str] = []
    branches = [iter([start])]
    while branches:
        name = next(branches[-1], None)
        if name is None:
            branches.pop()
            if path:
                done.add(path.pop())
        elif name in path:
            circle = path[path.index(name) :]
            done.update(path)
            return circle
        elif name in needs and name not in done:
            path.append(name)
            branches.append(iter(needs[name]))
    return []
