"""What the templates of one page may ask for: words, texts in the page's language, links, sources."""

from dataclasses import dataclass, field
from datetime import date
from itertools import count
from typing import NamedTuple

from markupsafe import Markup, escape

from coopkm.library import Library
from coopkm.model.base import Text, Unit
from coopkm.model.kinds import KINDS
from coopkm.model.paths import Path
from coopkm.model.terms import Term
from coopkm.pages.page import Link
from coopkm.pages.terms import TermFinder
from coopkm.pages.words import WORDS
from coopkm.text.dates import format_date, format_year
from coopkm.text.html import block, inline, reachable
from coopkm.views import urls
from coopkm.views.catalog import neighbours, retired_units, shown_units
from coopkm.views.citations import citing_units
from coopkm.views.links import backlinks
from coopkm.views.offices import Ownership, ownership
from coopkm.views.questions import Asked, banks_by_unit, ready_questions


class Cite(NamedTuple):
    """A cited source as a link: its document's short name, how the item is called in it, what it says."""

    key: str
    href: str
    document: str
    item: str
    title: str
    read: str


@dataclass
class Shelf:
    """What all pages of one language share."""

    library: Library
    lang: str
    units: dict[str, Unit] = field(init=False)
    kinds: set[str] = field(init=False)
    all_units: dict[str, Unit] = field(init=False)
    terms: dict[str, Term] = field(init=False)
    paths: list[Path] = field(init=False)
    citing: dict[str, list[str]] = field(init=False)
    leading_here: dict[str, list[str]] = field(init=False)
    neighbours: dict[str, tuple[Unit | None, Unit | None]] = field(init=False)
    finder: TermFinder = field(init=False)
    questions: list[Asked] = field(init=False)
    asked_of: dict[str, list[str]] = field(init=False)

    def __post_init__(self) -> None:
        self.units = shown_units(self.library)
        self.kinds = {unit.kind for unit in self.units.values()}
        self.all_units = {**self.units, **retired_units(self.library)}
        self.terms = {name: placed.value for name, placed in self.library.terms.items()}
        self.paths = sorted(
            (placed.value for placed in self.library.paths.values()), key=lambda path: (path.order, path.id)
        )
        self.citing = citing_units(self.units)
        self.leading_here = backlinks(self.units)
        self.neighbours = neighbours(self.units)
        self.questions = list(ready_questions(self.library, "practice"))
        self.asked_of = banks_by_unit(self.questions)
        self.finder = TermFinder(self.terms.values(), self.lang)


