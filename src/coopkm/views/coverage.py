"""What of the sources is covered, and how far the English has come."""

from typing import TypedDict

from coopkm.library import Library
from coopkm.views.catalog import shown_units
from coopkm.views.citations import citing_units
from coopkm.views.questions import units_asked_about


class English(TypedDict):
    fields: int
    missing: int
    stale: int


class Coverage(TypedDict):
    sources: int
    covered: int
    uncovered: list[str]
    units: int
    units_without_question: list[str]
    english: English


def coverage(library: Library) -> Coverage:
    """The machine form of `coopkm coverage`. A source counts as covered when a ready unit cites it."""
    units = shown_units(library)
    cited = citing_units(units)
    asked = units_asked_about(library)
    uncovered = [key for key in library.sources if key not in cited]
    return Coverage(
        sources=len(library.sources),
        covered=len(library.sources) - len(uncovered),
        uncovered=uncovered,
        units=len(units),
        units_without_question=[name for name in units if name not in asked],
        english=english(library),
    )


def english(library: Library) -> English:
    """How many texts there are, how many lack English, and how many have English older than the Thai."""
    found = [wording.text for wording in library.wordings]
    return English(
        fields=len(found),
        missing=sum(text.en is None for text in found),
        stale=sum(text.stale for text in found),
    )
