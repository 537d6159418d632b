"""A document understood: what is set aside, what is the cover, and the sections of all the rest."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from coopkm.imports.contents import contents_of
from coopkm.imports.furniture import furniture
from coopkm.imports.headings import heading_levels, is_known
from coopkm.imports.letters import bare, restored
from coopkm.imports.paragraphs import Joiner, Paragraph, width
from coopkm.imports.rows import Row, Source
from coopkm.imports.sections import Builder, Section
from coopkm.imports.words import words

_COVER = 140  # letters a line of a cover has at most
_COVER_LINES = 8
_SIGNATURE = re.compile(
    r"\(?\s*(?:{})\s?[\u0e01-\u0e4e]+\s+[\u0e01-\u0e4e]+\s*\)?".format("|".join(map(re.escape, words()["persons"])))
)

Reason = Literal[
    "header",
    "footer",
    "page-number",
    "contents",
    "cover",
    "signature",
    "comment",
    "note",
    "diagram",
    "no-letters",
    "lone-heading",
    "table-head",
]


@dataclass
class Outline:
    """A document understood: its sections, rows set aside with the reason, jumps in numbering, what was put right."""

    sections: list[Section]
    aside: dict[int, Reason]
    jumps: list[tuple[int, str]]
    counts: Counter[str]
    cover: list[str]


def outline_of(source: Source) -> Outline:
    """The outline of a document. Each row is in a section, below its heading, or set aside."""
    counts: Counter[str] = Counter()
    aside: dict[int, Reason] = dict(furniture(source.rows))  # type: ignore[arg-type]
    rest = [row for row in source.rows if row.number not in aside]
    contents = contents_of(rest)
    aside |= dict.fromkeys(contents.rows, "contents")
    aside |= {row.number: _apart(row) for row in rest if _apart(row) and row.number not in aside}  # type: ignore[misc]
    rows = [row for row in rest if row.number not in aside]
    joiner = Joiner(rows, counts)
    paragraphs = joiner.join(rows)
    levels = heading_levels(paragraphs, contents, apart=source.form == "docx" and not joiner.is_wrapped)
    cover = _cover(paragraphs, levels)
    builder = Builder(counts)
    builder.build(paragraphs[len(cover) :], levels[len(cover) :])
    aside |= dict.fromkeys(builder.heads, "table-head")
    told = [paragraph.text for paragraph in cover]
    front = _front(builder.sections) if not cover else 0
    before = [row for paragraph in cover for row in paragraph.rows]
    for section in builder.sections[:front]:
        told += [section.title, *(piece.text for piece in section.pieces)]
        before += [*section.rows, *(row for piece in section.pieces for row in piece.rows)]
    aside |= dict.fromkeys(before, "cover")
    below = builder.sections[front:]
    aside |= {row: "lone-heading" for section in below if _is_lone(section) for row in section.rows}
    return Outline([section for section in below if not _is_lone(section)], aside, builder.jumps, counts, told)


def _is_lone(section: Section) -> bool:
    return not section.pieces and not section.heads


def _front(sections: Sequence[Section]) -> int:
    """How many sections are a cover set in large letters: no list, nothing long, before the first known heading."""
    count = 0
    for section in sections:
        pieces = section.pieces
        small = len(pieces) <= _COVER_LINES and all(
            not piece.label and not piece.cells and width(piece.text) <= _COVER for piece in pieces
        )
        if section.heads or not small or is_known(section.title):
            break
        count += 1
    return count if count < len(sections) - 1 else 0


def _apart(row: Row) -> Reason | None:
    if row.part == "comment" or row.part == "note" or row.part == "diagram":
        return row.part
    if not bare(row.shown):
        return "no-letters"
    if _SIGNATURE.fullmatch(restored(row.text, Counter())):
        return "signature"
    return None


def _cover(paragraphs: Sequence[Paragraph], levels: Sequence[int]) -> list[Paragraph]:
    """Short lines before the first heading; where text stands there, the first line is a heading itself."""
    first = next((at for at, level in enumerate(levels) if level), 0)
    if all(width(p.text) <= _COVER and not p.label and not p.first.cells for p in paragraphs[:first]):
        return list(paragraphs[:first])
    return []
