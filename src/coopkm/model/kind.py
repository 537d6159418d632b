"""What a kind of unit is."""

from dataclasses import dataclass

from coopkm.model.base import Unit


@dataclass(frozen=True)
class Kind:
    """One row: the name used in YAML, its model, its folder under knowledge/, its place on the site, its names."""

    name: str
    model: type[Unit]
    folder: str
    section: str
    one: dict[str, str]
    many: dict[str, str]
    about: dict[str, str]
