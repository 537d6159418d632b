"""Markdown of authors to safe HTML: tags of the allow-list, links that lead to the web or into the site."""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

import markdown
import nh3
from markupsafe import Markup, escape
from pymdownx.slugs import slugify

from coopkm.text.markup import AUTHOR_TAGS, OWN_SCHEMES, WEB_SCHEMES

Resolve = Callable[[str], str | None]

_TAGS = AUTHOR_TAGS | set("a blockquote code dd dl dt h3 h4 h5 h6 hr li ol p pre table tbody td th thead tr ul".split())
_ATTRIBUTES = {
    "a": {"href", "title"},
    "abbr": {"title"},
    **{f"h{level}": {"id"} for level in range(3, 7)},
    "td": {"align"},
    "th": {"align"},
    "ol": {"start"},
}
_SPECIAL = re.compile(r"[\\`*_\[\]<>&!~|\n]|^\s*(?:[#+\-:]|\d+[.)])|https?:")
_SCHEMES = set(WEB_SCHEMES) | {scheme.rstrip(":") for scheme in OWN_SCHEMES}


@lru_cache(maxsize=1)
def _converter() -> markdown.Markdown:
    """One converter for all texts: to make one costs more than to use it."""
    return markdown.Markdown(
        extensions=["attr_list", "def_list", "tables", "sane_lists", "toc"],
        extension_configs={"toc": {"slugify": slugify(case="lower", normalize="NFC"), "permalink": False}},
    )


def block(text: str, resolve: Resolve) -> Markup:
    """Markdown of several paragraphs. `resolve` turns `unit:`, `term:` and `source:` links into URLs."""
    return sanitise(_converted(text), resolve)


@lru_cache(maxsize=4096)
def _converted(text: str) -> str:
    """Titles, summaries and owners stand on many pages; what they become does not depend on the page."""
    converter = _converter()
    converter.reset()
    return converter.convert(text)


def inline(text: str, resolve: Resolve) -> Markup:
    """Markdown within a line; its paragraphs are kept apart by a break."""
    if not _SPECIAL.search(text):
        return escape(text)
    html = block(text, resolve)
    if html.count("<p>") == 1 and html.startswith("<p>") and html.endswith("</p>"):
        return Markup(html[3:-4])  # noqa: S704 - a part of sanitised HTML
    return html


def sanitise(html: str, resolve: Resolve) -> Markup:
    """HTML with nothing in it that could run, load or lead away unasked."""

    def attribute(tag: str, name: str, value: str) -> str | None:
        if name != "href":
            return value
        if any(value.lower().startswith(scheme) for scheme in OWN_SCHEMES):
            return resolve(value)
        return value if re.match(r"(?i)https?:|mailto:|#", value) else None

    clean = nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        attribute_filter=attribute,
        link_rel="noopener noreferrer",
    )
    return Markup(clean)  # noqa: S704 - sanitised above


def reachable(html: str, table: str, numbers: Iterator[int]) -> str:
    """What scrolls sideways can be scrolled by keyboard and has a name: `table` and the next of `numbers`."""

    def scrolling(match: re.Match[str]) -> str:
        name = f"{table} {next(numbers)}"
        return f'<div class="table-scroll" role="region" tabindex="0" aria-label="{name}"><table'

    html = re.sub(r"<table\b", scrolling, html).replace("</table>", "</table></div>")
    return re.sub(r"<pre\b", '<pre tabindex="0"', html)
