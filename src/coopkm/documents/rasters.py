"""Drawings as bitmaps."""

import tempfile
from pathlib import Path

import fontpkg_sarabun

from coopkm import extras

_PAGE = '#set page(width: auto, height: auto, margin: 0pt, fill: none)\n#image("drawing.svg", width: 150mm)\n'
_DOTS = 200.0  # an inch, at the width of a page


def bitmap(svg: bytes) -> bytes | None:
    """A drawing as PNG; None where it cannot be read."""
    typst = extras.load("typst")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "main.typ").write_text(_PAGE, "utf-8")
        (folder / "drawing.svg").write_bytes(svg)
        fonts = [Path(fontpkg_sarabun.__file__).parent / "files"]
        try:
            made: bytes = typst.compile(
                folder / "main.typ", root=folder, font_paths=fonts, ignore_system_fonts=True, format="png", ppi=_DOTS
            )
        except typst.TypstError:
            return None
        return made
