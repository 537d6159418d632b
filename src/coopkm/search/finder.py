"""Search over all languages of a project. `find.js` does the same in the browser."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from coopkm.search.analysis import Analysis
from coopkm.search.entries import Entry
from coopkm.search.layout import other_layout
from coopkm.search.matching import Snippet, closeness, snippet
from coopkm.search.ranking import SHORTEST, Postings, Query, known, query, rank
from coopkm.search.suggest import nearest_name


@dataclass(frozen=True)
class Corpus:
    """What can be found in one language, and where its lists are."""

    lang: str
    entries: Sequence[Entry]
    postings: Postings
    priors: Mapping[str, float]

    @cached_property
    def prior(self) -> list[float]:
        """For each entry how its kind stands behind others."""
        return [self.priors.get(entry.kind, 1.0) for entry in self.entries]

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of each entry by its key."""
        return {entry.key: number for number, entry in enumerate(self.entries)}


class Found(NamedTuple):
    """A result: the entry that is shown and its language, and the entry that the query stands in."""

    entry: Entry
    lang: str
    score: float
    matched: Entry
    matched_lang: str


@dataclass(frozen=True)
class Answer:
    """Results best first.

    `reading` is the query in the other keyboard layout where that was meant, `suggestion` a name that may have been
    meant; `near` says that nothing fits well, and that these are only the nearest. `known` is the share of the
    query that is known at all.
    """

    asked: Query
    results: list[Found]
    known: float = 0.0
    reading: str = ""
    suggestion: str = ""
    near: bool = False


@dataclass(frozen=True)
class Finder:
    """Answers queries; `corpora` by language, `names` what may be suggested in each."""

    corpora: Mapping[str, Corpus]
    names: Mapping[str, Sequence[str]]
    analysis: Analysis
    _joined: dict[str, list[tuple[str, str]]] = field(default_factory=dict)

    def find(self, text: str, lang: str) -> Answer:
        """What a reader of the language is shown; read in the other keyboard layout where that is better known."""
        answer = self._read(text, lang)
        weights = self.analysis.rules["weights"]
        other = other_layout(text, self.analysis.rules) if len(answer.asked.joined) > SHORTEST else ""
        if answer.known < weights["hardly_known"] and other:
            read = self._read(other, lang)
            if len(read.asked.joined) > SHORTEST and read.known >= answer.known + weights["better_known"]:
                return Answer(read.asked, read.results, read.known, other, read.suggestion, read.near)
        return answer

    def snippet(self, answer: Answer, found: Found) -> Snippet:
        """The passage of a result that the query fits best."""
        return snippet(found.matched.passages, answer.asked.letters, self.analysis)

    def _read(self, text: str, lang: str) -> Answer:
        asked = query(text, self.analysis)
        langs = [lang, *(other for other in self.corpora if other != lang and asked.is_foreign(lang))]
        best: dict[int, tuple[float, str, int]] = {}
        top = 0.0
        for one in langs:
            corpus = self.corpora[one]
            for hit in rank(asked, corpus.postings, self.analysis, corpus.prior):
                number = self._own_number(one, hit.number, lang)
                top = max(top, hit.share)
                if number not in best or hit.score > best[number][0]:
                    best[number] = hit.score, one, hit.number
        share = max(known(asked, self.corpora[one].postings) for one in langs)
        ordered = sorted(best.items(), key=lambda row: (-row[1][0], row[0]))
        results = [self._found(score, one, number, lang) for _, (score, one, number) in ordered]
        weights = self.analysis.rules["weights"]
        return Answer(
            asked,
            self._closest_first(asked, results),
            share,
            suggestion="" if share == 1 else nearest_name(asked.joined, self._names(lang)),
            near=len(asked.joined) > SHORTEST and top * share < weights["near"],
        )

    def _own_number(self, one: str, number: int, lang: str) -> int:
        """The number of the same entry in the reader's language; entries without one come after all others."""
        if one == lang:
            return number
        own = self.corpora[lang]
        return own.numbers.get(self.corpora[one].entries[number].key, len(own.entries) + number)

    def _found(self, score: float, one: str, number: int, lang: str) -> Found:
        matched, own = self.corpora[one].entries[number], self.corpora[lang]
        twin = own.numbers.get(matched.key)
        shown, shown_lang = (matched, one) if twin is None else (own.entries[twin], lang)
        return Found(shown, shown_lang, score, matched, one)

    def _closest_first(self, asked: Query, results: list[Found]) -> list[Found]:
        """The best ones again, by how closely the query stands in them."""
        if not results:
            return results
        weights = self.analysis.rules["weights"]
        bonus = results[0].score * weights["close"]
        first = [
            found._replace(score=found.score + bonus * self._closeness(found.matched, asked))
            for found in results[: weights["window"]]
        ]
        first.sort(key=lambda found: -found.score)
        return first + results[weights["window"] :]

    def _closeness(self, entry: Entry, asked: Query) -> float:
        return closeness((entry.title, *entry.passages), asked.letters, self.analysis)

    def _names(self, lang: str) -> Iterator[tuple[str, str]]:
        if lang not in self._joined:
            folded = ((self.analysis.fold(name).text, name) for name in self.names.get(lang, ()))
            self._joined[lang] = [("".join(text.split()), name) for text, name in folded]
        return iter(self._joined[lang])
