"""Test forms on paper: equal, repeatable, complete, and nothing on them that gives an answer away."""

import csv
import io
import json
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pypdfium2
import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st
from projects import ROOT, run, tree, write

from coopkm.cli.main import cli
from coopkm.documents.tree import Document
from coopkm.documents.typesetting import as_pdf
from coopkm.documents.word import as_docx
from coopkm.errors import CannotGoOn
from coopkm.forms.crossover import plan_sheet, planned, sittings
from coopkm.forms.draw import Draw, draw
from coopkm.forms.figures import read_ease
from coopkm.forms.files import files
from coopkm.forms.form import Form, Printed, places_of
from coopkm.forms.key import key, machine_key
from coopkm.forms.layout import laid_out
from coopkm.forms.paper import paper
from coopkm.forms.report import balance
from coopkm.forms.right import right_marks
from coopkm.forms.sheet import sheet
from coopkm.library import Library, Placed, read_library
from coopkm.model.base import Lang
from coopkm.model.blueprint import Blueprint
from coopkm.model.drawing import allot
from coopkm.model.questions import Bank
from coopkm.quizzes.grading import grade
from coopkm.reading import parse

DOCUMENT, _ = parse("id: nowhere\n", "quizzes/made.yml")
SECRET = "เฉลยลับ"
QUICK = settings(max_examples=12, deadline=None, derandomize=True)


def text(said: str) -> dict[str, str]:
    return {"th": f"คำ {said}", "en": f"word {said}"}


def question(name: str, kind: str, level: str, size: int, right: int, *, fixed: bool = False) -> dict[str, Any]:
    """A question of a type with everything a solution can be in; all of that says SECRET."""
    secret = {"th": f"{SECRET} {name}", "en": f"{SECRET} {name}"}
    asked = {"id": name, "type": kind, "stem": text(f"{name} stem"), "feedback": secret, "hints": [secret]}
    options = [
        {"id": f"o{at}", "text": text(f"{name} o{at}"), "correct": "yes" if at < right else "no", "feedback": secret}
        for at in range(size)
    ]
    if fixed:
        options[-1]["fixed"] = "yes"
    pieces = [{"id": f"p{at}", "text": text(f"{name} p{at}")} for at in range(size)]
    pairs = [{"id": f"p{at}", "left": text(f"{name} l{at}"), "right": text(f"{name} r{at}")} for at in range(size)]
    words = {"th": [f"{SECRET} {name}"], "en": [f"{SECRET} {name}"]}
    gaps = [
        {"id": "first", "accept": words},
        {"id": "second", "options": [{**one, "correct": "no"} for one in options]},
    ]
    gaps[1]["options"][0]["correct"] = "yes"
    inner = {"points": "1", "stem": text(f"{name} inner")}
    own: dict[str, dict[str, Any]] = {
        "single": {"options": [{**one, "correct": "yes" if at == 0 else "no"} for at, one in enumerate(options)]},
        "multiple": {"options": options},
        "truefalse": {"answer": "yes" if right % 2 else "no", "if_true": secret, "if_false": secret},
        "match": {"pairs": pairs, "others": [{"id": "x", "text": text(f"{name} x")}]},
        "order": {"items": pieces},
        "short": {"accept": words, "wrong": [{"th": [SECRET], "feedback": secret}]},
        "numeric": {"answer": str(size), "unit": text("unit")},
        "cloze": {"text": text(f"{name} {{{{first}}}} and {{{{second}}}}"), "gaps": gaps},
        "case": {
            "situation": text(f"{name} situation"),
            "parts": [
                {"id": "a", "type": "single", "options": [{**one, "correct": "no"} for one in options], **inner},
                {"id": "b", "type": "truefalse", "answer": "no", **inner},
            ],
        },
    }
    if kind == "case":
        own["case"]["parts"][0]["options"][1]["correct"] = "yes"
    return {**asked, "level": level, "objective": text(name), "basis": "practice", **own[kind]}


KINDS = ("single", "multiple", "truefalse", "match", "order", "short", "numeric", "cloze", "case")
SPECS = st.tuples(
    st.sampled_from((*KINDS, "single", "single")),
    st.sampled_from(("remember", "apply", "judge")),
    st.integers(3, 5),
    st.integers(1, 2),
    st.booleans(),
)
BANKS = st.lists(SPECS, min_size=12, max_size=40)


