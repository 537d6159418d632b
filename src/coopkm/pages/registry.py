"""Pages of the source registry: all documents, and each document with its items and the units that use them."""

from dataclasses import dataclass

from markupsafe import Markup

from coopkm.model.sources import SourceDocument, SourceItem
from coopkm.pages.page import Link, Page
from coopkm.pages.render import render
from coopkm.pages.writer import Shelf, Writer
from coopkm.views import urls


@dataclass(frozen=True)
class DocumentRow:
    document: SourceDocument
    count: int
    used: int


@dataclass(frozen=True)
class ItemRow:
    item: SourceItem
    users: Markup


def sources_page(shelf: Shelf) -> Page:
    """All documents with how much of each is used."""
    writer = Writer(shelf, urls.SOURCES)
    rows = []
    for placed in shelf.library.documents.values():
        items = _items(shelf, placed.value.id)
        rows.append(DocumentRow(placed.value, len(items), sum(item.key in shelf.citing for item in items)))
    html = render("sources.html.j2", writer, documents=rows)
    title, lede = writer.words["sources_title"], writer.words["sources_lede"]
    home = (Link(writer.words["home"], urls.HOME),)
    return Page(shelf.lang, urls.SOURCES, title, lede, html, menu=urls.SOURCES, trail=home)


def document_page(shelf: Shelf, document: SourceDocument) -> Page:
    """One document: every item and the units that rest on it."""
    path = urls.document_path(document.id)
    writer = Writer(shelf, path)
    rows = [ItemRow(item, writer.linked(shelf.citing.get(item.key, []))) for item in _items(shelf, document.id)]
    used = sum(bool(row.users) for row in rows)
    html = render("document.html.j2", writer, document=document, items=rows, used=used)
    trail = (Link(writer.words["home"], urls.HOME), Link(writer.words["sources_title"], urls.SOURCES))
    title = writer.plain(document.title)
    return Page(shelf.lang, path, title, writer.plain(document.publisher), html, menu=urls.SOURCES, trail=trail)


def _items(shelf: Shelf, document: str) -> list[SourceItem]:
    return [placed.value for placed in shelf.library.sources.values() if placed.value.document == document]
