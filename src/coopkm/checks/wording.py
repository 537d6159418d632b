"""Characters and words that are wrong wherever they stand."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from datetime import date
from typing import NamedTuple

from coopkm.library import Article, Library, Wording
from coopkm.model.base import Lang
from coopkm.model.skeleton import UNWRITTEN
from coopkm.problems import Place, Problem, problem
from coopkm.text.unclean import first_invisible, is_composed


class Passage(NamedTuple):
    """A text that readers may see: a wording in one language, or a hand-written page."""

    text: str
    owner: Wording | Article
    lang: Lang | None

    @property
    def name(self) -> str:
        """The field it stands in, or the file."""
        return self.owner.path if isinstance(self.owner, Article) else f"{self.owner.field}.{self.lang}"

    @property
    def is_draft(self) -> bool:
        """Whether it stands in a draft, which may still say what its document says."""
        return isinstance(self.owner, Wording) and getattr(self.owner.placed.value, "status", "") == "draft"

    def place(self, offset: int) -> Place:
        """Where the character at `offset` stands."""
        if isinstance(self.owner, Article):
            return self.owner.place_in(offset)
        return self.owner.placed.place_in((*self.owner.loc, str(self.lang)), offset)


def text_is_clean(library: Library, today: date) -> Iterator[Problem]:
    for passage in _passages(library, lambda text: not is_composed(text) or first_invisible(text) is not None):
        text = passage.text
        if not is_composed(text):
            yield problem(passage.place(_first_decomposed(text)), "not-composed", name=passage.name)
        found = first_invisible(text)
        if found:
            char = f"U+{ord(found.group()):04X} {unicodedata.name(found.group(), '')}".strip()
            yield problem(passage.place(found.start()), "invisible-character", name=passage.name, char=char)


def _first_decomposed(text: str) -> int:
    composed = unicodedata.normalize("NFC", text)
    return next((at for at, (a, b) in enumerate(zip(text, composed, strict=False)) if a != b), len(composed))


def no_listed_misprints(library: Library, today: date) -> Iterator[Problem]:
    """An error, and a warning in a draft: there a person has yet to look at the document."""
    right = {placed.value.wrong: placed.value.right for placed in library.misprints.values()}
    if not right:
        return
    # Longest first, so that a longer misprint is not told as the shorter one inside it.
    pattern = re.compile("|".join(re.escape(wrong) for wrong in sorted(right, key=len, reverse=True)))
    for passage in _passages(library, lambda text: pattern.search(text) is not None):
        for match in pattern.finditer(passage.text):
            place = passage.place(match.start())
            code = "misprint-draft" if passage.is_draft else "misprint"
            yield problem(place, code, wrong=match.group(), right=right[match.group()])


def nothing_is_unwritten(library: Library, today: date) -> Iterator[Problem]:
    """What an import leaves to be written is written before the unit is shown."""
    for wording in library.wordings:
        if wording.text.th.startswith(UNWRITTEN) and getattr(wording.placed.value, "status", "") == "ready":
            yield problem(wording.placed.place((*wording.loc, "th")), "unwritten", name=wording.field, mark=UNWRITTEN)


def _passages(library: Library, suspect: Callable[[str], bool]) -> Iterator[Passage]:
    """Texts that are suspect; of all others nothing is made."""
    for wording in library.wordings:
        thai, english = wording.text.th, wording.text.en
        if suspect(thai):
            yield Passage(thai, wording, "th")
        if english is not None and suspect(english):
            yield Passage(english, wording, "en")
    for article in library.articles.values():
        if suspect(article.text):
            yield Passage(article.text, article, None)
