"""What a question is about, as tags of programs that know nothing else, such as `level:apply`."""

from collections.abc import Iterable
from typing import Any

from coopkm.exports.items import Question


def tags_of(question: Question) -> list[str]:
    """Topic, level, units and sources of a question."""
    single = [("topic", question.topic), ("level", question.level)]
    several = [("unit", name) for name in question.units] + [("source", key) for key in question.sources]
    return [f"{name}:{value}" for name, value in [*single, *several] if value]


def of_tags(tags: Iterable[str]) -> dict[str, Any]:
    """Fields of a question, from its tags."""
    found: dict[str, list[str]] = {"topic": [], "level": [], "unit": [], "source": []}
    for tag in tags:
        name, _, value = tag.partition(":")
        if name in found:
            found[name].append(value)
    return {
        "topic": next(iter(found["topic"]), None),
        "level": next(iter(found["level"]), None),
        "units": found["unit"],
        "sources": found["source"],
    }


def name_of(question: Question) -> str:
    """The name under which a trainer sees the question: its id, then its objective."""
    return f"{question.id} {question.objective or ''}".strip()


def objective_of(name: str) -> str | None:
    """The objective of what `name_of` gave."""
    return name.partition(" ")[2] or None
