"""The projects of `tests/examples`: a small sound one, and what each case lays over it.

A case is a file CODE/NAME.yml:

    about:     what the author did, in one sentence
    edit:      {path: {old: new}}        changes in files of `_base`; each `old` stands there once
    files:     {path: text}              files to add or put in place of others; `../` leads to another project
    raw:       {path: {...}}             other files: {text, encoding}, {base64} or {head, repeat, times}
    links:     {path: target}            symbolic links
    record:    after | before | none     when translations and bases were put on record: after the edits, ...
    today:     2026-11-22
    problems:  [path:line:column code]   all problems, in order
"""

import base64
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from coopkm.bases.lock import as_text, snapshot
from coopkm.checks import check_library
from coopkm.library import BASE_LOCK, ENGLISH_RECORD, read_library
from coopkm.problems import Problem
from coopkm.translations import EVERYTHING, confirmed

EXAMPLES = Path(__file__).parent / "examples"
BASE = EXAMPLES / "_base"
TODAY = date(2026, 11, 22)
D1_TEXT = (BASE / "knowledge" / "duties" / "duty-01.yml").read_text("utf-8")


def cases() -> list[Path]:
    """Every case file."""
    return sorted(path for path in EXAMPLES.glob("*/*.yml") if path.parent != BASE)


def load(path: Path) -> dict[str, Any]:
    """What a case file says."""
    return dict(yaml.safe_load(path.read_text("utf-8")))


def problems_of(root: Path, today: date = TODAY) -> list[Problem]:
    """All problems of a project, as `coopkm check` puts them."""
    library, found = read_library(root)
    return sorted({*found, *check_library(library, today)})


def codes_of(root: Path, today: date = TODAY) -> list[str]:
    return [found.code for found in problems_of(root, today)]


def lay_base(root: Path) -> Path:
    """The sound project, its translations on record."""
    for path in BASE.rglob("*"):
        if path.is_file():
            lay(root / path.relative_to(BASE), path.read_text("utf-8"))
    record(root)
    return root


def lay_case(root: Path, case: dict[str, Any]) -> Path:
    """The sound project with a case's changes."""
    lay_base(root)
    for name, changes in case.get("edit", {}).items():
        edit(root / name, changes)
    for name, text in case.get("files", {}).items():
        lay(root / name, text)
    for name, form in case.get("raw", {}).items():
        lay(root / name, raw_bytes(form))
    for name, target in case.get("links", {}).items():
        (root / name).symlink_to(target)
    settle = case.get("record", "after")
    if settle == "none":
        (root / ENGLISH_RECORD).unlink()
    elif settle == "after":
        record(root)
    return root


def record(root: Path) -> None:
    """Put all English on record as it stands, and what the bases say as looked at."""
    library, _ = read_library(root)
    lay(root / ENGLISH_RECORD, confirmed(library, EVERYTHING))
    if library.below:
        lay(root / BASE_LOCK, as_text(snapshot(library.watched())))


def edit(path: Path, changes: dict[str, str]) -> None:
    """Replace texts of a file; each must stand there once."""
    text = path.read_text("utf-8")
    for old, new in changes.items():
        assert text.count(old) == 1, f"{path.name}: {old!r} stands there {text.count(old)} times"
        text = text.replace(old, new)
    lay(path, text)


def lay(path: Path, content: str | bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)


def raw_bytes(form: dict[str, Any]) -> bytes:
    if "base64" in form:
        return base64.b64decode(form["base64"])
    if "repeat" in form:
        return str(form.get("head", "") + form["repeat"] * form["times"]).encode("utf-8")
    return bytes(form["text"].encode(form["encoding"]))
