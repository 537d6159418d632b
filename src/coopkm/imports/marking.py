"""Texts as authors write them: shortened between words, and such that Markdown shows them as they are."""

import re

_STARTS = re.compile(r"^( {0,3})([#>]|[-+*](?=\s)|[:|])")
_ENTITY = re.compile(r"&(?=#?[A-Za-z0-9]+;)")
_ORDERED = re.compile(r"^(\d+)([.)])(?=\s|$)")


def start(text: str, limit: int) -> str:
    """The text, or its first words with an ellipsis."""
    if len(text) <= limit:
        return text
    at = text.rfind(" ", limit // 2, limit)
    return text[: at if at > 0 else _cluster(text, limit - 1)].rstrip() + "…"


def _cluster(text: str, at: int) -> int:
    """A place at or before `at` where no mark is cut off its letter, nor a letter off the vowel before it."""
    while at > 1 and (re.match("[\u0e30-\u0e3a\u0e45\u0e47-\u0e4e]", text[at]) or text[at - 1] in "เแโใไ"):
        at -= 1
    return at


def marked(text: str) -> str:
    """A text such that Markdown shows it as it is."""
    text = _ENTITY.sub("&amp;", text)
    for sign, put in (("<", "&lt;"), ("](", "]&#40;"), ("]:", "]&#58;"), ("`", "&#96;")):
        text = text.replace(sign, put)
    for sign in "*_":
        if text.count(sign) > 1:
            text = text.replace(sign, f"\\{sign}")
    text = _ORDERED.sub(r"\1\\\2", text)
    return _STARTS.sub(r"\1\\\2", text)
