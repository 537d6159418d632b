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

import coopkm.analysis
from coopkm.analysis.analysis import Analysis, analyse
from coopkm.analysis.figures import FEW, QuestionFigures, PaperFigures
from coopkm.analysis.gain import Order, interval_of
from coopkm.analysis.intervals import fisher, t_quantile, wilson
from coopkm.analysis.keys import read_cell
from coopkm.analysis.questions import asked_of, chosen_in, choices_of, graded_questions
from coopkm.analysis.readers.desk import Source
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
    low, high = fisher(0.5, 28) or (0, 0)
    assert (round(low, 4), round(high, 4)) == (0.1559, 0.7364)
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
