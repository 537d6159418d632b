"""Text typed with the keyboard in the wrong language: the Thai Kedmanee layout and the US one, key by key."""

import re
from collections.abc import Mapping
from typing import Any

_NUMBER = re.compile("((?:^|(?<= ))[0-9]{2,}(?= |$))")  # from the number pad


def other_layout(text: str, rules: Mapping[str, Any]) -> str:
    """What the same keys give in the other layout: Thai for a text in Latin letters, Latin for one in Thai.

    A number that stands alone stays. Empty where the text has both scripts or neither.
    """
    latin, thai = rules["kedmanee"].split()
    has_latin = any(char.isascii() and char.isalpha() for char in text)
    has_thai = any("\u0e01" <= char <= "\u0e5b" for char in text)
    if has_latin == has_thai:
        return ""
    table = str.maketrans(latin, thai) if has_latin else str.maketrans(thai, latin)
    parts = _NUMBER.split(text)
    return "".join(part if at % 2 else part.translate(table) for at, part in enumerate(parts))
