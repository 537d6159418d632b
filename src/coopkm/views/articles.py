"""Hand-written pages as answers: their titles and their text."""

import re
from pathlib import PurePosixPath
from typing import Any

import yaml

from coopkm.library import Article
from coopkm.text.markup import headings
from coopkm.text.plain import plain_text
from coopkm.views.urls import DOORS

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*\n", re.DOTALL)


def article_title(article: Article) -> str:
    """The title that a hand-written page names, else its first heading, else the name of its file."""
    named = _front_matter(article.text).get("title")
    if named:
        return str(named)
    written = next((title for level, title, _, _ in headings(article.text) if level == 1), None)
    if written is None:
        return re.sub("[-_]", " ", PurePosixPath(article.name).stem).capitalize()
    return plain_text(written)


def article_menu(article: Article) -> str:
    """The group of the menu that the page names in its front matter, one of the doors; else an empty string."""
    named = _front_matter(article.text).get("menu")
    return named if named in DOORS else ""


def article_text(article: Article) -> str:
    """What its readers read, a line a paragraph or item."""
    return plain_text(_FRONT_MATTER.sub("", article.text))


def _front_matter(text: str) -> dict[str, Any]:
    """What stands above the Markdown; nothing where it is not YAML, as for MkDocs."""
    match = _FRONT_MATTER.match(text)
    try:
        found = yaml.safe_load(match[1]) if match else None
    except yaml.YAMLError:
        found = None
    return found if isinstance(found, dict) else {}
