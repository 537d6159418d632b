"""Where a unit names other units in its fields."""

from collections.abc import Iterator

from coopkm.model.base import Loc, Unit, having, remembered


@remembered
def references(unit: Unit) -> tuple[tuple[Loc, str], ...]:
    """Every id of another unit that this one names, with its location, in fields of any kind."""
    return tuple(_references(unit))


def _references(unit: Unit) -> Iterator[tuple[Loc, str]]:
    for loc, name, named in having(unit, "requires", "related", "units", "modules", "unit"):
        if isinstance(named, str):
            yield (*loc, name), named
        for index, target in enumerate(named if isinstance(named, list) else ()):
            yield (*loc, name, index), target
