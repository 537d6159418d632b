"""Learning paths as answers: their steps, how long they take, which units they leave out."""

from collections.abc import Iterable

from coopkm.model.base import Unit
from coopkm.model.paths import Path


def steps(path: Path, units: dict[str, Unit]) -> list[Unit]:
    """The units of a path that the site shows, in its order."""
    return [units[name] for name in path.steps if name in units]


def minutes(path: Path, units: dict[str, Unit]) -> int:
    """How long the whole path takes to read."""
    return sum(unit.minutes for unit in steps(path, units))


def unreached(paths: Iterable[Path], units: dict[str, Unit]) -> list[str]:
    """Ids of units that no path leads to, in the order of `units`."""
    reached = {name for path in paths for name in path.steps}
    return [name for name in units if name not in reached]
