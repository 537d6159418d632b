"""The page of a unit."""

from typing import Any

from coopkm.model.base import Unit
from coopkm.model.kinds import KINDS
from coopkm.pages.page import Link, Page
from coopkm.pages.render import render
from coopkm.pages.writer import Shelf, Writer
from coopkm.views import urls

_TERMS = "<hr data-terms>"  # no text of an author can come out as this


def unit_page(shelf: Shelf, unit: Unit) -> Page:
    """The page of one unit."""
    path = urls.unit_path(unit)
    writer = Writer(shelf, path)
    before, after = shelf.neighbours.get(unit.id, (None, None))
    html = render(
        "unit.html.j2",
        writer,
        unit=unit,
        backlinks=shelf.leading_here.get(unit.id, []),
    )
    own_terms = frozenset(name for name, term in shelf.terms.items() if term.unit == unit.id)
    section = Link(KINDS[unit.kind].many[shelf.lang], urls.section_path(unit.kind))
    home = Link(writer.words["home"], urls.HOME)
    return Page(
        lang=shelf.lang,
        path=path,
        title=writer.plain(unit.title),
        description=writer.plain(unit.summary),
        html=writer.explain(html, _TERMS, own_terms),
        menu=urls.section_path(unit.kind),
        trail=(home, section) if unit.kind in shelf.kinds else (home,),
        previous=_neighbour(writer, before),
        next=_neighbour(writer, after),
        bulk=True,
        schema=_schema(writer, unit),
    )


def _neighbour(writer: Writer, other: Unit | None) -> Link | None:
    return Link(writer.plain(other.title), urls.unit_path(other)) if other else None


def _schema(writer: Writer, unit: Unit) -> dict[str, Any]:
    """schema.org: a learning resource with its language, dates and time."""
    return {
        "@context": "https://schema.org",
        "@type": ["LearningResource", "Article"],
        "headline": writer.plain(unit.title),
        "description": writer.plain(unit.summary),
        "inLanguage": unit.summary.language_for(writer.lang),
        "dateModified": unit.reviewed.isoformat(),
        "timeRequired": f"PT{unit.minutes}M",
        "isAccessibleForFree": True,
        "license": "https://creativecommons.org/licenses/by/4.0/",
    }
