"""What is to be drawn, as plain data for `layout.typ`: lines cut into pieces, labels counted, links resolved."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from coopkm.documents import tree
from coopkm.documents.breaking import pieces
from coopkm.documents.counting import labels, page_numbers
from coopkm.documents.letters import printable, with_thai_digits
from coopkm.documents.links import outward
from coopkm.documents.rasters import readable
from coopkm.documents.shape import even_rows, lines, plain, says, targets, without_outer_breaks
from coopkm.documents.tree import Block, Document, Line, Section

Data = dict[str, Any]

_LETTER = 0.2  # mean width of a letter in millimetres a point of size
_LOW = 12  # lines
_PORTRAIT, _LANDSCAPE = 160.0, 247.0  # width of the text in millimetres


@dataclass(frozen=True)
class Plan:
    """What typst needs: the data, the pictures by file name, the second of creation."""

    data: Data
    pictures: dict[str, bytes]
    timestamp: int


def plan(document: Document) -> Plan:
    """The document as data."""
    return _Planner(document).plan()


@dataclass
class _Planner:
    document: Document
    pictures: dict[str, bytes] = field(default_factory=dict)
    targets: dict[str, str] = field(default_factory=dict)
    labelled: set[str] = field(default_factory=set)
    depth: int = 0
    repeated: bool = False  # in the head of a table: its copies on other pages may hold no links

    def plan(self) -> Plan:
        document = self.document
        self.targets = targets(document, "h")
        data = {
            "title": self.shown(document.title) or "–",
            "author": self.shown(document.author),
            "subject": self.shown(document.subject),
            "keywords": [self.shown(word) for word in document.keywords],
            "lang": document.lang,
            "size": document.size,
            "dated": second_of(document.date) > 0,
            "numbers": page_numbers(document),
            "sections": [self.section(section) for section in document.sections] or [self.section(Section(()))],
        }
        return Plan(data, self.pictures, second_of(document.date))

    def shown(self, text: str) -> str:
        """A text as it stands on paper."""
        text = printable(text)
        return with_thai_digits(text) if self.document.digits == "thai" else text

    def section(self, section: Section) -> Data:
        width = _LANDSCAPE if section.landscape else _PORTRAIT
        return {
            "numbers": section.numbers,
            "restart": section.restart,
            "header": self.line(tree.line(section.header), width / 3),
            "footer": self.line(tree.line(section.footer), width),
            "landscape": section.landscape,
            "blocks": self.blocks(without_outer_breaks(section.blocks), width, page=True),
        }

    # ---- lines ----

    def line(self, line: Line, width: float) -> list[Data]:
        spans = (self.span(span, width) for span in line if span.text)
        return [span for span in spans if span["pieces"]]

    def span(self, span: tree.Span, width: float) -> Data:
        limit = max(3, int(width / (_LETTER * self.document.size)))
        cut: list[Any] = []
        for number, part in enumerate(self.shown(span.text).split("\n")):
            cut += [None] if number else []
            cut += pieces(part, limit)
        look = {name: True for name in ("bold", "italic", "small") if getattr(span, name)}
        return {"pieces": cut, **look, **self.target(span.link)}

    def target(self, link: str) -> Data:
        if self.repeated:
            return {}
        if link.startswith("#"):
            return {"to": self.targets[link[1:]]} if link[1:] in self.targets else {}
        url = outward(link)
        return {"url": url} if url else {}

    # ---- blocks ----

    def blocks(self, blocks: tuple[Block, ...], width: float, page: bool = False) -> list[Data]:
        """Blocks as data. A page break within a frame, a cell or a list would tear it and is left out."""
        return [
            made
            for block in blocks
            if page or not isinstance(block, tree.PageBreak)
            for made in self.block(block, width)
        ]

    def block(self, block: Block, width: float) -> list[Data]:
        return _DRAWN[type(block)](self, block, width)

    def heading(self, block: tree.Heading, width: float) -> list[Data]:
        number, line = self.line(tree.line(block.number), width), self.line(block.line, width)
        if not says(block):
            return []
        if self.repeated:
            return self.paragraph(tree.Paragraph((*tree.line(f"{block.number} ".lstrip()), *block.line)), width)
        self.depth = min(max(block.level, 1), self.depth + 1, 6)  # a level left out is a fault of PDF/UA
        made = {
            "kind": "heading",
            "level": min(max(block.level, 1), 6),
            "depth": self.depth,
            "number": number,
            "line": line,
            "listed": block.listed,
        }
        if block.id and block.id not in self.labelled:
            self.labelled.add(block.id)
            made["label"] = self.targets[block.id]
        return [made]

    def paragraph(self, block: tree.Paragraph, width: float) -> list[Data]:
        scale = {"lead": 1.15, "title": 1.9, "subtitle": 1.25}.get(block.style, 1)
        line = self.line(block.line, width / scale)
        return [{"kind": "paragraph", "line": line, "align": block.align, "style": block.style, "indent": block.indent}]

    def listing(self, block: tree.Listing, width: float) -> list[Data]:
        if not block.items:
            return []
        counted = labels(block, self.document.lang)
        return [
            {
                "kind": "listing",
                "marker": block.marker,
                "labels": [
                    block.marker if label is None else self.line(tree.line(label), width / 2) for label in counted
                ],
                "items": [self.blocks(item.blocks, width - 8) for item in block.items],
            }
        ]

    def table(self, block: tree.Table, width: float) -> list[Data]:
        rows, widths = even_rows(block)
        if not rows:
            return []
        head = min(max(block.head, 0), len(rows))
        made = [self._row(row, widths, width, number < head) for number, row in enumerate(rows)]
        return [
            {
                "kind": "table",
                "rows": made,
                "widths": widths,
                "head": head,
                "height": block.row_height,
                "ruled": block.ruled,
                "caption": self.line(tree.line(block.caption), width),
            }
        ]

    def _row(self, row: list[tree.Cell], widths: list[float], width: float, head: bool) -> list[Data]:
        outer, self.repeated = self.repeated, self.repeated or head
        cells, column = [], 0
        for cell in row:
            share = sum(widths[column : column + cell.columns]) / sum(widths)
            column += cell.columns
            inner = max(width * share - 4, 4)
            blocks = self.blocks(cell.blocks, inner)
            whole = self._is_low(cell.blocks, inner)
            cells.append({"align": cell.align, "columns": cell.columns, "blocks": blocks, "whole": whole})
        self.repeated = outer
        return cells

    def _is_low(self, blocks: tuple[Block, ...], width: float) -> bool:
        """Whether a cell is surely lower than half a page, so that it need not be torn over two."""
        if not all(isinstance(block, tree.Paragraph) for block in blocks):
            return False
        letters = width / (_LETTER * self.document.size)
        texts = [plain(line) for block in blocks for line in lines(block)]
        return sum(len(text) / letters + 1 + text.count("\n") for text in texts) < _LOW

    def box(self, block: tree.Box, width: float) -> list[Data]:
        title = self.line(block.title, width - 8)
        inner = self.blocks(block.blocks, width - 8)
        return [{"kind": "box", "look": block.kind, "title": title, "blocks": inner, "whole": block.whole}]

    def fields(self, block: tree.Fields, width: float) -> list[Data]:
        made = [
            {"label": self.line(tree.line(one.label), width * one.share), "share": one.share, "blank": False}
            for one in block.fields
            if one.share > 0
        ]
        room = 1 - sum(one.share for one in block.fields)
        if room > 0.01:
            made.append({"label": [], "share": room, "blank": True})
        return [{"kind": "fields", "fields": made}]

    def blank(self, block: tree.Blank, _width: float) -> list[Data]:
        return [{"kind": "blank", "lines": block.lines}]

    def picture(self, block: tree.Picture, width: float) -> list[Data]:
        if not readable(block.data, block.format):
            return self.paragraph(tree.Paragraph(tree.line(block.alt)), width)
        file = f"picture{len(self.pictures) + 1}.{block.format}"
        self.pictures[file] = block.data
        alt = self.shown(block.alt)
        return [{"kind": "picture", "file": file, "alt": alt, "width": block.width, "align": block.align}]

    def space(self, block: tree.Space, _width: float) -> list[Data]:
        return [{"kind": "space", "height": block.height}]

    def rule(self, _block: tree.Rule, _width: float) -> list[Data]:
        return [{"kind": "rule"}]

    def page_break(self, _block: tree.PageBreak, _width: float) -> list[Data]:
        return [{"kind": "break"}]

    def together(self, block: tree.Together, width: float) -> list[Data]:
        return [{"kind": "together", "blocks": self.blocks(block.blocks, width)}]

    def contents(self, block: tree.Contents, width: float) -> list[Data]:
        if self.repeated:
            return []
        title = tree.Heading(1, tree.line(block.title), listed=False)
        made = self.heading(title, width) if block.title else []
        return [*made, {"kind": "contents", "depth": max(block.depth, 1)}]


_DRAWN: dict[type, Callable[[_Planner, Any, float], list[Data]]] = {
    tree.Heading: _Planner.heading,
    tree.Paragraph: _Planner.paragraph,
    tree.Listing: _Planner.listing,
    tree.Table: _Planner.table,
    tree.Box: _Planner.box,
    tree.Fields: _Planner.fields,
    tree.Blank: _Planner.blank,
    tree.Picture: _Planner.picture,
    tree.Space: _Planner.space,
    tree.Rule: _Planner.rule,
    tree.PageBreak: _Planner.page_break,
    tree.Together: _Planner.together,
    tree.Contents: _Planner.contents,
}


def second_of(day: str) -> int:
    """Midnight of an ISO day, in seconds since 1970; 0 where there is none."""
    try:
        parsed = date.fromisoformat(day)
    except ValueError:
        return 0
    return max(int(datetime(parsed.year, parsed.month, parsed.day, tzinfo=UTC).timestamp()), 0)
