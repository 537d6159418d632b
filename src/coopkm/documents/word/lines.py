"""Lines as runs: Thai letters are marked as complex script, so that Word takes their font, size and language."""

import re
from collections.abc import Iterator

from coopkm.documents.letters import printable, with_thai_digits
from coopkm.documents.tree import Span
from coopkm.documents.word.xml import Element, element, half_points, properties

_THAI = re.compile("[\u0e01-\u0e3a\u0e40-\u0e5b](?:[^A-Za-z0-9\n]*[\u0e01-\u0e3a\u0e40-\u0e5b])*")
_REPEATED = re.compile(" (?=ๆ)")


def shown(text: str, thai: bool) -> str:
    """A text as it stands on paper; ๆ does not begin a line."""
    text = printable(text)
    return _REPEATED.sub("\u00a0", with_thai_digits(text) if thai else text)


def runs(span: Span, text: str, size: float, link: bool = False) -> list[Element]:
    """A span as runs; `text` is what is shown, `size` the points of the document."""
    made = []
    for part, thai in _scripts(text):
        made.append(element("r", _look(span, size, thai, link), *_letters(part)))
    return made


def _scripts(text: str) -> Iterator[tuple[str, bool]]:
    end = 0
    for match in _THAI.finditer(text):
        if match.start() > end:
            yield text[end : match.start()], False
        yield match[0], True
        end = match.end()
    if end < len(text):
        yield text[end:], False


def _letters(text: str) -> Iterator[Element]:
    for number, part in enumerate(text.split("\n")):
        if number:
            yield element("br")
        if part:
            made = element("t")
            made.text = part
            made.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            yield made


def _look(span: Span, size: float, thai: bool, link: bool) -> Element:
    points = half_points(size * 0.83)
    return properties(
        "rPr",
        [
            element("rStyle", val="Hyperlink") if link else None,
            *([element("b"), element("bCs")] if span.bold else []),
            *([element("i"), element("iCs")] if span.italic else []),
            *([element("sz", val=points), element("szCs", val=points)] if span.small else []),
            *([element("cs"), element("lang", bidi="th-TH")] if thai else []),
        ],
    )
