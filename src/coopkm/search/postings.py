"""Which entries hold a token, and with which weight."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from coopkm.search.analysis import Analysis
from coopkm.search.entries import Entry
from coopkm.search.folding import BREAK

IMPACT_BITS = 5


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
    weigh = _Weigher(analysis, listed)
    lists: dict[str, array[int]] = {}
    for number, entry in enumerate(listed):
        above = number << IMPACT_BITS
        for token, impact in weigh.impacts(entry):
            found = lists.get(token)
            if found is None:
                found = lists[token] = array("I")
            found.append(above | impact)
    return Index(len(listed), lists)


class _Weigher:
    """BM25 in each field, summed over the fields with their weights, in whole steps."""

    def __init__(self, analysis: Analysis, entries: list[Entry]) -> None:
        weights: Mapping[str, Any] = analysis.rules["weights"]
        self._analysis = analysis
        self._k1, self._b = weights["k1"], weights["b"]
        self._step, self._levels = weights["step"], weights["levels"]
        self._fields = [(name, weights[name]) for name in ("title", "text", "alias", "title_alias")]
        self._mean = {name: sum(map(len, fields)) / max(1, len(fields)) or 1.0 for name, fields in _texts(entries)}
        self._tokens_of_name = lru_cache(maxsize=100_000)(lambda name: Counter(analysis.tokens(name)))

    def impacts(self, entry: Entry) -> Iterator[tuple[str, int]]:
        found: dict[str, float] = {}
        for name, weight in self._fields:
            text = _field(entry, name)
            if not text:
                continue
            norm = self._k1 * (1 - self._b + self._b * len(text) / self._mean[name])
            most = weight * (self._k1 + 1)
            for token, count in self._counts(entry, name, text).items():
                found[token] = found.get(token, 0.0) + most * count / (count + norm)
        for token, value in found.items():
            yield token, max(1, min(self._levels, round(value / self._step)))
        for token in sorted({token for name in (entry.title, *entry.names) for token in self._names(name)}):
            yield token, self._levels

    def _names(self, name: str) -> list[str]:
        return self._analysis.name_tokens(name)

    def _counts(self, entry: Entry, name: str, text: str) -> Counter[str]:
        if name in ("title", "text"):
            return Counter(self._analysis.tokens(text))
        counts: Counter[str] = Counter()
        for alias in getattr(entry, name):
            counts.update(self._tokens_of_name(alias))
        return counts


def _field(entry: Entry, name: str) -> str:
    if name == "title":
        return entry.title
    return BREAK.join((*entry.passages, *entry.years) if name == "text" else getattr(entry, name))


def _texts(entries: list[Entry]) -> Iterator[tuple[str, list[str]]]:
    for name in ("title", "text", "alias", "title_alias"):
        yield name, [text for entry in entries if (text := _field(entry, name))]
