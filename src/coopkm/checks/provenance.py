"""Every statement says where it comes from."""

from collections.abc import Iterator
from datetime import date

from coopkm.library import Library
from coopkm.model.base import Detail, Record, Unit, having, walk
from coopkm.model.questions import Question
from coopkm.model.terms import Term
from coopkm.problems import Problem, problem


def basis_has_sources(library: Library, today: date) -> Iterator[Problem]:
    """A unit, point or term said to rest on a source or on law cites one; law says when it was read."""
    for placed in library.citing():
        for loc, record in walk(placed.value):
            if not isinstance(record, (Detail, Unit, Term, Question)) or record.basis not in ("source", "law"):
                continue
            basis, sources = record.basis, record.sources
            if not sources and not (not loc and _parts_cite(placed.value)):
                yield problem(placed.place((*loc, "basis")), "no-source", basis=basis)
            elif basis == "law" and sources and not any(_read(library, key) for key in sources):
                yield problem(placed.place((*loc, "basis")), "law-not-dated")


def _parts_cite(record: Record) -> bool:
    return any(sources for _, _, sources in having(record, "sources"))


def _read(library: Library, key: str) -> bool:
    item = library.sources.get(key)
    if item is None:
        return True  # an unknown key is told elsewhere
    document = library.documents.get(item.value.document)
    return bool(item.value.read or (document and document.value.read))
