"""Earlier editions of a project: a revision of git, or a folder that was kept."""

import io
import json
import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from coopkm.errors import CannotGoOn
from coopkm.library import KNOWLEDGE, Library, read_library
from coopkm.model.base import Text
from coopkm.model.editions import UnitChange

_MOST = 200_000_000  # bytes of an edition that are read


@contextmanager
def edition(root: Path, since: str) -> Iterator[Library]:
    """The library of an earlier edition: `since` is a folder with knowledge/, else a revision of git.

    Raises:
        CannotGoOn: there is neither.
    """
    if _is_folder(since):
        yield read_library(Path(since))[0]
        return
    with TemporaryDirectory(ignore_cleanup_errors=True) as made:
        _unpack(_archive(root, since), Path(made))
        yield read_library(Path(made))[0]


def edition_name(since: str) -> str:
    """What an edition is called in a file that others read: of a folder its name only, not where it lies."""
    return Path(since).resolve().name or KNOWLEDGE if _is_folder(since) else since


def _is_folder(since: str) -> bool:
    return bool(since.strip()) and (Path(since) / KNOWLEDGE).is_dir()


def _archive(root: Path, revision: str) -> bytes:
    git = shutil.which("git")
    if git is None or revision.startswith("-") or not revision.strip():
        raise _unknown(revision, "" if git else "git?")
    command = [git, "-C", str(root), "archive", "--format=tar", revision, "--", KNOWLEDGE]
    done = subprocess.run(command, capture_output=True, check=False)
    if done.returncode != 0:
        lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise _unknown(revision, lines[-1] if lines else "")
    return done.stdout


def _unknown(name: str, reason: str) -> CannotGoOn:
    why = f" ({reason})" if reason else ""
    return CannotGoOn(
        f"ไม่พบฉบับ {name!r}{why}: ใส่โฟลเดอร์ของฉบับเดิมที่มี knowledge/ หรือชื่อรุ่นใน git",
        f"there is no edition {name!r}{why}: name a folder of the earlier edition that holds knowledge/, "
        "or a revision of git",
    )


def _unpack(raw: bytes, folder: Path) -> None:
    """Plain files only, each below the folder: links and odd names of an archive are passed over."""
    left = _MOST
    with tarfile.open(fileobj=io.BytesIO(raw)) as archive:
        for member in archive:
            path = PurePosixPath(member.name)
            file = archive.extractfile(member) if member.isreg() else None
            if file is None or path.is_absolute() or ".." in path.parts or member.size > left:
                continue
            left -= member.size
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(file.read())
    (folder / KNOWLEDGE).mkdir(exist_ok=True)


def as_yaml(changes: list[UnitChange], day: date, since: str) -> str:
    """The text of changes/DAY.yml: JSON strings are YAML strings, whatever signs they hold."""
    lines = [
        "# yaml-language-server: $schema=../schemas/edition.json",
        f"date: {day.isoformat()}",
        f"since: {_quoted(since)}",
        "changes:" if changes else "changes: []",
    ]
    for row in changes:
        lines += [f"  - unit: {row.unit}", f"    change: {row.change}", "    title:", *_text(row.title, "      ")]
        if row.notes:
            lines.append("    notes:")
        for note in row.notes:
            first, *rest = _text(note, "        ")
            lines += [f"      - {first.strip()}", *rest]
    return "\n".join(lines) + "\n"


def _text(text: Text, indent: str) -> list[str]:
    rows = [("th", text.th), ("en", text.en)]
    return [f"{indent}{lang}: {_quoted(words)}" for lang, words in rows if words]


def _quoted(words: str) -> str:
    return json.dumps(words, ensure_ascii=False)
