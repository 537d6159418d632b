"""Sarabun for the web: Thai and Latin only, as woff2, made from the font package at build time."""

import io
from pathlib import Path

import fontpkg_sarabun
from fontTools import subset
from fontTools.ttLib import TTFont

from coopkm.text.digest import digest
from coopkm.writing import write_file

_STYLES = {"sarabun-400.woff2": "Sarabun-Regular.ttf", "sarabun-700.woff2": "Sarabun-Bold.ttf"}
_RANGES = ((0x20, 0x7E), (0xA0, 0xFF), (0xE01, 0xE3A), (0xE3F, 0xE5B), (0x2010, 0x2027), (0x2030, 0x203A))
_SINGLES = (0x200B, 0x200C, 0x200D, 0x2060, 0x20AC, 0x2190, 0x2191, 0x2192, 0x2193, 0x2212, 0x25CC)
_RECIPE = "1"  # raise it when the options below change


def web_fonts(cache: Path) -> dict[str, bytes]:
    """File name to woff2 bytes; made once and kept in `cache` under a name that follows from the content."""
    folder = Path(fontpkg_sarabun.__file__).parent / "files"
    return {name: _cached(folder / file, cache) for name, file in _STYLES.items()}


def _cached(source: Path, cache: Path) -> bytes:
    raw = source.read_bytes()
    kept = cache / f"{digest(raw, _RECIPE, repr((_RANGES, _SINGLES)))}.woff2"
    if kept.is_file():
        return kept.read_bytes()
    made = _subset(raw)
    write_file(kept, made)
    return made


def _subset(raw: bytes) -> bytes:
    options = subset.Options()
    options.flavor = "woff2"
    options.layout_features = ["*"]
    options.notdef_outline = True
    options.recalc_timestamp = False
    font = TTFont(io.BytesIO(raw), recalcTimestamp=False)
    subsetter = subset.Subsetter(options)
    points = {code for first, last in _RANGES for code in range(first, last + 1)} | set(_SINGLES)
    subsetter.populate(unicodes=points)
    subsetter.subset(font)
    font.flavor = "woff2"
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()
