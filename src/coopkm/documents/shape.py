"""Blocks seen as a whole: all that lie within others, tables with their rows made even, texts of lines."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from coopkm.documents import tree
from coopkm.documents.letters import printable
from coopkm.documents.tree import Block, Cell, Document, Heading, Line, Table


def walk(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks and all within them, in the order in which they are read."""
    for block in blocks:
        yield block
        yield from walk(_within(block))


def _within(block: Block) -> Iterator[Block]:
    if isinstance(block, tree.Listing):
        for item in block.items:
            yield from item.blocks
    elif isinstance(block, tree.Table):
        for row in block.rows:
            for cell in row:
                yield from cell.blocks
    elif isinstance(block, tree.Box | tree.Together):
        yield from block.blocks


def headings(document: Document) -> Iterator[Heading]:
    """The headings that have a place in print: not those without words, nor those in the head of a table.

    The head is drawn on every page of the table, so nothing in it is a target.
    """

    def found(blocks: Iterable[Block]) -> Iterator[Heading]:
        for block in blocks:
            if isinstance(block, tree.Heading):
                yield from [block] if says(block) else []
            elif isinstance(block, tree.Table):
                yield from found(_within(replace(block, rows=block.rows[max(block.head, 0) :])))
            else:
                yield from found(_within(block))

    return found(block for section in document.sections for block in section.blocks)


def says(heading: Heading) -> bool:
    """Whether a heading has words."""
    return bool(printable(f"{heading.number}{plain(heading.line)}").strip())


def targets(document: Document, prefix: str) -> dict[str, str]:
    """Ids of headings to names that any format takes; the first heading of an id has it."""
    ids = dict.fromkeys(heading.id for heading in headings(document) if heading.id)
    return {name: f"{prefix}{number}" for number, name in enumerate(ids, 1)}


def lines(block: Block) -> tuple[Line, ...]:
    """The lines of a block itself, without those of blocks within it."""
    if isinstance(block, tree.Heading | tree.Paragraph):
        return (block.line,)
    return (block.title,) if isinstance(block, tree.Box) else ()


def plain(line: Line) -> str:
    """The letters of a line."""
    return "".join(span.text for span in line)


def without_outer_breaks(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks of a section without page breaks at its beginning and end: it has pages of its own anyway."""
    kept = [place for place, block in enumerate(blocks) if not isinstance(block, tree.PageBreak)]
    return blocks[kept[0] : kept[-1] + 1] if kept else ()


def even_rows(table: Table) -> tuple[list[list[Cell]], list[float]]:
    """The rows with as many columns each as there are widths, and a width above 0 for each.

    Cells are added where a row is short, widths where it is long.
    """
    spans = [[max(cell.columns, 1) for cell in row] for row in table.rows]
    columns = max([len(table.widths), *(sum(row) for row in spans)], default=0)
    given = [width for width in table.widths if width > 0]
    usual = sum(given) / len(given) if given else 1.0
    widths = [width if width > 0 else usual for width in table.widths]
    widths += [usual] * (columns - len(widths))
    rows = []
    for row, counts in zip(table.rows, spans, strict=True):
        cells = [replace(cell, columns=count) for cell, count in zip(row, counts, strict=True)]
        rows.append(cells + [Cell()] * (columns - sum(counts)))
    return rows, widths
