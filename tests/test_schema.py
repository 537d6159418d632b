"""The JSON Schemas for editors: current, and of one mind with the checks."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from example_project import D1_TEXT

from coopkm.model.kinds import KINDS
from coopkm.model.schema import schemas
from coopkm.model.validate import validate
from coopkm.reading import parse

ROOT = Path(__file__).parent.parent
KNOWLEDGE = ROOT / "knowledge"


class EditorLoader(yaml.SafeLoader):
    """Values as editors with YAML 1.2 have them: days are text, only `true` and `false` are truth values."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - filled below, for this class alone


for tag, pattern, first in (
    ("null", r"^(?:~|null|)$", ["~", "n", ""]),
    ("bool", r"^(?:true|false)$", ["t", "f"]),
    ("int", r"^[-+]?[0-9]+$", list("-+0123456789")),
    ("float", r"^[-+]?[0-9]+\.[0-9]+$", list("-+0123456789")),
):
    EditorLoader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(pattern), first)

TYPES: dict[str, Any] = {
    "string": str, "integer": int, "number": (int, float), "null": type(None), "array": list, "object": dict,
}  # fmt: skip
ABOUT = {"$schema", "$defs", "title", "description", "markdownDescription", "default"}


def faults(schema: dict[str, Any], value: Any, root: dict[str, Any], at: str = "") -> list[str]:
    """Where a value breaks a schema. Only what our schemas use is known; anything else raises."""
    found = []
    for word, rule in schema.items():
        if word in ABOUT:
            continue
        found += RULES[word](schema, rule, value, root, at)
    return found


def by_ref(schema: Any, rule: str, value: Any, root: Any, at: str) -> list[str]:
    return faults(root["$defs"][rule.removeprefix("#/$defs/")], value, root, at)


def by_type(schema: Any, rule: Any, value: Any, root: Any, at: str) -> list[str]:
    names = rule if isinstance(rule, list) else [rule]
    fits = any(isinstance(value, TYPES[name]) and not isinstance(value, bool) for name in names)
    return [] if fits else [f"{at}: no {rule}"]


def by_any(schema: Any, rule: Any, value: Any, root: Any, at: str) -> list[str]:
    return [] if any(not faults(one, value, root, at) for one in rule) else [f"{at}: none of the choices"]


def by_fields(schema: Any, rule: Any, value: Any, root: Any, at: str) -> list[str]:
    inner = value if isinstance(value, dict) else {}
    return [row for key, one in rule.items() if key in inner for row in faults(one, inner[key], root, f"{at}.{key}")]


def by_items(schema: Any, rule: Any, value: Any, root: Any, at: str) -> list[str]:
    items = value if isinstance(value, list) else []
    return [row for number, item in enumerate(items) for row in faults(rule, item, root, f"{at}[{number}]")]


def by_nothing_else(schema: Any, rule: Any, value: Any, root: Any, at: str) -> list[str]:
    assert rule is False
    return [f"{at}: {key}" for key in value if key not in schema["properties"]] if isinstance(value, dict) else []


def told_if(broken: bool, at: str, word: str) -> list[str]:
    return [f"{at}: {word}"] if broken else []


RULES: dict[str, Any] = {
    "$ref": by_ref,
    "type": by_type,
    "anyOf": by_any,
    "properties": by_fields,
    "items": by_items,
    "additionalProperties": by_nothing_else,
    "required": lambda s, r, v, _, at: told_if(isinstance(v, dict) and bool(set(r) - v.keys()), at, "required"),
    "enum": lambda s, r, v, _, at: told_if(v not in r, at, "enum"),
    "const": lambda s, r, v, _, at: told_if(v != r, at, "const"),
    "pattern": lambda s, r, v, _, at: told_if(isinstance(v, str) and not re.search(r, v), at, "pattern"),
    "minimum": lambda s, r, v, _, at: told_if(isinstance(v, int) and v < r, at, "minimum"),
    "maximum": lambda s, r, v, _, at: told_if(isinstance(v, int) and v > r, at, "maximum"),
    "minItems": lambda s, r, v, _, at: told_if(isinstance(v, list) and len(v) < r, at, "minItems"),
    "minLength": lambda s, r, v, _, at: told_if(isinstance(v, str) and len(v) < r, at, "minLength"),
    "maxLength": lambda s, r, v, _, at: told_if(isinstance(v, str) and len(v) > r, at, "maxLength"),
}


