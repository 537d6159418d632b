"""Learning paths lead through units that exist, in an order in which they can be understood, to every unit."""

from collections.abc import Iterator
from datetime import date

from coopkm.library import Library, Placed
from coopkm.model.paths import Path
from coopkm.problems import Problem, problem
from coopkm.text.guess import guess


def steps_exist(library: Library, today: date) -> Iterator[Problem]:
    for placed in library.paths.values():
        for index, name in enumerate(placed.value.steps):
            if name not in library.units and name not in library.broken:
                place = placed.place(("steps", index))
                yield problem(place, "ref-missing", id=name, guess=guess(name, library.units))


def steps_in_order(library: Library, today: date) -> Iterator[Problem]:
    """Nothing that a step requires comes later on the same path, and no step comes twice."""
    for placed in library.paths.values():
        yield from _out_of_order(library, placed)


def _out_of_order(library: Library, placed: Placed[Path]) -> Iterator[Problem]:
    steps = placed.value.steps
    for index, name in enumerate(steps):
        place = placed.place(("steps", index))
        if name in steps[:index]:
            yield problem(place, "path-twice", id=name)
        unit = library.units.get(name)
        for needed in unit.value.requires if unit else ():
            if needed in steps[index:] and needed not in steps[:index]:
                yield problem(place, "path-order", id=name, needed=needed)


def paths_reach_all(library: Library, today: date) -> Iterator[Problem]:
    """Where a project has paths, every ready unit stands on one of them."""
    if not library.paths:
        return
    reached = {name for placed in library.paths.values() for name in placed.value.steps}
    for name, unit in library.units.items():
        if unit.value.status == "ready" and name not in reached:
            yield problem(unit.place(("id",)), "path-none", id=name)
