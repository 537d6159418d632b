"""What is wrong with a file of results, as a value: where, what, and how to mend it."""

from functools import lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

import yaml

_SHOWN = 120  # characters of a value from outside that a line repeats


class Fault(NamedTuple):
    """A fault of a file; `line` is the row as a spreadsheet counts it, 0 for the whole file."""

    path: str
    code: str
    line: int = 0
    values: tuple[tuple[str, str], ...] = ()

    @property
    def ends(self) -> bool:
        """Whether the file could not be used."""
        return not _texts()[self.code].get("passed", False)

    def shown(self, lang: str) -> str:
        """One line: where, what, how to mend it."""
        row = _texts()[self.code]
        values = dict(self.values)
        where = f"{self.path}:{self.line}" if self.line else self.path
        return f"{where}: {row['what'][lang].format_map(values)} — {row['fix'][lang].format_map(values)}"


class Refused(Exception):
    """A file that ends here; it never leaves the readers."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.code)
        self.fault = fault


def fault(path: str, code: str, line: int = 0, **values: object) -> Fault:
    """A fault with its values, shortened and without line ends."""
    return Fault(path, code, line, tuple((name, _short(str(value))) for name, value in values.items()))


def _short(value: str) -> str:
    plain = "".join(char if char.isprintable() else " " for char in value)
    return plain if len(plain) <= _SHOWN else plain[: _SHOWN - 1] + "…"


@lru_cache(maxsize=1)
def _texts() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(files("coopkm.analysis").joinpath("faults.yml").read_text("utf-8"))
    return found
