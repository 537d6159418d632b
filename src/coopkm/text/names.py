"""Finds names in running text: Latin ones at word borders, Thai ones at the borders of clusters."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

# A Thai match may not end inside a cluster: what follows must not be a vowel or tone mark of its last letter,
# and what precedes may not be a vowel that is written before its consonant.
_MARKS = "\u0e30-\u0e3a\u0e45\u0e47-\u0e4e"
_LEADING = "\u0e40-\u0e44"


def names_pattern(names: Iterable[str]) -> re.Pattern[str]:
    """Any of the names, the longest first; letters that they share at the start are tried once for all."""
    latin, thai = _Branch(), _Branch()
    for name in names:
        branch = latin if re.match("[A-Za-z0-9]", name) else thai
        for letter in name:
            branch = branch.branches.setdefault(letter, _Branch())
        branch.end = _end(name)
    return re.compile(f"(?<![A-Za-z0-9]){latin.pattern()}|(?<![{_LEADING}]){thai.pattern()}")


def _end(name: str) -> str:
    """What must follow a name: Latin names end at word borders, Thai names at the borders of clusters."""
    if name.endswith(".") and not name.isascii():  # an abbreviation such as กพส. stands apart
        return rf"(?<![\u0e00-\u0e7f]{re.escape(name)})"
    after = r"(?![A-Za-z0-9])" if re.search("[A-Za-z0-9]$", name) else f"(?![{_MARKS}])"
    return ("(?:e?s)?" if re.search("[a-z]$", name) else "") + after


@dataclass
class _Branch:
    """How names go on after the letters that lead here; `end` where one of them ends."""

    branches: "dict[str, _Branch]" = field(default_factory=dict)
    end: str | None = None

    def pattern(self) -> str:
        ways = [_either_case(letter) + branch.pattern() for letter, branch in self.branches.items()]
        ways += [] if self.end is None else [self.end]
        return ways[0] if len(ways) == 1 else f"(?:{'|'.join(ways)})" if ways else "(?!)"


def _either_case(letter: str) -> str:
    # Not re.IGNORECASE: it keeps the engine from passing over branches by their first letter.
    cases = {letter.lower(), letter.upper()}
    return re.escape(letter) if len(cases) == 1 else f"[{''.join(sorted(cases))}]"
