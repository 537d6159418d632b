"""The fonts of typeset documents: Sarabun of its package, and another family where the machine has it."""

import json
import logging
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import fontpkg_sarabun
from fontTools.ttLib import TTFont

from coopkm import extras

SARABUN = "Sarabun"
FOLDER = Path(fontpkg_sarabun.__file__).parent / "files"
UNSHOWN = "□"  # stands for what no font can draw

_LOG = logging.getLogger(__name__)
_PROBE = """#set document(title: "probe")
#set text(font: json(bytes(sys.inputs.fonts)))
#for letter in json(bytes(sys.inputs.letters)) [#text(letter) ]
"""


@dataclass(frozen=True)
class Fonts:
    """Families in the order in which they are tried; whether fonts of the machine are among them."""

    families: tuple[str, ...] = (SARABUN,)
    of_machine: bool = False


def fonts_for(family: str) -> Fonts:
    """The fonts of a document that asks for a family. One that is not there is Sarabun, and a warning is logged."""
    if family == SARABUN:
        return Fonts()
    if family in _of_machine():
        return Fonts((family, SARABUN), of_machine=True)
    _LOG.warning("no font %r on this machine: the document is set in %s", family, SARABUN)
    return Fonts()


@lru_cache(maxsize=1)
def _of_machine() -> frozenset[str]:
    return frozenset(extras.load("typst").Fonts(include_system_fonts=True, include_embedded_fonts=False).families())


def without_unshown(text: str, fonts: Fonts) -> str:
    """The text with a box for each letter that none of the fonts can draw: typst would refuse the document."""
    doubtful = frozenset(letter for letter in set(text) - _drawn_by_sarabun() if letter > " ")
    missing = _missing(tuple(sorted(doubtful)), fonts)
    return text.translate({ord(letter): UNSHOWN for letter in missing})


@lru_cache(maxsize=1)
def _drawn_by_sarabun() -> frozenset[str]:
    with TTFont(FOLDER / "Sarabun-Regular.ttf", lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap()))


@lru_cache(maxsize=64)
def _missing(letters: tuple[str, ...], fonts: Fonts) -> frozenset[str]:
    """Those that cannot be drawn: halves of what is refused are tried, until one letter is left."""
    if not letters or _accepted(letters, fonts):
        return frozenset()
    if len(letters) == 1:
        return frozenset(letters)
    middle = len(letters) // 2
    return _missing(letters[:middle], fonts) | _missing(letters[middle:], fonts)


def _accepted(letters: tuple[str, ...], fonts: Fonts) -> bool:
    typst = extras.load("typst")
    given = {"letters": json.dumps(letters), "fonts": json.dumps(fonts.families)}
    try:
        typst.compile(_PROBE.encode(), sys_inputs=given, pdf_standards=["ua-1"], timestamp=0, **options(fonts))
    except typst.TypstError:
        return False
    return True


def options(fonts: Fonts) -> dict[str, Any]:
    """What typst is told of fonts."""
    return {"font_paths": [FOLDER], "ignore_system_fonts": not fonts.of_machine}
