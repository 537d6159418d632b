"""Rows of tables: which cell says what the row is about, and what the columns mean."""

import re
from collections.abc import Sequence
from dataclasses import replace

from coopkm.imports.letters import bare
from coopkm.imports.sections import Piece
from coopkm.imports.words import words


def cells_of(piece: Piece) -> list[Piece]:
    """The cells of a row: the first that says something, then the others with the names of their columns."""
    cells = [(at, line) for at, cell in enumerate(piece.cells) for line in cell.split("\n") if bare(line)]
    if not cells:
        return [replace(piece, cells=())]
    main = next((at for at, (column, text) in enumerate(cells) if not is_counter(piece, column, text)), 0)
    made = [Piece(cells[main][1], piece.rows, piece.page)]
    for at, (column, text) in enumerate(cells):
        head = piece.head[column].replace("\n", " ") if piece.head and column != cells[main][0] else ""
        if at != main:
            made.append(Piece(_named(head, text), piece.rows, piece.page))
    return made


def is_counter(piece: Piece, column: int, text: str) -> bool:
    """Whether a cell only counts the rows."""
    if piece.head and piece.head[column].casefold().strip() in words()["counters"]:
        return True
    return bool(re.fullmatch(r"[0-9๐-๙]{1,3}[.)]?", text))


def _named(head: str, text: str) -> str:
    """A cell with the name of its column."""
    if not head:
        return text
    return f"{head} {text}" if head.casefold().strip() in words()["counters"] else f"{head}: {text}"


def columns_of(head: Sequence[str]) -> dict[int, str]:
    """Column -> field of a problem."""
    found: dict[int, str] = {}
    for at, name in enumerate(head):
        for column, known in words()["columns"].items():
            if column not in found.values() and any(word in name.casefold() for word in known):
                found[at] = column
                break
    return found
