"""What the bases say now beside what they said when the office last looked, in words."""

from collections.abc import Iterator
from typing import Any

from coopkm.bases.lock import Change, as_text, snapshot
from coopkm.checks.bases import changes
from coopkm.library import Library
from coopkm.model.base import Text

_TITLES = ("title", "term", "label")
_STATES = {
    "new": {"th": "มาใหม่", "en": "new"},
    "changed": {"th": "แก้ไข", "en": "changed"},
    "removed": {"th": "ตัดออก", "en": "removed"},
}
_IN_PLACE_OF = {"th": "แทน", "en": "in place of"}
_PARTS = {
    "added": {"th": "เพิ่ม", "en": "added"},
    "altered": {"th": "แก้", "en": "changed"},
    "dropped": {"th": "ตัด", "en": "removed"},
}


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
    found = changes(library)
    for state, word in _STATES.items():
        rows = [change for change in found if change.state == state]
        if rows:
            yield f"{word[lang]} ({len(rows)})"
        for change in rows:
            yield f"  {change.name}  {title_of(library, change.name, lang)}{_details(change, lang)}"
            if change.name in library.replaced:
                yield "    " + _look_again(lang)
    versions = list(_versions(library))
    if versions:
        yield {"th": f"ฉบับของสำนักงานที่ใช้แทน ({len(versions)})", "en": f"own versions in use ({len(versions)})"}[lang]
    for name, own, base in versions:
        yield f"  {name}  {own} {_IN_PLACE_OF[lang]} {base}"


def _details(change: Change, lang: str) -> str:
    parts = [
        f"{word[lang]} {', '.join(f'`{part}`' for part in named)}"
        for name, word in _PARTS.items()
        if (named := getattr(change, name))
    ]
    return ": " + "; ".join(parts) if parts else ""


def _look_again(lang: str) -> str:
    return {
        "th": "สำนักงานใช้ฉบับของตนแทนเรื่องนี้ ดูว่าต้องแก้ตามหรือไม่",
        "en": "the office has its own version of this: see whether it must follow",
    }[lang]


def _versions(library: Library) -> Iterator[tuple[str, str, str]]:
    """Name, place here and place in the base of everything that the project, or an office in it, has its own of."""
    groups = library.groups()
    for name, placed in sorted(library.replaced.items()):
        prefix, _, rest = name.rpartition(":")
        own = groups[f"{prefix}:" if prefix else ""].get(rest)
        if own is not None:
            yield name, str(own.place()), str(placed.place())
