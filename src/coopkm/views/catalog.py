"""Which units a site shows, and in which order."""

from coopkm.library import Library
from coopkm.model.base import Unit
from coopkm.model.kinds import KINDS


def shown_units(library: Library) -> dict[str, Unit]:
    """Ready units in the order of the site: kind by kind, by `order`, then by id."""
    kinds = list(KINDS)
    ready = (placed.value for placed in library.units.values() if placed.value.status == "ready")
    ordered = sorted(ready, key=lambda unit: (kinds.index(unit.kind), unit.order, unit.id))
    return {unit.id: unit for unit in ordered}


def retired_units(library: Library) -> dict[str, Unit]:
    """Units whose pages stay for old links but are listed nowhere."""
    return {name: placed.value for name, placed in sorted(library.units.items()) if placed.value.status == "retired"}


def by_kind(units: dict[str, Unit]) -> dict[str, list[Unit]]:
    """Units under the name of their kind; kinds without units are left out."""
    return {name: listed for name in KINDS if (listed := [unit for unit in units.values() if unit.kind == name])}


def neighbours(units: dict[str, Unit]) -> dict[str, tuple[Unit | None, Unit | None]]:
    """Id to the units of the same kind listed just before and just after it."""
    return {
        unit.id: (before, after)
        for listed in by_kind(units).values()
        for before, unit, after in zip([None, *listed], listed, [*listed[1:], None], strict=False)
    }
