"""Authors' Markdown on paper: as `documents.markdown` has it, with numbers kept beside what they count."""

import re
from dataclasses import replace

from coopkm.documents.markdown import blocks as markdown_blocks
from coopkm.documents.markdown import inline
from coopkm.documents.tree import Block, Line

_COUNTED = re.compile("(?<=[0-9]) (?=[\u0e01-\u0e2e\u0e40-\u0e44])")


def spans(markdown: str, *, bold: bool = False, italic: bool = False) -> Line:
    """Markdown within a line. No line ends between a number and the Thai word that it counts."""
    found = inline(_kept(markdown))
    return tuple(replace(span, bold=span.bold or bold, italic=span.italic or italic) for span in found)


def blocks(markdown: str) -> tuple[Block, ...]:
    """Markdown of several paragraphs."""
    return markdown_blocks(_kept(markdown))


def _kept(text: str) -> str:
    return _COUNTED.sub("\u00a0", text)
