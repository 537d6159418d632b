"""Figures about questions and learning: how files are read, what is counted, what a trainer is told."""

import csv
import io
import json
import math
import random
import re
import statistics
import zipfile
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml
from classes_of_people import (
    ENGLISH,
    THAI,
    crossover,
    form_key,
    places_of,
    questions_of,
    result_file,
    sheet,
    swap_places,
)
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

import coopkm.analysis
from coopkm.analysis.analysis import Analysis, analyse
from coopkm.analysis.figures import FEW, PaperFigures, QuestionFigures
from coopkm.analysis.gain import Order, interval_of
from coopkm.analysis.intervals import fisher, t_quantile, wilson
from coopkm.analysis.keys import FormKey, read_cell
from coopkm.analysis.questions import asked_of, choices_of, chosen_in, graded_questions
from coopkm.analysis.readers import gather
from coopkm.analysis.readers.desk import Desk, Source
from coopkm.analysis.readers.files import sources_in
from coopkm.analysis.readers.heads import number_of, time_of
from coopkm.analysis.readers.spoken import answer_in
from coopkm.analysis.report import report
from coopkm.analysis.sentences import about
from coopkm.analysis.tables import figures_csv, figures_json, options_csv
from coopkm.analysis.words import words
from coopkm.cli.main import cli
from coopkm.library import Library, read_library
from coopkm.model.questions import Question
from coopkm.quizzes.grading import grade

ROOT = Path(__file__).parent.parent
PACKAGE = Path(coopkm.analysis.__file__).parent
Matrix = list[list[float]]


@pytest.fixture(scope="module")
def library() -> Library:
    return read_library(ROOT)[0]


@pytest.fixture(scope="module")
def class_of_25(library: Library) -> Analysis:
    keys, text = crossover(library)
    return analysed(library, text, keys)


def source(name: str, content: str | bytes, when: Any = "") -> Source:
    return Source(name, content.encode() if isinstance(content, str) else content, when)


def analysed(library: Library, text: str | bytes, keys: Sequence[dict[str, Any]] = (), **options: Any) -> Analysis:
    files = [source(f"{key['code']}-key.json", json.dumps(key)) for key in keys]
    found = analyse([*files, source("sheet.csv", text)], library, **options)
    assert not found.failed, [fault.shown("en") for fault in found.faults]
    return found


def counted(tmp_path: Path, library: Library, marks: Matrix, most: Sequence[float]) -> PaperFigures:
    """The figures of a table of marks, a row a person."""
    rows = [["learner", "question", "mark", "max"]]
    for person, row in enumerate(marks):
        for question, mark in enumerate(row):
            rows.append([f"p{person:03}", f"q{question:02}", repr(mark), repr(most[question])])
    path = tmp_path / "answers.csv"
    path.write_text(sheet(rows), encoding="utf-8")
    found = analyse([one for one in sources_in(path) if isinstance(one, Source)], library)
    assert not found.faults
    return found.tests[0]


# Figures, computed here again from the textbook: exactly, with fractions, and for one question at a time


def random_marks(seed: int, people: int, most: Sequence[float]) -> Matrix:
    chance = random.Random(seed)
    abilities = [chance.random() for _ in range(people)]
    return [
        [top * chance.choice([0, 0.25, 0.5, 1, 1]) * (chance.random() < able) for top in most] for able in abilities
    ]


def moment(values: Sequence[Fraction], power: int) -> Fraction:
    mean = sum(values, Fraction(0)) / len(values)
    return sum(((value - mean) ** power for value in values), Fraction(0)) / len(values)


def variance(values: Sequence[Fraction]) -> Fraction:
    return moment(values, 2) * len(values) / (len(values) - 1)


def covariance(first: Sequence[Fraction], second: Sequence[Fraction]) -> Fraction:
    means = [sum(values, Fraction(0)) / len(values) for values in (first, second)]
    products = ((a - means[0]) * (b - means[1]) for a, b in zip(first, second, strict=True))
    return sum(products, Fraction(0)) / (len(first) - 1)


def near(value: float | Fraction) -> Any:
    return pytest.approx(float(value), rel=1e-9, abs=1e-9)


@pytest.mark.parametrize(("seed", "people"), [(1, 24), (2, 25), (3, 61)])
def test_figures_of_questions_are_those_of_the_textbook(
    tmp_path: Path, library: Library, seed: int, people: int
) -> None:
    most = [1.0, 2.0, 1.0, 0.5, 8.0, 1.0, 3.0]
    marks = random_marks(seed, people, most)
    test = counted(tmp_path, library, marks, most)
    exact = [[Fraction(mark) for mark in row] for row in marks]
    totals = [sum(row, Fraction(0)) for row in exact]
    items = [[row[at] for row in exact] for at in range(len(most))]
    rests = [[total - mark for total, mark in zip(totals, item, strict=True)] for item in items]
    roots = [math.sqrt(max(covariance(item, totals), 0)) for item in items]
    for at, row in enumerate(test.questions):
        item, rest = items[at], rests[at]
        assert row.n == people
        assert row.facility == near(sum(item) / people / Fraction(most[at]))
        assert row.sd == near(math.sqrt(variance(item)))
        assert row.intended == near(100 * most[at] / sum(most))
        assert row.effective == near(100 * roots[at] / sum(roots))
        assert row.discrimination == near(100 * statistics.correlation([*map(float, item)], [*map(float, rest)]))
        assert row.efficiency == near(100 * covariance(item, rest) / covariance(sorted(item), sorted(rest)))
        others = sum((variance(other) for place, other in enumerate(items) if place != at), Fraction(0))
        assert row.alpha_without == near(100 * Fraction(6, 5) * (1 - others / variance(rest)))


