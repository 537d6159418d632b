"""From a query to ranked entries. `rank.js` does the same, number by number."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from coopkm.search.analysis import PART, SHORT, WHOLE, Analysis, whole

SHORTEST = 2  # letters: a query of no more is answered by what begins with them
MOST_TOKENS = 200  # of a query: a whole page pasted into the box must not stop the machine


class Postings(Protocol):
    """Where the lists of tokens come from."""

    @property
    def size(self) -> int: ...

    def postings(self, token: str) -> Sequence[tuple[int, int]]: ...


class Hit(NamedTuple):
    """An entry by its number, its score, and the share of the query that it covers (0 to 1)."""

    number: int
    score: float
    share: float


@dataclass(frozen=True)
class Query:
    """What is looked up: tokens with their weights, and tokens of names, which only add.

    `text` is folded and without filler, `joined` its letters without spaces, `letters` with those between Latin words.
    """

    text: str
    joined: str
    letters: str
    tokens: dict[str, float]
    names: tuple[str, ...]

    def is_foreign(self, lang: str) -> bool:
        """Whether it has more letters of the other language than of this one."""
        thai = sum("\u0e01" <= char <= "\u0e4e" for char in self.joined)
        latin = sum(char >= "a" for char in self.joined) - thai
        return latin > thai if lang == "th" else thai > latin


def query(text: str, analysis: Analysis) -> Query:
    """The query as it is looked up."""
    folded = analysis.fold(text).text.strip()
    core = _without_filler(folded, analysis)
    joined = "".join(core.split())
    tokens = {token: _weight(token, analysis) for token in analysis.folded_tokens(core)[:MOST_TOKENS]}
    names = [whole(name) for name in dict.fromkeys(("".join(folded.split()), joined)) if name]
    if 0 < len(joined) <= SHORTEST:
        names.append(SHORT + joined)
    return Query(core, joined, analysis.letters(core)[0], tokens, tuple(names))


def _weight(token: str, analysis: Analysis) -> float:
    weights = analysis.rules["weights"]
    if token.startswith(PART):
        return float(weights["latin_trigram"])
    return float(weights["number"]) if "0" <= token[0] <= "9" else 1.0


def known(asked: Query, source: Postings) -> float:
    """The share of the query's letters that stand anywhere in the order they have (0 to 1); 1 for a name."""
    if any(source.postings(token) for token in asked.names):
        return 1.0
    words = [token for token in asked.tokens if not "0" <= token[0] <= "9"] or list(asked.tokens)
    found = sum(len(token) ** 2 for token in words if source.postings(token))
    return found / (sum(len(token) ** 2 for token in words) or 1)


def _without_filler(folded: str, analysis: Analysis) -> str:
    """The words that say what is asked; all of them where nothing would be left."""
    thai, english = analysis.filler
    left = re.sub(" +", " ", english.sub(" ", thai.sub(" ", folded))).strip()
    return left if len(left.replace(" ", "")) > SHORTEST else folded


def rank(asked: Query, source: Postings, analysis: Analysis, prior: Sequence[float]) -> list[Hit]:
    """Entries best first; `prior` weighs each entry by its number. The tail that hardly fits is cut off."""
    weights = analysis.rules["weights"]
    sums: dict[int, float] = {}
    covered: dict[int, float] = {}
    total = 0.0
    for token, weight in asked.tokens.items():
        found = source.postings(token)
        if not found:
            continue
        idf = weight * math.log(1 + (source.size - len(found) + 0.5) / (len(found) + 0.5))
        total += idf
        for number, impact in found:
            sums[number] = sums.get(number, 0.0) + idf * impact
            covered[number] = covered.get(number, 0.0) + idf
    for number, value in sums.items():
        sums[number] = value * (covered[number] / total) ** weights["cover_power"]
    best = max(sums.values(), default=0.0)
    for token in asked.names:
        bonus = (best or 1.0) * weights["whole_name" if token.startswith(WHOLE) else "first_letters"]
        for number, _ in source.postings(token):
            sums[number] = sums.get(number, 0.0) + bonus
    hits = [
        Hit(number, value * prior[number], covered.get(number, 0.0) / (total or 1.0)) for number, value in sums.items()
    ]
    hits.sort(key=lambda hit: (-hit.score, hit.number))
    least = hits[0].score * weights["tail"] if hits else 0.0
    return [hit for hit in hits if hit.score >= least]
