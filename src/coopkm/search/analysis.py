"""Texts to tokens, the same for index and query, and the same in the browser (`analyse.js`).

The rules stand in rules.yml, those of folding in text/folding.yml. Thai is not cut into words: its runs are joined over
spaces and cut into trigrams.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

from coopkm.text.folding import Folded, Folding, folding_rules

SHORT = "<"  # begins the token of a name's first one or two letters
WHOLE = "="  # begins the token of a whole name: its first letters and a short name for all of it
_AT_HAND = 20_000  # texts whose letters stay
PART = "~"  # begins a trigram of a Latin word


@lru_cache(maxsize=1)
def load_rules() -> dict[str, Any]:
    """folding.yml and rules.yml as they stand, ready to be handed to the browser."""
    found: dict[str, Any] = yaml.safe_load(files("coopkm.search").joinpath("rules.yml").read_text("utf-8"))
    return {**folding_rules(), **found}


class Analysis:
    """The analysis of a project: the rules, and its misprints with what is right (`{wrong: right}`)."""

    def __init__(self, misprints: Mapping[str, str] | None = None, rules: Mapping[str, Any] | None = None) -> None:
        self.rules = rules or load_rules()
        self._folding = Folding(self.rules)
        self.runs = _runs(self.rules)
        self._letters_of = lru_cache(maxsize=_AT_HAND)(lambda text: self.letters(self.folded(text))[0])
        self._words = re.compile("{0} {0}".format(_class(self.rules["latin"])))
        self.filler = _filler(self.rules, self._plain)
        folded = ((self._plain(wrong), self._plain(right)) for wrong, right in (misprints or {}).items())
        self.right = {wrong: right for wrong, right in folded if wrong and wrong != right}
        ordered = sorted(self.right, key=lambda wrong: (-len(wrong), wrong))
        self._wrong = re.compile("|".join(map(re.escape, ordered))) if ordered else None

    @property
    def facts(self) -> tuple[Any, ...]:
        """Everything that its answers depend on."""
        return self.rules, sorted(self.right.items())

    def _plain(self, text: str) -> str:
        return self._folding.fold(text).text.strip()

    def fold(self, text: str) -> Folded:
        """The text as it is compared, its misprints put right."""
        folded = self._folding.fold(text)
        return self._mended(folded) if self._wrong and self._wrong.search(folded.text) else folded

    def _mended(self, folded: Folded) -> Folded:
        """A letter that is put in comes from where the misprint's letter of the same place does."""
        assert self._wrong is not None
        parts: list[str] = []
        origin: list[int] = []
        at = 0
        for match in self._wrong.finditer(folded.text):
            right = self.right[match.group()]
            parts += [folded.text[at : match.start()], right]
            origin += folded.origin[at : match.start()]
            origin += [folded.origin[min(match.start() + step, match.end() - 1)] for step in range(len(right))]
            at = match.end()
        return Folded("".join([*parts, folded.text[at:]]), origin + folded.origin[at:])

    def tokens(self, text: str) -> list[str]:
        """All tokens of a text, in order, repeated as they stand."""
        return self.folded_tokens(self.folded(text))

    def folded(self, text: str) -> str:
        """The text as it is compared, where its places do not matter."""
        folded = self._folding.text(text)
        return self._wrong.sub(lambda match: self.right[match.group()], folded) if self._wrong else folded

    def folded_tokens(self, folded: str) -> list[str]:
        """The tokens of a text that is folded already."""
        found: list[str] = []
        for match in self.runs.finditer(folded):
            run = match.group()
            if match.lastgroup == "thai":
                letters = run.replace(" ", "")
                found += trigrams(letters) if len(letters) > 2 else [letters]
            elif match.lastgroup == "latin":
                word = self.singular(run)
                found.append(word)
                if len(word) > 3:
                    found += [PART + part for part in trigrams(word)]
            else:
                found.append(run)
        return found

    def letters(self, folded: str) -> tuple[str, list[int]]:
        """A folded text without spaces but those between Latin words, and where in it each character stands."""
        kept = [at for at, char in enumerate(folded) if char != " " or self._between_words(folded, at)]
        return "".join(folded[at] for at in kept), kept

    def letters_of(self, text: str) -> str:
        """The letters of a text; those of a text that was asked for before are at hand."""
        return self._letters_of(text)

    def _between_words(self, folded: str, at: int) -> bool:
        return bool(self._words.match(folded, at - 1)) if at else False

    def singular(self, word: str) -> str:
        """A Latin word without its plural ending."""
        for row in self.rules["plurals"]:
            if word.endswith(row["end"]) and len(word) >= row["letters"]:
                return word.removesuffix(row["end"]) + str(row["put"])
        return word

    def name_tokens(self, name: str) -> list[str]:
        """What a title or other name is found by beside its text: whole, and by the first letters of its parts."""
        parts = self.folded(name).split()
        joined = "".join(parts)
        if not joined:
            return []
        return [whole(joined), *sorted({SHORT + part[:size] for part in parts for size in (1, 2)})]


def whole(joined: str) -> str:
    """The token of a whole name by its joined letters: FNV-1a over their UTF-16 code units."""
    state = 0x811C9DC5
    for byte in joined.encode("utf-16-le"):
        state = (state ^ byte) * 0x01000193 & 0xFFFFFFFF
    return f"{WHOLE}{joined[:3]}{state:08x}"


def trigrams(letters: str) -> list[str]:
    return [letters[at : at + 3] for at in range(len(letters) - 2)]


def _runs(rules: Mapping[str, Any]) -> re.Pattern[str]:
    """Runs of Thai joined over spaces, Latin words, numbers."""
    thai, latin, digits = (_class(rules[name]) for name in ("thai", "latin", "digits"))
    return re.compile(f"(?P<thai>{thai}+(?: {thai}+)*)|(?P<latin>{latin}+)|(?P<number>{digits}+(?:\\.{digits}+)*)")


def _filler(rules: Mapping[str, Any], fold: Callable[[str], str]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Thai words of a question wherever they stand, English ones as whole words."""
    thai = sorted(map(fold, rules["filler"]["th"]), key=lambda word: (-len(word), word))
    latin = _class(rules["latin"])
    english = "|".join(sorted(rules["filler"]["en"], key=lambda word: (-len(word), word)))
    return re.compile("|".join(thai)), re.compile(f"(?<!{latin})(?:{english})(?!{latin})")


def _class(ranges: Iterable[tuple[int, int]]) -> str:
    return "[" + "".join(f"\\u{first:04x}-\\u{last:04x}" for first, last in ranges) + "]"
