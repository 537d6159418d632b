"""Markdown of authors to blocks of a document: what stands on paper of it, in the same order."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser

from coopkm.documents.tree import Block, Cell, Item, Line, Listing, Marker, Paragraph, Span, Table
from coopkm.text.html import block

_BREAKS = {"p", "li", "ul", "ol", "table", "tr", "td", "th", "blockquote", "pre", "dl", "dt", "dd", "hr"}
_HEADINGS = {"h3", "h4", "h5", "h6"}


def blocks(markdown: str) -> tuple[Block, ...]:
    """Paragraphs, lists and tables of a text. Links are words: paper leads nowhere."""
    reader = _Reader()
    reader.feed(str(block(markdown, lambda _: None)))
    reader.close()
    return reader.finish()


def spans(markdown: str) -> Line:
    """The text as one line; paragraphs are kept apart by line breaks."""
    lines = [part.line for part in _flat(blocks(markdown))]
    joined = [span for one in lines for span in (*one, Span("\n"))][:-1]
    return tuple(joined)


def _flat(found: Sequence[Block]) -> list[Paragraph]:
    result: list[Paragraph] = []
    for one in found:
        if isinstance(one, Paragraph):
            result.append(one)
        elif isinstance(one, Listing):
            result += [inner for item in one.items for inner in _flat(item.blocks)]
        elif isinstance(one, Table):
            result += [inner for row in one.rows for cell in row for inner in _flat(cell.blocks)]
    return result


@dataclass
class _Open:
    """An element that is being read, and what it holds so far."""

    tag: str
    start: int = 1
    blocks: list[Block] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    rows: list[tuple[Cell, ...]] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._stack = [_Open("body")]
        self._line: list[Span] = []
        self._bold = self._italic = 0

    def finish(self) -> tuple[Block, ...]:
        self._end_line()
        return tuple(self._stack[0].blocks)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("strong", "b") or tag in _HEADINGS or tag == "th":
            self._bold += 1
        elif tag in ("em", "i"):
            self._italic += 1
        elif tag == "br":
            self._line.append(Span("\n"))
        if tag in _BREAKS or tag in _HEADINGS:
            self._end_line()
        if tag in ("ul", "ol", "li", "table", "tr", "td", "th"):
            start = dict(attrs).get("start") or "1"
            self._stack.append(_Open(tag, int(start) if start.isdecimal() else 1))

    def handle_endtag(self, tag: str) -> None:
        if tag in _BREAKS or tag in _HEADINGS:
            self._end_line()
        if tag in ("strong", "b") or tag in _HEADINGS or tag == "th":
            self._bold = max(0, self._bold - 1)
        elif tag in ("em", "i"):
            self._italic = max(0, self._italic - 1)
        if len(self._stack) > 1 and self._stack[-1].tag == tag:
            self._close(self._stack.pop())

    def handle_data(self, data: str) -> None:
        text = " ".join(data.split()) if data.strip() else ""
        if not text:
            text = " " if data and self._line else ""
        else:
            text = (" " if data[0].isspace() else "") + text + (" " if data[-1].isspace() else "")
        if text:
            self._line.append(Span(text, bold=bool(self._bold), italic=bool(self._italic)))

    def _end_line(self) -> None:
        line = _trimmed(self._line)
        self._line = []
        if line:
            self._stack[-1].blocks.append(Paragraph(line))

    def _close(self, done: _Open) -> None:
        parent = self._stack[-1]
        if done.tag == "li":
            parent.items.append(Item(tuple(done.blocks)))
        elif done.tag in ("ul", "ol"):
            marker: Marker = "number" if done.tag == "ol" else "bullet"
            parent.blocks.append(Listing(tuple(done.items), marker, done.start))
        elif done.tag in ("td", "th"):
            parent.cells.append(Cell(tuple(done.blocks)))
        elif done.tag == "tr":
            parent.rows.append(tuple(done.cells))
        elif done.rows:
            width = len(done.rows[0])
            rows = tuple((*row, *(Cell() for _ in range(width - len(row))))[:width] for row in done.rows)
            parent.blocks.append(Table(rows, (1.0,) * width))


def _trimmed(line: list[Span]) -> Line:
    """The line without empty ends."""
    while line and not line[0].text.strip():
        line.pop(0)
    while line and not line[-1].text.strip():
        line.pop()
    if not line:
        return ()
    ends = [Span(line[0].text.lstrip(), line[0].bold, line[0].italic), *line[1:]]
    last = ends[-1]
    return (*ends[:-1], Span(last.text.rstrip(), last.bold, last.italic))
