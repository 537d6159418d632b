"""A word is the name of one term only."""

from collections.abc import Iterator
from datetime import date

from coopkm.library import Library
from coopkm.model.base import Loc
from coopkm.model.terms import Term
from coopkm.problems import Problem, problem


def names_differ(library: Library, today: date) -> Iterator[Problem]:
    owners: dict[str, str] = {}
    for name, placed in library.terms.items():
        for loc, text in term_names(placed.value):
            other = owners.setdefault(text.casefold(), name)
            if other != name:
                yield problem(placed.place(loc), "duplicate-term", text=text, other=other)


def term_names(term: Term) -> Iterator[tuple[Loc, str]]:
    """Everything that a term is called, with its location."""
    yield ("term", "th"), term.term.th
    if term.term.en:
        yield ("term", "en"), term.term.en
    for index, text in enumerate(term.abbreviations):
        yield ("abbreviations", index), text
    for lang in ("th", "en"):
        for index, text in enumerate(getattr(term.synonyms, lang)):
            yield ("synonyms", lang, index), text
