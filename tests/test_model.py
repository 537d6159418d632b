"""What a file may say, and what the author is told where it says something else."""

from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import pytest
from example_project import D1_TEXT, lay, lay_base, problems_of

from coopkm.library import read_library
from coopkm.model.base import Record, Text, Unit, having, record_type, stable_path, texts, walk
from coopkm.model.kinds import KINDS
from coopkm.model.project import Project
from coopkm.model.sources import SourceFile
from coopkm.model.terms import Glossary, MisprintFile
from coopkm.model.validate import validate
from coopkm.problems import Problem
from coopkm.reading import parse

FILES: tuple[type[Record], ...] = (Project, SourceFile, Glossary, MisprintFile)


def told(text: str) -> list[Problem]:
    """The problems of a duty of this text."""
    document, problems = parse(text, "a.yml")
    assert document is not None, problems
    return validate(KINDS["duty"].model, document, "duty")[1]


def told_of(old: str, new: str) -> list[tuple[str, str, str]]:
    """Code, what and fix of each problem of the sound duty after one change."""
    assert D1_TEXT.count(old) == 1
    return [(row.code, row.what("en"), row.fix("en")) for row in told(D1_TEXT.replace(old, new))]


def unit() -> Unit:
    document, _ = parse(D1_TEXT, "a.yml")
    assert document is not None
    found, problems = validate(KINDS["duty"].model, document, "duty")
    assert found is not None, problems
    return found


# --- values


def test_the_sound_duty_is_sound() -> None:
    assert told(D1_TEXT) == []


@pytest.mark.parametrize("word", ["10:30", "no", "010", "1.10", "2026-11-22", "yes", "0x10", "1e3"])
def test_the_schema_decides_that_a_text_is_a_text(word: str) -> None:
    document, _ = parse(f"th: {word}\n", "a.yml")
    assert document is not None
    assert validate(Text, document, "text")[0] == Text(th=word)


@pytest.mark.parametrize(("written", "number"), [("6", 6), ("006", 6), ("'6'", 6), ("600", 600)])
def test_the_schema_decides_that_minutes_are_a_number(written: str, number: int) -> None:
    document, _ = parse(D1_TEXT.replace("minutes: 3", f"minutes: {written}"), "a.yml")
    assert document is not None
    found, _ = validate(KINDS["duty"].model, document, "duty")
    assert found is not None
    assert found.minutes == number


@pytest.mark.parametrize(
    "written", ["๑๒", "1.10", "10:30", "-1", "0", "601", "1e2", "0x10", "five", "9" * 40, "'3 '", "²"]
)
def test_what_is_no_whole_number_is_refused(written: str) -> None:
    assert [row[0] for row in told_of("minutes: 3", f"minutes: {written}")] == ["bad-number"]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2569-11-22", "2026-11-22"),
        ("22/11/2569", "2026-11-22"),
        ("22-11-2026", "2026-11-22"),
        ("1.2.2026", "2026-02-01"),
        ("๒๕๖๙-๑๑-๒๒", "2026-11-22"),
        ("2567-02-29", "2024-02-29"),
    ],
)
def test_a_day_written_otherwise_gets_a_guess(written: str, meant: str) -> None:
    [(code, what, fix)] = told_of("reviewed: 2026-11-22", f"reviewed: {written}")
    assert code == "bad-date"
    assert f"`{written}`" in what
    assert f"did you mean `{meant}`?" in fix


@pytest.mark.parametrize(
    "written",
    [
        "2026-02-29",
        "2026-13-01",
        "0000-01-01",
        "2026-1-2",
        "soon",
        "2026-11-22T10:00",
        "99999-01-01",
        "31/2/2569",
    ],
)
def test_what_is_no_day_is_refused_without_a_guess_that_is_none(written: str) -> None:
    [(code, _, fix)] = told_of("reviewed: 2026-11-22", f"reviewed: {written}")
    assert (code, fix) == ("bad-date", "write it like 2026-11-22")


