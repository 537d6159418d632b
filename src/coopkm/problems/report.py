"""Problems as text for people, as JSON for programs, as annotations for a forge."""

import json
from collections.abc import Iterable, Mapping

from coopkm.problems.problem import Problem

_FIX = {"th": "วิธีแก้", "en": "fix"}


def as_text(problems: Iterable[Problem], lang: str) -> str:
    """Two lines a problem: where and what, then how to mend it."""
    return "".join(
        f"{found.place}: {found.code}: {found.what(lang)}\n    {_FIX[lang]}: {found.fix(lang)}\n" for found in problems
    )


def as_json(problems: Iterable[Problem], counts: Mapping[str, int], lang: str) -> str:
    """The machine form of `coopkm check --format json`."""
    rows = [
        {
            "severity": found.severity,
            "path": found.place.path,
            "line": found.place.line,
            "column": found.place.column,
            "code": found.code,
            "what": found.what(lang),
            "fix": found.fix(lang),
        }
        for found in problems
    ]
    return json.dumps({"problems": rows, "counts": dict(counts)}, ensure_ascii=False, indent=2) + "\n"


def as_github(problems: Iterable[Problem], lang: str) -> str:
    """Workflow commands that mark the lines in a pull request."""
    return "".join(
        f"::{found.severity} file={_property(found.place.path)},line={found.place.line},"
        f"col={found.place.column},title={found.code}::{_data(found.what(lang))}%0A{_data(found.fix(lang))}\n"
        for found in problems
    )


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
