"""Markdown of authors as blocks. What it may hold, and which links it keeps, `coopkm.text.html` decides."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser

from coopkm.documents.tree import (
    Align,
    Block,
    Cell,
    Heading,
    Item,
    Line,
    Listing,
    Paragraph,
    Rule,
    Span,
    Table,
)
from coopkm.text import html

Resolve = Callable[[str], str | None]

_VOID = frozenset("br hr wbr".split())
_INLINE = frozenset("a abbr b br code del em i ins kbd mark s small strong sub sup u wbr".split())
_LOOKS = {"b": "bold", "strong": "bold", "i": "italic", "em": "italic", "small": "small"}
_SPACES = re.compile("[ \t\r\n\f]+")  # not a no-break space


def blocks(text: str, resolve: Resolve | None = None, shift: int = 0) -> tuple[Block, ...]:
    """Markdown of several paragraphs as blocks.

    `resolve` turns a link into the site (`unit:`, `term:`, `source:`) into an address or `#id`; what it answers None
    for, and without it every such link, stays as its words. Links to the web are kept. `shift` is added to the levels
    of headings.
    """
    return tuple(_blocks(_parsed(text, resolve).children, shift))


def inline(text: str, resolve: Resolve | None = None) -> Line:
    """Markdown within a line; paragraphs are kept apart by a line break. Lists and tables become their words."""
    lines = [line for block in blocks(text, resolve) for line in _lines(block) if line]
    joined: list[Span] = []
    for number, line in enumerate(lines):
        joined += [Span("\n")] * bool(number) + list(line)
    return _merged(joined)


# ---- HTML as a tree ----


@dataclass
class _Node:
    tag: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    children: "list[_Node | str]" = field(default_factory=list)


class _Reader(HTMLParser):
    """Sanitised HTML is well formed; an end tag without a start is passed over all the same."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [_Node()]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = _Node(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(node)
        if tag not in _VOID:
            self.open.append(node)

    def handle_endtag(self, tag: str) -> None:
        if any(node.tag == tag for node in self.open[1:]):
            while self.open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def _parsed(text: str, resolve: Resolve | None) -> _Node:
    reader = _Reader()
    reader.feed(html.block(text, resolve or (lambda _link: None)))
    reader.close()
    return reader.open[0]


# ---- blocks ----


def _blocks(children: "list[_Node | str]", shift: int) -> Iterator[Block]:
    """Blocks of the children; words that stand between blocks are a paragraph of their own."""
    loose: list[_Node | str] = []
    for child in children:
        if isinstance(child, str) or child.tag in _INLINE:
            loose.append(child)
            continue
        yield from _paragraph(loose)
        loose = []
        yield from _block(child, shift)
    yield from _paragraph(loose)


def _paragraph(children: "list[_Node | str]") -> Iterator[Block]:
    line = _line(children)
    if line:
        yield Paragraph(line)


def _block(node: _Node, shift: int) -> Iterator[Block]:
    if node.tag in ("ul", "ol"):
        yield _listing(node, shift)
    elif node.tag == "table":
        yield _table(node, shift)
    elif node.tag == "hr":
        yield Rule()
    elif re.fullmatch("h[1-6]", node.tag):
        yield Heading(max(1, min(6, int(node.tag[1]) + shift)), _line(node.children))
    elif node.tag == "pre":
        text = "".join(_text(node)).strip("\n")
        yield Paragraph((Span(text),))
    else:
        yield from _other(node, shift)


def _other(node: _Node, shift: int) -> Iterator[Block]:
    """Paragraphs, quotations, and lists of definitions."""
    if node.tag == "dt":
        yield from (Paragraph(_bold(_line([child]))) for child in [node] if _line(node.children))
    elif node.tag in ("dd", "blockquote"):
        inner = tuple(_blocks(node.children, shift))
        if inner:
            yield Listing((Item(inner),), marker="none")
    elif node.tag == "p":
        yield from _paragraph(node.children)
    else:
        yield from _blocks(node.children, shift)


