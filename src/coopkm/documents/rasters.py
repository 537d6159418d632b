"""Pictures as bitmaps; whether they can be drawn at all."""

import tempfile
from functools import lru_cache
from pathlib import Path

from coopkm import extras
from coopkm.documents.fonts import Fonts, options
from coopkm.reading.pictures import fault_of

_PAGE = '#set page(width: auto, height: auto, margin: 0pt, fill: none)\n#image("picture.{}", width: {}mm)\n'
_DOTS = 200.0  # an inch


@lru_cache(maxsize=32)
def bitmap(data: bytes, kind: str, width: float = 150) -> bytes | None:
    """A picture (`svg` or `png`) as PNG, made for `width` millimetres; None where it cannot be read."""
    if fault_of(data, kind):
        return None
    typst = extras.load("typst")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "main.typ").write_text(_PAGE.format(kind, width), "utf-8")
        (folder / f"picture.{kind}").write_bytes(data)
        try:
            made: bytes = typst.compile(folder / "main.typ", root=folder, format="png", ppi=_DOTS, **options(Fonts()))
        except typst.TypstError:
            return None
        return made


def readable(data: bytes, kind: str) -> bool:
    """Whether a picture may be used, and typst can draw it."""
    return bitmap(data, kind, 5) is not None