class Writer:
    """Bound to one page: every link it makes is relative to that page."""

    def __init__(self, shelf: Shelf, path: str) -> None:
        self.shelf = shelf
        self.lang = shelf.lang
        self.path = path
        self.words = WORDS[shelf.lang]
        self._tables = count(1)
        self._linked: dict[str, str] = {}

    def word(self, key: str, **values: object) -> str:
        return self.words[key].format(**values)

    def href(self, path: str) -> str:
        return urls.relative(path, self.path)

    def plain(self, text: Text) -> str:
        """The text without marks, for attributes, titles and descriptions."""
        return text.shown(self.lang)

    def line(self, text: Text) -> Markup:
        """The text as inline HTML; Thai that stands in for English says so."""
        return self._marked(text, inline(self.plain(text), self.resolve), "span")

    def heading(self, text: Text) -> Markup:
        """The text without any mark-up of its own, its terms kept from being broken over lines."""
        return self._marked(text, self.shelf.finder.unbroken(str(escape(self.plain(text)))), "span")

    def unbroken(self, words: str) -> Markup:
        """Interface words as a heading, their terms kept from being broken over lines."""
        return Markup(self.shelf.finder.unbroken(str(escape(words))))  # noqa: S704 - escaped

    def prose(self, text: Text) -> Markup:
        """The text as HTML blocks."""
        html = reachable(block(self.plain(text), self.resolve), self.words["table"], self._tables)
        return self._marked(text, Markup(html), "div")  # noqa: S704 - sanitised, and wrapped by ourselves

    def _marked(self, text: Text, html: Markup, tag: str) -> Markup:
        if text.language_for(self.lang) == self.lang:
            return html
        note = self.words["stale_only" if text.stale else "thai_only"]
        return Markup('<{tag} lang="th" class="fallback">{}</{tag}> <span class="fallback-mark">{}</span>').format(
            html, note, tag=tag
        )

    def resolve(self, target: str) -> str | None:
        """The relative address of a `unit:`, `term:` or `source:` link, or None where there is no such thing."""
        scheme, _, rest = target.partition(":")
        name, _, anchor = rest.partition("#")
        if scheme == "unit" and name in self.shelf.all_units:
            path = urls.unit_path(self.shelf.all_units[name])
            return self.href(f"{path}#{anchor}" if anchor else path)
        if scheme == "term" and name in self.shelf.terms:
            return self.href(urls.term_path(name))
        if scheme == "source" and rest in self.shelf.library.sources:
            return self.href(urls.source_path(rest))
        return None

    def unit(self, name: str) -> Link | None:
        """A link to a unit that the site shows, or None."""
        unit = self.shelf.units.get(name)
        return Link(self.plain(unit.title), self.href(urls.unit_path(unit))) if unit else None

    def units(self, names: list[str]) -> list[Link]:
        return [link for name in names if (link := self.unit(name))]

    def linked(self, names: list[str]) -> Markup:
        """Links to units, one a line; a page of sources names each unit many times, so they are made once."""
        for name in names:
            if name not in self._linked:
                link = self.unit(name)
                self._linked[name] = f'<a href="{escape(link.path)}">{escape(link.title)}</a>' if link else ""
        return Markup("\n".join(filter(None, map(self._linked.get, names))))  # noqa: S704 - escaped above

    def cites(self, keys: list[str]) -> list[Cite]:
        """The sources behind a statement; keys that no registry holds are left out (a check tells them)."""
        return [self._cite(key) for key in keys if key in self.shelf.library.sources]

    def _cite(self, key: str) -> Cite:
        item = self.shelf.library.sources[key].value
        document = self.shelf.library.documents.get(item.document)
        read = item.read or (document.value.read if document else None)
        return Cite(
            key=key,
            href=self.href(urls.source_path(key)),
            document=self.plain(document.value.short) if document else item.document,
            item=self.plain(item.cite),
            title=self.plain(item.label),
            read=self.word("read_on", day=self.date(read)) if read else "",
        )

    def quizzes(self, unit: Unit) -> list[Link]:
        """Where one can test oneself on the unit."""
        names = self.shelf.asked_of.get(unit.id, [])
        banks = self.shelf.library.banks
        return [Link(self.plain(banks[name].value.title), self.href(urls.quiz_path(name))) for name in names]

    def whose(self, unit: Unit) -> Ownership | None:
        """The office that the unit comes from; None where all come from one project."""
        return ownership(self.shelf.library, unit)

    def kind(self, unit: Unit) -> Link:
        """The kind of a unit and its listing page; without a path where only retired units are left of it."""
        path = self.href(urls.section_path(unit.kind)) if unit.kind in self.shelf.kinds else ""
        return Link(KINDS[unit.kind].many[self.lang], path)

    def date(self, day: date) -> str:
        return format_date(day, self.lang)

    def year(self, buddhist_year: int) -> str:
        return format_year(buddhist_year, self.lang)

    def explain(self, html: str, marker: str, skip: frozenset[str] = frozenset()) -> Markup:
        """The HTML with the terms before `marker` linked, and their meanings put in its place."""
        text, _, rest = str(html).rpartition(marker)
        marked, found = self.shelf.finder.mark(text, self.href(urls.GLOSSARY), skip)
        return Markup(str(marked) + self._terms_here(found) + rest)  # noqa: S704 - all parts are safe

    def _terms_here(self, names: list[str]) -> str:
        if not names:
            return ""
        rows = "".join(
            f'<div><dt><a href="{self.href(urls.term_path(name))}">{escape(self._term_name(name))}</a></dt>'
            f'<dd id="term_{name}">{self.line(self.shelf.terms[name].meaning)}</dd></div>'
            for name in names
        )
        title = escape(self.words["terms_here"])
        return (
            f'<section class="terms" aria-labelledby="s_terms"><h2 id="s_terms">{title}</h2><dl>{rows}</dl></section>'
        )

    def _term_name(self, name: str) -> str:
        term = self.shelf.terms[name]
        short = f" ({term.abbreviations[0]})" if term.abbreviations else ""
        return self.plain(term.term) + short
