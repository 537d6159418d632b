"""Sections in portions that one file can hold, a problem a file."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from coopkm.imports.kinds import kind_of
from coopkm.imports.sections import Piece, Section
from coopkm.imports.tables import cells_of, columns_of

_TEXT = 15_000  # of the 20,000 letters that a text may have
_POINTS = 150  # of one draft
_LETTERS = 150_000  # of one draft: half a megabyte


def _problems(section: Section) -> Iterator[Section]:
    """A table of problems, causes and cures: each row is a section of its own, what else there is another."""
    table = [piece for piece in section.pieces if len(columns_of(piece.head)) > 1]
    if not table or kind_of(section)[0] != "problem":
        yield section
        return
    rest = [piece for piece in section.pieces if piece not in table]
    if rest:
        yield replace(section, pieces=rest)
    above = (*section.above, section.title)
    for piece in table:
        yield Section(cells_of(piece)[0].text, (), piece.page, section.level + 1, above=above, pieces=[piece])


def portions_of(sections: Iterable[Section]) -> Iterator[Section]:
    """Sections that one file can hold; headings that only stand over others have nothing of their own."""
    for section in (part for whole in sections for part in _problems(whole)):
        pieces = [part for piece in section.pieces for part in _short(piece)]
        if not pieces:
            continue
        start = letters = 0
        for at, piece in enumerate(pieces):
            size = sum(len(part.text) + sum(map(len, part.cells)) for part in piece.walk())
            if at > start and (at - start >= _POINTS or letters + size > _LETTERS):
                yield replace(section, pieces=pieces[start:at], rows=section.rows if not start else ())
                start, letters = at, 0
            letters += size
        yield replace(section, pieces=pieces[start:], rows=section.rows if not start else ())


def _short(piece: Piece) -> Iterator[Piece]:
    """A piece whose text is longer than a text may be, in several."""
    texts = list(_cut(piece.text, _TEXT))
    parts = [inner for part in piece.parts for inner in _short(part)]
    cells = tuple(cell[:_TEXT] for cell in piece.cells)
    rest = [
        replace(piece, text=cell[at : at + _TEXT], parts=[], cells=(), head=())
        for cell in piece.cells
        for at in range(_TEXT, len(cell), _TEXT)
    ]
    yield replace(piece, text=texts[0], parts=parts, cells=cells)
    for text in texts[1:]:
        yield replace(piece, text=text, label="", numbers=(), parts=[])
    yield from rest


def _cut(text: str, limit: int) -> Iterator[str]:
    while len(text) > limit:
        at = text.rfind(" ", 0, limit)
        at = at if at > limit // 2 else limit
        yield text[:at].rstrip()
        text = text[at:].lstrip()
    yield text
