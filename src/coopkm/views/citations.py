"""Which unit cites which source."""

from coopkm.model.base import Unit, having, remembered


@remembered
def cited_keys(unit: Unit) -> tuple[str, ...]:
    """Every key that the unit or a part of it cites, each once, in order of appearance."""
    return tuple(dict.fromkeys(key for _, _, keys in having(unit, "sources") for key in keys))


def citing_units(units: dict[str, Unit]) -> dict[str, list[str]]:
    """Source key to the ids of the units that cite it, in the order of `units`."""
    found: dict[str, list[str]] = {}
    for unit in units.values():
        for key in cited_keys(unit):
            found.setdefault(key, []).append(unit.id)
    return found
