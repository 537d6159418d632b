"""Lists that Word itself counts: one definition a kind of marker, one instance a list."""

from coopkm.documents.tree import Listing
from coopkm.documents.word.xml import Element, element, properties, twips

STEP = 9.0  # millimetres that each level is set in
LEVELS = 9
_MARKERS = ("bullet", "number", "letter", "box", "radio")
_DRAWN = {"box": "\uf0a8", "radio": "\uf0a1"}  # of Wingdings, as Word's own lists have them


class Numbering:
    """What stands in `numbering.xml`; grows while the document is written."""

    def __init__(self, thai_letters: bool, thai_digits: bool) -> None:
        self._thai_letters, self._thai_digits = thai_letters, thai_digits
        self._lists: list[Element] = []

    def listed(self, listing: Listing, level: int) -> int:
        """The number of a new list, which counts from its own start."""
        number = len(self._lists) + 1
        override = element("lvlOverride", element("startOverride", val=max(listing.start, 1)), ilvl=level)
        kind = _MARKERS.index(listing.marker)
        self._lists.append(element("num", element("abstractNumId", val=kind), override, numId=number))
        return number

    def elements(self) -> list[Element]:
        """Everything within `w:numbering`."""
        definitions = [
            element(
                "abstractNum",
                element("multiLevelType", val="hybridMultilevel"),
                *(self._level(marker, level) for level in range(LEVELS)),
                abstractNumId=number,
            )
            for number, marker in enumerate(_MARKERS)
        ]
        return definitions + self._lists

    def _level(self, marker: str, level: int) -> Element:
        look = []
        if marker in _DRAWN:
            look = [
                element("rFonts", ascii="Wingdings", hAnsi="Wingdings", hint="default"),
                *(element(tag, val=30) for tag in ("sz", "szCs")),
            ]
        return element(
            "lvl",
            element("start", val=1),
            element("numFmt", val=self._format(marker)),
            element("lvlText", val=_DRAWN.get(marker) or ("•" if marker == "bullet" else f"%{level + 1}.")),
            element("lvlJc", val="left"),
            properties("pPr", [element("ind", left=twips(STEP * (level + 1)), hanging=twips(STEP - 2))]),
            properties("rPr", look),
            ilvl=level,
        )

    def _format(self, marker: str) -> str:
        if marker == "number":
            return "thaiNumbers" if self._thai_digits else "decimal"
        if marker == "letter":
            return "thaiLetters" if self._thai_letters else "lowerLetter"
        return "bullet"
