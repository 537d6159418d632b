"""Projects of any size for measurements: `python3 scripts/bench_project.py FOLDER UNITS`.

The sentences, the registry and the glossary are the real ones of knowledge/; what is invented is how many
there are and how they are put together. Every sentence bears a number of its own, so that nothing can be
gained by remembering one that came before. The same numbers give the same bytes.
"""

import random
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from coopkm.library import ENGLISH_RECORD, read_library
from coopkm.model.base import texts
from coopkm.model.kinds import KINDS
from coopkm.translations import EVERYTHING, confirmed

ROOT = Path(__file__).resolve().parent.parent
THAI_LETTERS = 2_000  # about so many on each page
KEPT = ("mkdocs.yml", "knowledge/sources.yml", "knowledge/glossary.yml", "knowledge/misprints.yml")
# Of a hundred units, how many are of which kind. Procedures are few whatever the size: they share one picture.
SHARES = {
    "guideline": 30, "background": 14, "problem": 12, "preparation": 10, "skill": 8, "duty": 8,
    "organisation": 6, "km-step": 6, "checklist": 3, "attribute": 3,
}  # fmt: skip
PROCEDURES = 3
MARKUP = "[]<>*_`#:|"


class Phrase(NamedTuple):
    """A sentence in both languages."""

    th: str
    en: str


def write_project(root: Path, units: int, seed: int = 1) -> None:
    """Make a project of so many units in `root`, which must not be there yet."""
    (root / "docs" / "th").mkdir(parents=True)
    (root / "docs" / "en").mkdir()
    (root / "knowledge").mkdir()
    for name in KEPT:
        shutil.copyfile(ROOT / name, root / name)
    writer = _Units(seed, units)
    for unit in writer.units():
        folder = root / "knowledge" / KINDS[unit["kind"]].folder
        folder.mkdir(exist_ok=True)
        (folder / f"{unit['id']}.yml").write_text(as_yaml(unit), encoding="utf-8", newline="\n")
    _restore_terms(root)
    library, _ = read_library(root)
    (root / ENGLISH_RECORD).write_text(confirmed(library, EVERYTHING), encoding="utf-8", newline="\n")


