"""Sources as papers name them."""

from collections.abc import Iterable, Iterator

from coopkm.course.event import Event
from coopkm.model.base import Unit, having
from coopkm.text.measure import numbers
from coopkm.views.catalog import shown_units


def cited(event: Event, keys: Iterable[str]) -> str:
    """Sources as people call them, each once, a document's together."""
    found: dict[str, dict[str, None]] = {}
    for document, item in _names(event, keys):
        found.setdefault(document, {})[item] = None
    return "; ".join(f"{document} {', '.join(items)}" for document, items in found.items())


def cited_in(event: Event, unit: Unit) -> Iterator[tuple[str, str]]:
    """Every source that a unit or one of its parts cites: how it is called, and what it says in short."""
    keys = dict.fromkeys(key for _, _, found in having(unit, "sources") for key in found)
    for key in keys:
        if item := event.library.sources.get(key):
            yield cited(event, [key]), event.say(item.value.label)


def measured_share(event: Event, share: int) -> tuple[str, str]:
    """Where a KM step of this project names this share of the staff: how the source is called, and where it holds."""
    for unit in shown_units(event.library).values():
        points = unit.points if unit.kind == "km-step" else []
        for point in points:
            if share in numbers(point.text.th) and point.sources:
                return cited(event, point.sources), event.say(point.scope) if point.scope else ""
    return "", ""


def _names(event: Event, keys: Iterable[str]) -> Iterator[tuple[str, str]]:
    for key in keys:
        item = event.library.sources.get(key)
        document = event.library.documents.get(item.value.document) if item else None
        if item and document:
            yield event.say(document.value.short), event.say(item.value.cite)
