"""Which entries hold a token, and with which weight."""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from coopkm.search.analysis import Analysis
from coopkm.search.entries import Entry
from coopkm.text.folding import BREAK

IMPACT_BITS = 5
_COUNTED = 20  # a token that stands more often in a field is worth no more
_FIELDS = ("title", "text", "alias", "title_alias")


@dataclass(frozen=True)
class Index:
    """Token to its entries: whole numbers that hold an entry's number above `IMPACT_BITS` bits of impact."""

    size: int
    lists: Mapping[str, array[int]]

    def postings(self, token: str) -> list[tuple[int, int]]:
        """Number and impact of every entry that holds the token."""
        mask = (1 << IMPACT_BITS) - 1
        return [(packed >> IMPACT_BITS, packed & mask) for packed in self.lists.get(token, ())]


def index(entries: Iterable[Entry], analysis: Analysis) -> Index:
    """The index of entries, which are numbered in their order."""
    listed = list(entries)
    weigher = _Weigher(analysis, listed)
    lists: defaultdict[str, array[int]] = defaultdict(_no_postings)
    for number, entry in enumerate(listed):
        above = number << IMPACT_BITS
        for token, impact in weigher.impacts(entry).items():
            lists[token].append(above | impact)
    return Index(len(listed), lists)


def _no_postings() -> array[int]:
    return array("I")


class _Weigher:
    """BM25 in each field, summed over the fields with their weights, in whole steps.

    Of other names only whether they hold a token counts, not how often: many names of a term share their letters.
    """

    def __init__(self, analysis: Analysis, entries: list[Entry]) -> None:
        self._analysis = analysis
        self._weights: Mapping[str, Any] = analysis.rules["weights"]
        self._mean = {name: _mean(_length(entry, name) for entry in entries) for name in _FIELDS}
        self._tokens_of_name = lru_cache(maxsize=100_000)(lambda name: frozenset(analysis.tokens(name)))

    def impacts(self, entry: Entry) -> dict[str, int]:
        """Token to impact."""
        found: defaultdict[str, float] = defaultdict(float)
        for name in _FIELDS:
            by_count = self._by_count(name, _length(entry, name))
            for token, count in self._counts(entry, name).items():
                found[token] += by_count[count if count < _COUNTED else _COUNTED]
        levels, per_step = self._weights["levels"], 1 / self._weights["step"]
        made = {token: min(levels, int(value * per_step + 0.5)) or 1 for token, value in found.items()}
        for name in (entry.title, *entry.names):
            made.update(dict.fromkeys(self._analysis.name_tokens(name), levels))
        return made

    def _by_count(self, name: str, length: int) -> list[float]:
        """What a token is worth in a field of so many characters, by how often it stands there."""
        k1, b, weight = self._weights["k1"], self._weights["b"], self._weights[name]
        norm = k1 * (1 - b + b * length / self._mean[name])
        return [weight * (k1 + 1) * count / (count + norm) for count in range(_COUNTED + 1)]

    def _counts(self, entry: Entry, name: str) -> Mapping[str, int]:
        if name == "title":
            return Counter(self._analysis.tokens(entry.title))
        if name == "text":
            return Counter(self._analysis.tokens(BREAK.join((*entry.passages, *entry.years))))
        names: tuple[str, ...] = getattr(entry, name)
        return dict.fromkeys(frozenset().union(*map(self._tokens_of_name, names)), 1)


def _length(entry: Entry, name: str) -> int:
    if name == "title":
        return len(entry.title)
    return sum(map(len, entry.passages if name == "text" else getattr(entry, name)))


def _mean(lengths: Iterable[int]) -> float:
    filled = [length for length in lengths if length]
    return sum(filled) / len(filled) if filled else 1.0
