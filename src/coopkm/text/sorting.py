"""Dictionary order. Thai: a leading vowel sorts after its consonant, tone marks only break ties."""

import re

_LEADING = re.compile("([\u0e40-\u0e44])([\u0e01-\u0e2e])")
_TONES = re.compile("[\u0e47-\u0e4c]")


def sort_key(text: str, lang: str) -> tuple[bool, str, str]:
    """The key by which a dictionary of the language would sort; words of its own script come first."""
    swapped = _LEADING.sub(r"\2\1", text.casefold())
    foreign = (swapped[:1] < "\u0e00") == (lang == "th")
    return foreign, _TONES.sub("", swapped), swapped


def first_letter(text: str) -> str:
    """The letter under which a word is looked up: the first consonant in Thai, a capital in English."""
    for char in _LEADING.sub(r"\2\1", text):
        if char.isalpha():
            return char.upper()[0]
    return "#"
