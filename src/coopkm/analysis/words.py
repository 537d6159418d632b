"""Words of the report, read from the file beside this one."""

from functools import cache

from coopkm.text.wordlist import wordlist

_words = cache(wordlist)


def words(lang: str) -> dict[str, str]:
    """The words of the report in a language."""
    return _words("coopkm.analysis")[lang]
