"""Blocks as XHTML elements, for books that are read on a screen."""

from collections.abc import Callable, Iterable
from typing import Any
from xml.etree import ElementTree as ET

from coopkm.documents.counting import labels
from coopkm.documents.letters import printable, with_thai_digits
from coopkm.documents.links import outward
from coopkm.documents.tree import (
    Blank,
    Block,
    Box,
    Cell,
    Document,
    Fields,
    Heading,
    Item,
    Line,
    Listing,
    Paragraph,
    Picture,
    Rule,
    Space,
    Span,
    Table,
    Together,
)
from coopkm.documents.tree import line as text_line
from coopkm.reading.pictures import fault_of

_BOXES = {"box": "☐", "radio": "○"}


def plain(line: Line) -> str:
    """The letters of a line."""
    return " ".join("".join(span.text for span in line).split())


class Body:
    """Turns blocks into elements; `places` says in which file the heading of an id stands. Collects pictures."""

    def __init__(self, document: Document, places: dict[str, str]) -> None:
        self.document = document
        self.places = places
        self.pictures: dict[str, bytes] = {}
        self._used: set[str] = set()

    def elements(self, blocks: Iterable[Block]) -> list[ET.Element]:
        return [made for block in blocks for made in self._block(block)]

    def shown(self, text: str) -> str:
        text = printable(text)
        return with_thai_digits(text) if self.document.digits == "thai" else text

    def title(self, heading: Heading) -> str:
        return self.shown(f"{heading.number} {plain(heading.line)}".strip())

    def href(self, name: str) -> str:
        return f"{self.places[name]}.xhtml#{name}"

    def _block(self, block: Block) -> list[ET.Element]:
        make = _MAKERS.get(type(block))
        return make(self, block) if make else []

    # ---- lines ----

    def _into(self, parent: ET.Element, line: Line) -> ET.Element:
        for span in line:
            self._span(parent, span)
        return parent

    def _span(self, parent: ET.Element, span: Span) -> None:
        target = self._target(span.link)
        inner = ET.SubElement(parent, "a", {"href": target}) if target else parent
        for name in (name for name, on in (("b", span.bold), ("i", span.italic), ("small", span.small)) if on):
            inner = ET.SubElement(inner, name)
        first, *rest = self.shown(span.text).split("\n")
        _append(inner, first)
        for words in rest:
            ET.SubElement(inner, "br")
            _append(inner, words)

    def _target(self, link: str) -> str:
        if link.startswith("#"):
            return self.href(link[1:]) if link[1:] in self.places else ""
        return outward(link)

    # ---- blocks ----

    def heading(self, block: Heading) -> list[ET.Element]:
        made = ET.Element(f"h{min(max(block.level, 1), 6)}")
        if block.id and block.id not in self._used:
            self._used.add(block.id)
            made.set("id", block.id)
        if block.number:
            _append(made, self.shown(f"{block.number} "))
        return [self._into(made, block.line)]

    def paragraph(self, block: Paragraph) -> list[ET.Element]:
        names = [name for name in (block.style, block.align) if name not in ("body", "left")]
        made = ET.Element("p", {"class": " ".join(names)} if names else {})
        return [self._into(made, block.line)]

    def listing(self, block: Listing) -> list[ET.Element]:
        """Bullets and numbers are those of the reader; other labels are written."""
        typed = block.marker in ("letter", "box", "radio") or any(item.label for item in block.items)
        if block.marker == "number" and not typed:
            made = ET.Element("ol", {"start": str(block.start)} if block.start != 1 else {})
        else:
            made = ET.Element("ul", {"class": "labelled"} if typed or block.marker == "none" else {})
        counted = labels(block, self.document.lang)
        for item, label in zip(block.items, counted, strict=True):
            words = (label if label is not None else _BOXES[block.marker]) if typed else ""
            made.append(self._item(item, words))
        return [made] if len(made) else []

    def _item(self, item: Item, label: str) -> ET.Element:
        made = ET.Element("li")
        made.extend(self.elements(item.blocks))
        if label:
            words = self.shown(f"{label} ")
            first = made[0] if len(made) and made[0].tag == "p" else made
            first.text = words + (first.text or "")
        return made

    def table(self, block: Table) -> list[ET.Element]:
        made = ET.Element("table", {"class": "ruled"} if block.ruled else {})
        if block.caption:
            ET.SubElement(made, "caption").text = self.shown(block.caption)
        for name, tag, rows in (("thead", "th", block.rows[: block.head]), ("tbody", "td", block.rows[block.head :])):
            if rows:
                part = ET.SubElement(made, name)
                for row in rows:
                    self._row(ET.SubElement(part, "tr"), row, tag)
        return [made] if block.rows else []

    def _row(self, parent: ET.Element, row: tuple[Cell, ...], tag: str) -> None:
        for cell in row:
            made = ET.SubElement(parent, tag, {"colspan": str(cell.columns)} if cell.columns > 1 else {})
            if cell.align != "left":
                made.set("class", cell.align)
            made.extend(self.elements(cell.blocks))

    def box(self, block: Box) -> list[ET.Element]:
        made = ET.Element("div", {"class": f"box box-{block.kind}"})
        if block.title:
            made.append(self._into(ET.Element("p", {"class": "box-title"}), block.title))
        made.extend(self.elements(block.blocks))
        return [made]

    def fields(self, block: Fields) -> list[ET.Element]:
        made = []
        for field in block.fields:
            row = ET.Element("p", {"class": "field"})
            row.text = self.shown(f"{field.label} ")
            made.append(row)
        return made

    def blank(self, block: Blank) -> list[ET.Element]:
        return [ET.Element("div", {"class": "blank"}) for _ in range(block.lines)]

    def picture(self, block: Picture) -> list[ET.Element]:
        """The picture as a file of the book; its words where it may not be one."""
        if fault_of(block.data, block.format):
            return self.paragraph(Paragraph(text_line(block.alt)))
        name = next((name for name, raw in self.pictures.items() if raw == block.data), "")
        name = name or f"picture-{len(self.pictures)}.{block.format}"
        self.pictures[name] = block.data
        made = ET.Element("p", {"class": block.align})
        ET.SubElement(made, "img", {"src": name, "alt": self.shown(block.alt), "style": f"width: {block.width:g}mm"})
        return [made]

    def rule(self, block: Rule) -> list[ET.Element]:
        return [ET.Element("hr")]

    def space(self, block: Space) -> list[ET.Element]:
        return []

    def together(self, block: Together) -> list[ET.Element]:
        return self.elements(block.blocks)


def _append(parent: ET.Element, text: str) -> None:
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


_MAKERS: dict[type[Any], Callable[[Body, Any], list[ET.Element]]] = {
    Heading: Body.heading,
    Paragraph: Body.paragraph,
    Listing: Body.listing,
    Table: Body.table,
    Box: Body.box,
    Fields: Body.fields,
    Blank: Body.blank,
    Picture: Body.picture,
    Rule: Body.rule,
    Space: Body.space,
    Together: Body.together,
}
