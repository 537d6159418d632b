"""A file of a project to a record: what came of it, and what is wrong."""

from dataclasses import dataclass
from pathlib import Path

from coopkm.model.base import Record, Unit
from coopkm.model.kinds import KINDS
from coopkm.model.validate import validate
from coopkm.problems import Problem, problem
from coopkm.reading import Document, Scalar, parse
from coopkm.text.guess import guess


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of a file's text: the document and the record it holds, where it holds them, and what is wrong."""

    text: str
    document: Document | None
    record: Record | None
    problems: list[Problem]


def read_record(name: str, text: str, model: type[Record] | None) -> Reading:
    """Read a file that holds a record of this model, or else a unit."""
    document, problems = parse(text, name)
    if document is None:
        return Reading(text, None, None, problems)
    record, found = validate(model, document, Path(name).stem) if model else _valid_unit(document)
    return Reading(text, document, record, [*problems, *found])


def _valid_unit(document: Document) -> tuple[Unit | None, list[Problem]]:
    kind = scalar_of(document, "kind")
    if kind in KINDS:
        return validate(KINDS[kind].model, document, kind)
    # What all kinds have is looked at; which further fields are right cannot be said.
    _, found = validate(Unit, document, "unit")
    problems = [row for row in found if row.code != "unknown-field"]
    if kind:
        place = document.place(("kind",))
        near = guess(kind, KINDS)
        problems.append(problem(place, "not-allowed", name="kind", value=kind, allowed=list(KINDS), guess=near))
    return None, problems


def scalar_of(document: Document, name: str) -> str:
    """The text of a field of the document, or an empty string."""
    entry = document.root.entries.get(name)
    return (entry.value.data() or "") if entry and isinstance(entry.value, Scalar) else ""