@pytest.mark.parametrize(("seed", "people"), [(4, 24), (5, 41)])
def test_figures_of_the_test_are_those_of_the_textbook(
    tmp_path: Path, library: Library, seed: int, people: int
) -> None:
    most = [1.0, 2.0, 1.0, 0.5, 8.0]
    marks = random_marks(seed, people, most)
    test = counted(tmp_path, library, marks, most)
    totals = [sum(map(Fraction, row), Fraction(0)) for row in marks]
    n = people
    k2 = float(variance(totals))
    k3 = float(moment(totals, 3)) * n**2 / ((n - 1) * (n - 2))
    above = (n + 1) * moment(totals, 4) - 3 * (n - 1) * moment(totals, 2) ** 2
    k4 = float(above) * n**2 / ((n - 1) * (n - 2) * (n - 3))
    items = [[Fraction(row[at]) for row in marks] for at in range(5)]
    alpha = 1.25 * (1 - float(sum(map(variance, items), Fraction(0))) / k2)
    assert (test.n, test.most) == (n, 12.5)
    assert test.mean == near(statistics.mean(totals))
    assert test.median == near(statistics.median(totals))
    assert test.sd == near(math.sqrt(k2))
    assert test.skewness == near(k3 / k2**1.5)
    assert test.kurtosis == near(k4 / k2**2)
    assert test.alpha == near(100 * alpha)
    assert test.error_ratio == near(100 * math.sqrt(1 - alpha))
    assert test.standard_error == near(math.sqrt(1 - alpha) * math.sqrt(k2))


def test_alpha_of_answers_right_or_wrong_is_kr_20(tmp_path: Path, library: Library) -> None:
    marks = [[float(mark > 0) for mark in row] for row in random_marks(6, 30, [1.0] * 6)]
    test = counted(tmp_path, library, marks, [1.0] * 6)
    shares = [statistics.mean(row[at] for row in marks) for at in range(6)]
    spread = sum(share * (1 - share) for share in shares)
    # KR-20 is written with population variances; the factor n/(n-1) falls out of the quotient.
    assert test.alpha == near(100 * 1.2 * (1 - spread / statistics.pvariance([sum(row) for row in marks])))


def test_intervals_are_those_of_the_tables() -> None:
    published = {1: 12.706205, 2: 4.302653, 5: 2.570582, 10: 2.228139, 24: 2.063899, 30: 2.042272, 120: 1.979930}
    assert {freedom: round(t_quantile(freedom), 6) for freedom in published} == published
    assert t_quantile(5000) == pytest.approx(1.9604386, abs=1e-4)
    for share, n in ((0.0, 10), (0.5, 25), (0.9, 40), (1.0, 7)):
        for end in wilson(share, n):  # the ends are where the score test just rejects
            assert abs(share - end) == pytest.approx(1.959963985 * math.sqrt(end * (1 - end) / n), abs=1e-9)
    ends = [0.5 * math.log(1.5 / 0.5) + sign * 1.959963985 / math.sqrt(25) for sign in (-1, 1)]
    assert fisher(0.5, 28) == pytest.approx([(math.exp(2 * z) - 1) / (math.exp(2 * z) + 1) for z in ends])
    assert fisher(1.0, 30) is None


def test_a_question_that_everybody_got_right_has_no_discrimination(tmp_path: Path, library: Library) -> None:
    marks = [[0.1, 0.3, float(person % 3)] for person in range(21)]
    for row in counted(tmp_path, library, marks, [0.1, 1.0, 2.0]).questions[:2]:
        assert (row.discrimination, row.efficiency, row.sd) == (None, None, pytest.approx(0))


def test_thirds_keep_people_of_the_same_score_together(class_of_25: Analysis) -> None:
    for test in class_of_25.tests:
        for row in test.questions:
            if row.asked.type in ("single", "truefalse"):
                sizes = [sum(one.thirds[at] for one in row.choices) + row.silent[at] for at in range(3)]
                assert sum(sizes) == 25
                assert min(sizes) >= 5


# Gain


def test_a_harder_form_shows_neither_as_gain_nor_as_loss(library: Library) -> None:
    """Nobody learns anything; form B is worth half as much to everybody; the two halves are not of equal size."""
    pool = questions_of(library, "course-exam", ("single",))
    keys = [form_key(library, form, questions) for form, questions in (("A", pool[0:4]), ("B", pool[4:8]))]
    rows = [["code", "learner", "when", "1", "2", "3", "4"]]
    for person in range(10):
        first = "A" if person < 7 else "B"
        for when, form in (("pre", first), ("post", "B" if first == "A" else "A")):
            key = keys["AB".index(form)]
            right = [letter_of(library, row) for row in key["questions"]]
            count = 4 - person % 2 if form == "A" else 2 - person % 2
            rows.append([key["code"], f"p{person}", when, *[right[at] if at < count else "-" for at in range(4)]])
    gains = analysed(library, sheet(rows), keys).gains
    assert gains is not None
    whole = gains.rows[0]
    assert (gains.paired, whole.n, whole.orders) == (10, 10, 2)
    assert whole.gain == pytest.approx(0)
    assert whole.interval is not None
    assert whole.interval[0] <= 0 <= whole.interval[1]


def letter_of(library: Library, row: dict[str, Any]) -> str:
    question = graded_questions(library)[row["id"]][1]
    right = next(option.id for option in question.options if option.correct)
    return next(letter for letter, name in row["places"].items() if name == right)


def test_the_interval_of_one_order_is_the_paired_t_interval() -> None:
    differences = [0.1, 0.3, 0.2, 0.0, 0.25, 0.15]
    mean, error = statistics.mean(differences), statistics.stdev(differences) / math.sqrt(6)
    found = interval_of([Order(6, 0.4, 0.4 + mean, mean, statistics.variance(differences))], mean)
    assert found == pytest.approx((mean - 2.570581836 * error, mean + 2.570581836 * error))


def test_what_was_learned_is_told_by_topic_and_level(class_of_25: Analysis) -> None:
    gains = class_of_25.gains
    assert gains is not None
    assert [row.aspect for row in gains.rows[:3]] == ["all", "topic", "topic"]
    assert {row.aspect for row in gains.rows} >= {"all", "topic", "level"}
    whole = gains.rows[0]
    assert whole.interval is not None
    assert 0 < whole.interval[0] < whole.gain < whole.interval[1]


