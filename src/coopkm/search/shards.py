"""Which file of the browser's index holds a token.

The trigrams of a word lie together where they can: a token goes by its rarest letter, or in a large index by its
rarest two. So a query needs about half as many files as it has tokens. `load.js` does the same.
"""

from collections.abc import Mapping
from typing import Any

from coopkm.search.analysis import PART, SHORT, WHOLE

_NUMBERS = "#"
_LAST_DIGITS = 3


class Pieces:
    """Names the piece that a token goes by; `size` is 1 or 2 letters."""

    def __init__(self, rules: Mapping[str, Any], size: int) -> None:
        self.size = size
        self._rank = {letter: rank for rank, letter in enumerate(rules["common_first"])}

    def piece(self, token: str) -> str:
        """The piece of a token."""
        if "0" <= token[0] <= "9":
            return _NUMBERS if self.size == 1 else _NUMBERS + token[-_LAST_DIGITS:]
        if token[0] == SHORT:
            return SHORT if self.size == 1 else token[:2]
        letters = token[1:4] if token[0] == WHOLE else token.removeprefix(PART)
        parts = [letters[at : at + self.size] for at in range(max(1, len(letters) - self.size + 1))]
        return max(parts, key=lambda part: (sum(map(self._rarity, part)), part))

    def _rarity(self, letter: str) -> int:
        return self._rank.get(letter, len(self._rank))
