"""What every field means, in both languages, read from `fields.yml` beside this file."""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import yaml

from coopkm.model.base import Record, record_type


@dataclass(frozen=True)
class Described:
    """A field in words, and how an author would write it."""

    th: str
    en: str
    example: str

    def both(self) -> str:
        """Thai, then English, in one line."""
        return f"{self.th} / {self.en}"


def _load() -> dict[str, dict[str, Any]]:
    text = files(__package__).joinpath("fields.yml").read_text("utf-8")
    raw: dict[str, dict[str, Any]] = yaml.safe_load(text)
    return raw


DESCRIPTIONS = _load()


def describe(model: type[Record], field: str) -> Described:
    """The description of a field, from the model that brings it in; `KeyError` where there is none."""
    for owner in model.__mro__:
        row = DESCRIPTIONS.get(owner.__name__, {}).get("fields", {}).get(field)
        if row:
            return Described(row["th"], row["en"], row["example"].strip())
    raise KeyError(f"{model.__name__}.{field} is not described in fields.yml")


def about(model: type[Record]) -> dict[str, str]:
    """What a record as a whole is, in both languages; from the nearest model that says so."""
    rows = (DESCRIPTIONS.get(owner.__name__, {}) for owner in model.__mro__)
    return next(row["is"] for row in rows if "is" in row)


def records_in(model: type[Record]) -> Iterator[type[Record]]:
    """The model and every record that it is made of, each once, outermost first."""
    seen: dict[type[Record], None] = {}
    waiting = [model]
    while waiting:
        found = waiting.pop(0)
        if found not in seen:
            seen[found] = None
            inner = (record_type(field.annotation) for field in found.model_fields.values())
            waiting += [record for record in inner if record]
    return iter(seen)