@cache
def schema_of(name: str) -> dict[str, Any]:
    return dict(json.loads(schemas()[f"{name}.json"]))


def marked(name: str, text: str) -> list[str]:
    """What an editor would mark in a text."""
    return faults(schema_of(name), yaml.load(text, EditorLoader), schema_of(name))


def test_the_schemas_of_the_repository_are_current() -> None:
    """Mend with `coopkm schema`."""
    assert {path.name: path.read_text("utf-8") for path in (ROOT / "schemas").glob("*.json")} == schemas()


@pytest.mark.parametrize("path", sorted(KNOWLEDGE.rglob("*.yml")), ids=lambda path: path.stem)
def test_an_editor_marks_nothing_in_the_knowledge_of_the_repository(path: Path) -> None:
    text = path.read_text("utf-8")
    name = path.stem if path.parent == KNOWLEDGE else yaml.safe_load(text)["kind"]
    assert marked(name, text) == []


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_of_a_kind_is_in_its_schema_and_no_other(kind: str) -> None:
    schema, model = schema_of(kind), KINDS[kind].model
    assert schema["properties"].keys() == model.model_fields.keys()
    assert set(schema["required"]) == {name for name, field in model.model_fields.items() if field.is_required()}
    assert schema["additionalProperties"] is False


def test_the_schema_of_any_unit_leads_to_that_of_its_kind() -> None:
    rows = schema_of("unit")["allOf"]
    assert [row["if"]["properties"]["kind"]["const"] for row in rows] == list(KINDS)
    assert all(row["then"]["$ref"] in schemas() for row in rows)


@pytest.mark.parametrize(
    ("old", "new", "sound"),
    [
        ("minutes: 3", "minutes: 600", True),
        ("minutes: 3", "minutes: 601", False),
        ("minutes: 3", "minutes: three", False),
        ("minutes: 3", "minutes: 1.5", False),
        ("minutes: 3", "minuts: 3", False),
        ("minutes: 3", "minutes: 3\norder: 0", True),
        ("minutes: 3", "minutes: 3\nnumber: 1.2", True),
        ("minutes: 3", "minutes: 3\nnumber: '1.2.3'", True),
        ("minutes: 3", "minutes: 3\nnumber: 1-2", False),
        ("stage: first-week", "stage: first-year", True),
        ("stage: first-week", "stage: later", False),
        ("kind: duty", "kind: skill", False),
        ("audience: [officer]", "audience: []", False),
        ("audience: [officer]", "audience: officer", False),
        ("audience: [officer]", "audience: [officer, office]", True),
        ("related: [duty-02]", "related: [Duty]", False),
        ("related: [duty-02]", "related: [1a]", False),
        ("sources: [book.duty.1]\nbasis", "sources: [book duty]\nbasis", False),
        ("reviewed: 2026-11-22", "reviewed: 22/11/2026", False),
        ("  th: ตรวจนับเงินสด\n", "", False),
        ("  en: Count the cash\n", "", True),
        ("  en: Count the cash\n", "  en: Count\n  lo: x\n", False),
        ("owner:\n  th: กลุ่มส่งเสริมสหกรณ์\n  en: Promotion group\n", "owner: x\n", False),
        ("owner:\n  th: กลุ่มส่งเสริมสหกรณ์\n  en: Promotion group\n", "", False),
        ("    basis: practice\n", "", True),
        ("  - id: note\n", "  -\n", False),
        ("  - id: note\n", "  - id: note\n    details: [{id: a, text: {th: ก}}]\n", True),
        ("  - id: note\n", "  - id: note\n    details: [{id: a}]\n", False),
        ("status: ready", "status: ready\nendorsed: {by: {th: ก}, date: 2026-11-22}", True),
        ("status: ready", "status: ready\nendorsed: {by: {th: ก}}", False),
    ],
)
def test_an_editor_and_the_checks_agree(old: str, new: str, sound: bool) -> None:
    assert D1_TEXT.count(old) == 1
    text = D1_TEXT.replace(old, new)
    document, _ = parse(text, "a.yml")
    assert document is not None
    told = validate(KINDS["duty"].model, document, "duty")[1]
    assert (marked("duty", text) == [], told == []) == (sound, sound)