def test_the_same_form_before_and_after_is_two_tests(library: Library) -> None:
    keys, text = crossover(library, people=6)
    rows = [row for row in csv.reader(io.StringIO(text)) if row[0] in ("code", "SO-A-7K3M")]
    alone = [[*row[:3], *row[4:]] for row in rows]
    files = [source("key.json", json.dumps(keys[0])), source("1.csv", sheet(alone), "pre")]
    again = [alone[0], *[[*row[:3], *reversed(row[3:])] for row in alone[1:]]]
    found = analyse([*files, source("2.csv", sheet(again), "post")], library)
    assert [(test.when, test.n) for test in found.tests] == [("pre", 6), ("post", 6)]
    assert found.gains is not None
    assert found.gains.paired == 6
    assert [row.aspect for row in found.gains.rows].count("objective") == 12


# Sentences


def test_a_wrong_key_is_found_and_told_in_both_languages(library: Library) -> None:
    keys, text = crossover(library)
    number = next(row["number"] for row in keys[0]["questions"] if row["type"] == "single")
    swap_places(keys[0], library, number)
    row = analysed(library, text, keys).tests[0].questions[number - 1]
    remarks = about(row)
    assert (remarks[0].code, remarks[0].grave) == ("best-third", True)
    chosen = next(letter for letter in "กขคง" if f"“{letter}”" in remarks[0].shown("th"))
    assert f"The best third chose “{chosen}”" in remarks[0].shown("en")


def figures(library: Library, n: int, facility: float, **more: Any) -> QuestionFigures:
    bank, question = next(row for row in graded_questions(library).values() if row[1].type == "single")
    return QuestionFigures(asked_of(bank, question, "1"), n, facility, 1, facility, (0, 1), 0.4, 10, **more)


@pytest.mark.parametrize(
    ("code", "n", "facility", "more"),
    [
        ("nobody", 8, 0.0, {}),
        ("everybody", 8, 1.0, {}),
        ("guess", 12, 0.28, {}),
        ("negative", 40, 0.5, {"discrimination": -40.0, "discrimination_interval": (-0.6, -0.1)}),
        ("negative-maybe", 25, 0.5, {"discrimination": -4.0, "discrimination_interval": (-0.4, 0.3)}),
        ("blank", 12, 0.5, {"silent": (2, 1, 1)}),
        (None, 12, 0.5, {"discrimination": -40.0, "discrimination_interval": (-0.6, -0.1)}),
        (None, 25, 0.6, {"discrimination": 30.0}),
    ],
)
def test_each_doubt_has_its_sentence(library: Library, code: str | None, n: int, facility: float, more: Any) -> None:
    remarks = about(figures(library, n, facility, **more))
    assert [remark.code for remark in remarks] == ([code] if code else [])
    for remark in remarks:
        assert re.search("[\u0e00-\u0e7f]", remark.shown("th"))
        assert not re.search("[\u0e00-\u0e7f{}]", remark.shown("en"))


def test_what_nobody_knows_before_the_course_is_no_fault_of_the_question(library: Library) -> None:
    for facility in (0.0, 0.25):
        row = figures(library, 12, facility, silent=(2, 1, 1))
        assert about(row)
        assert about(row, "pre") == []


# Files: what they are is told by what they hold


def small_form(library: Library, letters: str = THAI) -> tuple[dict[str, Any], list[Question]]:
    pool = [question for bank in library.banks for question in questions_of(library, bank)]
    kinds = ("single", "multiple", "truefalse", "match", "order", "numeric", "short", "cloze", "case")
    everything = [placed.value for _, placed in library.questions()]
    chosen = [next(one for one in everything if one.type == kind and is_simple(one)) for kind in kinds]
    assert pool
    return form_key(library, "A", chosen, letters), chosen


def is_simple(question: Question) -> bool:
    return question.type != "case" or all(part.type in ("single", "truefalse") for part in question.parts)


def right_answer(part: Any) -> Any:
    """An answer that earns everything."""
    if part.type == "single":
        return next(option.id for option in part.options if option.correct)
    if part.type == "multiple":
        return [option.id for option in part.options if option.correct]
    if part.type == "truefalse":
        return part.answer in ("yes", "true")
    if part.type == "match":
        return {pair.id: pair.id for pair in part.pairs}
    if part.type == "order":
        return [item.id for item in part.items]
    if part.type == "cloze":
        return {gap.id: right_answer_of_gap(gap) for gap in part.gaps}
    if part.type == "case":
        return {inner.id: right_answer(inner) for inner in part.parts}
    return part.answer if part.type == "numeric" else (part.accept.th or part.accept.en)[0]


def right_answer_of_gap(gap: Any) -> str:
    if gap.options:
        return next(option.id for option in gap.options if option.correct)
    return str(gap.answer) if gap.answer is not None else (gap.accept.th or gap.accept.en)[0]


def in_words(part: Any, answer: Any, lang: str) -> str | None:
    """An answer as Moodle's responses show it; None for a type that Moodle has not."""
    names = {row.id: row.text.shown(lang) for row in (*part.options, *part.items, *part.others)}
    if part.type in ("multiple", "order"):
        return "; ".join(names[name] for name in answer)
    if part.type == "match":
        return "; ".join(f"{pair.left.shown(lang)} -> {pair.right.shown(lang)}" for pair in part.pairs)
    if part.type == "truefalse":
        return {("th", True): "ถูก", ("th", False): "ผิด"}.get((lang, answer), str(answer))
    if part.type == "cloze":
        gaps = {gap.id: {option.id: option.text.shown(lang) for option in gap.options} for gap in part.gaps}
        told = (gaps[name].get(value, value) for name, value in answer.items())
        return "; ".join(f"part {place}: {word}" for place, word in enumerate(told, 1))
    return None if part.type in ("case", "reflect") else names.get(answer, str(answer))


@pytest.mark.parametrize("lang", ["th", "en"])
def test_the_right_answer_of_every_question_in_words_earns_everything(library: Library, lang: str) -> None:
    seen = 0
    for _, question in graded_questions(library).values():
        told = in_words(question, right_answer(question), lang) if question.type != "reflect" else None
        if told is not None:
            read = answer_in(question, told)
            assert read.clear, (question.id, told)
            assert grade(question, read.answer).share == 1, (question.id, told)
            seen += 1
    assert seen > 250


