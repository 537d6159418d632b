"""What the bases said when an office last looked at them: knowledge/base.lock.json, and what is different now.

For each record the file holds its Thai title and a short digest of each of its parts. A part is a field, or an item
with an id of its own in a field, written `points.count-cash`. Fields that a record does not fill are left out, so a
later version of the program with more fields changes nothing.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from coopkm.model.base import Record, Text
from coopkm.text.digest import digest

FORMAT = 1
_TITLES = ("title", "term", "label")


@dataclass(frozen=True)
class Kept:
    """A record as it was: its title in Thai, and a digest of each of its parts."""

    title: str
    parts: dict[str, str]


@dataclass(frozen=True)
class Change:
    """What is different about one record. `state`: new, changed or removed; parts are named where it changed."""

    name: str
    state: str
    title: str
    added: tuple[str, ...] = ()
    altered: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()


def snapshot(records: Mapping[str, Record]) -> dict[str, Kept]:
    """The records as they are now."""
    return {name: Kept(_title(record), dict(_parts(record))) for name, record in sorted(records.items())}


def as_text(kept: Mapping[str, Kept]) -> str:
    """The file's text: a line a record, so that a version control system shows what changed."""
    rows = (f"{_json(name)}: {_json([row.title, row.parts])}" for name, row in sorted(kept.items()))
    return f'{{"format": {FORMAT}, "records": {{\n' + ",\n".join(rows) + "\n}}\n"


def parsed(text: str) -> dict[str, Kept] | None:
    """What such a text holds, or None where it is damaged."""
    try:
        raw = json.loads(text)
    except (ValueError, RecursionError):
        return None
    records = raw.get("records") if isinstance(raw, dict) and raw.get("format") == FORMAT else None
    if not isinstance(records, dict) or not all(_is_kept(row) for row in records.values()):
        return None
    return {name: Kept(row[0], row[1]) for name, row in records.items()}


def compare(before: Mapping[str, Kept], now: Mapping[str, Kept]) -> list[Change]:
    """What is different, by name."""
    found = []
    for name in sorted({*before, *now}):
        old, new = before.get(name), now.get(name)
        if old is None and new is not None:
            found.append(Change(name, "new", new.title))
        elif new is None and old is not None:
            found.append(Change(name, "removed", old.title))
        elif old is not None and new is not None and old.parts != new.parts:
            found.append(_changed(name, old, new))
    return found


def _changed(name: str, old: Kept, new: Kept) -> Change:
    both = [part for part in new.parts if part in old.parts]
    return Change(
        name,
        "changed",
        new.title,
        added=tuple(part for part in new.parts if part not in old.parts),
        altered=tuple(part for part in both if new.parts[part] != old.parts[part]),
        dropped=tuple(part for part in old.parts if part not in new.parts),
    )


def _parts(record: Record) -> Iterator[tuple[str, str]]:
    for name, value in record.model_dump(mode="json", exclude_defaults=True).items():
        if isinstance(value, list) and value and all(isinstance(item, dict) and "id" in item for item in value):
            for item in value:
                yield f"{name}.{item['id']}", _short(item)
            yield name, _short([item["id"] for item in value])
        else:
            yield name, _short(value)


def _short(value: Any) -> str:
    return digest(_json(value))[:8]


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _title(record: Record) -> str:
    texts = (getattr(record, name, None) for name in _TITLES)
    return next((text.th for text in texts if isinstance(text, Text)), "")


def _is_kept(row: object) -> bool:
    return (
        isinstance(row, list)
        and len(row) == 2
        and isinstance(row[0], str)
        and isinstance(row[1], dict)
        and all(isinstance(value, str) for value in row[1].values())
    )
