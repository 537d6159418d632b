"""Which kind of unit a section becomes: words of its heading say so, or boxes to tick."""

import re
from collections.abc import Sequence
from functools import lru_cache

from coopkm.imports.labels import BOXES
from coopkm.imports.sections import Section
from coopkm.imports.words import words

_BOX = re.compile(f"[{BOXES}]")


def kind_of(section: Section) -> tuple[str, str]:
    """Its kind, and what says so, or an empty text."""
    boxes = [piece.label for piece in section.pieces if _BOX.search(piece.label)]
    if boxes and 2 * len(boxes) >= len(section.pieces):
        return "checklist", boxes[0]
    kind, word = _named((section.title, *reversed(section.above)))
    if kind == "procedure" and not any(piece.label for piece in section.pieces):
        return "background", word  # no step of it is told
    return kind, word


@lru_cache(maxsize=1)
def _kind_words() -> list[tuple[str, str]]:
    """(word, kind), the longest first."""
    rows = [(word.casefold(), kind) for kind, found in words()["kinds"].items() for word in found]
    return sorted(rows, key=lambda row: -len(row[0]))


def _named(titles: Sequence[str]) -> tuple[str, str]:
    """The kind that the heading names, else one of those above it, and the word that says so.

    The first word of a kind counts, since Thai puts the head of a phrase first; of those that begin there, the longest.
    """
    for title in titles:
        text = " ".join(title.split()).casefold()
        found = [(at, word, kind) for word, kind in _kind_words() if (at := _place(word, text)) >= 0]
        if found:
            _, word, kind = min(found, key=lambda row: row[0])
            return kind, word
    return "background", ""


def _place(word: str, text: str) -> int:
    """Where a word stands in a text, or -1; a Latin one must stand apart."""
    if not word.isascii():
        return text.find(word)
    match = re.search(rf"(?<![a-z]){re.escape(word)}(?![a-z])", text)
    return match.start() if match else -1
