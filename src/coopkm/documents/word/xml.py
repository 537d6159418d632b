"""Elements of WordprocessingML, with their properties in the order that Word insists on."""

from collections.abc import Iterable
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

Element = Any
"""An element of lxml, which comes without types."""

_ORDER = {
    "w:pPr": "pStyle keepNext keepLines pageBreakBefore widowControl numPr pBdr shd tabs spacing ind contextualSpacing "
    "jc outlineLvl rPr sectPr",
    "w:rPr": "rStyle rFonts b bCs i iCs color sz szCs u cs lang",
    "w:tblPr": "tblStyle tblW jc tblInd tblBorders tblLayout tblCellMar tblLook tblCaption",
    "w:tcPr": "tcW gridSpan tcBorders shd tcMar vAlign",
    "w:trPr": "cantSplit trHeight tblHeader",
    "w:sectPr": "headerReference footerReference type pgSz pgMar pgNumType cols",
}
_RANK = {tag: {f"w:{name}": rank for rank, name in enumerate(names.split())} for tag, names in _ORDER.items()}


def element(tag: str, *children: Element, **attributes: object) -> Element:
    """An element of the namespace `w`, as in `element("spacing", after=120)`; True is an attribute-free property."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    for child in children:
        made.append(child)
    return made


def properties(tag: str, children: Iterable[Element | None]) -> Element:
    """A list of properties (`pPr`, `rPr` ...) in the right order; what is None is left out."""
    rank = _RANK[f"w:{tag}"]
    given = [child for child in children if child is not None]
    return element(tag, *sorted(given, key=lambda child: rank[_short(child.tag)]))


def _short(tag: str) -> str:
    return f"w:{tag.rsplit('}', 1)[1]}"


def twips(millimetres: float) -> int:
    """Twentieths of a point."""
    return round(millimetres * 1440 / 25.4)


def half_points(points: float) -> int:
    """Sizes of letters, as Word counts them."""
    return round(points * 2)
