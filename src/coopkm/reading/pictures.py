"""Pictures that an office brings: whether they are what they say, small enough to draw, and do nothing by themselves.

A drawing (SVG) goes into books and Word files as it is, so whatever runs, loads or links in it is refused here.
"""

import re
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Literal
from xml.parsers import expat

PictureFault = Literal["unreadable", "large", "active"]

MAX_BYTES = 5_000_000
MAX_PIXELS = 16_000_000
MAX_SHAPE = 10  # how many times longer than wide, or wider than long
_MAX_ELEMENTS, _MAX_DEPTH, _MAX_USES = 20_000, 100, 30
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_SVG, _XHTML = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xhtml"
_XLINK, _XML = "http://www.w3.org/1999/xlink", "http://www.w3.org/XML/1998/namespace"
_ACTIVE = frozenset(
    "script foreignobject iframe object embed audio video animate animatemotion animatetransform set handler".split()
)
# Within styles: another address than `#name` of the drawing itself, or letters that hide one.
_AWAY = re.compile(r"""(?i)url\(\s*['"]?\s*(?!['"#\s])|@import|image-set|src\(|\\|//(?!www\.w3\.org)|expression\(""")
_INLINE = re.compile(r"data:image/(?:png|jpeg);base64,[A-Za-z0-9+/=\s]*")
_LENGTH = re.compile(r"\s*([0-9]*\.?[0-9]+(?:[eE][-+]?[0-9]{1,2})?)\s*[a-z]*\s*")


def picture_fault(path: Path) -> PictureFault | None:
    """What keeps a PNG or SVG file (by its ending) from being used; None where nothing does."""
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError:
        return "unreadable"
    return fault_of(raw, path.suffix.lower().removeprefix("."))


def fault_of(raw: bytes, kind: str) -> PictureFault | None:
    """The same for the bytes of a picture, `png` or `svg`."""
    if len(raw) > MAX_BYTES:
        return "large"
    return _drawing(raw) if kind == "svg" else _bitmap(raw)


# ---- PNG ----


def _bitmap(raw: bytes) -> PictureFault | None:
    chunks = list(_chunks(raw))
    names = [name for name, _ in chunks]
    if names[:1] != [b"IHDR"] or names[-1:] != [b"IEND"] or b"IDAT" not in names or len(chunks[0][1]) != 13:
        return "unreadable"
    width, height = struct.unpack(">II", chunks[0][1][:8])
    return _size(width, height, MAX_PIXELS)


def _chunks(raw: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The whole chunks from the first to IEND; what is cut off or damaged ends them."""
    at = len(_SIGNATURE) if raw.startswith(_SIGNATURE) else len(raw)
    while at + 12 <= len(raw):
        length = int.from_bytes(raw[at : at + 4], "big")
        name, data, check = raw[at + 4 : at + 8], raw[at + 8 : at + 8 + length], raw[at + 8 + length : at + 12 + length]
        if zlib.crc32(name + data).to_bytes(4, "big") != check:
            return
        yield name, data
        if name == b"IEND":
            return
        at += 12 + length


def _size(width: float, height: float, most: float) -> PictureFault | None:
    if width <= 0 or height <= 0:
        return "unreadable"
    return "large" if width * height > most or max(width / height, height / width) > MAX_SHAPE else None


# ---- SVG ----


class _Refused(Exception):
    def __init__(self, fault: PictureFault) -> None:
        self.fault: PictureFault = fault


def _drawing(raw: bytes) -> PictureFault | None:
    seen = _Drawing()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler, parser.EndElementHandler = seen.begin, seen.end
    parser.CharacterDataHandler = seen.text
    parser.StartDoctypeDeclHandler = seen.doctype
    parser.ProcessingInstructionHandler = seen.instruction
    try:
        parser.Parse(raw, True)
    except _Refused as refused:
        return refused.fault
    except (expat.ExpatError, ValueError, LookupError):
        return "unreadable"
    return seen.fault()


class _Drawing:
    """What the parser meets."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.elements = self.uses = 0
        self.root: dict[str, str] = {}
        self.style: list[str] = []

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        space, _, local = name.rpartition(" ")
        if not self.elements:
            self.root = attributes
            if (space, local) != (_SVG, "svg"):
                raise _Refused("unreadable")
        self.elements += 1
        self.uses += local == "use"
        self.names.append(local)
        if self.elements > _MAX_ELEMENTS or len(self.names) > _MAX_DEPTH or self.uses > _MAX_USES:
            raise _Refused("large")
        if space == _XHTML or local.lower() in _ACTIVE:
            raise _Refused("active")
        for key, value in attributes.items():
            _attribute(key, value, local)

    def end(self, _name: str) -> None:
        self.names.pop()

    def text(self, words: str) -> None:
        if self.names[-1] == "style":
            self.style.append(words)

    def doctype(self, _name: str, _system: str | None, _public: str | None, has_subset: int) -> None:
        if has_subset:
            raise _Refused("active")

    def instruction(self, _target: str, _data: str) -> None:
        raise _Refused("active")

    def fault(self) -> PictureFault | None:
        if _AWAY.search("".join(self.style)):
            return "active"
        box = re.split(r"[\s,]+", self.root.get("viewBox", "").strip())
        sizes = box[2:4] if len(box) == 4 else [self.root.get(name, "") for name in ("width", "height")]
        found = [match for size in sizes if (match := _LENGTH.fullmatch(size))]
        return _size(float(found[0][1]), float(found[1][1]), float("inf")) if len(found) == 2 else "unreadable"


def _attribute(key: str, value: str, element: str) -> None:
    space, _, local = key.rpartition(" ")
    if local == "href" and space in ("", _XLINK):
        active = not _is_own(value.strip(), element)
    elif space:
        active = (space, local) == (_XML, "base")
    else:
        styled = local == "style" or "(" in value
        active = local.lower().startswith("on") or (styled and bool(_AWAY.search(value)))
    if active:
        raise _Refused("active")


def _is_own(address: str, element: str) -> bool:
    """Whether it leads to a part of the drawing, or is a bitmap within it."""
    inline = element in ("image", "feImage") and _INLINE.fullmatch(address)
    return address.startswith("#") or bool(inline)
