"""A problem: where, which rule, and with which values."""

from collections.abc import Iterable
from dataclasses import dataclass

from coopkm.problems.catalogue import CATALOGUE


@dataclass(frozen=True, order=True)
class Place:
    """A file of the project (relative, forward slashes) and a 1-based line and column."""

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, order=True)
class Problem:
    """One fault. Sorting problems sorts them by place, then by code."""

    place: Place
    code: str
    values: tuple[tuple[str, str], ...] = ()

    @property
    def severity(self) -> str:
        return CATALOGUE[self.code].severity

    def what(self, lang: str) -> str:
        """The fault in one clause, in the language asked for."""
        return CATALOGUE[self.code].what[lang].format(**dict(self.values))

    def fix(self, lang: str) -> str:
        """How to mend it, in the language asked for; with a guess where there is one."""
        values = dict(self.values)
        rule = CATALOGUE[self.code]
        return (rule.fix_guess if values.get("guess") else rule.fix)[lang].format(**values)


def problem(place: Place, code: str, **values: object) -> Problem:
    """Make a problem; the values are those that the rule's templates name. A list is shown with commas."""
    return Problem(place, code, tuple(sorted((name, _value(value)) for name, value in values.items())))


def has_errors(problems: Iterable[Problem]) -> bool:
    """Whether any of the problems forbids a build."""
    return any(found.severity == "error" for found in problems)


def _value(value: object) -> str:
    return ", ".join(map(_value, value)) if isinstance(value, list) else _shown(str(value))


def _shown(value: str, limit: int = 120) -> str:
    """Values come from untrusted files: one printable line of bounded length."""
    line = "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in value)
    return line if len(line) <= limit else line[: limit - 1] + "…"