@pytest.mark.parametrize("written", ["duty_01", "Duty-01", "-a", "1a", "a.b", "ก", "a" * 65, "'a\n\n b'", "''"])
def test_an_id_is_small_letters_digits_and_dashes(written: str) -> None:
    assert [row[0] for row in told_of("related: [duty-02]", f"related: [{written}]")] == ["bad-id"]


@pytest.mark.parametrize(
    ("written", "sound"),
    [("1", True), ("1.10", True), ("1.2.3.4", True), ("1.", False), ("1.2.3.4.5", False), ("a", False)],
)
def test_the_number_of_a_step_is_digits_with_dots(written: str, sound: bool) -> None:
    codes = [row[0] for row in told_of("minutes: 3", f"minutes: 3\nnumber: {written}")]
    assert codes == ([] if sound else ["bad-step"])


def test_blanks_around_a_text_are_dropped() -> None:
    document, _ = parse("th: ' ก '\nen: |\n\n  a\n\n", "a.yml")
    assert document is not None
    assert validate(Text, document, "text")[0] == Text(th="ก", en="a")


# --- messages


def test_a_field_is_guessed() -> None:
    assert told_of("minutes: 3", "minutes: 3\nminuts: 3") == [
        ("unknown-field", "`minuts` is not a field of `duty`", "did you mean `minutes`?")
    ]


def test_all_fields_are_named_where_none_is_near() -> None:
    [(_, _, fix)] = told_of("minutes: 3", "minutes: 3\nzzz: 3")
    assert all(name in fix for name in KINDS["duty"].model.model_fields)


def test_a_value_is_guessed_and_all_are_named() -> None:
    [(code, what, fix)] = told_of("stage: first-week", "stage: first week")
    assert (code, what) == ("not-allowed", "`stage` is `first week`, which is not one of its values")
    assert fix == "did you mean `first-week`? (it takes: first-day, first-week, first-month, first-year)"


@pytest.mark.parametrize(
    ("old", "new", "expected", "found", "example"),
    [
        ("audience: [officer]", "audience: officer", "a list", "a text", "audience: [officer]"),
        ("stage: first-week", "stage: [a]", "a text", "a list", "stage: ..."),
        ("minutes: 3", "minutes: {a: 1}", "a text", "a group of fields", "minutes: ..."),
        (
            "minutes: 3",
            "minutes: 3\nexample: x",
            "a group of fields",
            "a text",
            "example: {th: ..., en: ...}",
        ),
        (
            "    sources: [",
            "    details: [x]\n    sources: [",
            "a group of fields",
            "a text",
            "- {id: ..., text: ...}",
        ),
        (
            "    sources: [",
            "    details: x\n    sources: [",
            "a list",
            "a text",
            "details: [{id: ..., text: ...}]",
        ),
    ],
)
def test_another_shape_is_told_with_an_example(old: str, new: str, expected: str, found: str, example: str) -> None:
    name = example.partition(":")[0] if ":" in example.split("{")[0] else "details"
    assert told_of(old, new) == [
        ("wrong-type", f"`{name}` takes {expected}, not {found}", f"write it like this: {example}")
    ]


def test_a_kind_that_does_not_exist_is_one_problem(tmp_path: Path) -> None:
    root = lay_base(tmp_path)
    text = D1_TEXT.replace("kind: duty", "kind: chequelist\noccasion: {th: ก}\nitems: []").replace("-01", "-03")
    lay(root / "knowledge/duties/duty-03.yml", text)
    [found] = problems_of(root)
    assert (found.code, str(found.place)) == ("not-allowed", "knowledge/duties/duty-03.yml:2:7")
    assert "did you mean `checklist`?" in found.fix("en")
    assert all(kind in found.fix("en") for kind in KINDS)


