"""Code points that look like nothing and break search, copying and comparison."""

import re
import unicodedata

INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]")
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def is_composed(text: str) -> bool:
    """Whether the text is in Unicode normal form C."""
    return unicodedata.is_normalized("NFC", text)


def first_invisible(text: str) -> re.Match[str] | None:
    """The first character that shows as nothing, or None."""
    if text.isprintable():  # much faster to tell, and true of almost every text
        return None
    return INVISIBLE.search(text) or CONTROL.search(text)
