"""Hand-written pages: their links into the knowledge, and their HTML made safe."""

import re

import nh3
from mkdocs.structure.pages import Page as MkDocsPage

from coopkm.library import Library
from coopkm.pages import Page, Site
from coopkm.pages.page import Link
from coopkm.pages.urls import HOME
from coopkm.pages.writer import Shelf, Writer
from coopkm.pages.words import WORDS
from coopkm.text.markup import OWN_SCHEMES, WEB_SCHEMES

_OWN_LINK = re.compile(rf"\]\(\s*<?((?:{'|'.join(OWN_SCHEMES)})[^)\s>]+)>?")
# What Python-Markdown and its usual extensions write: admonitions, tabs, task lists, footnotes, code, tables.
_TAGS = set(
    "a abbr article aside b blockquote br caption cite code col colgroup dd del details dfn div dl dt em "
    "figcaption figure h1 h2 h3 h4 h5 h6 hr i img input ins kbd label li mark ol p pre q s samp section small span "
    "strong sub summary sup table tbody td tfoot th thead time tr u ul var wbr".split()
)
_ATTRIBUTES = {
    "*": {"class", "id", "lang", "title", "role", "aria-label", "aria-hidden", "dir"},
    "a": {"href"},
    "col": {"span"},
    "details": {"open"},
    "img": {"src", "alt", "width", "height", "loading"},
    "input": {"type", "name", "checked", "disabled"},
    "label": {"for"},
    "ol": {"start"},
    "td": {"align", "colspan", "rowspan"},
    "th": {"align", "colspan", "rowspan", "scope"},
    "time": {"datetime"},
}
_SCHEMES = set(WEB_SCHEMES) | {scheme.rstrip(":") for scheme in OWN_SCHEMES}


def writer(shelf: Shelf, path: str) -> Writer:
    """The writer bound to a hand-written page."""
    return Writer(shelf, path)


def resolve_links(markdown: str, page: Writer) -> str:
    """`unit:`, `term:` and `source:` links turned into relative addresses; unknown ones lead to the page itself."""

    def replace(match: re.Match[str]) -> str:
        return f"]({page.resolve(match.group(1)) or '#'}"

    return _OWN_LINK.sub(replace, markdown)


def safe(html: str, page: Writer) -> str:
    """HTML in which nothing runs, loads from elsewhere or leads away in secret; our own links resolved."""

    def attribute(tag: str, name: str, value: str) -> str | None:
        if tag == "a" and name == "href" and value.lower().startswith(OWN_SCHEMES):
            return page.resolve(value)
        return _attribute(tag, name, value)

    return nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        attribute_filter=attribute,
        link_rel="noopener noreferrer",
    )


def _attribute(tag: str, name: str, value: str) -> str | None:
    if tag == "img" and name == "src" and re.match(r"(?i)\s*([a-z][a-z0-9+.-]*:|//)", value):
        return None
    if tag == "input" and name == "type" and value not in ("checkbox", "radio"):
        return "checkbox"
    return value


def as_page(page: MkDocsPage, site: Site, path: str) -> Page:
    """A MkDocs page as the shell wants it."""
    home = Link(WORDS[site.lang]["home"], HOME)
    meta = page.meta.get("description")
    toc = tuple((item.title, item.id) for top in page.toc for item in (top.children if top.level == 1 else [top]))
    return Page(
        lang=site.lang,
        path=path,
        title=str(page.title or path),
        description=str(meta) if meta else "",
        html=page.content or "",
        menu=path,
        trail=() if path == HOME else (home,),
        toc=toc,
    )


def languages_of(library: Library, source: str, languages: tuple[str, ...]) -> tuple[str, ...]:
    """The languages in which a hand-written page exists; `source` is its path under docs/."""
    _, _, name = source.partition("/")
    return tuple(lang for lang in languages if f"docs/{lang}/{name}" in library.articles)

