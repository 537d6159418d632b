"""All pages of a language, in the order in which a reader would go through them."""

from collections.abc import Iterator
from dataclasses import dataclass

from coopkm.library import Library
from coopkm.model.kinds import KINDS
from coopkm.pages.glossary import glossary_page
from coopkm.pages.km import km_page
from coopkm.pages.listing import door_page, home_page, news_page, section_page
from coopkm.pages.page import Link, Page
from coopkm.pages.paths import path_page
from coopkm.pages.procedures import procedures_page
from coopkm.pages.quizzes import progress_page, quiz_page, quizzes_page, topics
from coopkm.pages.registry import document_page, sources_page
from coopkm.pages.reviews import reviews_page
from coopkm.pages.search import search_page
from coopkm.pages.unit import unit_page
from coopkm.pages.words import WORDS
from coopkm.pages.writer import Shelf
from coopkm.views import urls
from coopkm.views.articles import article_menu, article_title
from coopkm.views.catalog import by_kind
from coopkm.views.km import km_years

SECTION_PAGES = {"procedure": procedures_page}


@dataclass(frozen=True)
class MenuGroup:
    """A group of the menu: a title and links with paths from the language's root."""

    title: str
    items: tuple[Link, ...]


@dataclass(frozen=True)
class Site:
    """One language of a project: its menu and the parts its pages are made of."""

    lang: str
    name: str
    office: str
    menu: tuple[MenuGroup, ...]
    shelf: Shelf

    def standing_pages(self) -> Iterator[Page]:
        """Home, doors, sections, glossary, sources, news, search, quizzes: few, and in the navigation."""
        yield home_page(self.shelf)
        for audience in urls.DOORS:
            yield door_page(self.shelf, audience)
        for path in self.shelf.paths:
            yield path_page(self.shelf, path)
        for kind, units in by_kind(self.shelf.units).items():
            special = SECTION_PAGES.get(kind)
            yield special(self.shelf, units) if special else section_page(self.shelf, kind, units)
        yield glossary_page(self.shelf)
        yield sources_page(self.shelf)
        for placed in self.shelf.library.documents.values():
            yield document_page(self.shelf, placed.value)
        yield news_page(self.shelf)
        yield reviews_page(self.shelf)
        yield search_page(self.shelf)
        for year in km_years(self.shelf.library):
            yield km_page(self.shelf, year)
        if self.shelf.questions:
            yield quizzes_page(self.shelf)
            for topic in topics(self.shelf):
                yield quiz_page(self.shelf, topic)
            yield progress_page(self.shelf)

    def unit_pages(self) -> Iterator[Page]:
        """One page a unit; retired units keep theirs."""
        for unit in self.shelf.all_units.values():
            yield unit_page(self.shelf, unit)

    def pages(self) -> Iterator[Page]:
        """All of them."""
        yield from self.standing_pages()
        yield from self.unit_pages()


def build_site(library: Library, lang: str) -> Site:
    """The site of one language. Pure: nothing is written."""
    shelf = Shelf(library, lang)
    project = library.project
    return Site(
        lang=lang,
        name=project.name.shown(lang),
        office=project.office.shown(lang) if project.office else "",
        menu=tuple(_menu(shelf)),
        shelf=shelf,
    )


def _menu(shelf: Shelf) -> Iterator[MenuGroup]:
    words = WORDS[shelf.lang]
    present = by_kind(shelf.units)
    for group in (*urls.DOORS, "more"):
        first = [Link(words["start_here"], urls.door_path(group))] if group in urls.DOORS else []
        listed = [
            Link(KINDS[kind].many[shelf.lang], urls.section_path(kind)) for kind in present if KINDS[kind].menu == group
        ]
        items = [*first, *listed, *_OWN[group](shelf, words), *article_links(shelf.library, shelf.lang, group)]
        yield MenuGroup(words[f"menu_{group}"], tuple(items))
    articles = article_links(shelf.library, shelf.lang)
    if articles:
        yield MenuGroup(words["menu_articles"], tuple(articles))


def _of_officers(shelf: Shelf, words: dict[str, str]) -> list[Link]:
    if not shelf.questions:
        return []
    return [Link(words["quizzes_title"], urls.QUIZZES), Link(words["progress_title"], urls.PROGRESS)]


def _of_trainers(shelf: Shelf, words: dict[str, str]) -> list[Link]:
    return []


def _of_offices(shelf: Shelf, words: dict[str, str]) -> list[Link]:
    years = [Link(f"{words['km_record']} {row.year}", urls.km_path(row.year)) for row in km_years(shelf.library)]
    return [Link(words["reviews_title"], urls.REVIEWS), *years]


def _of_reference(shelf: Shelf, words: dict[str, str]) -> list[Link]:
    return [
        Link(words["glossary_title"], urls.GLOSSARY),
        Link(words["sources_title"], urls.SOURCES),
        Link(words["news_title"], urls.NEWS),
    ]


_OWN = {"officer": _of_officers, "trainer": _of_trainers, "office": _of_offices, "more": _of_reference}


def article_links(library: Library, lang: str, group: str = "") -> list[Link]:
    """Hand-written pages at the top of a language that belong to a group of the menu, by path.

    Without `group`, those that name none. A home page is reached as that.
    """
    return [
        Link(article_title(article), urls.article_path(article.name))
        for article in sorted(library.articles.values(), key=lambda article: article.name.removesuffix(".md"))
        if article.lang == lang
        and "/" not in article.name
        and urls.article_path(article.name) != urls.HOME
        and article_menu(article) == group
    ]
