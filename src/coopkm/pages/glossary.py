"""The glossary: every term under the letter that a reader of the language looks it up by."""

from dataclasses import dataclass

from coopkm.model.terms import Term
from coopkm.pages.page import Link, Page
from coopkm.pages.render import render
from coopkm.pages.writer import Shelf, Writer
from coopkm.text.sorting import first_letter, sort_key
from coopkm.views import urls


@dataclass(frozen=True)
class LetterGroup:
    letter: str
    anchor: str
    terms: list[Term]


def glossary_page(shelf: Shelf) -> Page:
    """All terms in dictionary order."""
    writer = Writer(shelf, urls.GLOSSARY)
    groups: dict[str, list[Term]] = {}
    ordered = sorted(shelf.terms.values(), key=lambda term: sort_key(writer.plain(term.term), shelf.lang))
    for term in ordered:
        groups.setdefault(first_letter(writer.plain(term.term)), []).append(term)
    rows = [LetterGroup(letter, f"letter-{ord(letter):x}", terms) for letter, terms in groups.items()]
    html = render("glossary.html.j2", writer, groups=rows)
    title, lede = writer.words["glossary_title"], writer.words["glossary_lede"]
    home = (Link(writer.words["home"], urls.HOME),)
    return Page(shelf.lang, urls.GLOSSARY, title, lede, html, menu=urls.GLOSSARY, trail=home)
