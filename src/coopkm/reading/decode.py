"""Bytes to text, or to a problem that names the encoding and how to save as UTF-8."""

from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from itertools import pairwise

from coopkm.problems import Place, Problem, problem

MAX_BYTES = 1024 * 1024


def decode(raw: bytes, path: str, limit: int = MAX_BYTES) -> str | Problem:
    """The text of a file, or what is wrong with it. At most `limit` bytes are taken.

    A byte order mark is dropped, and every line ends in a plain line feed.
    """
    if len(raw) > limit:
        return problem(Place(path), "file-too-large", limit=limit // 1024)
    if raw.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) or _every_other_byte_is_zero(raw[:64]):
        return problem(Place(path), "encoding", name="UTF-16")
    try:
        text = raw.removeprefix(BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError as error:
        return _not_utf8(raw, error, path)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _every_other_byte_is_zero(raw: bytes) -> bool:
    """Whether ASCII stands here in two bytes a character."""
    even, odd = raw[::2], raw[1::2]
    return (b"\0" in even) != (b"\0" in odd) and max(even.count(0), odd.count(0)) > len(raw) // 4


def _not_utf8(raw: bytes, error: UnicodeDecodeError, path: str) -> Problem:
    place = _place(error.object, error.start, path)
    if _is_mostly_utf8(raw):
        return problem(place, "damaged-character")
    return problem(place, "encoding", name=_legacy_name(raw))


def _place(raw: bytes, offset: int, path: str) -> Place:
    before = raw[:offset].decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    return Place(path, before.count("\n") + 1, len(before) - before.rfind("\n"))


def _is_mostly_utf8(raw: bytes) -> bool:
    """Whether more characters beyond ASCII read as UTF-8 than do not."""
    text = raw.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    return sum(char > "\x7f" for char in text) - broken > broken


def _legacy_name(raw: bytes) -> str:
    """Windows-874 (a superset of TIS-620) where letters above ASCII come in runs, as in Thai words."""
    high = [byte >= 0x80 for byte in raw]
    in_runs = sum(here and after for here, after in pairwise(high))
    return "Windows-874 (TIS-620)" if in_runs * 2 > sum(high) else "Windows-1252"
