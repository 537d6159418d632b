"""Fragments of HTML in one way of writing, so that what was written and what is read back can be compared."""

import re
from collections.abc import Iterable
from functools import lru_cache
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

from coopkm.text import html

_VOID = frozenset({"br", "hr", "wbr"})
_MARK = re.compile(r"[<&]")
_BLOCKS = re.compile(r"</?(?:p|li|ul|ol|div|blockquote|br|tr|h[1-6])\b[^>]*>")
_STARTS_BLOCK = re.compile(r"<(?:p|ul|ol|dl|table|pre|blockquote|hr|h[1-6])\b")
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")  # no XML can hold these


def fit(text: str) -> str:
    """The text without the characters that XML forbids."""
    return _UNFIT.sub("", text)


@lru_cache(maxsize=8192)
def inline(markdown: str) -> str:
    """Markdown of a line, or of a few, as safe HTML; links into the site lose their target, their words stay."""
    return canonical(str(html.inline(fit(markdown), _nowhere)))


@lru_cache(maxsize=1024)
def block(markdown: str) -> str:
    """Markdown of several paragraphs as safe HTML."""
    return canonical(str(html.block(fit(markdown), _nowhere)))


def _nowhere(_: str) -> str | None:
    return None


def canonical(fragment: str) -> str:
    """The same HTML in the one way of writing that `inner` has."""
    if not _MARK.search(fragment):
        return fragment.strip()
    return inner(element("div", fragment))


def element(tag: str, fragment: str, **attributes: str) -> ET.Element:
    """An element that holds the fragment."""
    made = ET.Element(tag, attributes)
    fill(made, fragment)
    return made


def fill(into: ET.Element, fragment: str) -> None:
    """Put the fragment at the end of an element."""
    builder = _Builder(into)
    builder.feed(fragment)
    builder.close()


def inner(holder: ET.Element) -> str:
    """What stands in an element, as HTML."""
    parts = [_escaped(holder.text or "")]
    for child in holder:
        parts += [_outer(child), _escaped(child.tail or "")]
    return "".join(parts).strip()


def _outer(child: ET.Element) -> str:
    attributes = "".join(f' {name}="{_escaped(value, quote=True)}"' for name, value in sorted(child.attrib.items()))
    start = f"<{child.tag}{attributes}>"
    if child.tag in _VOID:
        return start
    body = "".join([_escaped(child.text or ""), *(_outer(one) + _escaped(one.tail or "") for one in child)])
    return f"{start}{body}</{child.tag}>"


def _escaped(text: str, *, quote: bool = False) -> str:
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace('"', "&quot;") if quote else text


def escaped(text: str) -> str:
    """A plain text as HTML."""
    return _escaped(fit(text))


def plain(fragment: str) -> str:
    """The words of a fragment; what stood in blocks of its own stands in lines of its own."""
    if not _MARK.search(fragment):
        return fragment.strip()
    lines = "".join(element("div", _BLOCKS.sub("\n", fragment)).itertext()).split("\n")
    return "\n".join(line.strip() for line in lines if line.strip())


def joined(fragments: Iterable[str | None]) -> str:
    """Fragments one after the other, each a block of its own where there are several."""
    found = [fragment for fragment in fragments if fragment]
    if len(found) < 2:
        return "".join(found)
    return "".join(fragment if _STARTS_BLOCK.match(fragment) else f"<p>{fragment}</p>" for fragment in found)


class _Builder(HTMLParser):
    """Builds elements of HTML that `coopkm.text.html` has made safe, so all its tags are closed."""

    def __init__(self, into: ET.Element) -> None:
        super().__init__(convert_charrefs=True)
        self._open = [into]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        made = ET.SubElement(self._open[-1], tag, {name: value or "" for name, value in attrs})
        if tag not in _VOID:
            self._open.append(made)

    def handle_endtag(self, tag: str) -> None:
        if any(one.tag == tag for one in self._open[1:]):
            while self._open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        holder = self._open[-1]
        if len(holder):
            holder[-1].tail = (holder[-1].tail or "") + data
        else:
            holder.text = (holder.text or "") + data
