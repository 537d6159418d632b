"""The table of all codes: severity and wording in both languages, read from `catalogue.yml` beside it."""

from dataclasses import dataclass
from importlib.resources import files
from typing import Literal

import yaml


@dataclass(frozen=True)
class Rule:
    """One code. `fix_guess` stands in for `fix` when the problem carries a guess."""

    code: str
    severity: Literal["error", "warning"]
    what: dict[str, str]
    fix: dict[str, str]
    fix_guess: dict[str, str]


def _load() -> dict[str, Rule]:
    raw = yaml.safe_load(files(__package__).joinpath("catalogue.yml").read_text("utf-8"))
    return {
        code: Rule(code, row["severity"], row["what"], row["fix"], row.get("fix_guess", row["fix"]))
        for code, row in raw.items()
    }


CATALOGUE = _load()
