"""One way of saying things, the same in both languages, in portions that can be read."""

import re
from collections.abc import Iterator
from datetime import date

from coopkm.library import Library, Wording
from coopkm.model.base import LANGS
from coopkm.problems import Problem, problem
from coopkm.text.dates import BUDDHIST_OFFSET
from coopkm.text.markup import without_code
from coopkm.text.measure import longest_run, numbers, words

MAX_RUN = 120  # characters of Thai without a space
MAX_PARAGRAPH = 60  # words
_SPELT_OUT = 12  # numbers up to here may be words in one language and digits in the other
_REGISTRIES = ("source:", "document:", "term:")


def preferred_names(library: Library, today: date) -> Iterator[Problem]:
    """Names that a term lists under `avoid` are not used; the preferred one is named."""
    for lang in LANGS:
        preferred = {
            variant.casefold(): term.value.term.shown(lang)
            for term in library.terms.values()
            for variant in getattr(term.value.avoid, lang)
        }
        if preferred:
            yield from _avoided(library, lang, preferred)


def _avoided(library: Library, lang: str, preferred: dict[str, str]) -> Iterator[Problem]:
    names = sorted(preferred, key=len, reverse=True)
    border = r"(?<![A-Za-z])(?:{})(?![A-Za-z])"
    pattern = re.compile(border.format("|".join(map(re.escape, names))), re.IGNORECASE)
    for wording in _written(library):
        text = getattr(wording.text, lang)
        for match in pattern.finditer(text or ""):
            place = wording.placed.place_in((*wording.loc, lang), match.start())
            right = preferred[match.group().casefold()]
            yield problem(place, "term-avoid", text=match.group(), preferred=right)


def same_numbers(library: Library, today: date) -> Iterator[Problem]:
    """A number of one language stands in the other; years may be Buddhist in Thai and Christian in English."""
    for wording in _written(library):
        if wording.text.en is None or wording.text.stale:
            continue
        thai, english = numbers(wording.text.th), numbers(wording.text.en)
        for number in sorted(_alone(thai, english, -BUDDHIST_OFFSET) | _alone(english, thai, BUDDHIST_OFFSET)):
            place = wording.placed.place((*wording.loc, "en"))
            yield problem(place, "numbers-differ", name=wording.field, number=number)


def _alone(these: set[int], others: set[int], year_shift: int) -> set[int]:
    return {
        number
        for number in these - others
        if number > _SPELT_OUT and not (1900 < number < 2700 and number + year_shift in others)
    }


def readable_portions(library: Library, today: date) -> Iterator[Problem]:
    """No Thai runs on without a space, no paragraph goes on without end."""
    for wording in _written(library):
        run = longest_run(wording.text.th) if len(wording.text.th) > MAX_RUN else None
        if run and len(run.group()) > MAX_RUN:
            place = wording.placed.place_in((*wording.loc, "th"), run.start())
            yield problem(place, "run-long", length=len(run.group()), limit=MAX_RUN)
        for lang in LANGS:
            yield from _paragraphs(wording, lang, getattr(wording.text, lang) or "")


def _paragraphs(wording: Wording, lang: str, text: str) -> Iterator[Problem]:
    if len(text) <= MAX_PARAGRAPH:  # a word takes a letter at least
        return
    offset = 0
    for paragraph in re.split(r"(\n\s*\n|\n(?=\s*[-*|]|\s*\d+[.)]))", without_code(text)):
        count = words(paragraph)
        if count > MAX_PARAGRAPH and not paragraph.lstrip().startswith("|"):
            place = wording.placed.place_in((*wording.loc, lang), offset)
            yield problem(place, "paragraph-long", count=count, limit=MAX_PARAGRAPH)
        offset += len(paragraph)


def _written(library: Library) -> Iterator[Wording]:
    """Texts that people read through, as against the labels of the registries."""
    return (wording for wording in library.wordings if not wording.owner.startswith(_REGISTRIES))