def bank(name: str, questions: list[dict[str, Any]]) -> Placed[Bank]:
    fields = {"id": name, "title": text(name), "owner": text("owner"), "status": "ready", "questions": questions}
    assert DOCUMENT is not None
    return Placed(Bank.model_validate({**fields, "reviewed": "2026-11-25", "review_by": "2027-11-25"}), DOCUMENT)


def library(questions: list[dict[str, Any]], banks: int = 2) -> Library:
    parts = [questions[at::banks] for at in range(banks)]
    return Library(Path(), banks={f"bank-{at}": bank(f"bank-{at}", part) for at, part in enumerate(parts) if part})


def blueprint(*cells: dict[str, Any], name: str = "made-test") -> Placed[Blueprint]:
    made = {"id": name, "title": text("test"), "pool": "practice", "minutes": "30", "cells": list(cells)}
    assert DOCUMENT is not None
    return Placed(Blueprint.model_validate(made), DOCUMENT)


def asked_of(specs: list[tuple[str, str, int, int, bool]]) -> list[dict[str, Any]]:
    return [
        question(f"q{at}", kind, level, size, right, fixed=fixed and kind == "single")
        for at, (kind, level, size, right, fixed) in enumerate(specs)
    ]


def cells_for(specs: list[tuple[str, str, int, int, bool]]) -> list[dict[str, Any]]:
    """Cells that two forms can be filled from, one a level, and one that takes what is left."""
    counts = Counter(level for _, level, *_ in specs)
    cells = [{"levels": [level], "count": str((count - 1) // 2)} for level, count in counts.items() if count > 2]
    return [*cells, {"count": "1"}] if sum(int(cell["count"]) for cell in cells) * 2 + 2 <= len(specs) else cells


def drawn(project: Library, plan: Placed[Blueprint], seed: int = 7, count: int = 2, **more: Any) -> Draw:
    return draw(project, plan, count, seed, "th", **{"overlap": False, "ease": {}, **more})


def made(project: Library, plan: Placed[Blueprint], seed: int = 7, lang: Lang = "th") -> list[Form]:
    rows = draw(project, plan, 2, seed, lang, overlap=False, ease={}).forms
    return [
        laid_out(plan.value, label, [row for cell in form for row in cell], seed, lang)
        for label, form in zip("AB", rows, strict=True)
    ]


def ids(form: Form) -> list[str]:
    return [entry.asked.question.id for entry in form.entries]


def printed_of(forms: list[Form]) -> list[str]:
    return [machine_key(form) + lines_of(paper(form)) for form in forms]


def words_of(value: Any) -> Iterator[str]:
    """Every text of a document, wherever it stands."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for inner in value:
            yield from words_of(inner)
    elif is_dataclass(value):
        for field in fields(value):
            yield from words_of(getattr(value, field.name))


def lines_of(document: Document) -> str:
    return "\n".join(words_of(document))


# Which questions


@QUICK
@given(BANKS, st.integers(0, 999))
def test_each_form_has_what_each_cell_asks_for_and_no_question_is_used_twice(specs: Any, seed: int) -> None:
    cells = cells_for(specs)
    forms = drawn(library(asked_of(specs)), blueprint(*cells), seed).forms
    for form in forms:
        for cell, rows in zip(cells, form, strict=True):
            assert len(rows) == int(cell["count"])
            assert all(row.question.level in cell.get("levels", [row.question.level]) for row in rows)
    used = [row.question.id for form in forms for cell in form for row in cell]
    assert len(used) == len(set(used)) == 2 * sum(int(cell["count"]) for cell in cells)


@QUICK
@given(BANKS, st.integers(0, 999), st.randoms(use_true_random=False))
def test_the_order_in_which_questions_and_banks_stand_in_files_changes_nothing(
    specs: Any, seed: int, chance: random.Random
) -> None:
    questions, plan = asked_of(specs), blueprint(*cells_for(specs))
    forms = printed_of(made(library(questions), plan, seed))
    turned = library(questions)
    for name in chance.sample(sorted(turned.banks), len(turned.banks)):
        placed = turned.banks.pop(name)
        mixed = chance.sample(placed.value.questions, len(placed.value.questions))
        turned.banks[name] = Placed(placed.value.model_copy(update={"questions": mixed}), placed.document)
    assert printed_of(made(turned, plan, seed)) == forms


@QUICK
@given(st.lists(st.tuples(st.integers(1, 4), st.sets(st.sampled_from("abcdefgh"))), min_size=1, max_size=5))
def test_cells_are_filled_or_shown_to_want_more_than_there_is(rows: list[tuple[int, set[str]]]) -> None:
    needs, options = [need for need, _ in rows], [sorted(names) for _, names in rows]
    taken, short = allot(needs, options)
    given_out = [name for names in taken for name in names]
    assert len(given_out) == len(set(given_out))
    assert all(set(names) <= set(allowed) for names, allowed in zip(taken, options, strict=True))
    for row in short:
        assert row.needed == sum(needs[cell] for cell in row.cells)
        assert row.needed > row.there == len({name for cell in row.cells for name in options[cell]})
    assert short or [len(names) for names in taken] == needs


def test_forms_share_as_few_questions_as_can_be_and_only_if_allowed() -> None:
    project = library([question(f"q{at}", "single", "apply", 4, 1) for at in range(5)])
    plan = blueprint({"count": "3"})
    assert [found.code for found in drawn(project, plan).problems] == ["cell-short"]
    one, other = ({row.question.id for row in form[0]} for form in drawn(project, plan, overlap=True).forms)
    assert len(one) == len(other) == 3
    assert len(one & other) == 1


def test_where_results_are_known_the_forms_are_equally_hard() -> None:
    project = library([question(f"q{at}", "single", "apply", 4, 1) for at in range(12)])
    ease = {f"q{at}": 0.9 if at % 2 else 0.2 for at in range(12)}
    for seed in range(5):
        forms = drawn(project, blueprint({"count": "4"}), seed, ease=ease).forms
        easy = [sum(ease[row.question.id] > 0.5 for row in form[0]) for form in forms]
        assert easy[0] == easy[1]


def test_a_question_that_gives_away_another_is_on_the_other_form() -> None:
    questions = [question(f"q{at}", "single", "apply", 4, 1) for at in range(4)]
    questions[0]["options"][0]["text"]["th"] = "แจ้งหัวหน้ากลุ่มงานก่อนเสมอ"
    questions[1]["stem"]["th"] = "เมื่อแจ้งหัวหน้ากลุ่มงานก่อนเสมอแล้ว ทำอย่างไร"
    for seed in range(6):
        forms = drawn(library(questions), blueprint({"count": "2"}), seed).forms
        assert all({row.question.id for row in form[0]} != {"q0", "q1"} for form in forms)


def test_a_module_stands_for_its_units_and_english_papers_ask_only_what_is_english(project: Library) -> None:
    plan = blueprint({"units": ["module-1"], "count": "1"})
    plan.value.__dict__["pool"] = "exam"
    about = {name for row in drawn(project, plan).forms[0][0] for name in row.question.units}
    assert about & {"module-1", *project.units["module-1"].value.units}  # type: ignore[attr-defined]

    questions = [question(f"q{at}", "single", "apply", 4, 1) for at in range(4)]
    del questions[2]["options"][1]["text"]["en"]
    lacking = draw(library(questions), blueprint({"count": "2"}), 2, 1, "en", overlap=False, ease={})
    assert lacking.unsaid == 1
    assert [found.code for found in lacking.problems] == ["cell-short"]


# How they are laid out


@QUICK
@given(BANKS, st.integers(0, 999))
def test_the_keyed_answer_earns_all_points(specs: Any, seed: int) -> None:
    for lang in ("th", "en"):
        for form in made(library(asked_of(specs)), blueprint(*cells_for(specs)), seed, lang):
            for printed in form.printed():
                assert grade(printed.part, read_back(printed, right_marks(printed, lang), lang)).right


def read_back(printed: Printed, written: str, lang: str) -> Any:
    """The answer that the marks stand for, by the places of the machine key."""
    places, kind = places_of(printed, lang), printed.part.type
    if kind == "single":
        return places[written]
    if kind in ("multiple", "order"):
        return [places[mark] for mark in written.split()]
    if kind == "truefalse":
        return places[written] == "true"
    if kind == "match":
        return {places["left"][pair[0]]: places["right"][pair[1:]] for pair in written.split()}
    if kind == "cloze":
        words = written.split("; ")
        right = {gap: next(one.id for one in rows if one.text.shown(lang) == words[1]) for gap, rows in printed.gaps}
        assert right["second"] in places["second"].values()
        return {"first": words[0], **right}
    return written


@QUICK
@given(BANKS, st.integers(0, 999))
def test_right_options_stand_in_each_place_as_often_as_in_the_others(specs: Any, seed: int) -> None:
    free = [(kind, level, size, right, False) for kind, level, size, right, _ in specs]
    for form in made(library(asked_of(free)), blueprint(*cells_for(free)), seed):
        by_size: dict[int, Counter[str]] = {}
        for printed in form.printed():
            if printed.part.type == "single":
                places = by_size.setdefault(len(printed.choices), Counter({one.mark: 0 for one in printed.choices}))
                places[right_marks(printed, "th")] += 1
        assert all(max(places.values()) - min(places.values()) <= 1 for places in by_size.values())


def test_fixed_options_stay_and_unshuffled_ones_keep_their_order() -> None:
    fixed = question("fixed", "single", "apply", 4, 1, fixed=True)
    still = {**question("still", "single", "apply", 4, 1), "shuffle": "no"}
    plan = blueprint({"count": "1"})
    for seed in range(8):
        for form in made(library([fixed, still]), plan, seed):
            choices = [choice.id for choice in next(form.printed()).choices]
            assert choices[-1] == "o3"
            assert ids(form) != ["still"] or choices == ["o0", "o1", "o2", "o3"]


def test_more_options_than_letters_are_all_there() -> None:
    project = library([question(f"q{at}", "multiple", "apply", 60, 2) for at in range(2)])
    for lang in ("th", "en"):
        printed = next(made(project, blueprint({"count": "1"}), lang=lang)[0].printed())
        assert len(places_of(printed, lang)) == 60
        assert grade(printed.part, read_back(printed, right_marks(printed, lang), lang)).right


def test_matches_and_orders_never_stand_as_they_are_right() -> None:
    questions = [question(f"q{at}", kind, "apply", 3, 1) for at, kind in enumerate(["order", "match"] * 4)]
    for seed in range(12):
        for form in made(library(questions), blueprint({"count": "4"}), seed):
            for printed in form.printed():
                marks = right_marks(printed, "en").replace(" ", "")
                assert marks not in ("กขค", "1ก2ข3ค")


def test_a_case_is_told_once_and_its_questions_follow_one_another() -> None:
    questions = [
        question(f"q{at}", kind, "judge", 4, 1) for at, kind in enumerate(["case", "case", "single", "single"])
    ]
    form = made(library(questions), blueprint({"types": ["case"], "count": "1"}, {"types": ["single"], "count": "1"}))[
        0
    ]
    told = lines_of(paper(form))
    case = form.entries[-1]
    assert told.count("situation") == 1
    assert [printed.label for printed in case.parts] == ["2.1", "2.2"]
    assert told.index("situation") < told.index("2.1") < told.index("2.2")


@QUICK
@given(BANKS, st.integers(0, 999))
def test_no_solution_is_on_the_paper_or_the_sheet(specs: Any, seed: int) -> None:
    project = library(asked_of(specs))
    for form in made(project, blueprint(*cells_for(specs)), seed):
        assert SECRET not in lines_of(paper(form)) + lines_of(sheet(form))
        assert SECRET in lines_of(key(form, project))


def test_both_languages_ask_the_same_in_the_same_order(project: Library) -> None:
    plan = project.blueprints["smart-officer"]
    thai, english = made(project, plan, 7, "th"), made(project, plan, 7, "en")
    assert [ids(form) for form in thai] == [ids(form) for form in english]
    for one, other in zip(thai, english, strict=True):
        assert [[c.id for c in p.choices] for p in one.printed()] == [
            [c.id for c in p.choices] for p in other.printed()
        ]
        assert one.code != other.code


# What is handed out


@cache
def real() -> Library:
    return read_library(ROOT)[0]


@pytest.fixture
def project() -> Library:
    """This project's own questions."""
    return real()


def test_the_forms_of_the_real_blueprint_are_alike(project: Library) -> None:
    plan = project.blueprints["smart-officer"]
    for seed in range(4):
        found = drawn(project, plan, seed)
        one, other = balance(made(project, plan, seed), found.facts).values()
        assert one["questions"] == other["questions"] == 20
        assert one["answers"] == other["answers"]
        assert one["levels"] == other["levels"]
        assert not one["shared"]
        assert abs(one["length"] - other["length"]) <= 0.03 * one["length"]
        assert sum((Counter(one["types"]) - Counter(other["types"])).values()) <= 1
        assert all(max(row["places"].values()) - min(row["places"].values()) <= 2 for row in (one, other))


def test_the_machine_key_says_what_is_agreed_on(project: Library) -> None:
    form = made(project, project.blueprints["smart-officer"])[0]
    told = json.loads(machine_key(form))
    head = {"format": "coopkm-form", "version": 1, "blueprint": "smart-officer", "form": "A", "seed": 7, "lang": "th"}
    assert told.items() >= {**head, "minutes": 30, "pass_mark": 70}.items()
    assert told["code"] == form.code
    assert [row["number"] for row in told["questions"]] == list(range(1, 21))
    row = told["questions"][0]
    assert row.keys() == {"number", "id", "type", "level", "points", "topic", "objective", "digest", "places"}
    assert list(row["places"]) == ["ก", "ข", "ค", "ง"]
    case = told["questions"][-1]
    assert case["type"] == "case"
    assert case["places"].keys() == {printed.part.id for printed in form.entries[-1].parts}


def test_neighbours_on_the_list_sit_different_forms_first() -> None:
    for people in (2, 25, 40):
        plan = planned(people, 3)
        assert sorted((*plan.first, *plan.second)) == list(range(1, people + 1))
        assert abs(len(plan.first) - len(plan.second)) <= 1
        pairs = zip(range(1, people, 2), range(2, people + 1, 2), strict=False)
        assert all(plan.group_of(one) != plan.group_of(other) for one, other in pairs)
        sat = [sittings(plan, form) for form in (0, 1)]
        for number in range(1, people + 1):
            assert sorted(when for rows in sat for who, _, when in rows if who == number) == ["post", "pre"]
            assert {form for form, rows in enumerate(sat) if number in [who for who, *_ in rows]} == {0, 1}
    assert planned(40, 3) != planned(40, 4)


def test_a_plan_names_form_and_group_of_everybody(project: Library) -> None:
    forms = made(project, project.blueprints["smart-officer"])
    document = plan_sheet(planned(7, 1), (forms[0], forms[1]))
    (table,) = [block for block in document.sections[0].blocks if type(block).__name__ == "Table"]
    cells = [next(words_of(cell), "") for row in table.rows[1:] for cell in row]  # type: ignore[union-attr]
    assert Counter(cells)["A"] == Counter(cells)["B"] == 7


def test_tables_for_answers_open_in_a_spreadsheet_as_text(project: Library) -> None:
    plan = planned(5, 1)
    forms = made(project, project.blueprints["smart-officer"])
    found = {
        one.name: one.content
        for one in files(forms, drawn(project, project.blueprints["smart-officer"]).facts, project, plan, [])
    }
    code = forms[0].code
    rows = list(csv.reader(io.StringIO(found[f"{code}-results.csv"].decode("utf-8-sig"))))
    assert rows[0] == ["code", "learner", "group", "when", *map(str, range(1, 21))]
    assert [row[:4] for row in rows[1:]] == [[code, str(n), str(g), when] for n, g, when in sittings(plan, 0)]
    page = openpyxl.load_workbook(io.BytesIO(found[f"{code}-results.xlsx"])).active
    assert page is not None
    assert [[cell.value or "" for cell in row] for row in page.iter_rows(max_row=len(rows))] == rows
    assert page["E2"].number_format == "@"


def test_exam_writes_everything_the_same_each_time_and_keeps_what_was_filled_in(tmp_path: Path) -> None:
    write_project(tmp_path, [{"types": ["order"], "count": "1"}, {"types": ["single"], "count": "2"}])
    out = tmp_path / "out"
    command = ("exam", "small", "--seed", "7", "--overlap", "--format", "pdf", "--crossover", "12", "--out", out)
    done = run(*command, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "How the forms compare" in done.stdout
    names = {path.name.split("-", 3)[-1] for path in out.iterdir()}
    assert {"paper.pdf", "sheet.pdf", "key.pdf", "key.json", "results.csv", "results.xlsx"} <= names
    assert {"small-7-th-balance.json", "small-7-th-crossover.pdf"} <= {path.name for path in out.iterdir()}

    before = tree(out)
    filled = next(out.glob("*-results.csv"))
    filled.write_text("code,learner,1\nx,1,ก\n", encoding="utf-8")
    again = run(*command, cwd=tmp_path)
    assert "left as it is" in again.stderr
    assert filled.read_text("utf-8").startswith("code,learner,1\n")
    assert {name for name, digest in tree(out).items() if digest != before[name]} == {filled.name}


def test_the_code_of_the_form_is_on_every_page(project: Library) -> None:
    form = made(project, project.blueprints["smart-officer"])[0]
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(as_pdf(paper(form)))]
    assert len(pages) > 2
    assert all(form.code in page for page in pages)
    assert "๑." in pages[0]
    word = docx.Document(io.BytesIO(as_docx(paper(form))))
    assert form.code in "".join(one.text for one in word.sections[0].footer.paragraphs)
    assert sum("กรณีศึกษา" in one.text for one in word.paragraphs) == 1


def test_figures_of_analyse_are_read_and_others_refused(tmp_path: Path) -> None:
    rows = [{"id": "a", "facility": 0.25}, {"id": "b", "facility": None}, {"id": "c", "facility": 1.5}]
    path = tmp_path / "figures.json"
    path.write_text(json.dumps({"format": "coopkm-figures", "questions": rows}), encoding="utf-8")
    assert read_ease(path) == {"a": 0.25, "c": 1.0}
    for wrong in (
        "",
        "[1]",
        "{}",
        '{"questions": []}',
        '{"format": "coopkm-figures", "questions": [{"id": 1}]}',
        "[" * 9000,
    ):
        path.write_text(wrong, encoding="utf-8")
        with pytest.raises(CannotGoOn):
            read_ease(path)


def test_too_few_questions_are_told_for_all_cells_at_once(tmp_path: Path) -> None:
    write_project(tmp_path, [{"types": ["order"], "count": "1"}, {"types": ["single"], "count": "2"}])
    done = exam(tmp_path, "small", "--forms", "A,B")
    assert done.exit_code == 1
    assert "quizzes/blueprints/small.yml:7:5: cell-short: " in done.stderr
    assert "line 7 needs 2 different questions, and there are 1" in done.stderr
    assert "line 8 needs 4 different questions, and there are 3" in done.stderr
    assert "add 1 more of this kind to quizzes/" in done.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("smal",), "there is no blueprint smal; there are: small"),
        (("small", "--crossover", "9", "--forms", "A"), "--crossover needs two forms"),
        (("small", "--forms", "A", "--lang", "en"), "is for th only"),
        (("small", "--forms", "A", "--figures", "quizzes/blueprints/small.yml"), "holds no figures"),
        (("small", "--forms", "A,A"), "A,B"),
        (("small", "--format", "odt"), "pdf,docx"),
    ],
)
def test_what_cannot_be_done_is_told_in_a_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], told: str
) -> None:
    write_project(tmp_path, [{"count": "1"}])
    monkeypatch.chdir(tmp_path)
    done = exam(tmp_path, *arguments)
    assert done.exit_code == 2
    assert told in done.stderr
    assert not (tmp_path / "out").exists()


def exam(folder: Path, *arguments: str) -> Result:
    """The command as it is called, without a process of its own."""
    common = ["--project", str(folder), "--lang", "en", "exam"]
    return CliRunner().invoke(cli, [*common, *arguments, "--out", str(folder / "out")])


def write_project(folder: Path, cells: list[dict[str, Any]]) -> None:
    kinds = ["order", "single", "single", "single"]
    questions = [question(f"q{at}", kind, "apply", 4, 1) for at, kind in enumerate(kinds)]
    write(folder / "knowledge" / "project.yml", "languages: [th]\n")
    head = {"id": "made", "title": text("made"), "owner": text("owner"), "status": "ready"}
    days = {"reviewed": "2026-11-25", "review_by": "2036-11-25"}
    made_bank = json.dumps({**head, **days, "questions": questions}, ensure_ascii=False, indent=1)  # JSON is YAML
    write(folder / "quizzes" / "made.yml", made_bank)
    plan = ["id: small", "title: {th: เล็ก, en: Small}", "pool: practice", "minutes: 5", "languages: [th]", "cells:"]
    rows = [f"  - {json.dumps(cell)}" for cell in cells]
    write(folder / "quizzes" / "blueprints" / "small.yml", "\n".join([*plan, *rows, ""]))
