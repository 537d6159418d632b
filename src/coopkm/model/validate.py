"""Nodes to records; every fault of form becomes a problem in the author's words."""

from typing import Any, Literal, TypeVar, get_args, get_origin

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from coopkm.model.base import Record
from coopkm.problems import Place, Problem, problem
from coopkm.reading import Document, Mapping, Node, Sequence
from coopkm.reading.nodes import Loc
from coopkm.text.guess import guess

R = TypeVar("R", bound=Record)

_EXPECTED = {
    "text": ("ข้อความ", "a text", "{name}: ข้อความ"),
    "list": ("รายการ", "a list", "{name}: [ก, ข]"),
    "fields": ("กลุ่มช่อง", "a group of fields", "{name}: {{th: ..., en: ...}}"),
}
_CUSTOM = ("bad-id", "bad-key", "bad-date", "bad-number", "bad-url", "empty-text")


def validate(model: type[R], document: Document, kind: str) -> tuple[R | None, list[Problem]]:
    """The record that a document holds, or None, and what is wrong with it. `kind` names it to the author."""
    try:
        return model.model_validate(document.root.data()), []
    except ValidationError as error:
        found = (_problem(model, document, kind, row) for row in error.errors(include_url=False))
        return None, sorted(set(found))


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
    if code == "literal_error":
        return _not_allowed(model, here, loc, str(row["input"]))
    if code == "too_short":
        return problem(here, "empty-list", name=name)
    if code == "string_too_long":
        return problem(here, "text-too-long", name=name, limit=context["max_length"])
    expected = "text" if code == "wrong-type" else "list" if code == "list_type" else "fields"
    return _wrong_type(here, name, expected, row["input"])


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
    return problem(place, "missing-field", name=name, kind=kind)


def _unknown(model: type[Record], document: Document, loc: Loc, kind: str) -> Problem:
    *outer, name = loc
    owner = _model_at(model, tuple(outer))
    allowed = list(owner.model_fields) if owner else []
    return problem(
        document.place(loc, key=True),
        "unknown-field",
        name=name,
        kind=kind if not outer else _name(tuple(outer)),
        allowed=", ".join(allowed),
        guess=guess(str(name), allowed),
    )


def _not_allowed(model: type[Record], here: Place, loc: Loc, value: str) -> Problem:
    allowed = _choices(model, loc)
    return problem(
        here, "not-allowed", name=_name(loc), value=value, allowed=", ".join(allowed), guess=guess(value, allowed)
    )


def _wrong_type(here: Place, name: str, expected: str, value: Any) -> Problem:
    if value is None:
        return problem(here, "empty-text", name=name)
    found = "text" if isinstance(value, str) else "list" if isinstance(value, list) else "fields"
    th, en, example = _EXPECTED[expected]
    return problem(
        here,
        "wrong-type",
        name=name,
        expected_th=th,
        expected_en=en,
        found_th=_EXPECTED[found][0],
        found_en=_EXPECTED[found][1],
        example=example.format(name=name),
    )


def _model_at(model: type[Record], loc: Loc) -> type[Record] | None:
    """The record type that a location leads to."""
    found: type[Record] | None = model
    for step in loc:
        if isinstance(step, int):
            continue
        field = found.model_fields.get(step) if found else None
        found = next((part for part in _parts(field.annotation) if _is_record(part)), None) if field else None
    return found


def _choices(model: type[Record], loc: Loc) -> list[str]:
    *outer, _ = [step for step in loc if isinstance(step, str)] or [""]
    owner = _model_at(model, tuple(outer))
    field = owner.model_fields.get(_name(loc)) if owner else None
    for part in _parts(field.annotation) if field else ():
        if get_origin(part) is Literal:
            return [str(choice) for choice in get_args(part)]
    return []


def _parts(annotation: Any) -> list[Any]:
    """An annotation and everything inside it."""
    inner = [] if get_origin(annotation) is Literal else get_args(annotation)
    return [annotation, *(deep for part in inner for deep in _parts(part))]


def _is_record(part: Any) -> bool:
    return isinstance(part, type) and issubclass(part, Record)


