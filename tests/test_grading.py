"""What an answer is worth: the vectors that the browser is held to as well, and what holds whatever is answered."""

import json
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from typing import Any, get_args

import pytest
from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st

from coopkm.library import read_library
from coopkm.model.questions import Gap, Part, Question, QuestionType
from coopkm.quizzes.grading import grade
from coopkm.views.keys import is_graded

VECTORS: dict[str, Any] = json.loads((ROOT / "tests/grading/vectors.json").read_text("utf-8"))
_BESIDE = {"level": "apply", "objective": {"th": "ตอบได้"}, "basis": "practice"}
QUESTIONS = {name: Question.model_validate({**_BESIDE, **row}) for name, row in VECTORS["questions"].items()}
CASES: list[dict[str, Any]] = VECTORS["cases"]


@pytest.mark.parametrize("row", [pytest.param(row, id=f"{row['question']}-{at}") for at, row in enumerate(CASES)])
def test_an_answer_is_worth_what_the_vectors_say(row: dict[str, Any]) -> None:
    result = grade(QUESTIONS[row["question"]], row["answer"])
    found = result.share, [text.th for text in result.feedback]
    assert found == (Fraction(row["share"]), row["feedback"]), row["why"]
    assert result.right == (row["share"] == "1")


def test_the_vectors_are_many_and_of_every_type() -> None:
    assert len(CASES) >= 150
    counts = Counter(QUESTIONS[row["question"]].type for row in CASES)
    assert {name: counts[name] for name in get_args(QuestionType) if counts[name] < 8} == {}
    assert QUESTIONS.keys() == {row["question"] for row in CASES}


def test_every_question_of_the_vectors_is_answered_rightly_once() -> None:
    answered = {row["question"] for row in CASES if row["share"] == "1"}
    assert {name for name, question in QUESTIONS.items() if is_graded(question)} == answered


def right_answers(part: Part | Gap) -> Iterator[Any]:
    """Fully right answers: every accepted text, else the one there is."""
    if part.accept is not None:
        yield from (*part.accept.th, *part.accept.en)
    elif isinstance(part, Part) and part.type in _RIGHT:
        yield _RIGHT[part.type](part)
    elif part.options:
        yield next(option.id for option in part.options if option.correct)
    else:
        yield str(part.answer)


def right(part: Part | Gap) -> Any:
    return next(right_answers(part))


_RIGHT = {
    "multiple": lambda part: [option.id for option in part.options if option.correct],
    "truefalse": lambda part: part.answer in ("yes", "true"),
    "match": lambda part: {pair.id: pair.id for pair in part.pairs},
    "order": lambda part: [item.id for item in part.items],
    "cloze": lambda part: {gap.id: right(gap) for gap in part.gaps},
    "case": lambda part: {inner.id: right(inner) for inner in part.parts},
}


def test_the_right_answer_to_every_question_of_the_banks_earns_all() -> None:
    questions = [placed.value for _, placed in read_library(ROOT)[0].questions()]
    graded = [part for question in questions for part in (question, *question.parts) if is_graded(part)]
    short = [(part.id, answer) for part in graded for answer in right_answers(part) if grade(part, answer).share != 1]
    assert questions
    assert short == []


def names_in(value: Any) -> set[str]:
    """All ids of a question, and all words of its answers."""
    if isinstance(value, dict):
        own = {value["id"]} if "id" in value else set()
        return own.union(*map(names_in, value.values()))
    if isinstance(value, list):
        return set().union(*map(names_in, value))
    return {value} if isinstance(value, str) else set()


NAMES = sorted(
    {*names_in(VECTORS["questions"]), "__proto__", "constructor", "nan", "1e3", "-0", "7-10", "๙๐", "\ud800"}
)
letters = st.one_of(st.sampled_from("๐๙09,.-+/eE \u2212\u200bนำ้ํา"), st.characters(exclude_categories=()))
texts = st.one_of(st.sampled_from(NAMES), st.text(letters, max_size=30))
single_values = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), texts, st.just(10**400))
json_values = st.recursive(
    single_values,
    lambda inner: st.one_of(st.lists(inner, max_size=6), st.dictionaries(texts, inner, max_size=6)),
    max_leaves=20,
)


@st.composite
def questions_and_answers(draw: st.DrawFn) -> tuple[Question, Any]:
    """A question with any value at all, or with one that has the form of an answer and odd things in it."""
    question = QUESTIONS[draw(st.sampled_from(sorted(QUESTIONS)))]
    return question, draw(st.one_of(json_values, shaped(question)))


def shaped(part: Part) -> st.SearchStrategy[Any]:
    """Values of the form of an answer to it: of its ids, some left out, some replaced by anything."""
    if part.type in ("multiple", "order"):
        ids = st.sampled_from([row.id for row in (part.options or part.items)])
        return st.lists(st.one_of(ids, ids, ids, json_values), max_size=8)
    if part.type in ("match", "cloze"):
        fitting = [st.sampled_from([pair.id for pair in part.pairs])] if part.pairs else [texts, st.integers()]
        names = [row.id for row in (part.pairs or part.gaps)]
        return st.dictionaries(st.sampled_from(names), st.one_of(*fitting, json_values))
    if isinstance(part, Question) and part.type == "case":
        return st.fixed_dictionaries({}, optional={inner.id: shaped(inner) for inner in part.parts})
    return single_values


@settings(deadline=None, derandomize=True, max_examples=1500)
@given(questions_and_answers())
def test_no_answer_whatever_breaks_it_or_leaves_the_bounds(both: tuple[Question, Any]) -> None:
    question, answer = both
    assert 0 <= grade(question, answer).share <= 1
