"""Sarabun inside a page: only the letters that the page has, so that it looks right on a machine without Thai type."""

import base64
import io
from collections.abc import Iterator
from pathlib import Path

import fontpkg_sarabun
from fontTools import subset
from fontTools.ttLib import TTFont

_FILES = {400: "Sarabun-Regular.ttf", 700: "Sarabun-Bold.ttf"}
_DOTTED_CIRCLE = 0x25CC  # stands in for a missing base of a vowel sign


def faces(text: str) -> Iterator[tuple[int, str]]:
    """Weight and `data:` address of each style, with the letters of this text."""
    folder = Path(fontpkg_sarabun.__file__).parent / "files"
    for weight, name in _FILES.items():
        made = base64.b64encode(_subset(folder / name, {*map(ord, text), _DOTTED_CIRCLE}))
        yield weight, f"data:font/woff2;base64,{made.decode('ascii')}"


def _subset(path: Path, points: set[int]) -> bytes:
    options = subset.Options()
    options.flavor = "woff2"
    options.layout_features = ["*"]
    options.recalc_timestamp = False  # the same text, the same bytes
    font = TTFont(path, recalcTimestamp=False)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=points)
    subsetter.subset(font)
    font.flavor = "woff2"
    made = io.BytesIO()
    font.save(made)
    return made.getvalue()
