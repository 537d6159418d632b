"""What an author did when YAML cannot be read: the cause in his words, never the library's."""

import re
from collections.abc import Callable
from typing import Any

import yaml

from coopkm.problems import Place, Problem, problem

Cause = tuple[str, int, int]  # code, line, column

# What YAML takes for a control character, and line ends that only YAML knows: they would shift all places.
_CONTROL = re.compile("[^\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TAB_INDENT = re.compile(r"[ ]*(?:- +)*-?\t")
_ODD_SPACE = re.compile(r"[ -]*(?:[a-z_]+:)?[\u00a0\u2000-\u200b\u202f\u3000\ufeff]")
_NO_SPACE = re.compile(r"[ ]*(?:- +)?[a-z_]+:(?=[^\s/])")
_ODD_COLON = re.compile(r"[ ]*(?:- +)?[a-z_]+[ ]*[：﹕︓ː]")
_ODD_BULLET = re.compile(r"[ ]*[•●▪◦·∙–—](?=[ \t\u00a0])")
_ODD_QUOTE = re.compile(r"[ ]*(?:- +)?(?:[a-z_]+: +)?[“”„‘’](?=.*(?:: | #|:$))")
_CONFLICT = re.compile(r"(?=(?:<{7}|={7}|>{7})(?: |$))")
_SEEN = (
    (_CONFLICT, "merge-conflict"),
    (_TAB_INDENT, "yaml-tab"),
    (_ODD_SPACE, "odd-space"),
    (_ODD_COLON, "odd-colon"),
    (_ODD_BULLET, "odd-bullet"),
    (_ODD_QUOTE, "odd-quote"),
)
_SHOWN = 60


def first_control(text: str, path: str) -> Problem | None:
    """The first character that no text may hold, or None."""
    match = _CONTROL.search(text)
    if not match:
        return None
    before = text[: match.start()]
    place = Place(path, before.count("\n") + 1, len(before) - before.rfind("\n"))
    return problem(place, "control-character", char=f"U+{ord(match.group()):04X}")


def syntax_problem(error: yaml.YAMLError, text: str, path: str) -> Problem:
    """The problem that stands for a YAML error, at the place where an author should look."""
    fault = _Fault(error, text)
    code, line, column = fault.plain_cause() or fault.cause()
    shown = fault.lines[line - 1]
    if code == "yaml-character":
        shown = shown[column - 1 :]
    return problem(Place(path, line, column), code, text=_short(shown), above=_short(fault.line_above(line)[1]))


def _short(line: str) -> str:
    line = line.strip()
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"


class _Fault:
    """An error of the library beside the lines that it is about. Lines and columns count from 1."""

    def __init__(self, error: yaml.YAMLError, text: str) -> None:
        self.text = text
        self.lines: list[str] = [*text.split("\n"), ""]
        self.message = str(getattr(error, "problem", "") or error)
        self.doing = str(getattr(error, "context", "") or "")
        mark = getattr(error, "problem_mark", None)
        self.line, self.column = _position(mark)
        self.begin = _position(getattr(error, "context_mark", None) or mark)

    def plain_cause(self) -> Cause | None:
        """A cause that can be seen in the lines around, whatever the library says of it."""
        looked_at = sorted({self.line, self.line_above(self.line)[0], self.begin[0]})
        for pattern, code in _SEEN:
            for number in looked_at:
                match = pattern.match(self.lines[number - 1])
                if match:
                    return code, number, max(match.end(), 1)
        return None

    def cause(self) -> Cause:
        """The cause by what the library was doing when it gave up."""
        for part, found in _CAUSES:
            if part in self.message or part in self.doing:
                return found(self)
        return "yaml-syntax", self.line, self.column

    def line_above(self, line: int) -> tuple[int, str]:
        """Number and text of the nearest line before that is not blank and no comment."""
        for number in range(line - 1, 0, -1):
            shown = self.lines[number - 1].strip()
            if shown and not shown.startswith("#"):
                return number, shown
        return line, ""

    def before(self) -> str:
        """What stands on the line before the place of the error."""
        return self.lines[self.line - 1][: self.column - 1].strip()

    def colon(self) -> Cause:
        missing = _NO_SPACE.match(self.lines[self.line_above(self.line)[0] - 1])
        if ": " in self.before():
            return "yaml-colon", self.line, self.column
        if missing:
            return "yaml-space", self.line_above(self.line)[0], missing.end()
        indent = self.lines[self.line - 1]
        return "yaml-nested", self.line, len(indent) - len(indent.lstrip()) + 1

    def no_colon(self) -> Cause:
        line, column = self.begin
        missing = _NO_SPACE.match(self.lines[line - 1])
        return ("yaml-space", line, missing.end()) if missing else ("yaml-no-colon", line, column)

    def no_key(self) -> Cause:
        opened = self.quote_from_above()
        if opened:
            return "yaml-quote", *opened
        if self.before():
            return "yaml-quote-end", self.line, self.column
        here = "-" if "block collection" in self.doing else self.lines[self.line - 1].strip()
        code = {"-": "yaml-list", ":": "yaml-syntax"}.get(here[:1], "yaml-indent")
        return code, self.line, self.column

    def no_item(self) -> Cause:
        """A comma with nothing before it, or a bracket with nothing after it to the end of the file."""
        if self.lines[self.line - 1].strip():
            return "yaml-bracket", self.line, self.column
        line, text = self.line_above(self.line)
        return "yaml-bracket", line, len(self.lines[line - 1]) - len(text) + max(map(text.rfind, "[{")) + 1

    def quote_from_above(self) -> tuple[int, int] | None:
        """Where a quoted text begins on an earlier line that ends on this one."""
        loader = yaml.CLoader if yaml.__with_libyaml__ else yaml.Loader
        try:
            for token in yaml.scan(self.text, Loader=loader):
                start, end = token.start_mark, token.end_mark
                if isinstance(token, yaml.ScalarToken) and start.line < end.line == self.line - 1:
                    return (start.line + 1, start.column + 1) if token.style in ("'", '"') else None
        except yaml.YAMLError:
            return None
        return None


def _position(mark: Any) -> tuple[int, int]:
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def _at_error(code: str) -> Callable[[_Fault], Cause]:
    return lambda fault: (code, fault.line, fault.column)


def _at_begin(code: str) -> Callable[[_Fault], Cause]:
    return lambda fault: (code, *fault.begin)


# By a part of what libyaml and PyYAML's own parser say of the fault or of their work; the first match wins.
_CAUSES: tuple[tuple[str, Callable[[_Fault], Cause]], ...] = (
    ("unexpected end of stream", _at_begin("yaml-quote")),
    ("unexpected document indicator", _at_begin("yaml-quote")),
    ("a tag", _at_begin("yaml-character")),
    ("escape", _at_error("yaml-escape")),
    ("hexdecimal", _at_error("yaml-escape")),
    ("scanning an alias", _at_begin("yaml-character")),
    ("scanning an anchor", _at_begin("yaml-character")),
    ("scanning a block scalar", _at_begin("yaml-character")),
    ("scanning a directive", _at_begin("yaml-character")),
    ("that cannot start any token", _at_error("yaml-character")),
    ("mapping keys are not allowed", _at_error("yaml-character")),
    ("sequence entries are not allowed", _at_error("yaml-character")),
    ("mapping values are not allowed", _Fault.colon),
    ("could not find expected ':'", _Fault.no_colon),
    ("expected ',' or", _at_begin("yaml-bracket")),
    ("node content", _Fault.no_item),
    ("'-' indicator", _Fault.no_key),
    ("expected key", _Fault.no_key),
    ("<block end>", _Fault.no_key),
)
