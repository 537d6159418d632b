"""Markdown of authors as lines and blocks of printed matter: bold words, paragraphs and lists, and nothing else."""

import re

from coopkm.documents.tree import Block, Item, Line, Listing, Marker, Paragraph, Span
from coopkm.text.plain import plain_text

_BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*", re.DOTALL)
_COUNTED = re.compile("(?<=[0-9]) (?=[\u0e01-\u0e2e\u0e40-\u0e44])")
_ITEM = re.compile(r"^[ \t]*(?:[-*+]|\d+[.)])[ \t]+")


def spans(markdown: str, *, bold: bool = False, italic: bool = False) -> Line:
    """One line; words between ** are bold."""
    pieces = _BOLD.split(" ".join(markdown.split()))
    return tuple(
        Span(_spaced(piece), bold=bold or at % 2 == 1, italic=italic) for at, piece in enumerate(pieces) if piece
    )


def _spaced(piece: str) -> str:
    """A piece without its mark-up; the spaces at its ends part it from its neighbours.

    No line ends between a number and the Thai word that it counts.
    """
    before, after = piece[: len(piece) - len(piece.lstrip())], piece[len(piece.rstrip()) :]
    return _COUNTED.sub("\u00a0", f"{before}{plain_text(piece.strip())}{after}") if piece.strip() else piece


def blocks(markdown: str) -> tuple[Block, ...]:
    """Paragraphs and lists."""
    parts = (part.splitlines() for part in re.split(r"\n[ \t]*\n", markdown.strip()))
    return tuple(
        _listing(lines) if all(map(_ITEM.match, lines)) else Paragraph(spans("\n".join(lines))) for lines in parts
    )


def _listing(lines: list[str]) -> Listing:
    marker: Marker = "number" if lines[0].lstrip()[:1].isdigit() else "bullet"
    return Listing(tuple(Item((Paragraph(spans(_ITEM.sub("", line))),)) for line in lines), marker=marker)