class _Dumper(yaml.CSafeDumper):
    """Writes everything out: the project's YAML knows no anchors."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def as_yaml(unit: dict[str, Any]) -> str:
    return str(yaml.dump(unit, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10_000))


def _restore_terms(root: Path) -> None:
    """Terms point to units of the real project, which are not here."""
    path = root / "knowledge" / "glossary.yml"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text(
        "".join(line for line in lines if not line.startswith("    unit: ")), encoding="utf-8", newline="\n"
    )


class _Units:
    """Units drawn from one seed."""

    def __init__(self, seed: int, count: int) -> None:
        library, _ = read_library(ROOT)
        found = (text for placed in library.units.values() for _, text in texts(placed.value))
        self._phrases = sorted({Phrase(text.th, text.en) for text in found if text.en and _is_plain(text.th, text.en)})
        self._sources = sorted(library.sources)
        self._terms = sorted(library.terms)
        self._random = random.Random(seed)
        self._number = 0
        kinds = self._random.choices(list(SHARES), weights=list(SHARES.values()), k=max(0, count - PROCEDURES))
        kinds += ["procedure"] * min(count, PROCEDURES)
        self._ids = [f"{kind}-{number:05}" for number, kind in enumerate(kinds, 1)]
        self._kinds = kinds

    def units(self) -> Iterator[dict[str, Any]]:
        for at, (name, kind) in enumerate(zip(self._ids, self._kinds, strict=True)):
            yield self._unit(name, kind, at)

    def _text(self, sentences: int = 1) -> dict[str, str]:
        chosen = []
        for phrase in self._random.choices(self._phrases, k=sentences):
            self._number += 1
            chosen.append(Phrase(f"{phrase.th} ({self._number})", f"{phrase.en} ({self._number})"))
        return {"th": " ".join(phrase.th for phrase in chosen), "en": " ".join(phrase.en for phrase in chosen)}

    def _cited(self) -> list[str]:
        return self._random.sample(self._sources, self._random.choice((1, 1, 1, 2)))

    def _unit(self, name: str, kind: str, at: int) -> dict[str, Any]:
        pick = self._random
        unit: dict[str, Any] = {
            "id": name,
            "kind": kind,
            "order": at % 90_000,
            "title": self._text(),
            "summary": self._text(2),
            **self._own_fields(kind),
            "points": [],
        }
        if pick.random() < 0.8:
            unit["example"] = self._text(3)
        if pick.random() < 0.3:
            unit["body"] = self._body()
        while _letters(unit) < THAI_LETTERS:
            unit["points"].append(self._point(f"point-{len(unit['points']) + 1}", details=pick.choice((0, 0, 0, 3))))
        near = [other for other in self._ids[max(0, at - 40) : at + 40] if other != name]
        return unit | {
            "sources": self._cited(),
            "basis": "source",
            "audience": pick.sample(["officer", "trainer", "office"], pick.choice((1, 1, 2))),
            "stage": pick.choice(["first-day", "first-week", "first-month", "first-year"]),
            "minutes": pick.randint(1, 9),
            "requires": self._ids[at // 2 : at // 2 + 1] if at > 0 and pick.random() < 0.3 else [],
            "related": pick.sample(near, min(3, len(near))),
            "owner": {"th": "กลุ่มส่งเสริมสหกรณ์", "en": "Promotion group"},
            "reviewed": f"2026-{pick.randint(1, 9):02}-{pick.randint(1, 28):02}",
            "review_by": "2099-12-31",
            "status": "ready",
        }

    def _point(self, name: str, details: int = 0) -> dict[str, Any]:
        point = {"id": name, "text": self._text(), "sources": self._cited()}
        if details:
            point["details"] = [
                {**self._point(f"{name}-{number}"), "sources": point["sources"]} for number in range(details)
            ]
        return point

    def _body(self) -> dict[str, str]:
        first, second, third, fourth = (self._text() for _ in range(4))
        unit, term, source = (self._random.choice(names) for names in (self._ids, self._terms, self._sources))
        return {
            lang: f"### {first[lang]}\n\n**{second[lang]}** [{third[lang]}](unit:{unit})\n\n"
            f"- [{term}](term:{term})\n- [{source}](source:{source})\n- {fourth[lang]}\n"
            for lang in ("th", "en")
        }

    def _own_fields(self, kind: str) -> dict[str, Any]:
        """What only units of this kind have."""
        if kind == "checklist":
            items = [self._point(f"item-{number}") for number in range(8)]
            rows = [
                {**item, "when": self._random.choice(["before", "during", "after"]), "why": self._text()}
                for item in items
            ]
            return {"occasion": self._text(), "items": rows}
        if kind == "problem":
            parts = ("signs", "causes", "prevention", "remedy", "involve")
            return {part: [self._point(f"{part}-{number}") for number in range(2)] for part in parts}
        if kind == "skill":
            return {"in_field": self._text(2), "exercise": self._text(2)}
        if kind == "procedure":
            return {"short": {"th": "ขั้นงาน", "en": "Phase"}, "steps": [self._step(number) for number in range(1, 6)]}
        return {}

    def _step(self, number: int) -> dict[str, Any]:
        short = {"th": f"ขั้นที่ {number}", "en": f"Step {number}"}
        acts = {"th": "เจ้าหน้าที่", "en": "Officer"}
        return {
            "id": f"step-{number}", "number": str(number), "title": self._text(), "short": short,
            "text": self._text(2), "acts": acts, "output": self._text(), "sources": self._cited(),
        }  # fmt: skip


def _is_plain(th: str, en: str) -> bool:
    """Whether three such sentences make a paragraph that the checks find short enough, without markup."""
    return len(th) <= 70 and len(en.split()) <= 16 and not set(th + en) & set(MARKUP)


def _letters(value: Any) -> int:
    """Thai text in a unit, counted in characters."""
    if isinstance(value, dict):
        return sum(
            len(inner) if name == "th" and isinstance(inner, str) else _letters(inner) for name, inner in value.items()
        )
    return sum(map(_letters, value)) if isinstance(value, list) else 0


if __name__ == "__main__":
    write_project(Path(sys.argv[1]), int(sys.argv[2]))
