"""What a style of Word makes of a paragraph: a heading, a list, bold, a size."""

import re
from dataclasses import dataclass, replace
from typing import Any

from coopkm.imports.word_package import W

_HEADING = re.compile(r"(?:heading|หัวเรื่อง|หัวข้อ)\s*([1-9])", re.IGNORECASE)
_CONTENTS = re.compile(r"toc\s*[0-9]|toc heading", re.IGNORECASE)


@dataclass(frozen=True)
class Looks:
    """Heading level (0 for none), bold, size and indent in points, list and its level; whether of a contents table."""

    level: int = 0
    bold: bool = False
    size: float = 0.0
    number: str = ""
    depth: int = 0
    contents: bool = False
    indent: float = 0.0


def styles_of(root: Any) -> tuple[dict[str, Looks], Looks]:
    """Looks by the id of the style, with all that they inherit, and those of a paragraph without one."""
    if root is None:
        return {}, Looks()
    base = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
    plain = letters(Looks(), base)
    rows = {one.get(f"{W}styleId", ""): one for one in root.iterfind(f"{W}style")}
    found: dict[str, Looks] = {}
    for name in rows:
        _resolve(name, rows, plain, found)
    usual = next(
        (
            name
            for name, one in rows.items()
            if one.get(f"{W}type") == "paragraph" and one.get(f"{W}default") in ("1", "true")
        ),
        "",
    )
    return found, found.get(usual, plain)


def _resolve(name: str, rows: dict[str, Any], plain: Looks, found: dict[str, Looks]) -> None:
    chain: list[str] = []
    at: str | None = name
    while at in rows and at not in chain and at not in found and len(chain) < 50:
        chain.append(at)
        based = rows[at].find(f"{W}basedOn")
        at = based.get(f"{W}val") if based is not None else None
    looks = found.get(at or "", plain)
    for one in reversed(chain):
        looks = _own(looks, rows[one])
        found[one] = looks


def _own(looks: Looks, style: Any) -> Looks:
    looks = letters(paragraph(looks, style.find(f"{W}pPr")), style.find(f"{W}rPr"))
    name = style.find(f"{W}name")
    called = name.get(f"{W}val", "") if name is not None else ""
    heading = _HEADING.fullmatch(called.strip())
    if heading:
        looks = replace(looks, level=int(heading[1]))
    return replace(looks, contents=True) if _CONTENTS.fullmatch(called.strip()) else looks


def paragraph(looks: Looks, properties: Any) -> Looks:
    """Looks with what the properties of a paragraph change."""
    if properties is None:
        return looks
    outline = properties.find(f"{W}outlineLvl")
    if outline is not None and outline.get(f"{W}val", "").isdecimal():
        level = int(outline.get(f"{W}val"))
        looks = replace(looks, level=level + 1 if level < 9 else 0)
    indent = indent_of(properties)
    looks = replace(looks, indent=indent) if indent else looks
    numbered = properties.find(f"{W}numPr")
    return _listed(looks, numbered) if numbered is not None else looks


def _listed(looks: Looks, numbered: Any) -> Looks:
    number, depth = numbered.find(f"{W}numId"), numbered.find(f"{W}ilvl")
    if number is not None:
        name = number.get(f"{W}val", "")
        looks = replace(looks, number="" if name == "0" else name)
    level = depth.get(f"{W}val", "") if depth is not None else ""
    return replace(looks, depth=int(level)) if level.isdecimal() and len(level) == 1 else looks


def indent_of(properties: Any) -> float:
    """Where the first line of a paragraph begins, in points."""
    indent = properties.find(f"{W}ind") if properties is not None else None
    if indent is None:
        return 0.0
    twips = {name: indent.get(f"{W}{name}", "") for name in ("left", "start", "hanging", "firstLine")}
    points = {
        name: int(value) / 20 for name, value in twips.items() if value.lstrip("-").isdecimal() and len(value) < 7
    }
    return points.get("left", points.get("start", 0.0)) - points.get("hanging", 0.0) + points.get("firstLine", 0.0)


def letters(looks: Looks, properties: Any) -> Looks:
    """Looks with what the properties of letters change; Thai letters go by those of complex scripts."""
    if properties is None:
        return looks
    for name in ("b", "bCs"):
        one = properties.find(f"{W}{name}")
        if one is not None:
            looks = replace(looks, bold=one.get(f"{W}val", "1") not in ("0", "false", "off"))
    for name in ("sz", "szCs"):
        one = properties.find(f"{W}{name}")
        if one is not None and one.get(f"{W}val", "").isdecimal():
            looks = replace(looks, size=int(one.get(f"{W}val")[:4]) / 2)
    return looks