@pytest.mark.parametrize("letters", [THAI, ENGLISH])
def test_the_letters_of_every_question_are_read_as_they_are_written(library: Library, letters: str) -> None:
    chance = random.Random(5)
    for _, question in graded_questions(library).values():
        if question.type not in ("single", "multiple", "truefalse", "match", "order"):
            continue
        places = places_of(question, letters, chance)
        for cell in written_right(question, places):
            read = read_cell(question, places, cell)
            assert read.clear, (question.id, cell)
            assert grade(question, read.answer).share == 1, (question.id, cell)


def written_right(question: Question, places: dict[str, Any]) -> Iterator[str]:
    answer = right_answer(question)
    if question.type == "match":
        right = {name: letter for letter, name in places["right"].items()}
        rows = [f"{number}{right[name]}" for number, name in places["left"].items()]
    else:
        letters = {name: letter for letter, name in places.items()}
        answers = answer if isinstance(answer, list) else [str(answer).lower() if isinstance(answer, bool) else answer]
        rows = [letters[name] for name in answers]
    thai = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
    yield " ".join(rows)
    yield "".join(rows).lower()
    yield f" {', '.join(rows)}. ".translate(thai)


def test_what_is_chosen_is_always_something_that_can_be_chosen(library: Library) -> None:
    odd = [None, "", "x", True, 3, [], ["x"], {}, {"x": "y"}, {"a": None}, [{}], {"a": {"b": "c"}}]
    for _, question in graded_questions(library).values():
        names = {choice.name for choice in choices_of(question)}
        for answer in [right_answer(question), *odd]:
            assert set(chosen_in(question, answer)) <= names, question.id


