"""Blocks as paragraphs and tables of Word."""

from collections.abc import Callable, Iterable
from copy import deepcopy
from dataclasses import dataclass, field, replace
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE

from coopkm.documents import tree
from coopkm.documents.links import outward
from coopkm.documents.shape import even_rows, says
from coopkm.documents.tree import Block, Document, Line
from coopkm.documents.word.contents import table_of_contents
from coopkm.documents.word.lines import runs, shown
from coopkm.documents.word.numbering import LEVELS, STEP, Numbering
from coopkm.documents.word.pictures import drawing
from coopkm.documents.word.styles import style_id
from coopkm.documents.word.xml import Element, element, properties, twips

PARAGRAPH = {
    "body": "Normal",
    "lead": "Lead",
    "small": "Small",
    "note": "Note",
    "title": "Title",
    "subtitle": "Subtitle",
}
_BOXES = {  # border, its eighths of a point, its colour, the ground
    "plain": ("single", 6, "8A8A8A", ""),
    "note": ("single", 24, "1B6B4A", "EEF4F1"),
    "warning": ("single", 12, "9A5B00", "FFF8E8"),
    "answer": ("dotted", 8, "1B4F8A", "F2F6FB"),
    "card": ("dashed", 6, "8A8A8A", ""),
}
_LETTER = 0.2  # mean width of a letter in millimetres a point of size
_SIDES = ("top", "left", "bottom", "right")


@dataclass(frozen=True)
class Place:
    """Where blocks stand: millimetres from the left and of room, depth of lists, what their paragraphs are like."""

    width: float
    left: float = 0
    level: int = 0
    style: str = ""  # of paragraphs of running text
    keep: bool = False  # with what follows
    align: str = ""
    head: bool = False  # of a table: what stands there is no target


