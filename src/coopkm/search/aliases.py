"""Other words for what a text says: all language knowledge of the search is in the glossary."""

import re
from collections.abc import Iterator

from coopkm.library import Library
from coopkm.model.terms import Term
from coopkm.text.dates import BUDDHIST_OFFSET
from coopkm.text.names import names_pattern

_YEAR = re.compile("(?<![0-9])[12][0-9]{3}(?![0-9])")


def all_names(term: Term) -> Iterator[str]:
    """Everything that people call a term, in both languages."""
    yield term.term.th
    if term.term.en:
        yield term.term.en
    yield from term.abbreviations
    for words in (term.synonyms, term.hidden, term.avoid):
        yield from words.th
        yield from words.en


class Aliases:
    """The names of all terms, and which unit each belongs to."""

    def __init__(self, library: Library) -> None:
        self._shown: dict[str, tuple[str, ...]] = {}
        self._names: dict[str, tuple[str, ...]] = {}
        self._owner: dict[str, str] = {}
        self._of_unit: dict[str, list[str]] = {}
        for placed in library.terms.values():
            term = placed.value
            names = tuple(dict.fromkeys(all_names(term)))
            self._names[term.id] = names
            hidden = {*term.hidden.th, *term.hidden.en}
            self._shown[term.id] = tuple(name for name in names if name not in hidden)
            for name in names:
                if len(name) > 1:
                    self._owner.setdefault(name.casefold(), term.id)
            if term.unit:
                self._of_unit.setdefault(term.unit, []).extend(names)
        self._pattern = names_pattern(self._owner) if self._owner else None

    def of_unit(self, unit: str) -> tuple[str, ...]:
        """Names of the terms whose home is the unit."""
        return tuple(dict.fromkeys(self._of_unit.get(unit, ())))

    def beside(self, text: str, *, hidden: bool = False) -> tuple[str, ...]:
        """The other names of every term that the text mentions.

        With `hidden` also the words that are never shown: a title that mentions a term is about it, while a text
        mentions many terms in passing.
        """
        written = {match.group().casefold() for match in self._pattern.finditer(text)} if self._pattern else set()
        terms = dict.fromkeys(self._term(name) for name in sorted(written))
        known = self._names if hidden else self._shown
        return tuple(name for term in terms for name in known[term] if name.casefold() not in written)

    def _term(self, written: str) -> str:
        singular = (written.removesuffix(ending) for ending in ("", "s", "es"))
        return next(self._owner[name] for name in singular if name in self._owner)


def years_beside(text: str) -> tuple[str, ...]:
    """The years of the text in the other era, as often as they stand in it."""
    return tuple(other for year in _YEAR.findall(text) if (other := _other_era(int(year))))


def _other_era(year: int) -> str:
    if 2400 <= year < 2700:
        return f"ค.ศ. {year - BUDDHIST_OFFSET}"
    return f"พ.ศ. {year + BUDDHIST_OFFSET}" if 1880 <= year < 2100 else ""
