"""What a package lost, in words: for the screen in one language, for the file beside it in both, and as a table."""

from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

from coopkm.exports.limits import FORMATS, Format, Losses, lost_in, table
from coopkm.exports.packages import Package
from coopkm.model.base import LANGS, Lang
from coopkm.model.questions import TYPES
from coopkm.text.dates import format_date


@lru_cache(maxsize=1)
def _words() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = yaml.safe_load(files(__package__).joinpath("loss_words.yml").read_text("utf-8"))
    return found


def _word(name: str, lang: Lang, **values: Any) -> str:
    return _words()[name][lang].format(**values)


def losses_name(name: Format, pool: str) -> str:
    """The name of the file that lists what was lost."""
    return f"coopkm-{name}{'-exam' if pool == 'exam' else ''}-losses.txt"


def losses_text(package: Package) -> str:
    """The list in both languages, with the ids of the questions."""
    return "\n\n".join("\n".join(_lines(package, lang, ids=True)) for lang in LANGS) + "\n"


def losses_shown(package: Package, lang: Lang) -> str:
    """The list in one language, with counts only."""
    return "\n".join(_lines(package, lang, ids=False))


def files_in(text: str) -> set[str]:
    """The files that a list of ours names: those may be written over."""
    return {line[2:].partition(" (")[0] for line in text.splitlines() if line.startswith("- coopkm-")}


def _lines(package: Package, lang: Lang, *, ids: bool) -> Iterator[str]:
    named = table()["formats"][package.name]["name"]
    pool = _word(package.pool, lang)
    yield _word("title", lang, format=named, date=format_date(package.edition, lang), pool=pool)
    yield ""
    yield _word("files", lang)
    for name, count in package.counts.items():
        yield f"- {name} ({_word('questions', lang, count=count)})"
    yield ""
    rows = list(_rows(package, lang))
    yield _word("lost" if rows or "both_languages" in lost_in(package.name) else "nothing", lang)
    if "both_languages" in lost_in(package.name):
        yield f"- {table()['features']['both_languages'][lang]}"
    for title, found in rows:
        yield f"- {title}: {_counts(found, lang)}"
        if ids:
            yield from _listed(found, lang)


_Found = dict[Lang, list[str]]


def _rows(package: Package, lang: Lang) -> Iterator[tuple[str, _Found]]:
    """What was lost, and in each language of which questions."""
    found = {of: dict(_entries(losses, lang)) for of, losses in package.losses.items()}
    for title in dict.fromkeys(title for rows in found.values() for title in rows):
        yield title, {of: rows.get(title, []) for of, rows in found.items()}


def _are_same(found: _Found) -> bool:
    return len({tuple(ids) for ids in found.values()}) == 1


def _counts(found: _Found, lang: Lang) -> str:
    if _are_same(found):
        return _word("questions", lang, count=len(next(iter(found.values()))))
    counts = (f"{_word(f'lang_{of}', lang)} {_word('questions', lang, count=len(ids))}" for of, ids in found.items())
    return ", ".join(counts) if lang == "en" else " ".join(counts)


def _listed(found: _Found, lang: Lang) -> Iterator[str]:
    if _are_same(found):
        yield f"    {', '.join(next(iter(found.values())))}"
        return
    for of, ids in found.items():
        yield f"    {_word(f'lang_{of}', lang)}: {', '.join(ids) or '-'}"


def _entries(losses: Losses, lang: Lang) -> Iterator[tuple[str, list[str]]]:
    tables = table()
    for reason, ids in losses.out.items():
        yield _word("out", lang, reason=tables["reasons"][reason][lang]), ids
    for name, ids in losses.splits.items():
        yield _word("split", lang, type=tables["types"][name][lang]), ids
    for feature, ids in losses.features.items():
        yield tables["features"][feature][lang], ids
    for number, ids in sorted(losses.notes.items()):
        yield tables["notes"][number][lang], ids


def support_table() -> str:
    """docs/dev/exports.md: which format carries what."""
    formats = table()["formats"]
    head = "| | " + " | ".join(formats[name]["name"] for name in FORMATS) + " |\n|---|" + "---|" * len(FORMATS)
    kinds = [f"| {table()['types'][kind]['en']} (`{kind}`) | " + _cells(_of_type(kind)) for kind in TYPES]
    features = [
        f"| {row['en']} | " + _cells({name: "no" if name in row["lost"] else "yes" for name in FORMATS})
        for row in table()["features"].values()
    ]
    notes = [f"- {', '.join(formats[name]['name'] for name in n['formats'])}: {n['en']}." for n in table()["notes"]]
    reasons = [f"- {row['en']}" for name, row in table()["reasons"].items() if name != "type"]
    parts = [
        _INTRODUCTION,
        "## Types of questions",
        "\n".join([head, *kinds]),
        "## What a question has",
        "\n".join([head, *features]),
        "## What arrives otherwise",
        "\n".join(notes),
        "## Why a single question stays out",
        "\n".join(reasons),
    ]
    return "\n\n".join(parts) + "\n"


_INTRODUCTION = """# What the export formats carry

Generated of src/coopkm/exports/limits.yml (`coopkm.exports.told.support_table`); a test keeps it current. The same
table decides how a file that is read back may differ from its questions, and what `coopkm export` says is lost."""


def _of_type(kind: str) -> dict[Format, str]:
    found: dict[Format, str] = {}
    for name in FORMATS:
        row = table()["formats"][name]
        found[name] = "no" if kind in row.get("out", ()) else "split" if kind in row.get("split", ()) else "yes"
    return found


def _cells(row: dict[Format, str]) -> str:
    return " | ".join(row[name] for name in FORMATS) + " |"