def as_text(rows: Sequence[Sequence[str]], *, delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    return sheet(rows, delimiter).encode(encoding)


def as_workbook(rows: Sequence[Sequence[str]]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append([int(cell) if cell.isdecimal() and cell.isascii() else cell for cell in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def thai_digits(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    return [[cell.translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")) for cell in row] for row in rows[:1]] + [
        list(row) for row in rows[1:]
    ]


WRITINGS: dict[str, Callable[[list[list[str]]], bytes]] = {
    "utf-8 with a mark": lambda rows: as_text(rows, encoding="utf-8-sig"),
    "utf-16": lambda rows: as_text(rows, encoding="utf-16"),
    "utf-16 without a mark": lambda rows: as_text(rows, encoding="utf-16-le"),
    "windows-874": lambda rows: as_text(rows, encoding="cp874"),
    "semicolons": lambda rows: as_text(rows, delimiter=";"),
    "tabs": lambda rows: as_text(rows, delimiter="\t"),
    "old line ends": lambda rows: as_text(rows).replace(b"\r\n", b"\r"),
    "thai digits": lambda rows: as_text(thai_digits(rows)),
    "workbook": as_workbook,
}


@pytest.mark.parametrize("writing", WRITINGS)
def test_a_sheet_gives_the_same_figures_however_it_is_written(library: Library, writing: str) -> None:
    keys, text = crossover(library, people=5)
    rows = list(csv.reader(io.StringIO(text)))
    found = analysed(library, WRITINGS[writing](rows), keys)
    assert found.faults == []
    assert figures_json(found) == figures_json(analysed(library, text, keys))


def test_options_stand_under_the_letters_of_the_paper(library: Library) -> None:
    keys, text = crossover(library, people=3)
    for test, key in zip(analysed(library, text, keys).tests, keys, strict=True):
        for row, printed in zip(test.questions, key["questions"], strict=True):
            letters = [one.choice.label for one in row.choices]
            wanted = sorted(printed["places"]) if row.asked.type != "truefalse" else ["", ""]
            assert letters == wanted
            assert row.asked.type == "truefalse" or [printed["places"][one.choice.label] for one in row.choices] == [
                one.choice.name for one in row.choices
            ]


def test_a_letter_that_is_no_option_counts_as_no_answer_and_is_told(library: Library) -> None:
    keys, _ = crossover(library, people=2)
    rows = [["form", "learner", "1", "2"], ["A", "p1", "ฮ", ""], ["a", "p2", "-", ""], ["A", "p3", "", ""]]
    found = analysed(library, sheet(rows), keys[:1])
    told = "sheet.csv:2: question 1 says `ฮ`, which is no option; it counts as not answered — "
    assert [fault.shown("en") for fault in found.faults] == [f"{told}look at that sheet and mend the cell"]
    assert sum(found.tests[0].questions[0].silent) == 2


HEADS = {
    "en": "Last name,First name,Username,Status,Started,Completed,Duration,Grade/10.00",
    "th": "นามสกุล,ชื่อ,ที่อยู่อีเมล,สถานะ,เริ่มต้นเมื่อ,เสร็จสิ้น,เวลาที่ใช้,คะแนน/10.00",
}
DONE = {
    "en": "Finished,22 November 2026 09:00,22 November 2026 09:20,20 mins",
    "th": "เสร็จสิ้น,22 พ.ย. 2569 09:00,22 พ.ย. 2569 09:20,20 นาที",
}
LATER = {"en": DONE["en"].replace("22 November", "23 November"), "th": DONE["th"].replace("22 พ.ย.", "23 พ.ย.")}
GOING_ON = {"en": "In progress,22 November 2026 09:00,-,-", "th": "กำลังดำเนินการ,22 พ.ย. 2569 09:00,-,-"}
MARK = {"en": "Q. {} /2.00", "th": "ข้อ {} /2.00"}


def moodle_grades(lang: str) -> str:
    return "\n".join(
        [
            ",".join([HEADS[lang], MARK[lang].format(1), MARK[lang].format(2)]),
            f"ใจดี,สมชาย,s1,{LATER[lang]},10.00,2.00,2.00",  # the second attempt stands first in the file
            f'ใจดี,สมชาย,s1,{DONE[lang]},5.00,0.00,"1,00"',
            f"มีสุข,สมหญิง,s2,{DONE[lang]},7.50,2.00,-",
            f"ไม่ส่ง,ใคร,s3,{GOING_ON[lang]},-,-,-",
            "Overall average,,,,,,,7.50,1.33,1.00",
        ]
    )


@pytest.mark.parametrize("lang", ["en", "th"])
@pytest.mark.parametrize(("kept", "means"), [("first", [1.0, 0.5]), ("last", [2.0, 1.0]), ("best", [2.0, 1.0])])
def test_grades_of_moodle_are_counted_once_a_person(library: Library, lang: str, kept: Any, means: Any) -> None:
    found = analyse([source("grades.csv", moodle_grades(lang))], library, kept=kept)
    test = found.tests[0]
    assert (test.n, test.most, found.dropped) == (2, 4, 1)
    assert [row.mean for row in test.questions] == means
    assert [fault.code for fault in found.faults] == ["unfinished"]


@pytest.mark.parametrize("lang", ["en", "th"])
def test_responses_of_moodle_are_graded_by_the_bank(library: Library, lang: str) -> None:
    words_of = {"en": ("Response {0}", "Right answer {0}"), "th": ("คำตอบ {0}", "คำตอบที่ถูกต้อง {0}")}[lang]
    asked = [*questions_of(library, "course-exam", ("single",))[:2], *questions_of(library, "cps", ("multiple",))[:1]]
    heads = [*HEADS[lang].split(","), *[one.format(at) for at in (1, 2, 3) for one in words_of]]
    rights = [in_words(one, right_answer(one), lang) or "" for one in asked]
    first = next(option.text.shown(lang) for option in asked[2].options if option.correct)
    count = sum(option.correct for option in asked[2].options)
    rows = [heads]
    for name, told in (("ก", rights), ("ข", [rights[0], "-", first])):
        cells = [cell for pair in zip(told, rights, strict=True) for cell in pair]
        rows.append([name, "", name, *DONE[lang].split(","), "5.00", *cells])
    found = analyse([source("responses.csv", sheet(rows))], library)
    test = found.tests[0]
    assert found.faults == []
    assert [row.asked.id for row in test.questions] == [one.id for one in asked]
    assert [row.facility for row in test.questions] == pytest.approx([1, 0.5, (1 + 1 / count) / 2])


def test_questions_that_only_moodle_knows_are_marked_by_its_right_answer(library: Library) -> None:
    rows = [
        [*HEADS["en"].split(","), "Question 1", "Response 1", "Right answer 1"],
        ["a", "", "", *DONE["en"].split(","), "1.00", "What is two and two?", "four", "Four"],
        ["b", "", "", *DONE["en"].split(","), "0.00", "What is two and two?", "5", "Four"],
    ]
    found = analyse([source("responses.csv", sheet(rows))], library)
    assert [fault.code for fault in found.faults] == ["by-words"]
    row = found.tests[0].questions[0]
    assert (row.facility, row.asked.stem.th, row.asked.known) == (0.5, "What is two and two?", False)
    assert json.loads(figures_json(found))["questions"] == []


def test_a_google_form_is_graded_by_the_texts_of_its_columns(library: Library) -> None:
    asked = [
        *questions_of(library, "course-exam", ("single",))[:1],
        *questions_of(library, "course-exam", ("multiple",))[:1],
    ]
    heads = ["ประทับเวลา", "คะแนน", "ชื่อ-นามสกุล", f"1. {asked[0].stem.th}", asked[1].stem.th, "ความเห็นต่อการอบรม"]
    options = [option.text.th for option in asked[1].options]
    right = [option.text.th for option in asked[1].options if option.correct]
    good = next(option.text.th for option in asked[0].options if option.correct)
    rows = [
        heads,
        ["22/11/2026, 9:05:00", "2 / 2", "ก", good, ", ".join(right), "ดีมาก"],
        ["22/11/2026, 9:06:00", "0 / 2", "ข", "", ", ".join(options), ""],
    ]
    found = analyse([source("form.csv", sheet(rows))], library)
    assert [fault.code for fault in found.faults] == ["left-out"]
    shares = [row.facility for row in found.tests[0].questions]
    every = max(0, 2 * len(right) - len(options)) / len(right)
    assert shares == pytest.approx([0.5, (1 + every) / 2])


def test_result_files_are_graded_anew_and_the_same_file_counts_once(library: Library, tmp_path: Path) -> None:
    asked = questions_of(library, "course-exam", ("single",))[:3]
    good = {one.id: right_answer(one) for one in asked}
    wrong = {one.id: next(option.id for option in one.options if not option.correct) for one in asked}
    boasting = json.loads(result_file(library, "course-exam", "ข", wrong))
    for row in boasting["answers"]:
        row["score"] = {"raw": 1, "max": 1, "scaled": 1}
    files = {"1.json": result_file(library, "course-exam", "ก", good), "2.json": json.dumps(boasting)}
    files["3.json"] = files["1.json"]
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    found = analyse([one for one in sources_in(tmp_path) if isinstance(one, Source)], library)
    assert [(fault.code, Path(fault.path).name) for fault in found.faults] == [("twice", "3.json")]
    assert [row.facility for row in found.tests[0].questions] == [0.5] * 3
    assert found.tests[0].test.title == library.banks["course-exam"].value.title


def test_learners_without_a_name_are_people_of_their_own(library: Library) -> None:
    asked = questions_of(library, "course-exam", ("single",))[:2]
    good = {one.id: right_answer(one) for one in asked}
    files = [source(f"{at}.json", result_file(library, "course-exam", "", good, at)) for at in range(3)]
    assert analyse(files, library).tests[0].n == 3


def test_a_table_of_single_answers_gives_what_a_sheet_gives(library: Library, tmp_path: Path) -> None:
    keys, text = crossover(library, people=24)
    whole = analysed(library, text, keys)
    rows = [["learner", "test", "question", "mark", "max", "option"]]
    for line in list(csv.reader(io.StringIO(text)))[1:]:
        key = next(key for key in keys if key["code"] == line[0])
        for row, cell in zip(key["questions"], line[4:], strict=True):
            question = graded_questions(library)[row["id"]][1]
            answer = read_cell(question, row["places"], cell).answer
            chosen = chosen_in(question, answer) if question.type == "single" else ()
            share = float(grade(question, answer).share)
            rows.append([line[1], line[0], row["id"], repr(share), "1", *(chosen or [""])])
    path = tmp_path / "answers.csv"
    path.write_text(sheet(rows), encoding="utf-8")
    found = analyse([one for one in sources_in(path) if isinstance(one, Source)], library)
    assert [(test.n, test.alpha) for test in found.tests] == [(24, near(test.alpha or 0)) for test in whole.tests]
    first, second = ({row.asked.id: row for test in one.tests for row in test.questions} for one in (found, whole))
    assert first.keys() == second.keys()
    for name, row in first.items():
        assert row.discrimination == near(second[name].discrimination or 0)
        if row.asked.type == "single":
            counts = {one.choice.name: one.thirds for one in second[name].choices}
            assert {one.choice.name: one.thirds for one in row.choices} == counts


def test_numbers_and_times_are_read_in_every_writing() -> None:
    marks = {"0.75": 0.75, "0,75": 0.75, "๑": 1, "-": None, "รอตรวจ": None, "1e9": None, "=1+1": None}
    assert {text: number_of(text) for text in marks} == marks
    moment = "2026-11-22T09:05:00"
    written = (
        "22 November 2026 9:05 AM",
        "22 พฤศจิกายน 2569 09:05",
        "๒๒ พ.ย. ๒๕๖๙ ๐๙:๐๕",
        "2026/11/22 9:05:00 AM GMT+7",
        "22/11/2026, 9:05:00",
        "11/22/2026 9:05:00",
        "2026-11-22T09:05:00",
    )
    assert [time_of(text) for text in written] == [moment] * len(written)
    assert time_of("31/2/2026") == time_of("yesterday") == ""


# Files that are of no use: one line each, nothing written


def packed(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, content in files.items():
            pack.writestr(name, content)
    return out.getvalue()


def tampered(**changes: bytes) -> bytes:
    """A sound workbook with other parts."""
    with zipfile.ZipFile(io.BytesIO(as_workbook([["code", "1"], ["A", "ก"]]))) as pack:
        files = {name: pack.read(name) for name in pack.namelist()}
    return packed({**files, **{name.replace("__", "/") + ".xml": content for name, content in changes.items()}})


CELLS = (
    *("", "-", "1", "๒", "code", "form", "A", "SO-A-7K3M", "learner", "when", "pre"),
    *("ก", "ข ค", "T", "ถูก", "1ข 2ก", "=1+1", '"', "\u200b", "a\nb", "[", "nan", "1e400"),
    *("Timestamp", "Score", "Grade/10.00", "Q. 1 /1.00", "Response 1", "Right answer 1", "Completed", "Finished"),
    *("มาตรา", "22/11/2026", "999999999999"),
)
ENTITY = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><sst>&e;</sst>'
BAD: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "empty"),
    "spaces": (b" \n\n", "empty"),
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "foreign"),
    "pdf": (b"%PDF-1.7 ...", "foreign"),
    "old excel": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "foreign"),
    "other json": (b'{"a": 1}', "foreign"),
    "half a result": (b'{"format": "coopkm-result", "version": 1, "top', "bad-json"),
    "later version": (b'{"format": "coopkm-result", "version": 9}', "bad-result"),
    "half a key": (b'{"format": "coopkm-form", "version": 1}', "bad-key"),
    "deep json": (b'{"format": "coopkm-result", "a": ' + b"[" * 100_000, "bad-json"),
    "other table": (b"name,height\nA,170\n", "foreign-table"),
    "western letters": ("Pr\u00e9nom;\u00c2ge\nR\u00e9mi;3\n".encode("latin-1"), "encoding"),
    "form without key": (b"code,learner,1,2\nXX-1,p,a,b\n", "no-key"),
    "nobody finished": (b"First name,Status,Completed,Grade/1.00,Q. 1 /1.00\nA,In progress,-,-,-\n", "no-rows"),
    "no question known": (b"Timestamp,Score,How are you?\n1/1/2026,0,well\n", "no-match"),
    "not a workbook": (packed({"a.txt": b"a"}), "bad-xlsx"),
    "cut workbook": (as_workbook([["code", "1"], ["A", "a"]])[:-200], "bad-xlsx"),
    "entities": (tampered(xl__sharedStrings=ENTITY), "unsafe-xlsx"),
    "bomb": (tampered(xl__media=b"\0" * 40_000_000), "unsafe-xlsx"),
    "moodle marks above": (moodle_grades("en").replace("10.00,2.00", "10.00,9.00").encode(), "bad-mark"),
    "marks above what can be earned": (b"learner,question,mark,max\np,q,2,1\n", "not-counted"),
    "marks that are words": (b"learner,question,mark,max\np,q,good,1\n", "not-counted"),
    "an answer twice": (b"learner,question,mark,max\np,q,1,1\np,q,0,1\n", "not-counted"),
}


def run(tmp_path: Path, *arguments: str | Path, lang: str = "en") -> Result:
    out = ("--out", str(tmp_path / "out"))
    return CliRunner().invoke(cli, ["--project", str(ROOT), "--lang", lang, "analyse", *map(str, arguments), *out])


def test_files_of_no_use_are_told_in_one_line_each(library: Library) -> None:
    for name, (content, code) in BAD.items():
        path_less = [source(name, content)]
        if content.startswith(b"learner,question"):
            continue  # told apart on disk: see below
        found = analyse(path_less, library)
        assert [fault.code for fault in found.faults] == [code], name
        assert found.failed
        assert not found.tests
        for lang in ("th", "en"):
            line = found.faults[0].shown(lang)
            assert line.startswith(name)
            assert "\n" not in line
            assert "{" not in line or name.endswith("json")


def test_nothing_is_written_when_a_file_is_of_no_use(tmp_path: Path) -> None:
    paths = []
    for name, (content, _) in BAD.items():
        paths.append(tmp_path / f"{name}.csv")
        paths[-1].write_bytes(content)
    done = run(tmp_path, *paths, tmp_path / "not there.csv")
    assert done.exit_code == 1
    lines = done.stderr.splitlines()
    assert lines[-1] == "no report was written"
    for name in ("not there", *BAD):
        told = [line for line in lines if line.startswith(f"{tmp_path / name}.csv")]
        assert len(told) == 1, (name, lines)
    assert not (tmp_path / "out").exists()


def test_a_table_that_would_take_hours_to_grade_is_refused(library: Library) -> None:
    heads = [*HEADS["en"].split(","), *(f"Q. {number} /1.00" for number in range(1, 1001))]
    row = ["a", "b", "c", *DONE["en"].split(","), "1.00", *["1"] * 1000]
    found = analyse([source("grades.csv", sheet([heads, *[row] * 2001]))], library)
    assert [fault.code for fault in found.faults] == ["too-many"]


def test_a_sheet_of_nothing_but_nonsense_is_not_told_to_the_last_cell(library: Library) -> None:
    keys, _ = crossover(library, people=1)
    rows = [["code", "learner", "1"], *[[keys[0]["code"], f"p{at}", "@" * 600] for at in range(2500)]]
    desk = Desk(graded_questions(library), [FormKey.model_validate(keys[0])])
    gather([source("sheet.csv", sheet(rows))], desk)
    assert len(desk.faults) == 2000


def test_no_file_at_all_ends_with_one_line(tmp_path: Path) -> None:
    done = run(tmp_path)
    assert (done.exit_code, done.stderr) == (2, "coopkm: no file is named: run coopkm analyse FILE...\n")


ROWS = st.lists(st.lists(st.sampled_from(CELLS), min_size=1, max_size=6), min_size=1, max_size=5)


@settings(deadline=None, derandomize=True, max_examples=200)
@given(rows=ROWS, raw=st.binary(max_size=9))
def test_whatever_a_table_holds_it_ends_in_faults_or_in_sittings(
    library: Library, rows: list[list[str]], raw: bytes
) -> None:
    desk = Desk(graded_questions(library), [FormKey.model_validate(crossover(library, people=1)[0][0])])
    gather([source("a", sheet(rows)), source("b", raw), source("c", sheet(rows).encode() + raw)], desk)
    for found in desk.faults:
        assert "\n" not in found.shown("th")
        assert found.shown("en").startswith(found.path)
    for sitting in desk.gathered.sittings:
        for mark in sitting.marks:
            assert -mark.most <= mark.mark <= mark.most


def test_a_workbook_whose_size_is_not_true_is_read_whole(library: Library) -> None:
    keys, text = crossover(library, people=3)
    whole = as_workbook(list(csv.reader(io.StringIO(text))))
    with zipfile.ZipFile(io.BytesIO(whole)) as pack:
        files = {name: pack.read(name) for name in pack.namelist()}
    page = "xl/worksheets/sheet1.xml"
    files[page] = re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1"', files[page])
    assert [test.n for test in analysed(library, packed(files), keys).tests] == [3, 3]


# What is written


def write_class(folder: Path, library: Library, people: int = 25) -> None:
    keys, text = crossover(library, people=people)
    folder.mkdir()
    for key in keys:
        (folder / f"{key['code']}-key.json").write_text(json.dumps(key), encoding="utf-8")
    (folder / "sheet.csv").write_text(text, encoding="utf-8")


def test_names_are_in_the_report_only_where_they_are_asked_for(tmp_path: Path, library: Library) -> None:
    write_class(tmp_path / "class", library, people=4)
    for names in (False, True):
        done = run(tmp_path, tmp_path / "class", *(["--names"] if names else []), lang="th")
        assert (done.exit_code, done.stderr.count("\n")) == (0, 1)
        files = {path.name: path.read_text("utf-8") for path in (tmp_path / "out").iterdir()}
        del files[".coopkm-analysis.json"]
        assert files.keys() == {"report.html", "figures.csv", "options.csv", "figures.json"}
        assert {name for name, text in files.items() if "ผู้เรียน 1" in text} == ({"report.html"} if names else set())


def test_the_same_files_give_the_same_bytes(library: Library, class_of_25: Analysis) -> None:
    keys, text = crossover(library)
    again = analysed(library, text, keys[::-1])
    for make in (lambda one: report(one, "th"), figures_json, lambda one: figures_csv(one, "en")):
        assert make(again) == make(class_of_25)


def test_what_an_exam_leaves_in_its_folder_does_no_harm(tmp_path: Path, library: Library) -> None:
    """Rows prepared for people who did not come, the sheet of a spreadsheet left empty, a file of another kind."""
    keys, text = crossover(library, people=3)
    rows = list(csv.reader(io.StringIO(text)))
    (tmp_path / "a-key.json").write_text(json.dumps(keys[0]), encoding="utf-8")
    (tmp_path / "b-key.json").write_text(json.dumps(keys[1]), encoding="utf-8")
    (tmp_path / "balance.json").write_text('{"format": "coopkm-balance"}', encoding="utf-8")
    absent = [keys[0]["code"], "9", "1", "pre", *[""] * 12]
    (tmp_path / "a.csv").write_text(sheet([*rows, absent]), encoding="utf-8")
    (tmp_path / "a.xlsx").write_bytes(as_workbook([rows[0], absent]))
    found = analyse([one for one in sources_in(tmp_path) if isinstance(one, Source)], library)
    assert sorted(fault.code for fault in found.faults) == ["no-result", "unfilled"]
    assert not found.failed
    assert [test.n for test in found.tests] == [3, 3]
    assert found.gains is not None
    assert (found.gains.paired, found.gains.only_before) == (3, 0)


def test_parts_of_a_case_are_read_in_order(library: Library) -> None:
    question = next(one for _, one in graded_questions(library).values() if one.type == "case")
    simple = [part for part in question.parts if part.type in ("single", "truefalse")][:2]
    case = question.model_copy(update={"parts": simple})
    chance = random.Random(1)
    places = {part.id: places_of(part, THAI, chance) for part in simple}  # type: ignore[arg-type]
    letters = [next(iter(places[part.id])) for part in simple]
    wanted = {
        part.id: read_cell(part, places[part.id], letter).answer for part, letter in zip(simple, letters, strict=True)
    }
    for cell in ("; ".join(letters), " ".join(letters), "/".join(letters), "".join(letters)):
        assert read_cell(case, places, cell) == (wanted, True), cell
    assert read_cell(case, places, "; ".join([*letters, "ก"])) == (None, False)


def test_results_never_go_into_a_folder_that_is_published(tmp_path: Path) -> None:
    for name in ("docs/th", "knowledge", "site"):
        arguments = ["--project", str(ROOT), "analyse", str(tmp_path), "--out", str(ROOT / name)]
        assert CliRunner().invoke(cli, arguments).exit_code == 2


def test_a_file_of_somebody_else_is_not_overwritten(tmp_path: Path, library: Library) -> None:
    write_class(tmp_path / "class", library, people=3)
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "report.html").write_text("mine", encoding="utf-8")
    done = run(tmp_path, tmp_path / "class")
    assert done.exit_code == 2
    assert "report.html" in done.stderr
    assert (tmp_path / "out" / "report.html").read_text("utf-8") == "mine"


def test_figures_for_the_next_exam_are_by_id(class_of_25: Analysis) -> None:
    raw = json.loads(figures_json(class_of_25))
    assert (raw["format"], raw["version"]) == ("coopkm-figures", 1)
    rows = {row.asked.id: row for test in class_of_25.tests for row in test.questions}
    assert [row["id"] for row in raw["questions"]] == sorted(rows)
    for row in raw["questions"]:
        assert row["facility"] == pytest.approx(rows[row["id"]].facility)


def test_few_people_have_no_figures_of_discrimination(library: Library) -> None:
    keys, text = crossover(library, people=FEW - 1)
    found = analysed(library, text, keys)
    for test in json.loads(figures_json(found))["tests"]:
        assert (test["n"], test["alpha"]) == (FEW - 1, None)
        for row in test["questions"]:
            assert row["discrimination"] is row["efficiency"] is row["alpha_if_deleted"] is None
    for lang in ("th", "en"):
        rows = list(csv.DictReader(io.StringIO(figures_csv(found, lang).decode("utf-8-sig"))))
        assert {row["discrimination"] for row in rows} == {""}
        html = report(found, lang)
        assert words(lang)["few"] in html
        assert words(lang)["best"] not in re.sub("<section.*id=.reading.*", "", html, flags=re.DOTALL)


def test_a_table_holds_no_formula(library: Library) -> None:
    keys, _ = crossover(library, people=2)
    keys[0]["title"] = {"th": "=HYPERLINK(1)", "en": "+cmd"}
    found = analysed(library, sheet([["form", "learner", "1"], ["A", "@x", "ก"]]), keys[:1])
    for raw in (figures_csv(found, "th"), options_csv(found, "en")):
        for row in csv.reader(io.StringIO(raw.decode("utf-8-sig"))):
            for cell in row:
                assert not cell.startswith(("=", "+", "@", "\t")), cell
                assert not cell.startswith("-") or re.fullmatch(r"-[\d.e-]+", cell)


def test_the_report_shows_words_and_no_markup(library: Library) -> None:
    question = next(one for _, one in graded_questions(library).values() if "**" in one.stem.th)
    key = form_key(library, "A", [question])
    html = report(analysed(library, sheet([["form", "learner", "1"], ["A", "p", "ก"]]), [key]), "th")
    assert "**" in question.stem.th
    assert "**" not in html


def test_the_report_stands_alone_and_escapes_what_it_is_given(library: Library) -> None:
    keys, text = crossover(library)
    evil = "<script>alert(1)</script>"
    keys[0]["title"] = {"th": evil, "en": evil}
    html = report(analysed(library, text.replace("ผู้เรียน 1,", f"{evil},"), keys, names=True), "th")
    assert "&lt;script&gt;" in html
    assert not re.search(r"<script|<link|<img|<iframe|@import|url\(|\son[a-z]+=|\sstyle=|(?:src|href)=.(?!#)", html)
    assert html.count("<svg") == html.count("<title id=") == html.count("<desc id=") == 5


def test_the_report_is_read_without_barriers(browser: Any, library: Library, tmp_path: Path) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    keys, text = crossover(library, people=FEW)
    for key in keys:
        del key["questions"][2:]
    path = tmp_path / "report.html"
    path.write_text(report(analysed(library, text, keys, names=True), "th"), encoding="utf-8")
    page = browser.new_page(viewport={"width": 390, "height": 800})
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    page.goto(path.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
    found = axe.Axe().run(page, options={"runOnly": {"type": "tag", "values": tags}})
    assert [row["id"] for row in found.response["violations"]] == []
    assert told == []
    page.close()


# Words


def test_every_word_and_every_fault_is_told_in_both_languages() -> None:
    for name in ("words", "faults"):
        raw = yaml.safe_load((PACKAGE / f"{name}.yml").read_text("utf-8"))
        rows = raw.values() if name == "words" else [row[part] for row in raw.values() for part in ("what", "fix")]
        for row in rows:
            places = {lang: set(re.findall(r"{(\w+)}", row[lang])) for lang in ("th", "en")}
            assert {one.removesuffix("_th") for one in places["th"]} == {
                one.removesuffix("_en") for one in places["en"]
            }
            assert not re.search("[\u0e00-\u0e7f]", row["en"])


def test_every_fault_that_the_code_names_is_in_the_table_and_no_other() -> None:
    table = yaml.safe_load((PACKAGE / "faults.yml").read_text("utf-8"))
    code = "".join(path.read_text("utf-8") for path in PACKAGE.rglob("*.py"))
    named = set(re.findall(r'(?:fault|tell)\(\s*[\w.]+(?:\([^)]*\))?,\s*"([a-z-]+)"', code))
    named |= set(re.findall(r'fault\("coopkm analyse", "([a-z-]+)"', code))
    assert named == table.keys()
