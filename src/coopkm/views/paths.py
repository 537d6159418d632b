"""Learning paths as answers: their steps, and how long they take."""

from coopkm.model.base import Unit
from coopkm.model.paths import Path


def steps(path: Path, units: dict[str, Unit]) -> list[Unit]:
    """The units of a path that the site shows, in its order."""
    return [units[name] for name in path.steps if name in units]


def minutes(path: Path, units: dict[str, Unit]) -> int:
    """How long the whole path takes to read."""
    return sum(unit.minutes for unit in steps(path, units))
