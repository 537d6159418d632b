"""Whose a unit is, where knowledge comes from several projects."""

from dataclasses import dataclass

from coopkm.library import Library
from coopkm.model.base import Text, Unit


@dataclass(frozen=True)
class Ownership:
    """The office that a unit comes from, and the unit of another project in whose place it stands, with its site."""

    office: Text | None
    instead_of: Unit | None = None
    of: Text | None = None


def ownership(library: Library, unit: Unit) -> Ownership | None:
    """Whose the unit is; None in a project that extends no other, where that goes without saying."""
    placed = library.units.get(unit.id)
    if not library.bases or placed is None:
        return None
    office = library.project_of(placed).office
    other = library.replaced.get(unit.id)
    if other is None:
        return Ownership(office)
    return Ownership(office, other.value, library.project_of(other).name)
