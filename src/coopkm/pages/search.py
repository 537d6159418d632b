"""The page of search results: without an index, everything by topic."""

from coopkm.pages.page import Link, Page
from coopkm.pages.render import render
from coopkm.pages.writer import Shelf, Writer
from coopkm.views import urls
from coopkm.views.catalog import by_kind

_MOST_LISTED = 600  # units; of more, only their sections


def search_page(shelf: Shelf) -> Page:
    """All units under their kinds; where they are too many for a page, the kinds with how many they have."""
    writer = Writer(shelf, urls.SEARCH)
    kinds = by_kind(shelf.units)
    html = render("search.html.j2", writer, kinds=kinds, whole=len(shelf.units) <= _MOST_LISTED)
    title, lede = writer.words["search_title"], writer.words["search_lede"]
    return Page(
        shelf.lang, urls.SEARCH, title, lede, html, menu=urls.SEARCH, trail=(Link(writer.words["home"], urls.HOME),)
    )
