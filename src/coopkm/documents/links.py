"""Links that may stand in a document: to the web and to addresses of mail."""

import re

_OUTWARD = re.compile(r"(?i)(?:https?://|mailto:)[^\s\x00-\x20\x7f<>\"\\^`{|}]{1,2000}")


def outward(link: str) -> str:
    """The address, or an empty text where it leads to anything else."""
    return link if _OUTWARD.fullmatch(link) else ""
