"""A finishing pass over a PDF of typst: letters that copy right, and page labels in Thai.

typst says what a cluster of glyphs stands for in `ActualText`, which Firefox's reader and others pass over. They look
into the font's ToUnicode map, where typst gives every glyph of a cluster the letters of the whole cluster. Here each
glyph gets its own letter.

ำ is drawn as two glyphs, the ring and the stem, and a tone mark stands between them in writing. Its stem looks like า,
so it gets a code of its own that stands for ำ, and the ring stands for U+200B, which readers leave out.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from coopkm import extras
from coopkm.documents.numbers import thai_digits, thai_letter

_SPAN = re.compile(rb"/Span<</ActualText<FEFF([0-9A-Fa-f]*)>>>BDC(.*?)EMC", re.DOTALL)
_FONT = re.compile(rb"/(\S+) [0-9.]+ Tf")
_PAIR = re.compile(rb"<([0-9A-Fa-f]{4})> <([0-9A-Fa-f]*)>")
_MAP = re.compile(rb"\d+ beginbfchar.*endbfchar", re.DOTALL)
_OCTAL = re.compile(rb"[0-7]{1,3}")
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\n": b""}
_RING, _AM, _TONES = "\u200b", "ำ", "่้๊๋์"
_AT_ONCE = 100  # entries of a map that stand together, by the specification


def finished(pdf: bytes, lang: str, digits: str) -> bytes:
    """The PDF with maps that are right for each glyph, and the labels of its pages as they are printed."""
    pikepdf = extras.load("pikepdf")
    with pikepdf.open(io.BytesIO(pdf)) as file:
        fonts: dict[tuple[int, int], _Font] = {}
        for page in file.pages:
            _rewrite(file, page, fonts)
        for font in fonts.values():
            font.write(file)
        _label(file, lang, digits)
        # False is what its absence means; poppler takes the word itself for a fault.
        if "/MarkInfo" in file.Root and "/Suspects" in file.Root.MarkInfo:
            del file.Root.MarkInfo["/Suspects"]
        made = io.BytesIO()
        file.save(made, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return made.getvalue()


# ---- pages ----


def _label(file: Any, lang: str, digits: str) -> None:
    """PDF counts in Latin letters, Roman numerals and Arabic digits only: other labels are written out."""
    if "/PageLabels" not in file.Root:
        return
    numbers = file.Root.PageLabels.Nums
    for place in range(1, len(numbers), 2):
        label = numbers[place]
        style, start = str(label.get("/S", "")), int(label.get("/St", 1))
        if style == "/r" and lang == "th":
            _replace(label, thai_letter(start))
        elif style == "/D" and digits == "thai":
            _replace(label, thai_digits(str(start)))


def _replace(label: Any, text: str) -> None:
    del label["/S"]
    if "/St" in label:
        del label["/St"]
    label["/P"] = text


# ---- fonts ----


@dataclass
class _Font:
    """A font of the PDF: what its glyphs stand for, and the new codes for stems of ำ."""

    font: Any
    letters: dict[int, str] = field(default_factory=dict)
    stems: dict[int, int] = field(default_factory=dict)  # glyph to its second code
    size: int = 0

    def __post_init__(self) -> None:
        for code, _ in _PAIR.findall(self.font.ToUnicode.read_bytes()):
            self.size = max(self.size, int(code, 16) + 1)

    def learn(self, glyphs: list[int], text: str) -> list[int]:
        """What a cluster tells of its glyphs; answers the codes to draw it by."""
        said = _said(text, len(glyphs))
        if said is None:
            return glyphs
        codes = []
        for glyph, letter in zip(glyphs, said, strict=True):
            code = glyph
            if letter == _AM:
                code = self.stems.setdefault(glyph, self.size + len(self.stems))
            self.letters.setdefault(code, letter)
            codes.append(code)
        return codes

    def write(self, file: Any) -> None:
        """Put the maps and, where there are new codes, their glyphs and widths into the font."""
        old = self.font.ToUnicode.read_bytes()
        pairs = {int(code, 16): text.decode() for code, text in _PAIR.findall(old)}
        pairs |= {code: letter.encode("utf-16-be").hex().upper() for code, letter in self.letters.items()}
        self.font.ToUnicode = file.make_stream(_MAP.sub(lambda _: _written(pairs), old))
        if self.stems:
            self._add(file)

    def _add(self, file: Any) -> None:
        descendant = self.font.DescendantFonts[0]
        widths = _widths(descendant.W)
        glyphs = [*range(self.size), *self.stems]  # in the order of their codes
        descendant.CIDToGIDMap = file.make_stream(b"".join(glyph.to_bytes(2, "big") for glyph in glyphs))
        usual = descendant.get("/DW", 1000)
        descendant.W.append(self.size)
        descendant.W.append([widths.get(glyph, usual) for glyph in self.stems])


def _widths(given: Any) -> dict[int, Any]:
    """The widths by code, of `W` in either of its forms."""
    found: dict[int, Any] = {}
    items = list(given)
    while items:
        first, second = int(items.pop(0)), items.pop(0)
        if hasattr(second, "__len__"):
            found |= {first + place: width for place, width in enumerate(second)}
        else:
            width = items.pop(0)
            found |= dict.fromkeys(range(first, int(second) + 1), width)
    return found


def _written(pairs: dict[int, str]) -> bytes:
    lines = [f"<{code:04X}> <{text}>" for code, text in sorted(pairs.items())]
    parts = [lines[start : start + _AT_ONCE] for start in range(0, len(lines), _AT_ONCE)]
    return "\n".join(f"{len(part)} beginbfchar\n" + "\n".join(part) + "\nendbfchar" for part in parts).encode()


def _said(text: str, count: int) -> list[str] | None:
    """A letter for each glyph of a cluster; None where they do not match."""
    joined = list(text)  # the ring and a tone mark above it are one glyph
    apart: list[str] = []
    for letter in text:
        if letter == _AM:
            place = len(apart) - (1 if apart and apart[-1] in _TONES else 0)
            apart.insert(place, _RING)
        apart.append(letter)
    if len(joined) == count and (_AM not in text or re.search(f"(?<![{_TONES}]){_AM}", text) is None):
        return joined
    mixed: list[str] = []
    for place, letter in enumerate(text):
        if letter == _AM and (place == 0 or text[place - 1] not in _TONES):
            mixed.append(_RING)
        mixed.append(letter)
    return next((said for said in (mixed, apart) if len(said) == count), None)


# ---- content ----


def _rewrite(file: Any, page: Any, fonts: dict[tuple[int, int], _Font]) -> None:
    named = _named(page, fonts)
    content = page.Contents.read_bytes()

    def changed(match: re.Match[bytes]) -> bytes:
        names = set(_FONT.findall(match[2]))
        font = named.get(names.pop()) if len(names) == 1 else None
        if font is None:
            return match[0]
        return _recoded(match, font, bytes.fromhex(match[1].decode()).decode("utf-16-be", "replace"))

    made = _SPAN.sub(changed, content)
    if made != content:
        page.Contents = file.make_stream(made)


def _named(page: Any, fonts: dict[tuple[int, int], _Font]) -> dict[bytes, _Font]:
    """The fonts by the names that they have on a page."""
    found = {}
    for name, font in page.get("/Resources", {}).get("/Font", {}).items():
        if "/ToUnicode" in font and "/DescendantFonts" in font:
            if font.objgen not in fonts:
                fonts[font.objgen] = _Font(font)
            found[name[1:].encode()] = fonts[font.objgen]
    return found


def _recoded(match: re.Match[bytes], font: _Font, text: str) -> bytes:
    inner = match[2]
    places = list(_strings(inner))
    glyphs = [int.from_bytes(data[at : at + 2], "big") for _, _, data in places for at in range(0, len(data), 2)]
    codes = font.learn(glyphs, text)
    if codes == glyphs:
        return match[0]
    made, end = [], 0
    for start, stop, data in places:
        count = len(data) // 2
        made += [inner[end:start], b"<" + b"".join(b"%04X" % code for code in codes[:count]) + b">"]
        codes, end = codes[count:], stop
    head = match[0][: match.start(2) - match.start()]
    return head + b"".join([*made, inner[end:]]) + b"EMC"


def _strings(content: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Start, end and bytes of each string."""
    at = 0
    while at < len(content):
        if content[at : at + 1] == b"(":
            stop, data = _literal(content, at + 1)
            yield at, stop, data
            at = stop
        elif content[at : at + 1] == b"<":
            stop = content.index(b">", at) + 1
            yield at, stop, bytes.fromhex(content[at + 1 : stop - 1].decode())
            at = stop
        else:
            at += 1


def _literal(content: bytes, at: int) -> tuple[int, bytes]:
    """The end and the bytes of a string in parentheses, from behind the first."""
    data, depth = bytearray(), 1
    while True:
        sign = content[at : at + 1]
        at += 1
        if sign == b"\\":
            octal = _OCTAL.match(content, at)
            if octal:
                data.append(int(octal[0], 8) & 255)
                at = octal.end()
            else:
                data += _ESCAPED.get(content[at : at + 1], content[at : at + 1])
                at += 1
            continue
        depth += (sign == b"(") - (sign == b")")
        if depth == 0 or not sign:
            return at, bytes(data)
        data += sign
