"""What the bases say now beside what they said when the office last looked, in words."""

from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

from coopkm.bases.lock import Change, as_text, snapshot
from coopkm.checks.bases import changes
from coopkm.library import Library
from coopkm.model.base import Text

_TITLES = ("title", "term", "label")
_HOW = ("added", "altered", "dropped")


@lru_cache(maxsize=1)
def _words() -> dict[str, dict[str, str]]:
    raw = yaml.safe_load(files(__package__).joinpath("words.yml").read_text("utf-8"))
    return {lang: {key: row[lang] for key, row in raw.items()} for lang in ("th", "en")}


def lock_text(library: Library) -> str:
    """The record of what the bases say now."""
    return as_text(snapshot(library.watched()))


def title_of(library: Library, name: str, lang: str) -> str:
    """What a record of a base is called; empty for what is no longer there."""
    record = library.below[name].value if name in library.below else None
    texts = (getattr(record, field, None) for field in _TITLES)
    return next((text.shown(lang) for text in texts if isinstance(text, Text)), "")


def as_rows(library: Library) -> dict[str, list[dict[str, Any]]]:
    """The machine form: changes, and the office's own versions."""
    return {
        "changes": [
            {
                "id": change.name,
                "state": change.state,
                "title": title_of(library, change.name, "th"),
                "added": list(change.added),
                "changed": list(change.altered),
                "removed": list(change.dropped),
                "replaced": change.name in library.replaced,
            }
            for change in changes(library)
        ],
        "replaced": [{"id": name, "own": own, "base": base} for name, own, base in _versions(library)],
    }


def as_lines(library: Library, lang: str) -> Iterator[str]:
    """The same in words, a line each."""
    words = _words()[lang]
    found = changes(library)
    for state in ("new", "changed", "removed"):
        rows = [change for change in found if change.state == state]
        if rows:
            yield f"{words[f'state_{state}']} ({len(rows)})"
        for change in rows:
            yield f"  {change.name}  {title_of(library, change.name, lang)}".rstrip()
            yield from _details(change, words)
            if change.name in library.replaced:
                yield f"    ! {words['look_again']}"
    versions = list(_versions(library))
    if versions:
        yield f"{words['own_versions']} ({len(versions)})"
    for name, own, base in versions:
        yield f"  {name}  {own} {words['in_place_of']} {base}"


def _details(change: Change, words: dict[str, str]) -> Iterator[str]:
    """What of a record is different, in the words of its readers."""
    moved = {part.partition(".")[0] for part in (*change.added, *change.dropped) if "." in part}
    for how in _HOW:
        parts = [_called(part, words) for part in getattr(change, how) if part not in moved]
        if parts:
            yield f"    {words[how]}: {', '.join(parts)}"


def _called(part: str, words: dict[str, str]) -> str:
    field, _, item = part.partition(".")
    return f"{words.get(f'of_{field}', field)} {item}".rstrip()


def _versions(library: Library) -> Iterator[tuple[str, str, str]]:
    """Name, place here and place in the base of everything that the project, or an office in it, has its own of."""
    groups = library.groups()
    for name, placed in sorted(library.replaced.items()):
        prefix, _, rest = name.rpartition(":")
        own = groups[f"{prefix}:" if prefix else ""].get(rest)
        if own is not None:
            yield name, str(own.place()), str(placed.place())
