"""JSON Schema for editors, drawn from the models: an editor completes and marks fields as the checks do."""

import json
from typing import Any

from pydantic import TypeAdapter

from coopkm.model.base import Record
from coopkm.model.blueprint import Blueprint
from coopkm.model.editions import Edition
from coopkm.model.fields import Described, about, describe, records_in
from coopkm.model.handbook import Handbook
from coopkm.model.kinds import KINDS
from coopkm.model.km import KmYear
from coopkm.model.paths import PathFile
from coopkm.model.project import Project
from coopkm.model.questions import Bank
from coopkm.model.sources import SourceFile
from coopkm.model.terms import Glossary, MisprintFile

FILES: dict[str, type[Record]] = {
    "sources": SourceFile,
    "glossary": Glossary,
    "misprints": MisprintFile,
    "project": Project,
    "paths": PathFile,
    "bank": Bank,
    "blueprint": Blueprint,
    "km": KmYear,
    "edition": Edition,
    "handbook": Handbook,
}


def schemas() -> dict[str, str]:
    """File name to schema text: one for each kind of unit, `unit` for any kind, one for each other file."""
    kinds = {f"{name}.json": _schema(kind.model, kind.about) for name, kind in KINDS.items()}
    others = {f"{name}.json": _schema(model, about(model)) for name, model in FILES.items()}
    made = {**kinds, **others, "unit.json": _any_unit()}
    return {name: _text(schema) for name, schema in made.items()}


def _schema(model: type[Record], meaning: dict[str, str]) -> dict[str, Any]:
    schema = TypeAdapter(model).json_schema()
    parts = {**schema.get("$defs", {}), model.__name__: schema}
    for record in records_in(model):
        _explain(parts[record.__name__], record, meaning if record is model else about(record))
    return schema


def _explain(part: dict[str, Any], record: type[Record], meaning: dict[str, str]) -> None:
    """Put what an editor shows into the schema of a record; what the library makes of names goes."""
    part["description"] = f"{meaning['th']} / {meaning['en']}"
    part.pop("title", None)
    for name, field in part["properties"].items():
        found = describe(record, name)
        field.pop("title", None)
        if not field.get("default"):
            field.pop("default", None)  # an editor that completes the field would write it: `null` or `[]`
        field["description"] = found.both()
        field["markdownDescription"] = _with_example(found)


def _with_example(found: Described) -> str:
    return f"{found.th}\n\n{found.en}\n\n```yaml\n{found.example}\n```"


def _any_unit() -> dict[str, Any]:
    """Chooses the schema by `kind`, so that faults are told for the kind that the author means."""
    return {
        "type": "object",
        "required": ["kind"],
        "properties": {"kind": {"enum": list(KINDS)}},
        "allOf": [
            {
                # Without `required`, a unit that has no kind yet would be held to the schemas of all of them.
                "if": {"properties": {"kind": {"const": name}}, "required": ["kind"]},
                "then": {"$ref": f"{name}.json"},
            }
            for name in KINDS
        ],
    }


def _text(schema: dict[str, Any]) -> str:
    full = {"$schema": "http://json-schema.org/draft-07/schema#", **schema}
    return json.dumps(full, ensure_ascii=False, indent=1) + "\n"
