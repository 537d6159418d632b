"""What a kind of unit is."""

from dataclasses import dataclass

from coopkm.model.base import Unit


@dataclass(frozen=True)
class Kind:
    """One row: the name used in YAML, its model, its folder under knowledge/, its section
    of the site, the group of the menu that it stands in, and its names.
    """

    name: str
    model: type[Unit]
    folder: str
    section: str
    menu: str
    one: dict[str, str]
    many: dict[str, str]
    about: dict[str, str]
