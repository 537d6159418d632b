"""What the bases said when an office last looked at them: knowledge/base.lock.json, and what is different now.

For each record the file holds a short digest of each of its parts, and nothing that a base says. A part is a field, or
an item with an id of its own in a field, written `points.count-cash`. Fields that a record does not fill are left out,
so a later version of the program with more fields changes nothing.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from coopkm.model.base import Record
from coopkm.text.digest import digest

FORMAT = 1
Kept = dict[str, str]  # a record as it was: a digest for each of its parts


@dataclass(frozen=True)
class Change:
    """What is different about one record. `state`: new, changed or removed; parts are named where it changed."""

    name: str
    state: str
    added: tuple[str, ...] = ()
    altered: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()


def snapshot(records: Mapping[str, Record]) -> dict[str, Kept]:
    """The records as they are now."""
    return {name: dict(_parts(record)) for name, record in sorted(records.items())}


def as_text(kept: Mapping[str, Kept]) -> str:
    """The file's text: a line a record, so that a version control system shows what changed."""
    rows = (f"{_json(name)}: {_json(row)}" for name, row in sorted(kept.items()))
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
    return records


def compare(before: Mapping[str, Kept], now: Mapping[str, Kept]) -> list[Change]:
    """What is different, by name."""
    found: list[Change] = []
    for name in sorted({*before, *now}):
        old, new = before.get(name), now.get(name)
        if old is None and new is not None:
            found.append(Change(name, "new"))
        elif new is None and old is not None:
            found.append(Change(name, "removed"))
        elif old is not None and new is not None and old != new:
            found.append(_changed(name, old, new))
    return found


def _changed(name: str, old: Kept, new: Kept) -> Change:
    return Change(
        name,
        "changed",
        added=tuple(part for part in new if part not in old),
        altered=tuple(part for part in new if part in old and new[part] != old[part]),
        dropped=tuple(part for part in old if part not in new),
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


def _is_kept(row: object) -> bool:
    return isinstance(row, dict) and all(isinstance(value, str) for value in row.values())
