"""Bytes to text, or to a problem that names the encoding and how to save as UTF-8."""

from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE

from coopkm.problems import Place, Problem, problem

MAX_BYTES = 1024 * 1024


def decode(raw: bytes, path: str) -> str | Problem:
    """The text of a file, without a byte order mark, or what is wrong with it.

    At most `MAX_BYTES` bytes are taken.
    """
    if len(raw) > MAX_BYTES:
        return problem(Place(path), "file-too-large", kib=len(raw) // 1024, limit=MAX_BYTES // 1024)
    if raw.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) or b"\0" in raw[:64]:
        return problem(Place(path), "encoding", name="UTF-16")
    try:
        return raw.removeprefix(BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError as error:
        return problem(_place(raw, error.start, path), "encoding", name=_legacy_name(raw))


def _place(raw: bytes, offset: int, path: str) -> Place:
    before = raw[:offset]
    column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
    return Place(path, before.count(b"\n") + 1, column)


def _legacy_name(raw: bytes) -> str:
    """Windows-874 (a superset of TIS-620) where the bytes above ASCII read as Thai, else unknown."""
    high = [byte for byte in raw if byte >= 0x80]
    thai = sum(0xA1 <= byte <= 0xDA or 0xDF <= byte <= 0xFB for byte in high)
    return "Windows-874 (TIS-620)" if thai > 0.9 * len(high) else "?"
