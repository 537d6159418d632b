"""Writing to a folder that may hold files of people: a command writes over its own files and no others."""

import json
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from coopkm.errors import CannotGoOn
from coopkm.writing import write_file


def write_own(out: Path, files: Mapping[str, bytes], command: str) -> tuple[int, list[str]]:
    """Write the files; how many are new or changed, and which of an earlier run are still there beside them.

    `files` are named by path inside `out`. What was written is kept in `.coopkm-COMMAND.json`, by digest, so that what
    people changed since is left alone.

    Raises:
        CannotGoOn: something of one of these names is there and is not as we wrote it. Nothing is written then.
    """
    place = out / f".coopkm-{command}.json"
    record = _recorded(place)
    foreign = [name for name in files if _is_foreign(out / name, record.get(name, []), files[name])]
    if foreign:
        names = ", ".join(foreign)
        raise CannotGoOn(
            f"ใน {out} มีไฟล์ที่แก้ไขหรือสร้างโดยผู้อื่น จึงไม่เขียนทับ: {names} — ย้ายไฟล์ไว้ที่อื่น หรือเลือก --out ใหม่",
            f"files in {out} were changed or made by others and were left alone: {names}; "
            "move them away, or choose another --out",
        )
    earlier = [name for name in sorted(record) if name not in files and (out / name).exists()]
    digests = {name: [sha256(content).hexdigest()] for name, content in files.items()}
    # Old and new first: a run that is broken off half way can be run again.
    _keep(place, record | {name: [*record.get(name, []), *digest] for name, digest in digests.items()})
    changed = sum([write_file(out / name, content) for name, content in files.items()])
    _keep(place, record | digests)
    return changed, earlier


def _keep(place: Path, record: Mapping[str, list[str]]) -> None:
    write_file(place, json.dumps(record, indent=1, sort_keys=True) + "\n")


def _recorded(place: Path) -> dict[str, list[str]]:
    """Digests of what we wrote here before; nothing where that cannot be read."""
    try:
        found = json.loads(place.read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    rows = found.items() if isinstance(found, dict) else ()
    return {name: [str(digest) for digest in digests] for name, digests in rows if isinstance(digests, list)}


def _is_foreign(path: Path, known: list[str], content: bytes) -> bool:
    if not path.exists():
        return path.is_symlink()
    if not path.is_file():
        return True
    there = path.read_bytes()
    return there != content and sha256(there).hexdigest() not in known
