"""What an import takes from the project that it is made for: its misprints, its office, and the ids that are taken."""

from dataclasses import dataclass, field
from pathlib import Path

from coopkm.library import KNOWLEDGE, MISPRINTS, read_library
from coopkm.model.terms import Misprint


@dataclass(frozen=True)
class Known:
    """Misprints, the office's Thai name, ids of documents and of units; `listed`: the list of misprints is there."""

    misprints: tuple[Misprint, ...] = ()
    owner: str = ""
    documents: frozenset[str] = field(default_factory=frozenset)
    units: frozenset[str] = field(default_factory=frozenset)
    listed: bool = False


def known_of(root: Path) -> Known:
    """What the project at `root` knows; nothing where there is none."""
    if not (root / KNOWLEDGE).is_dir():
        return Known()
    library, _ = read_library(root)
    office = library.project.office
    return Known(
        tuple(placed.value for placed in library.misprints.values()),
        office.th if office else "",
        frozenset(library.documents),
        frozenset(library.units) | frozenset(library.broken),
        bool(library.misprints) or (root / MISPRINTS).is_file(),
    )
