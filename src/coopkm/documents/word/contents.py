"""The table of contents: a field that Word brings up to date, filled in as well as we know."""

from collections.abc import Iterable, Iterator
from typing import Protocol

from coopkm.documents import tree
from coopkm.documents.shape import headings, plain
from coopkm.documents.word.xml import Element, element, properties, twips


def field(instruction: str, shown: Iterable[Element], *, begin: bool = True, end: bool = True) -> list[Element]:
    """A field of Word with what it shows until it is brought up to date."""
    made: list[Element] = []
    if begin:
        code = element("instrText")
        code.text = f" {instruction} "
        code.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        made += [_sign("begin"), element("r", code), _sign("separate")]
    made += shown
    return [*made, _sign("end")] if end else made


def _sign(kind: str) -> Element:
    return element("r", element("fldChar", fldCharType=kind))


def entries(document: tree.Document, depth: int) -> Iterator[tuple[int, int, tree.Heading]]:
    """The listed headings down to a level: how many came before, level, heading."""
    for number, block in enumerate((heading for heading in headings(document) if heading.listed), 1):
        level = min(max(block.level, 1), 6)
        if level <= depth:
            yield number, level, block


class Draws(Protocol):
    """What this needs of the drawing."""

    document: tree.Document
    pages: list[str]

    def text(self, text: str) -> list[Element]: ...


def table_of_contents(drawing: Draws, block: tree.Contents, width: float) -> list[Element]:
    """The paragraphs of a table of contents: its title and the field with an entry for each heading."""
    depth = min(max(block.depth, 1), 6)
    found = list(entries(drawing.document, depth))
    code = f'TOC \\o "1-{depth}" \\h \\z'
    made = []
    for place, (number, level, heading) in enumerate(found):
        content = field(code, [_entry(drawing, number, heading)], begin=place == 0, end=place == len(found) - 1)
        tab = element("tabs", element("tab", val="right", leader="dot", pos=twips(width)))
        style = element("pStyle", val=f"Toc{min(level, 4)}")
        made.append(element("p", properties("pPr", [style, tab]), *content))
    if not made:
        made = [element("p", *field(code, []))]
    return made


def _entry(drawing: Draws, number: int, heading: tree.Heading) -> Element:
    mark = f"_Toc{number:08d}"
    page = drawing.pages[number - 1] if number <= len(drawing.pages) else ""
    words = " ".join(f"{heading.number}  {plain(heading.line)}".split("\n")).strip()
    shown = field(f"PAGEREF {mark} \\h", drawing.text(page))
    return element("hyperlink", *drawing.text(words), element("r", element("tab")), *shown, anchor=mark, history=1)
