"""Misprints of the known list: found with their places, and proposed; the drafts keep what the document says."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from coopkm.imports.drafts import Draft
from coopkm.imports.letters import restored
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
    lines = {row.number: restored(row.text, Counter()) for row in rows}
    found = [
        Proposal(right[match.group()], row, owner.get(row.number, ""), _around(lines[row.number], match))
        for row in rows
        for match in pattern.finditer(lines[row.number])
    ]
    over = [one for draft in drafts for one in _over_lines(draft, lines, pattern)]
    at = {row.number: row for row in rows}
    found += [Proposal(right[match.group()], at[row], owner[row], _around(match.string, match)) for row, match in over]
    return sorted(found, key=lambda one: one.row.number)


def _over_lines(
    draft: Draft, lines: Mapping[int, str], pattern: re.Pattern[str]
) -> Iterator[tuple[int, re.Match[str]]]:
    """Misprints that a line break of the document divided: only the joined text shows them."""
    for piece in (part for whole in draft.section.pieces for part in whole.walk()):
        if len(piece.rows) > 1:
            for match in pattern.finditer(piece.text):
                if not any(match.group() in lines[row] for row in piece.rows):
                    yield piece.rows[0], match


def corrected(text: str, known: Iterable[Misprint]) -> str:
    """The text as it is proposed."""
    right = {one.wrong: one.right for one in known}
    return _pattern(right).sub(lambda match: right[match.group()], text) if right else text


def _pattern(right: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(wrong) for wrong in sorted(right, key=len, reverse=True)))


def _around(text: str, match: re.Match[str]) -> str:
    start, end = max(0, match.start() - _AROUND), match.end() + _AROUND
    return ("…" if start else "") + " ".join(text[start:end].split()) + ("…" if end < len(text) else "")
