"""How units lead to each other."""

from collections.abc import Iterator

from coopkm.model.base import Loc, Unit, walk
from coopkm.text.markup import unit_links


def references(unit: Unit) -> Iterator[tuple[Loc, str]]:
    """Every id of another unit that this one names, with its location, in fields of any kind."""
    for loc, record in walk(unit):
        for name in ("requires", "related", "units", "modules"):
            for index, target in enumerate(getattr(record, name, ())):
                yield (*loc, name, index), target
        target = getattr(record, "unit", None)
        if isinstance(target, str):
            yield (*loc, "unit"), target


def links_out(unit: Unit) -> list[str]:
    """Ids that this unit leads to, from fields and from links in its texts, each once."""
    named = [target for _, target in references(unit)]
    written = [target for loc, record in walk(unit) for target in unit_links(getattr(record, "th", "") or "")]
    return list(dict.fromkeys(named + written))


def backlinks(units: dict[str, Unit]) -> dict[str, list[str]]:
    """Id to the ids of the units that lead to it, in the order of `units`."""
    found: dict[str, list[str]] = {name: [] for name in units}
    for unit in units.values():
        for target in links_out(unit):
            if target in found and target != unit.id:
                found[target].append(unit.id)
    return found
