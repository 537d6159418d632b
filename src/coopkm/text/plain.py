"""Markdown to the words that a reader sees."""

import re
from html import escape, unescape

_MARKED = re.compile(r"[\\*_`\[\]<>&|#~]|^[ \t]*(?:[-+>:]|\d+[.)])[ \t]", re.MULTILINE)
_LINK = re.compile(r"!?\[([^\[\]]*)\](?:\([^)\n]*\)|\[[^\]\n]*\])")
_DEFINITION = re.compile(r"^ {0,3}\[[^\]\n]+\]:.*$", re.MULTILINE)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_TAG = re.compile(r"</?[A-Za-z][^>\n]*>")
_ATTRIBUTES = re.compile(r"\{[:.#][^}\n]*\}")
_RULE = re.compile(r"^[ \t|:=-]+$", re.MULTILINE)  # under a heading or a table's head, or across the page
_START = re.compile(r"^[ \t]*(?:#{1,6}|[-*+>:]|\d+[.)])[ \t]+", re.MULTILINE)
_CODE = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
_FENCE = re.compile(r"^[ \t]*(?:```|~~~|!!!|\?\?\?\+?)[^\n]*$", re.MULTILINE)
_EMPHASIS = re.compile(r"(?<![A-Za-z0-9])([*_]{1,3})(?=\S)(.+?)(?<=\S)\1(?![A-Za-z0-9])", re.DOTALL)


def plain_text(markdown: str) -> str:
    """The text without its mark-up; its lines stay lines. What stands in code is no mark-up."""
    if not _MARKED.search(markdown):
        return markdown
    text = _FENCE.sub("", _CODE.sub(lambda match: escape(match[1]), markdown))
    text = _DEFINITION.sub("", _COMMENT.sub("", text))
    text = _RULE.sub("", _LINK.sub(r"\1", text))
    text = _ATTRIBUTES.sub("", _TAG.sub("", _START.sub("", text)))
    text = _EMPHASIS.sub(r"\2", text).replace("`", "").replace("|", " ")
    return re.sub(r"\n{2,}", "\n", unescape(re.sub(r"\\([^\w\s])", r"\1", text))).strip()