@dataclass
class Drawing:
    """What grows while a document is written: lists, bookmarks, links and pictures, counted each from 1."""

    document: Document
    part: Any  # the part of the package that holds the body
    numbering: Numbering
    pages: list[str]  # of the listed headings, as far as known
    targets: dict[str, str]  # id of a heading to the name of its bookmark
    marked: int = 0
    listed: int = 0
    pictures: int = 0
    labelled: set[str] = field(default_factory=set)

    def blocks(self, blocks: Iterable[Block], place: Place, page: bool = False) -> list[Element]:
        """Blocks as elements.

        A page break stands as a property of the paragraph that follows it; within a frame, a cell or a list it would
        tear that and is left out.
        """
        made: list[Element] = []
        broken = False
        for block in blocks:
            if isinstance(block, tree.PageBreak):
                broken = page and (bool(made) or broken)
                continue
            drawn = _DRAWN[type(block)](self, block, place)
            if broken and drawn:
                drawn = _on_new_page(drawn)
                broken = False
            made += drawn
        return made

    # ---- lines ----

    def line(self, line: Line) -> list[Element]:
        return [made for span in line for made in self._span(span)]

    def text(self, text: str) -> list[Element]:
        return self.line(tree.line(text)) if text else []

    def _span(self, span: tree.Span) -> list[Element]:
        text = shown(span.text, self.document.digits == "thai")
        url, mark = outward(span.link), self.targets.get(span.link[1:]) if span.link.startswith("#") else None
        made = runs(span, text, self.document.size, link=bool(url))
        if not made or not (url or mark):
            return made
        link = element("hyperlink", *made, history=1)
        if mark:
            link.set(_w("anchor"), mark)
        else:
            link.set(_r("id"), self.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
        return [link]

    def paragraph_of(self, style: str, content: Iterable[Element], place: Place, *more: Element | None) -> Element:
        """A paragraph of a style, set in as its place asks; `more` are properties that come before those."""
        given = {child.tag for child in more if child is not None}
        ours = [
            element("pStyle", val=style_id(style)) if style != "Normal" else None,
            element("keepNext") if place.keep else None,
            element("ind", left=twips(place.left)) if place.left else None,
            element("jc", val=place.align) if place.align not in ("", "left") else None,
        ]
        kept = [child for child in ours if child is not None and child.tag not in given]
        return element("p", properties("pPr", [*kept, *more]), *content)

    # ---- blocks ----

    def heading(self, block: tree.Heading, place: Place) -> list[Element]:
        level = min(max(block.level, 1), 6)
        content = self.line(block.line)
        if block.number:
            content = [*self.text(f"{block.number}  "), *content]
        if not says(block):
            return []
        if place.head:
            return [self.paragraph_of(place.style or "Normal", content, place)]
        if block.id and block.id not in self.labelled:
            self.labelled.add(block.id)
            content = self.bookmark(self.targets[block.id], content)
        if block.listed:
            self.listed += 1
            content = self.bookmark(f"_Toc{self.listed:08d}", content)
        style = f"heading {level}" if block.listed else f"Unlisted heading {level}"
        return [self.paragraph_of(style, content, replace(place, style=""))]

    def bookmark(self, name: str, content: list[Element]) -> list[Element]:
        self.marked += 1
        start = element("bookmarkStart", id=self.marked, name=name)
        return [start, *content, element("bookmarkEnd", id=self.marked)]

    def paragraph(self, block: tree.Paragraph, place: Place) -> list[Element]:
        style = PARAGRAPH[block.style]
        style = place.style if style == "Normal" and place.style else style
        align = block.align if block.align != "left" else place.align
        indent = element("ind", left=twips(place.left), firstLine=twips(25)) if block.indent else None
        return [self.paragraph_of(style, self.line(block.line), replace(place, align=align), indent)]

    def listing(self, block: tree.Listing, place: Place) -> list[Element]:
        level = min(place.level, LEVELS - 1)
        counted = block.marker != "none" and not all(item.label for item in block.items)
        number = self.numbering.listed(block, level) if counted else 0
        # A label of its own that is wider than what Word counts moves its text to the right.
        label = max((len(item.label) for item in block.items), default=0) * _LETTER * self.document.size + 2
        hanging = max(STEP - 2, label)
        left = STEP * level + hanging + 2
        inner = replace(place, left=left, width=place.width - STEP, level=level + 1, style="List Continue")
        return [made for item in block.items for made in self._item(item, number, block.marker, inner, hanging)]

    def _item(self, item: tree.Item, number: int, marker: str, place: Place, hanging: float) -> list[Element]:
        first = item.blocks[0] if item.blocks else tree.paragraph("")
        rest = item.blocks[1:]
        if not isinstance(first, tree.Paragraph):
            first, rest = tree.paragraph(""), item.blocks
        content = self.line(first.line)
        if item.label:
            content = [*self.text(item.label), element("r", element("tab")), *content]
        style = {"bullet": "List Bullet", "number": "List Number"}.get(marker, "List Paragraph")
        style = style if first.style == "body" else PARAGRAPH[first.style]
        count = self._count(item, number, place, hanging)
        return [self.paragraph_of(style, content, replace(place, left=0), *count), *self.blocks(rest, place)]

    def _count(self, item: tree.Item, number: int, place: Place, hanging: float) -> list[Element]:
        """The properties by which Word counts an item, or sets its own label out to the left."""
        if item.label:
            return [element("ind", left=twips(place.left), hanging=twips(hanging))]
        if not number:
            return [element("ind", left=twips(place.left))]
        return [element("numPr", element("ilvl", val=min(place.level, LEVELS) - 1), element("numId", val=number))]

    def table(self, block: tree.Table, place: Place) -> list[Element]:
        rows, shares = even_rows(block)
        if not rows:
            return []
        widths = [twips(place.width * share / sum(shares)) for share in shares]
        head = min(max(block.head, 0), len(rows))
        made = element("tbl", self._table_properties(block, place, sum(widths)), _grid(widths))
        for number, row in enumerate(rows):
            keep = place.keep and number < len(rows) - 1
            inner = place.head or number < head
            around = Place(0, style="Table Head" if inner else "Compact", keep=keep, head=inner)
            made.append(self._row(block, row, widths, around))
        caption = []
        if block.caption:
            caption = [self.paragraph_of("caption", self.text(block.caption), place, element("keepNext"))]
        return [*caption, made, self._gap(place)]

    def _table_properties(self, block: tree.Table, place: Place, width: int) -> Element:
        return properties(
            "tblPr",
            [
                element("tblStyle", val="TableGrid" if block.ruled else "TableNormal"),
                element("tblW", w=width, type="dxa"),
                element("tblInd", w=twips(place.left), type="dxa"),
                element("tblLayout", type="fixed"),
                element(
                    "tblLook",
                    firstRow=1 if block.head else 0,
                    lastRow=0,
                    firstColumn=0,
                    lastColumn=0,
                    noHBand=1,
                    noVBand=1,
                ),
            ],
        )

    def _row(self, block: tree.Table, row: list[tree.Cell], widths: list[int], around: Place) -> Element:
        rules = [element("cantSplit")]
        if block.row_height > 0 and not around.head:
            rules.append(element("trHeight", val=twips(block.row_height), hRule="atLeast"))
        if around.head:
            rules.append(element("tblHeader"))
        made = element("tr", properties("trPr", rules))
        column = 0
        for cell in row:
            width = sum(widths[column : column + cell.columns])
            column += cell.columns
            place = replace(around, width=max(width * 25.4 / 1440 - 4, 4), align=cell.align)
            shade = element("shd", val="clear", color="auto", fill="E9EFEC") if around.head and block.ruled else None
            span = element("gridSpan", val=cell.columns) if cell.columns > 1 else None
            content = _ending(self.blocks(cell.blocks, place), self.paragraph_of("Compact", [], place))
            made.append(element("tc", properties("tcPr", [element("tcW", w=width, type="dxa"), span, shade]), *content))
        return made

    def _gap(self, place: Place) -> Element:
        """A line of hardly any height: without it Word would join two tables, or refuse a cell that ends with one."""
        return self.paragraph_of("Gap", [], replace(place, left=0, align=""))

    def box(self, block: tree.Box, place: Place) -> list[Element]:
        inner = Place(place.width - 8, style="Compact", head=place.head)
        content = [self.paragraph_of("Box Title", self.line(block.title), inner)] if block.title else []
        content += self.blocks(block.blocks, inner)
        border, size, colour, ground = _BOXES[block.kind]
        sides = ("left",) if block.kind == "note" else _SIDES
        width = twips(place.width)
        cell = properties(
            "tcPr",
            [
                element("tcW", w=width, type="dxa"),
                element("tcBorders", *(element(side, val=border, sz=size, space=0, color=colour) for side in sides)),
                element("shd", val="clear", color="auto", fill=ground) if ground else None,
                element(
                    "tcMar",
                    *(
                        element(side, w=twips(room), type="dxa")
                        for side, room in zip(_SIDES, (2, 3, 1, 3), strict=True)
                    ),
                ),
            ],
        )
        rules = properties("trPr", [element("cantSplit")] if block.whole else [])
        row = element("tr", rules, element("tc", cell, *_ending(content, self.paragraph_of("Compact", [], inner))))
        look = properties(
            "tblPr",
            [
                element("tblStyle", val="TableNormal"),
                element("tblW", w=width, type="dxa"),
                element("tblInd", w=twips(place.left), type="dxa"),
                element("tblLayout", type="fixed"),
            ],
        )
        return [self._gap(place), element("tbl", look, _grid([width]), row), self._gap(place)]

    def fields(self, block: tree.Fields, place: Place) -> list[Element]:
        stops, content, end = [], [], place.left
        for number, one in enumerate(block.fields):
            start, end = end, end + place.width * one.share
            if number:
                stops.append(element("tab", val="left", pos=twips(start)))
                content.append(element("r", element("tab")))
            last = number == len(block.fields) - 1
            stops.append(
                element("tab", val="right" if last else "left", leader="dot", pos=twips(end - (0 if last else 4)))
            )
            content += [*self.text(f"{one.label} "), element("r", element("tab"))]
        return [self.paragraph_of("Form Field", content, place, element("tabs", *stops))]

    def blank(self, block: tree.Blank, place: Place) -> list[Element]:
        stop = element("tabs", element("tab", val="right", leader="dot", pos=twips(place.left + place.width)))
        return [
            self.paragraph_of("Writing Line", [element("r", element("tab"))], place, _copy(stop))
            for _ in range(block.lines)
        ]

    def picture(self, block: tree.Picture, place: Place) -> list[Element]:
        self.pictures += 1
        alt = shown(block.alt, self.document.digits == "thai")
        made = drawing(self.part, block, alt, min(block.width, place.width), self.pictures)
        content = [element("r", made)] if made is not None else self.text(block.alt)
        return [self.paragraph_of("Normal", content, replace(place, align=block.align))]

    def space(self, block: tree.Space, place: Place) -> list[Element]:
        height = element("spacing", before=0, after=0, line=max(twips(block.height), 1), lineRule="exact")
        return [self.paragraph_of("Gap", [], place, height)]

    def rule(self, _block: tree.Rule, place: Place) -> list[Element]:
        border = element("pBdr", element("bottom", val="single", sz=4, space=1, color="8A8A8A"))
        return [self.paragraph_of("Gap", [], place, border, element("spacing", before=60, after=160))]

    def together(self, block: tree.Together, place: Place) -> list[Element]:
        made = self.blocks(block.blocks, replace(place, keep=True))
        for mark in made[-1].findall(f"{_w('pPr')}/{_w('keepNext')}") if made else ():
            mark.getparent().remove(mark)  # the last of them does not hold on to what follows
        return made

    def contents(self, block: tree.Contents, place: Place) -> list[Element]:
        if place.head:
            return []
        title = tree.Heading(1, tree.line(block.title), listed=False)
        made = self.heading(title, place) if block.title else []
        return [*made, *table_of_contents(self, block, place.width), self._gap(place)]


def _w(name: str) -> str:
    return f"{{http://schemas.openxmlformats.org/wordprocessingml/2006/main}}{name}"


def _r(name: str) -> str:
    return f"{{http://schemas.openxmlformats.org/officeDocument/2006/relationships}}{name}"


def _copy(given: Element) -> Element:
    return deepcopy(given)


def _grid(widths: list[int]) -> Element:
    return element("tblGrid", *(element("gridCol", w=width) for width in widths))


def _ending(content: list[Element], empty: Element) -> list[Element]:
    """A cell must end with a paragraph."""
    return content if content and content[-1].tag == _w("p") else [*content, empty]


def _on_new_page(drawn: list[Element]) -> list[Element]:
    first = drawn[0]
    if first.tag != _w("p"):
        first = element("p", properties("pPr", [element("pStyle", val="Gap")]))
        drawn = [first, *drawn]
    old = first.get_or_add_pPr()
    first.replace(old, properties("pPr", [*old, element("pageBreakBefore")]))
    return drawn


_DRAWN: dict[type, Callable[[Drawing, Any, Place], list[Element]]] = {
    tree.Heading: Drawing.heading,
    tree.Paragraph: Drawing.paragraph,
    tree.Listing: Drawing.listing,
    tree.Table: Drawing.table,
    tree.Box: Drawing.box,
    tree.Fields: Drawing.fields,
    tree.Blank: Drawing.blank,
    tree.Picture: Drawing.picture,
    tree.Space: Drawing.space,
    tree.Rule: Drawing.rule,
    tree.Together: Drawing.together,
    tree.Contents: Drawing.contents,
}
