"""Editions and what they changed."""

from coopkm.library import Library
from coopkm.model.editions import Edition


def editions(library: Library) -> list[Edition]:
    """All that are kept, the newest first."""
    return sorted((placed.value for placed in library.editions.values()), key=lambda row: row.date, reverse=True)
