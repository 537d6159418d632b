"""What an author did when YAML cannot be read: the cause in his words, never the library's."""

import re

import yaml

from coopkm.problems import Place, Problem, problem

# Of libyaml and of PyYAML's own parser, by a part of the text that both share; the last row takes the rest.
_CAUSES = (
    ("mapping values are not allowed", "yaml-colon"),
    ("found character '\\t' that cannot start", "yaml-tab"),
    ("found character that cannot start any token", "yaml-character"),
    ("that cannot start any token", "yaml-character"),
    ("unexpected end of stream", "yaml-quote"),
    ("unexpected document indicator", "yaml-quote"),
    ("special characters are not allowed", "control-character"),
    ("control characters are not allowed", "control-character"),
    ("could not find expected ':'", "yaml-no-colon"),
    ("did not find expected '-' indicator", "yaml-list"),
    ("did not find expected key", "yaml-indent"),
    ("<block end>", "yaml-indent"),
    ("did not find expected ',' or", "yaml-bracket"),
    ("expected ',' or", "yaml-bracket"),
    ("", "yaml-syntax"),
)
_TAB_INDENT = re.compile(r"^[ ]*\t")


def syntax_problem(error: yaml.YAMLError, text: str, path: str) -> Problem:
    """The problem that stands for a YAML error, at the place where an author should look."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    lines = text.splitlines() or [""]
    message = str(getattr(error, "problem", "") or getattr(error, "reason", "") or error)
    tab_line = _tab_before(lines, line)
    if tab_line:
        return problem(Place(path, tab_line, 1), "yaml-tab")
    code = next(code for part, code in _CAUSES if part in message)
    if code == "yaml-quote" and error_start(error):
        line, column = error_start(error)
    if code == "control-character":
        line, column = _control_place(lines)
    shown = lines[min(line, len(lines)) - 1].strip()
    return problem(Place(path, line, column), code, text=shown)


def error_start(error: yaml.YAMLError) -> tuple[int, int]:
    """Where the construct begins that was never ended, or an empty pair's stand-in (0, 0) is not used."""
    mark = getattr(error, "context_mark", None) or error.problem_mark  # type: ignore[attr-defined]
    return mark.line + 1, mark.column + 1


def _tab_before(lines: list[str], line: int) -> int:
    """The line of a tab used for indenting at the place of the error or just before it, else 0."""
    for number in range(min(line, len(lines)), max(0, line - 3), -1):
        if _TAB_INDENT.match(lines[number - 1]):
            return number
    return 0


def _control_place(lines: list[str]) -> tuple[int, int]:
    for number, line in enumerate(lines, 1):
        match = re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", line)
        if match:
            return number, match.start() + 1
    return 1, 1
