"""How the forms compare, as figures and as a table for the terminal."""

import json
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from coopkm.forms.facts import Facts
from coopkm.forms.form import Form, Printed
from coopkm.forms.layout import TYPE_ORDER
from coopkm.forms.right import right_ids
from coopkm.forms.words import WORDS
from coopkm.model.questions import LEVELS


def balance(forms: Sequence[Form], facts: Mapping[str, Facts]) -> dict[str, Any]:
    """Figures of each form, by its letter: sums over its questions, and where the right options of one choice stand."""
    return {form.label: _figures(form, forms, facts) for form in forms}


def _figures(form: Form, forms: Sequence[Form], facts: Mapping[str, Facts]) -> dict[str, Any]:
    rows = [facts[entry.asked.question.id] for entry in form.entries]
    others = {entry.asked.question.id for other in forms if other is not form for entry in other.entries}
    eases = [row.ease * row.points for row in rows if row.ease is not None]
    points = sum(row.points for row in rows)
    return {
        "code": form.code,
        "questions": len(rows),
        "answers": sum(row.answers for row in rows),
        "points": points,
        "length": round(sum(row.length for row in rows) / len(rows), 1),
        "ease": round(sum(eases) / points, 3) if eases else None,
        "levels": {name: sum(row.points for row in rows if row.level == name) for name in LEVELS},
        "types": {name: count for name in TYPE_ORDER if (count := sum(row.type == name for row in rows))},
        "topics": dict(sorted(Counter(row.topic for row in rows).items())),
        "places": _places(form),
        "shared": sorted(others & {row.id for row in rows}),
    }


def _places(form: Form) -> dict[str, int]:
    """Letter to how often the right option of a single question stands there."""
    found: Counter[str] = Counter()
    for printed in form.printed():
        if printed.part.type == "single":
            found.update({choice.mark: 0 for choice in printed.choices})
            found.update(_right(printed))
    return dict(found)


def _right(printed: Printed) -> Iterator[str]:
    right = right_ids(printed.part)
    return (choice.mark for choice in printed.choices if choice.id in right)


def balance_file(forms: Sequence[Form], facts: Mapping[str, Facts]) -> str:
    """The figures as a file."""
    first = forms[0]
    head = {"format": "coopkm-balance", "version": 1, "blueprint": first.blueprint.id, "seed": first.seed}
    made = {**head, "lang": first.lang, "forms": balance(forms, facts)}
    return json.dumps(made, ensure_ascii=False, indent=1) + "\n"


def balance_text(forms: Sequence[Form], facts: Mapping[str, Facts], topics: Mapping[str, str], lang: str) -> str:
    """The figures as lines, a column a form; `topics` are the banks' names."""
    figures = list(balance(forms, facts).values())
    rows = [[WORDS[lang]["balance"], *(row["code"] for row in figures)]]
    rows += [[name, *map(_shown, values)] for name, values in _rows(figures, topics, WORDS[lang])]
    widths = [max(_width(row[at]) for row in rows) for at in range(len(rows[0]))]
    return "\n".join(_line(row, widths) for row in rows) + "\n"


def _rows(
    figures: Sequence[Mapping[str, Any]], topics: Mapping[str, str], words: Mapping[str, str]
) -> Iterator[tuple[str, list[Any]]]:
    for name in ("questions", "answers", "points", "length"):
        yield words[f"row_{name}"], [row[name] for row in figures]
    if any(row["ease"] is not None for row in figures):
        yield words["row_ease"], [None if row["ease"] is None else round(100 * row["ease"], 1) for row in figures]
    said: dict[str, Mapping[str, str]] = {
        "level": {name: words[f"level_{name}"] for name in LEVELS},
        "type": {name: name for name in TYPE_ORDER},
        "topic": topics,
    }
    for kind, names in said.items():
        for name, title in names.items():
            if any(row[f"{kind}s"].get(name) for row in figures):
                yield words[f"row_{kind}"].format(name=title), [row[f"{kind}s"].get(name, 0) for row in figures]
    for mark in dict.fromkeys(mark for row in figures for mark in row["places"]):
        yield words["row_place"].format(name=mark), [row["places"].get(mark, 0) for row in figures]
    if any(row["shared"] for row in figures):
        yield words["row_shared"], [len(row["shared"]) for row in figures]


def _shown(value: Any) -> str:
    return "-" if value is None else f"{value:g}" if isinstance(value, float) else str(value)


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    first, *rest = (text + " " * (width - _width(text)) for text, width in zip(row, widths, strict=True))
    return "  ".join([first, *rest]).rstrip()


def _width(text: str) -> int:
    """Columns on a terminal: Thai vowels and tone marks above and below take none."""
    return sum(unicodedata.category(char) != "Mn" for char in text)
