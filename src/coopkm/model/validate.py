"""Nodes to records; every fault of form becomes a problem in the author's words."""

from collections.abc import Iterator
from typing import Any, Literal, TypeVar, get_args, get_origin

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from coopkm.model.base import Record, Text, record_type, share_names
from coopkm.problems import Place, Problem, problem
from coopkm.reading import Document, Mapping, Node, Sequence
from coopkm.reading.nodes import Loc
from coopkm.text.guess import guess

R = TypeVar("R", bound=Record)

_EXPECTED = {"wrong-type": "text", "literal_error": "text", "list_type": "list"}  # any other: fields
_SHAPES = {
    "text": ("ข้อความ", "a text"),
    "list": ("รายการ", "a list"),
    "fields": ("กลุ่มช่อง", "a group of fields"),
}
_CUSTOM = ("bad-id", "bad-key", "bad-date", "bad-number", "bad-step", "bad-url", "bad-flag", "bad-amount", "empty-text")


def validate(model: type[R], document: Document, kind: str) -> tuple[R | None, list[Problem]]:
    """The record that a document holds, or None, and what is wrong with it. `kind` names it to the author."""
    try:
        record = model.model_validate(document.root.data())
        share_names(record)
        return record, []
    except ValidationError as error:
        found = {_problem(model, document, kind, row) for row in error.errors(include_url=False)}
        return None, sorted(found - _misspelt(found))


def _misspelt(found: set[Problem]) -> set[Problem]:
    """Missing fields that stand there under a misspelt name: to add them once more would be wrong."""
    meant = {(row.place.path, dict(row.values)["guess"]) for row in found if row.code == "unknown-field"}
    return {row for row in found if row.code == "missing-field" and (row.place.path, dict(row.values)["name"]) in meant}


def _problem(model: type[Record], document: Document, kind: str, row: ErrorDetails) -> Problem:
    loc: Loc = _trim(document.root, row["loc"])
    name = _name(loc)
    here = document.place(loc)
    context: dict[str, Any] = row.get("ctx", {})
    code = row["type"]
    if code == "missing":
        return _missing(document, loc, kind)
    if code == "extra_forbidden":
        return _unknown(model, document, loc, kind)
    if code in _CUSTOM:
        values = {"name": name, "guess": "", **context}
        return problem(here, code, **values)
    if code == "literal_error" and isinstance(row["input"], str):
        return _not_allowed(model, here, loc, row["input"])
    if code == "too_short":
        return problem(here, "empty-list", name=name)
    if code == "too_long":
        return problem(here, "text-too-long", name=name, limit=context["max_length"])
    return _wrong_type(model, here, loc, _EXPECTED.get(code, "fields"), row["input"])


def _trim(root: Node, loc: tuple[int | str, ...]) -> Loc:
    """The part of a library location that the author wrote, and at most one step beyond."""
    node: Node | None = root
    steps: list[int | str] = []
    for step in loc:
        inner: Node | None = None
        if isinstance(node, Mapping) and isinstance(step, str):
            entry = node.entries.get(step)
            inner = entry.value if entry else None
        elif isinstance(node, Sequence) and isinstance(step, int):
            inner = node.items[step]
        else:
            break
        steps.append(step)
        node = inner
    return tuple(steps)


def _name(loc: Loc) -> str:
    """The innermost field that has a name."""
    return next((step for step in reversed(loc) if isinstance(step, str)), "?")


def _missing(document: Document, loc: Loc, kind: str) -> Problem:
    *outer, name = loc
    place = document.place(tuple(outer), key=True)
    if name == "th":
        return problem(place, "text-missing", name=_name(tuple(outer)))
    return problem(place, "missing-field", name=name, kind=_owner(outer, kind))


def _owner(outer: list[int | str], kind: str) -> str:
    """What the author calls the group of fields at a location."""
    return _name(tuple(outer)) if outer else kind


def _unknown(model: type[Record], document: Document, loc: Loc, kind: str) -> Problem:
    *outer, name = loc
    owner = _model_at(model, tuple(outer))
    allowed = list(owner.model_fields) if owner else []
    return problem(
        document.place(loc, key=True),
        "unknown-field",
        name=name,
        kind=_owner(outer, kind),
        allowed=allowed,
        guess=guess(str(name), allowed),
    )


def _not_allowed(model: type[Record], here: Place, loc: Loc, value: str) -> Problem:
    allowed = _choices(model, loc)
    return problem(here, "not-allowed", name=_name(loc), value=value, allowed=allowed, guess=guess(value, allowed))


def _wrong_type(model: type[Record], here: Place, loc: Loc, expected: str, value: Any) -> Problem:
    name = _name(loc)
    if value is None:
        return problem(here, "empty-text", name=name)
    found = "text" if isinstance(value, str) else "list" if isinstance(value, list) else "fields"
    return problem(
        here,
        "wrong-type",
        name=name,
        expected_th=_SHAPES[expected][0],
        expected_en=_SHAPES[expected][1],
        found_th=_SHAPES[found][0],
        found_en=_SHAPES[found][1],
        example=_example(_model_at(model, loc), expected, name, value, is_item=isinstance(loc[-1], int)),
    )


def _example(record: type[Record] | None, expected: str, name: str, value: Any, *, is_item: bool) -> str:
    """How the author would write it; with his own text where a list is asked for and a text stands there."""
    text = "..."
    if record is not None:
        fields = record.model_fields.items()
        named = [key for key, field in fields if field.is_required() or record is Text]
        text = "{" + ", ".join(f"{key}: ..." for key in named) + "}"
    elif isinstance(value, str):
        text = value
    if expected == "list":
        text = f"[{text}]"
    return f"- {text}" if is_item else f"{name}: {text}"


def _model_at(model: type[Record], loc: Loc) -> type[Record] | None:
    """The record type that a location leads to."""
    found: type[Record] | None = model
    for name in _names(loc):
        field = found.model_fields.get(name) if found else None
        found = record_type(field.annotation) if field else None
    return found


def _names(loc: Loc) -> list[str]:
    return [step for step in loc if isinstance(step, str)]


def _choices(model: type[Record], loc: Loc) -> list[str]:
    *outer, name = _names(loc)
    owner = _model_at(model, tuple(outer))
    field = owner.model_fields.get(name) if owner else None
    return list(_literals(field.annotation)) if field else []


def _literals(annotation: Any) -> Iterator[str]:
    """The values of the choices inside an annotation."""
    for part in get_args(annotation):
        if get_origin(annotation) is Literal:
            yield str(part)
        else:
            yield from _literals(part)
