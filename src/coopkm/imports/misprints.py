"""Misprints of the known list: found with their places, and proposed; the drafts keep what the document says."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from coopkm.imports.drafts import Draft
from coopkm.imports.outline import Piece
from coopkm.imports.rows import Row
from coopkm.model.terms import Misprint


@dataclass(frozen=True)
class Proposal:
    """A misprint at its place, and the draft that holds it, if one does."""

    misprint: Misprint
    row: Row
    draft: str
    around: str


_AROUND = 20


def proposals(known: Iterable[Misprint], rows: Sequence[Row], drafts: Sequence[Draft]) -> list[Proposal]:
    """Every listed misprint of a document, in its order; the longest where several fit."""
    right = {one.wrong: one for one in known}
    if not right:
        return []
    pattern = _pattern(right)
    owner = {row: draft.id for draft in drafts for row in draft.rows}
    return [
        Proposal(right[match.group()], row, owner.get(row.number, ""), _around(row.text, match))
        for row in rows
        for match in pattern.finditer(row.text)
    ]


def corrected(text: str, known: Iterable[Misprint]) -> str:
    """The text as it is proposed."""
    right = {one.wrong: one.right for one in known}
    return _pattern(right).sub(lambda match: right[match.group()], text) if right else text


def _pattern(right: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(wrong) for wrong in sorted(right, key=len, reverse=True)))


def _around(text: str, match: re.Match[str]) -> str:
    start, end = max(0, match.start() - _AROUND), match.end() + _AROUND
    return ("…" if start else "") + " ".join(text[start:end].split()) + ("…" if end < len(text) else "")


def texts_of(pieces: Iterable[Piece]) -> Iterable[str]:
    """All texts of pieces."""
    for piece in pieces:
        for part in piece.walk():
            yield part.text
            yield from part.cells
