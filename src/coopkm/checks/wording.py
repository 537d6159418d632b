"""Characters and words that are wrong wherever they stand."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date

from coopkm.library import Library
from coopkm.model.base import LANGS, texts
from coopkm.problems import Place, Problem, problem
from coopkm.text.unclean import first_invisible, is_composed

Passage = tuple[str, str, "Placing"]


class Placing:
    """Turns an offset in a passage into a place."""

    def __init__(self, library: Library, owner: object, loc: tuple[str | int, ...]) -> None:
        self.owner = owner
        self.loc = loc

    def __call__(self, offset: int) -> Place:
        return self.owner.place_in(self.loc, offset)  # type: ignore[attr-defined, no-any-return]


def _passages(library: Library) -> Iterator[tuple[str, str, "Placing | _ArticlePlacing"]]:
    """Every text that readers may see: name of its field, the text, and how to find a place in it."""
    for _, placed in library.bilingual():
        for loc, text in texts(placed.value):
            for lang in LANGS:
                value = getattr(text, lang)
                if value is not None:
                    yield f"{_name(loc)}.{lang}", value, Placing(library, placed, (*loc, lang))
    for article in library.articles.values():
        yield article.path, article.text, _ArticlePlacing(article.path, article.text)


class _ArticlePlacing:
    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text

    def __call__(self, offset: int) -> Place:
        before = self.text[:offset]
        return Place(self.path, before.count("\n") + 1, offset - before.rfind("\n"))


def _name(loc: tuple[str | int, ...]) -> str:
    return next((step for step in reversed(loc) if isinstance(step, str)), "")


def text_is_clean(library: Library, today: date) -> Iterator[Problem]:
    for name, text, place in _passages(library):
        if not is_composed(text):
            yield problem(place(_first_decomposed(text)), "not-composed", name=name)
        found = first_invisible(text)
        if found:
            char = f"U+{ord(found.group()):04X} {unicodedata.name(found.group(), '')}".strip()
            yield problem(place(found.start()), "invisible-character", name=name, char=char)


def _first_decomposed(text: str) -> int:
    composed = unicodedata.normalize("NFC", text)
    return next((at for at, (a, b) in enumerate(zip(text, composed, strict=False)) if a != b), len(composed))


def no_listed_misprints(library: Library, today: date) -> Iterator[Problem]:
    right = {placed.value.wrong: placed.value.right for placed in library.misprints.values()}
    if not right:
        return
    # Longest first, so that a longer misprint is not told as the shorter one inside it.
    pattern = re.compile("|".join(re.escape(wrong) for wrong in sorted(right, key=len, reverse=True)))
    for _, text, place in _passages(library):
        for match in pattern.finditer(text):
            yield problem(place(match.start()), "misprint", wrong=match.group(), right=right[match.group()])
