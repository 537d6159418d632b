"""Texts as they may be printed: no control characters, Thai digits where they are asked for."""

import re

from coopkm.documents.numbers import thai_digits

_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
# Controls, invisible characters, variation selectors, lone surrogates, code points that are no characters.
_UNPRINTED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\ufdd0-\ufdef\ud800-\udfff"
    "\U000e0000-\U000e0fff"
    + "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(1, 17))
    + "]"
)
# An address, or a word with Latin letters in it: what people type into a machine, or look up in a list.
_TYPED = re.compile(r"https?://[^\s\u0e00-\u0e7f]+|[A-Za-z0-9._%+:/@\-]{0,60}[A-Za-z][A-Za-z0-9._%+:/@\-]*")


def printable(text: str) -> str:
    """The text without what cannot be printed. Every kind of line break becomes a newline, a tab becomes a space."""
    return _UNPRINTED.sub("", _BREAKS.sub("\n", text).replace("\t", " "))


def one_line(text: str) -> str:
    """The same on one line, with single spaces: for names in lists, calendars and properties of files."""
    return " ".join(printable(text).split())


def with_thai_digits(text: str) -> str:
    """Thai digits for Arabic ones, but in addresses and in words with Latin letters (`duty-017`, `A4`)."""
    shown, end = [], 0
    for match in _TYPED.finditer(text):
        shown += [thai_digits(text[end : match.start()]), match[0]]
        end = match.end()
    return "".join([*shown, thai_digits(text[end:])])
