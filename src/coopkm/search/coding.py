"""Lists of tokens as printable text for the browser, which `load.js` reads back.

A list is, entry by entry, the gap to the number before and the impact. A number is written in digits of 45, the last
one marked by its alphabet; no character needs an escape in a JSON string. A list that was cut begins with a space and
its true length.
"""

from __future__ import annotations

from array import array
from functools import cache

from coopkm.search.postings import IMPACT_BITS

_BASE = 45
_ALPHABET = "".join(chr(code) for code in range(35, 127) if chr(code) != "\\")[: 2 * _BASE]
_LAST, _MORE = _ALPHABET[:_BASE], _ALPHABET[_BASE:]
_IMPACT = (1 << IMPACT_BITS) - 1


def encoded(packed: array[int], most: int) -> str:
    """The list; where it has more than `most` entries, those with the highest impact."""
    if len(packed) <= most:
        return _encoded(packed)
    kept = sorted(packed, key=lambda value: (-(value & _IMPACT), value))[:most]
    return " " + number(len(packed)) + _encoded(array("I", sorted(kept)))


def _encoded(packed: array[int]) -> str:
    parts: list[str] = []
    before = 0
    for value in packed:
        entry = value >> IMPACT_BITS
        parts.append(number(entry - before) + _LAST[value & _IMPACT])
        before = entry
    return "".join(parts)


@cache
def number(value: int) -> str:
    """A whole number from 0 up."""
    text = _LAST[value % _BASE]
    while value := value // _BASE:
        text = _MORE[value % _BASE] + text
    return text
