"""Which files the trainer means: files, or all of a folder; and the one kind that is not read into memory."""

from dataclasses import replace
from pathlib import Path

from coopkm.analysis.faults import Fault, fault
from coopkm.analysis.readers.desk import Source
from coopkm.analysis.readers.rows import MAX_BYTES
from coopkm.analysis.sittings import When

_SUFFIXES = (".json", ".csv", ".xlsx", ".tsv", ".txt")
MAX_COUNTED = 4_000_000_000
MAX_FILES = 20_000
_COLUMNS = {"learner", "question", "mark", "max"}


def sources_in(path: Path, when: When = "") -> list[Source | Fault]:
    """A file, or the files of a folder in the order of their names; what this command wrote itself is left out."""
    if not path.is_dir():
        return [_source(path, when)]
    files = sorted(one for one in path.iterdir() if one.suffix.lower() in _SUFFIXES and not one.name.startswith("."))
    files = [one for one in files if one.is_file() and one.name not in OWN]
    if not files:
        return [fault(str(path), "no-files")]
    if len(files) > MAX_FILES:
        return [fault(str(path), "too-many", limit=MAX_FILES, unit_th="ไฟล์", unit_en="files")]
    return [replace(one, found=True) if isinstance(one, Source) else one for one in (_source(f, when) for f in files)]


OWN = ("figures.csv", "options.csv", "figures.json", "report.html")  # what `analyse` writes


def _source(path: Path, when: When) -> Source | Fault:
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError:
        return fault(str(path), "unreadable")
    if _is_counted(raw):
        large = path.stat().st_size > MAX_COUNTED
        return (
            fault(str(path), "too-large", limit=MAX_COUNTED // 1_000_000)
            if large
            else Source(str(path), b"", when, path)
        )
    if len(raw) > MAX_BYTES:
        return fault(str(path), "too-large", limit=MAX_BYTES // 1_000_000)
    return Source(str(path), raw, when)


def _is_counted(raw: bytes) -> bool:
    """Whether the head is `learner,question,mark,max` and perhaps more: one answer a row."""
    head = raw[:2000].removeprefix(b"\xef\xbb\xbf").split(b"\n")[0].decode("utf-8", "replace")
    return {column.strip().strip('"').casefold() for column in head.split(",")} >= _COLUMNS
