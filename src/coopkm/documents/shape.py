"""Blocks seen as a whole: all that lie within others, tables with their rows made even, texts of lines."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from coopkm.documents import tree
from coopkm.documents.tree import Block, Cell, Line, Table


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