def _bold(line: Line) -> Line:
    return tuple(replace(span, bold=True) for span in line)


def _listing(node: _Node, shift: int) -> Listing:
    items = [
        Item(tuple(_blocks(child.children, shift)))
        for child in node.children
        if isinstance(child, _Node) and child.tag == "li"
    ]
    start = node.attributes.get("start", "")
    number = int(start) if re.fullmatch("[0-9]{1,4}", start) else 1
    return Listing(tuple(items), "number" if node.tag == "ol" else "bullet", number)


def _table(node: _Node, shift: int) -> Table:
    rows: list[tuple[Cell, ...]] = []
    head = 0
    for row in _within(node, "tr"):
        cells = [child for child in row.children if isinstance(child, _Node) and child.tag in ("td", "th")]
        rows.append(tuple(Cell(tuple(_blocks(cell.children, shift)), _align(cell)) for cell in cells))
        head += bool(cells) and len(rows) == head + 1 and all(cell.tag == "th" for cell in cells)
    return Table(tuple(rows), _widths(rows), head)


def _within(node: _Node, tag: str) -> Iterator[_Node]:
    for child in node.children:
        if isinstance(child, _Node):
            if child.tag == tag:
                yield child
            else:
                yield from _within(child, tag)


def _align(cell: _Node) -> Align:
    given = cell.attributes.get("align", "")
    return "center" if given == "center" else "right" if given == "right" else "left"


def _widths(rows: list[tuple[Cell, ...]]) -> tuple[float, ...]:
    """Shares that follow how much stands in a column, within a fourth and the whole of the fullest."""
    columns = max((len(row) for row in rows), default=0)
    longest = [1] * columns
    for row in rows:
        for column, cell in enumerate(row):
            longest[column] = max(
                longest[column], sum(len(span.text) for block in cell.blocks for span in _spans(block))
            )
    full = max(longest, default=1)
    return tuple(max(length, full / 4, 1) for length in longest)


def _spans(block: Block) -> Iterator[Span]:
    for line in _lines(block):
        yield from line


# ---- lines ----


def _lines(block: Block) -> Iterator[Line]:
    """The lines of a block of those that Markdown makes."""
    if isinstance(block, Paragraph | Heading):
        yield block.line
    elif isinstance(block, Listing):
        yield from (line for item in block.items for inner in item.blocks for line in _lines(inner))
    elif isinstance(block, Table):
        yield from (line for row in block.rows for cell in row for inner in cell.blocks for line in _lines(inner))


def _line(children: "list[_Node | str]") -> Line:
    return _merged(list(_inline(children, Span(""))))


def _inline(children: "list[_Node | str]", look: Span) -> Iterator[Span]:
    for child in children:
        if isinstance(child, str):
            yield replace(look, text=_SPACES.sub(" ", child))
        elif child.tag == "br":
            yield replace(look, text="\n")
        else:
            yield from _inline(child.children, _looking(child, look))


def _looking(node: _Node, look: Span) -> Span:
    if node.tag == "a" and node.attributes.get("href"):
        return replace(look, link=node.attributes["href"])
    name = _LOOKS.get(node.tag)
    return replace(look, **{name: True}) if name else look  # type: ignore[arg-type]


def _merged(spans: list[Span]) -> Line:
    """Spans of one look become one; no space at either end or beside a line break."""
    merged: list[Span] = []
    for span in spans:
        if merged and replace(merged[-1], text="") == replace(span, text=""):
            merged[-1] = replace(span, text=merged[-1].text + span.text)
        elif span.text:
            merged.append(span)
    for number, span in enumerate(merged):
        text = re.sub(" *\n *", "\n", span.text)
        text = text.lstrip(" \n") if number == 0 else text
        text = text.rstrip(" \n") if number == len(merged) - 1 else text
        merged[number] = replace(span, text=text)
    return tuple(span for span in merged if span.text)


def _text(node: _Node) -> Iterator[str]:
    for child in node.children:
        if isinstance(child, str):
            yield child
        else:
            yield from _text(child)