@pytest.mark.parametrize(
    ("kind", "code"), [("kind:", "empty-text"), ("kind: [duty]", "wrong-type"), ("", "missing-field")]
)
def test_a_kind_that_is_no_word_is_one_problem(tmp_path: Path, kind: str, code: str) -> None:
    root = lay_base(tmp_path)
    lay(
        root / "knowledge/duties/duty-03.yml",
        D1_TEXT.replace("kind: duty", kind).replace("duty-01", "duty-03"),
    )
    assert [found.code for found in problems_of(root)] == [code]


# --- records


def test_every_part_of_a_record_is_walked_once_with_its_location() -> None:
    found = unit()
    locs = [loc for loc, _ in walk(found)]
    assert locs[0] == ()
    assert len(set(locs)) == len(locs)
    assert [record.id for loc, record in walk(found) if loc[:1] == ("points",) and len(loc) == 2] == [
        "count",
        "note",
    ]  # type: ignore[attr-defined]


def test_texts_and_fields_are_found_wherever_they_stand() -> None:
    found = unit()
    assert dict(texts(found))[("points", 1, "text")].th == "จดยอดและลงชื่อ"
    assert [(loc, value) for loc, _, value in having(found, "sources")] == [
        ((), ["book.duty.1"]),
        (("points", 0), ["book.duty.1"]),
        (("points", 1), []),
    ]


def test_the_name_of_a_text_does_not_hang_on_its_position() -> None:
    assert stable_path(unit(), ("points", 1, "text")) == "points.note.text"


def test_a_page_shows_thai_where_english_is_missing_or_stale() -> None:
    text = Text(th="ก", en="a")
    assert [Text(th="ก").shown("en"), text.shown("en"), text.shown("th")] == ["ก", "a", "ก"]
    text.mark_stale()
    assert (text.shown("en"), text.language_for("en")) == ("ก", "th")


def models() -> set[type[Record]]:
    """Every model that a file can hold a record of."""
    found: set[type[Record]] = set()
    waiting: list[type[Record]] = [*(kind.model for kind in KINDS.values()), *FILES]
    while waiting:
        model = waiting.pop()
        if model not in found:
            found.add(model)
            waiting += [kind for field in model.model_fields.values() if (kind := record_type(field.annotation))]
    return found


@pytest.mark.parametrize("model", sorted(models(), key=lambda model: model.__name__), ids=lambda model: model.__name__)
def test_a_field_holds_at_most_one_kind_of_record_and_lists_are_not_nested(model: type[Record]) -> None:
    """What walking a record takes for granted."""
    for field in model.model_fields.values():
        assert len(records_in(field.annotation)) <= 1
        assert str(field.annotation).count("list[") <= 1


def records_in(annotation: Any) -> set[type[Record]]:
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return {annotation}
    inner = () if get_origin(annotation) is Literal else get_args(annotation)
    return {found for part in inner for found in records_in(part)}


# --- kinds


@pytest.mark.parametrize("name", KINDS)
def test_a_kind_has_names_in_both_languages_and_a_model_of_its_own(name: str) -> None:
    kind = KINDS[name]
    assert all(set(names) == {"th", "en"} for names in (kind.one, kind.many, kind.about))
    assert get_args(kind.model.model_fields["kind"].annotation) == (name,)
    assert kind.model is not Unit


# --- the library


def test_an_id_taken_twice_keeps_the_first_by_path(tmp_path: Path) -> None:
    root = lay_base(tmp_path)
    lay(root / "knowledge/a/duty-01.yml", D1_TEXT)
    library, problems = read_library(root)
    assert library.units["duty-01"].document.path == "knowledge/a/duty-01.yml"
    [found] = problems
    assert found.what("en") == "the id `duty-01` is taken by knowledge/a/duty-01.yml:1:5"


def test_counts_are_those_of_the_contract(tmp_path: Path) -> None:
    library, _ = read_library(lay_base(tmp_path))
    assert library.counts() == {"units": 2, "questions": 6, "sources": 2, "terms": 1}
