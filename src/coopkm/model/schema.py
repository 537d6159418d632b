"""JSON Schema for editors, drawn from the models, so that an editor completes and marks fields as the checks do."""

import json
from typing import Any

from pydantic import TypeAdapter

from coopkm.model.kinds import KINDS
from coopkm.model.project import Project
from coopkm.model.sources import SourceFile
from coopkm.model.terms import Glossary, MisprintFile

_FILES = {"sources": SourceFile, "glossary": Glossary, "misprints": MisprintFile, "project": Project}


def schemas() -> dict[str, str]:
    """File name to schema text: one for each kind of unit, `unit` for any of them, one for each other file."""
    models = {**{name: kind.model for name, kind in KINDS.items()}, **_FILES}
    made = {f"{name}.json": _text(TypeAdapter(model).json_schema()) for name, model in models.items()}
    return made | {"unit.json": _text(_any_unit())}


def _any_unit() -> dict[str, Any]:
    """Chooses the schema by `kind`, so that faults are told for the kind that the author means."""
    return {
        "type": "object",
        "required": ["kind"],
        "properties": {"kind": {"enum": list(KINDS)}},
        "allOf": [
            {"if": {"properties": {"kind": {"const": name}}}, "then": {"$ref": f"{name}.json"}} for name in KINDS
        ],
    }


def _text(schema: dict[str, Any]) -> str:
    full = {"$schema": "http://json-schema.org/draft-07/schema#", **schema}
    return json.dumps(full, ensure_ascii=False, indent=1) + "\n"
