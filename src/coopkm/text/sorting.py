"""Dictionary order. Thai: a leading vowel sorts after its consonant, tone marks only break ties."""

import re

_LEADING = re.compile("([\u0e40-\u0e44])([\u0e01-\u0e2e])")
_TONES = re.compile("[\u0e47-\u0e4c]")


def sort_key(text: str) -> tuple[str, str]:
    """The key by which a Royal Institute dictionary would sort."""
    swapped = _LEADING.sub(r"\2\1", text.casefold())
    return _TONES.sub("", swapped), swapped


def first_letter(text: str) -> str:
    """The letter under which a word is looked up: the first consonant in Thai, a capital in English."""
    for char in sort_key(text)[0]:
        if char.isalpha():
            return char.upper()
    return "#"
