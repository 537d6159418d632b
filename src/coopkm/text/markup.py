"""What Markdown texts may hold, and where their links lead. The one table for checks and for pages."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

UNIT_SCHEME, TERM_SCHEME, SOURCE_SCHEME = "unit:", "term:", "source:"
OWN_SCHEMES = (UNIT_SCHEME, TERM_SCHEME, SOURCE_SCHEME)
WEB_SCHEMES = ("http", "https", "mailto")

# Inline HTML that an author may write where Markdown has no sign for it.
AUTHOR_TAGS = frozenset("abbr b br del em i ins kbd mark s small strong sub sup u wbr".split())

_CODE = re.compile(r"^(```|~~~).*?^\1[^\n]*$|(`+)(?!`).+?(?<!`)\2(?!`)", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"!?\[(?:[^\[\]]|\[[^\[\]]*\])*\]\(\s*<?([^)\s>]*)>?[^)]*\)")
_DEFINITION = re.compile(r"^ {0,3}\[[^\]\n]+\]:\s*<?([^\s>]+)", re.MULTILINE)
_AUTOLINK = re.compile(r"<([A-Za-z][A-Za-z0-9+.-]*:[^\s<>]*)>")
_ADDRESS = re.compile(r"<[^\s<>@]+@[^\s<>@]+>")
_TAG = re.compile(r"<(?:!--|[!?/]?([A-Za-z][A-Za-z0-9-]*))[^>]*>?")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_HEADING = re.compile(r"^ {0,3}(#{1,6})[ \t]+(.+?)[ \t]*#*[ \t]*$", re.MULTILINE)
_EXPLICIT_ID = re.compile(r"\{[^}]*#([\w-]+)[^}]*\}\s*$")


@dataclass(frozen=True)
class Found:
    """Something written in a text, and the offset of its first character."""

    value: str
    offset: int


def without_code(text: str) -> str:
    """The text with code blanked out, every other character in its place."""
    return _CODE.sub(lambda match: re.sub(r"[^\n]", " ", match.group()), text)


def links(text: str) -> Iterator[Found]:
    """Targets of all links and images of a Markdown text."""
    prose = without_code(text)
    for pattern in (_LINK, _DEFINITION, _AUTOLINK):
        for match in pattern.finditer(prose):
            yield Found(match.group(1), match.start(1))


def unit_links(text: str) -> list[str]:
    """Ids of units that a text links to."""
    if UNIT_SCHEME not in text:
        return []
    return [
        found.value.removeprefix(UNIT_SCHEME).split("#")[0]
        for found in links(text)
        if found.value.startswith(UNIT_SCHEME)
    ]


def html_tags(text: str) -> Iterator[Found]:
    """Names of raw HTML tags outside code; `!--` for a comment."""
    prose = without_code(text)
    for match in _TAG.finditer(prose):
        if not _AUTOLINK.match(match.group()) and not _ADDRESS.match(match.group()):
            yield Found((match.group(1) or "!--").lower(), match.start())


def scheme(target: str) -> str:
    """The scheme of a link's target in small letters, or an empty string."""
    match = _SCHEME.match(target)
    return match.group(1).lower() if match else ""


def headings(text: str) -> Iterator[tuple[int, str, str, int]]:
    """Level, title, explicit id (or an empty string) and offset of every `#` heading."""
    for match in _HEADING.finditer(without_code(_COMMENT.sub("", text))):
        explicit = _EXPLICIT_ID.search(match.group(2))
        title = _EXPLICIT_ID.sub("", match.group(2)).strip()
        yield len(match.group(1)), title, explicit.group(1) if explicit else "", match.start()
