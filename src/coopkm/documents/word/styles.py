"""The styles of a Word file: few, named as Word names them, with the sizes of Thai letters as well as of Latin ones."""

from dataclasses import dataclass

from coopkm.documents.letters import printable
from coopkm.documents.tree import Document
from coopkm.documents.word.xml import Element, element, half_points, properties, twips

LINE = 288  # 240ths of the font's own height: Sarabun's tallest clusters do not touch


@dataclass(frozen=True)
class _Style:
    """`scale` of the document's size; spacing in points; `level` of an outline, from 0."""

    name: str
    base: str = "Normal"
    scale: float = 0
    bold: bool = False
    italic: bool = False
    colour: str = ""
    before: float | None = None
    after: float | None = None
    line: int | None = None
    level: int | None = None
    follow: str = ""
    align: str = ""
    keep: bool = False
    left: float | None = None
    tight: bool = False


_HEADINGS = tuple(
    _Style(
        f"heading {level}",
        scale=scale,
        bold=True,
        before=before,
        after=4,
        line=252,
        level=level - 1,
        follow="Normal",
        keep=True,
    )
    for level, scale, before in ((1, 1.5, 20), (2, 1.25, 15), (3, 1.1, 12), (4, 1, 10), (5, 1, 10), (6, 1, 10))
)
_UNLISTED = tuple(
    _Style(f"Unlisted heading {level}", base=f"heading {level}", level=9, follow="Normal") for level in range(1, 7)
)
_PARAGRAPHS = (
    *_HEADINGS,
    *_UNLISTED,
    _Style("Title", scale=1.9, bold=True, after=6, line=252, follow="Normal"),
    _Style("Subtitle", scale=1.25, colour="555555", after=6, line=252, follow="Normal"),
    _Style("Lead", scale=1.15),
    _Style("Small", scale=0.85),
    _Style("Note", scale=0.9, colour="555555"),
    _Style("Compact", after=2),
    _Style("Table Head", base="Compact", bold=True),
    _Style("Box Title", base="Compact", bold=True, keep=True),
    _Style("List Paragraph", after=3),
    _Style("List Bullet", base="List Paragraph"),
    _Style("List Number", base="List Paragraph"),
    _Style("List Continue", base="List Paragraph"),
    _Style("caption", scale=0.95, bold=True, before=8, after=4, keep=True),
    _Style("Form Field", before=5, after=2),
    _Style("Writing Line", after=0, line=400),
    _Style("Gap", scale=0.1, after=5, line=240),
    _Style("toc 1", bold=True, before=4, after=2),
    _Style("toc 2", after=2, left=6),
    _Style("toc 3", after=2, left=12),
    _Style("toc 4", after=2, left=18),
    _Style("header", scale=0.85, colour="555555", after=0, line=240),
    _Style("footer", scale=0.85, colour="555555", after=0, line=240),
)


def style_id(name: str) -> str:
    """The id by which paragraphs name a style: its name without spaces, as Word makes it."""
    return "".join(word[:1].upper() + word[1:] for word in name.split())


def styles(document: Document) -> list[Element]:
    """Everything within `w:styles`."""
    return [
        _defaults(document),
        _normal(),
        element(
            "style",
            element("name", val="Default Paragraph Font"),
            element("uiPriority", val=1),
            type="character",
            default=1,
            styleId="DefaultParagraphFont",
        ),
        _hyperlink(),
        element("style", element("name", val="No List"), type="numbering", default=1, styleId="NoList"),
        *_tables(),
        *(_paragraph(style, document.size) for style in _PARAGRAPHS),
    ]


def fonts(family: str) -> Element:
    """One family for every script."""
    return element("rFonts", ascii=family, hAnsi=family, cs=family, eastAsia=family)


def _family(name: str) -> str:
    """The family that is asked for: whoever opens the file may have it, even where this machine has not."""
    return " ".join(printable(name).split()) or "Sarabun"


def language() -> Element:
    """Latin letters are read as English, Thai ones as Thai: a document of either language has both."""
    return element("lang", val="en-GB", eastAsia="en-GB", bidi="th-TH")


def _defaults(document: Document) -> Element:
    size = half_points(document.size)
    look = properties(
        "rPr", [fonts(_family(document.font)), element("sz", val=size), element("szCs", val=size), language()]
    )
    space = properties("pPr", [element("spacing", after=120, line=LINE, lineRule="auto")])
    return element("docDefaults", element("rPrDefault", look), element("pPrDefault", space))


def _normal() -> Element:
    return element(
        "style", element("name", val="Normal"), element("qFormat"), type="paragraph", default=1, styleId="Normal"
    )


def _hyperlink() -> Element:
    look = properties("rPr", [element("color", val="0B4F8A"), element("u", val="single")])
    return element(
        "style",
        element("name", val="Hyperlink"),
        element("basedOn", val="DefaultParagraphFont"),
        look,
        type="character",
        styleId="Hyperlink",
    )


def _paragraph(style: _Style, size: float) -> Element:
    space = {"before": style.before, "after": style.after}
    spacing = {name: round(20 * value) for name, value in space.items() if value is not None}
    if style.line is not None:
        spacing |= {"line": style.line, "lineRule": "auto"}  # type: ignore[dict-item]
    paragraph = properties(
        "pPr",
        [
            element("keepNext") if style.keep else None,
            element("keepLines") if style.keep else None,
            element("spacing", **spacing) if spacing else None,
            element("ind", left=twips(style.left)) if style.left is not None else None,
            element("outlineLvl", val=style.level) if style.level is not None else None,
        ],
    )
    points = half_points(size * style.scale)
    look = properties(
        "rPr",
        [
            *([element("b"), element("bCs")] if style.bold else []),
            element("color", val=style.colour) if style.colour else None,
            *([element("sz", val=points), element("szCs", val=points)] if style.scale else []),
        ],
    )
    return element(
        "style",
        element("name", val=style.name),
        element("basedOn", val=style_id(style.base)),
        *([element("next", val=style_id(style.follow))] if style.follow else []),
        element("qFormat"),
        paragraph,
        look,
        type="paragraph",
        styleId=style_id(style.name),
    )


def _tables() -> list[Element]:
    margins = element(
        "tblCellMar",
        element("top", w=twips(0.8), type="dxa"),
        element("left", w=twips(1.9), type="dxa"),
        element("bottom", w=0, type="dxa"),
        element("right", w=twips(1.9), type="dxa"),
    )
    plain = element(
        "style",
        element("name", val="Normal Table"),
        element("uiPriority", val=99),
        element("tblPr", element("tblInd", w=0, type="dxa"), margins),
        type="table",
        default=1,
        styleId="TableNormal",
    )
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = element("tblBorders", *(element(side, val="single", sz=4, space=0, color="8A8A8A") for side in sides))
    ruled = element(
        "style",
        element("name", val="Table Grid"),
        element("basedOn", val="TableNormal"),
        element("tblPr", borders),
        type="table",
        styleId="TableGrid",
    )
    return [plain, ruled]
