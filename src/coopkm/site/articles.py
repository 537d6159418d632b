"""Hand-written pages: their links into the knowledge, and their HTML made safe."""

import re
from collections.abc import Iterator
from html import unescape
from itertools import count

import nh3
from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page as MkDocsPage

from coopkm.library import Article, Library
from coopkm.pages import Page, Site
from coopkm.pages.page import Link
from coopkm.pages.words import WORDS
from coopkm.pages.writer import Shelf, Writer
from coopkm.text.html import reachable
from coopkm.text.markup import OWN_SCHEMES, WEB_SCHEMES
from coopkm.views.articles import article_title
from coopkm.views.urls import HOME

_TICK_BOX = re.compile(r'(<li class="task-list-item">(?:<p>)?)(<input[^>]*>(?:(?!<(?:ul|ol|p|/li|/p)\b).)*)', re.DOTALL)
_OWN_LINK = re.compile(rf"\]\(\s*<?((?:{'|'.join(OWN_SCHEMES)})[^)\s>]+)>?")
# What Python-Markdown and its usual extensions write: admonitions, tabs, task lists, footnotes, code, tables.
_TAGS = set(
    "a abbr article aside b blockquote br caption cite code col colgroup dd del details dfn div dl dt em "
    "figcaption figure h1 h2 h3 h4 h5 h6 hr i img input ins kbd label li mark ol p pre q s samp section "
    "small span strong sub summary sup table tbody td tfoot th thead time tr u ul var wbr".split()
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
# Browsers drop control characters and spaces from addresses, and take a backslash for a slash.
_IGNORED = re.compile(r"[\x00-\x20\x7f]")
_IN_DISGUISE = re.compile(r"[/\\]{2}")
_LEADS_AWAY = re.compile(rf"(?i)[a-z][a-z0-9+.-]*:|{_IN_DISGUISE.pattern}")
_SCHEMES = set(WEB_SCHEMES) | {scheme.rstrip(":") for scheme in OWN_SCHEMES}


def published(library: Library, config: MkDocsConfig) -> Iterator[tuple[str, Article]]:
    """The hand-written pages that mkdocs.yml does not leave out."""
    left_out = [spec for spec in (config.exclude_docs, config.draft_docs) if spec]
    for name, article in library.articles.items():
        if not any(spec.match_file(name.removeprefix("docs/")) for spec in left_out):
            yield name, article


def writer(shelf: Shelf, path: str) -> Writer:
    """The writer bound to a hand-written page."""
    return Writer(shelf, path)


def resolve_links(markdown: str, page: Writer) -> str:
    """`unit:`, `term:` and `source:` links turned into links to Markdown files, as generators want them."""

    def replace(match: re.Match[str]) -> str:
        path, hash_, anchor = (page.resolve(match.group(1)) or "#").partition("#")
        return f"]({re.sub('[.]html$', '.md', path)}{hash_}{anchor}"

    return _OWN_LINK.sub(replace, markdown)


def safe(html: str, page: Writer) -> str:
    """HTML in which nothing runs, loads from elsewhere or leads away in secret; our own links resolved."""

    def attribute(tag: str, name: str, value: str) -> str | None:
        if tag == "a" and name == "href" and value.lower().startswith(OWN_SCHEMES):
            return page.resolve(value)
        return _attribute(tag, name, value)

    clean = nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        attribute_filter=attribute,
        link_rel="noopener noreferrer",
    )
    return _TICK_BOX.sub(r"\1<label>\2</label>", reachable(clean, page.words["table"], count(1)))


def _attribute(tag: str, name: str, value: str) -> str | None:
    if name == "src" and _LEADS_AWAY.match(_IGNORED.sub("", value)):
        return None
    if name == "href" and _IN_DISGUISE.match(_IGNORED.sub("", value)):
        return None
    if tag == "input" and name == "type" and value not in ("checkbox", "radio"):
        return "checkbox"
    return value


def as_page(page: MkDocsPage, site: Site, path: str) -> Page:
    """A MkDocs page as the shell wants it."""
    home = Link(WORDS[site.lang]["home"], HOME)
    article = site.shelf.library.articles.get(f"docs/{page.file.src_uri}")
    anchors = (item for top in page.toc for item in (top.children if top.level == 1 else [top]))
    toc = tuple((unescape(item.title), item.id) for item in anchors)
    return Page(
        lang=site.lang,
        path=path,
        title=article_title(article) if article else unescape(str(page.title or path)),
        description=str(page.meta.get("description") or _first_paragraph(page.content or "")),
        html=page.content or "",
        menu=path,
        trail=() if path == HOME else (home,),
        toc=toc,
    )


def _first_paragraph(html: str) -> str:
    found = re.search(r"<p>(.*?)</p>", html, re.DOTALL)
    return Markup(found[1]).striptags() if found else ""  # noqa: S704 - read, not shown as HTML


def languages_of(library: Library, source: str, languages: tuple[str, ...]) -> tuple[str, ...]:
    """The languages in which a hand-written page exists; `source` is its path under docs/."""
    _, _, name = source.partition("/")
    return tuple(lang for lang in languages if f"docs/{lang}/{name}" in library.articles)
