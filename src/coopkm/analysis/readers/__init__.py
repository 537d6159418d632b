"""From files to sittings. What a file is, its content says, not its name."""

import hashlib
import re
from collections.abc import Callable, Iterable

from coopkm.analysis.faults import Refused, fault
from coopkm.analysis.keys import key_in
from coopkm.analysis.readers.desk import Desk, Source
from coopkm.analysis.readers.google import is_google, read_google
from coopkm.analysis.readers.moodle import is_moodle, read_moodle
from coopkm.analysis.readers.results import read_result
from coopkm.analysis.readers.rows import MAX_BYTES, is_workbook, rows_of
from coopkm.analysis.readers.sheets import is_sheet, read_sheet

__all__ = ["Desk", "Source", "gather"]

_KEY = re.compile(rb'"format"\s*:\s*"coopkm-form"')
_RESULT = re.compile(rb'"format"\s*:\s*"coopkm-result"')


def gather(sources: Iterable[Source], desk: Desk) -> None:
    """Read every file once; keys that lie among them are taken as keys."""
    left = _once(sources, desk)
    for source in left:
        if _is_key(source):
            _guarded(_read_key, source, desk)
    for source in left:
        if not _is_key(source):
            _guarded(_read, source, desk)


def _once(sources: Iterable[Source], desk: Desk) -> list[Source]:
    seen: dict[bytes, str] = {}
    left = []
    for source in sources:
        content = hashlib.sha256(source.raw if source.file is None else str(source.file).encode()).digest()
        if content in seen and _is_key(source):
            continue  # named, and found in a folder as well
        if content in seen:
            desk.tell(source.path, "twice", other=seen[content])
        else:
            seen[content] = source.path
            left.append(source)
    return left


def _guarded(read: Callable[[Source, Desk], None], source: Source, desk: Desk) -> None:
    try:
        read(source, desk)
    except Refused as refused:
        desk.faults.append(refused.fault)


def _read_key(source: Source, desk: Desk) -> None:
    key = key_in(source.raw, source.path)
    if all(key.code != known.code for known in desk.keys):
        desk.keys.append(key)


def _is_json(source: Source) -> bool:
    return source.file is None and source.raw[:200].removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"[")


def _is_key(source: Source) -> bool:
    return _is_json(source) and bool(_KEY.search(source.raw))


def _read(source: Source, desk: Desk) -> None:
    if source.file is not None:
        desk.counted.append(source)
    elif not source.raw.strip():
        raise Refused(fault(source.path, "empty"))
    elif _is_json(source):
        if not _RESULT.search(source.raw) and source.found:
            desk.tell(source.path, "no-result")
        elif not _RESULT.search(source.raw):
            raise Refused(fault(source.path, "foreign"))
        else:
            read_result(source, desk)
    else:
        _read_table(source, desk)


def _read_table(source: Source, desk: Desk) -> None:
    if len(source.raw) > MAX_BYTES:
        raise Refused(fault(source.path, "too-large", limit=MAX_BYTES // 1_000_000))
    if not is_workbook(source.raw) and source.raw[:4] in (b"%PDF", b"\xd0\xcf\x11\xe0", b"\x89PNG"):
        raise Refused(fault(source.path, "foreign"))
    rows = rows_of(source.raw, source.path)
    heads = rows[0].cells
    if is_google(heads):
        read_google(rows, source, desk)
    elif is_moodle(heads):
        read_moodle(rows, source, desk)
    elif is_sheet(heads, bool(desk.keys)):
        read_sheet(rows, source, desk)
    else:
        raise Refused(fault(source.path, "foreign-table", columns=", ".join(filter(None, heads[:6]))))
