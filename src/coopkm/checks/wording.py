"""Characters and words that are wrong wherever they stand."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from datetime import date

from coopkm.library import Library, Wording
from coopkm.model.base import LANGS, Lang
from coopkm.problems import Place, Problem, problem
from coopkm.text.unclean import first_invisible, is_composed

Placing = Callable[[int], Place]


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


def _passages(library: Library) -> Iterator[tuple[str, str, Placing]]:
    """Every text that readers may see: name of its field, the text, and how to find a place in it."""
    for wording in library.wordings:
        for lang in LANGS:
            value = getattr(wording.text, lang)
            if value is not None:
                yield f"{wording.field}.{lang}", value, _placing(wording, lang)
    for article in library.articles.values():
        yield article.path, article.text, article.place_in


def _placing(wording: Wording, lang: Lang) -> Placing:
    return lambda offset: wording.placed.place_in((*wording.loc, lang), offset)
