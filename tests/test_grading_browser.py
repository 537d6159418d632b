"""An answer is worth in the browser what it is worth in Python, to the last fraction, and the same is said to it."""

import json
import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import pytest
from browser_pages import visitor
from conftest import ROOT
from hypothesis import Phase, given, settings
from playwright.sync_api import Browser
from test_grading import CASES, QUESTIONS, questions_and_answers, right_answers

from coopkm.library import read_library
from coopkm.model.base import texts
from coopkm.model.questions import Part, Question
from coopkm.quizzes.grading import grade, number_in
from coopkm.quizzes.script import browser_script
from coopkm.views.keys import is_graded, key_of, points_of, said_by

Run = Callable[[str, str], Any]
Pair = tuple[Part, Any]
Graded = tuple[list[int], list[str]]

ODD = [*"๐๙09,.-+/eE% \n", "\u2212", "\u200b", "\ufeff", "\x85", "\x1c", "\xa0", "\ud800", "😀", "ๆ", "้", "ํา", "เ"]
ANYTHING = [None, True, False, 0, -0.0, 1, 90, "", "0", [], {}, [0], "__proto__", {"__proto__": 1}, 1e-300, 10**400]


@pytest.fixture(scope="module")
def run(browser: Browser) -> Iterator[Run]:
    """Runs an expression in the browser with the script of grading, `folding`, and `given` from JSON."""
    code = browser_script("grade").rstrip().removesuffix("})();")
    with visitor(browser) as page:

        def run(expression: str, given: str) -> Any:
            body = f"{code}const folding = new Folding(FOLDING), given = JSON.parse(text);\nreturn {expression};}})()"
            return page.evaluate(f"(text) => {body}", given)

        yield run


def graded_there(run: Run, pairs: Sequence[Pair]) -> list[Graded]:
    """Share and names of what is said, all graded in one go."""
    keys = {id(part): key_of(part) for part, _ in pairs}
    places = {name: at for at, name in enumerate(keys)}
    given = json.dumps([list(keys.values()), [[places[id(part)], answer] for part, answer in pairs]])
    found = run("given[1].map(([at, answer]) => grade(given[0][at], answer, folding))", given)
    return [shown(part, row) for (part, _), row in zip(pairs, found, strict=True)]


def shown(part: Part, row: dict[str, Any]) -> Graded:
    """A grade of the browser, less the names of what the question does not say."""
    return row["share"], [name for name in row["said"] if name in said_by(part)]


def graded_here(part: Part, answer: Any) -> Graded:
    """The same by Python."""
    result = grade(part, answer)
    names = {id(text): name for name, text in said_by(part).items()}
    return list(result.share.as_integer_ratio()), [names[id(text)] for text in result.feedback]


def differing(pairs: Iterable[Pair], there: Iterable[Graded]) -> list[str]:
    rows = [
        (part, answer, found, graded_here(part, answer)) for (part, answer), found in zip(pairs, there, strict=True)
    ]
    return [f"{part.id} {answer!r:.200}: {found}, not {own}" for part, answer, found, own in rows if found != own]


def test_every_answer_of_the_vectors_is_worth_what_they_say(run: Run) -> None:
    keys = json.dumps({name: key_of(question) for name, question in QUESTIONS.items()})
    given = f"[{keys}, {(ROOT / 'tests/grading/vectors.json').read_text('utf-8')}]"
    found = run("given[1].cases.map((row) => grade(given[0][row.question], row.answer, folding))", given)
    different = []
    for row, there in zip(CASES, found, strict=True):
        said = said_by(QUESTIONS[row["question"]])
        share = "/".join(map(str, there["share"])).removesuffix("/1")
        if (share, [said[name].th for name in there["said"] if name in said]) != (row["share"], row["feedback"]):
            different.append((row["question"], row["why"], there))
    assert different == []
    assert len(found) >= 346


def test_any_answer_is_graded_as_python_grades_it(run: Run) -> None:
    pairs = [*drawn(1000), *varied_vectors(1500)]
    assert differing(pairs, graded_there(run, pairs)) == []


def drawn(count: int) -> list[Pair]:
    """Questions of the vectors with values of any kind, as JSON hands them on."""
    kept: list[Pair] = []

    @settings(deadline=None, derandomize=True, database=None, max_examples=count, phases=[Phase.generate])
    @given(questions_and_answers())
    def keep(both: tuple[Question, Any]) -> None:
        kept.append((both[0], through_json(both[1])))

    keep()
    return kept


def through_json(answer: Any) -> Any:
    """JSON knows no NaN and no infinity, and joins surrogates that stand side by side."""
    return json.loads(json.dumps(answer), parse_constant=lambda _: None)


def varied_vectors(count: int) -> list[Pair]:
    """Answers of the vectors with something changed, where right and wrong lie side by side."""
    pick = random.Random(2570)
    rows = pick.choices(CASES, [1 if row["share"] == "0" else 4 for row in CASES], k=count)
    return [(QUESTIONS[row["question"]], through_json(varied(row["answer"], pick))) for row in rows]


def varied(answer: Any, pick: random.Random) -> Any:
    if pick.random() < 0.05:
        return pick.choice(ANYTHING)
    if isinstance(answer, str):
        at = pick.randint(0, min(len(answer), 600))
        return answer[:at] + pick.choice([*ODD, ""]) + answer[at + pick.randint(0, 1) :]
    if isinstance(answer, list):
        kept = [varied(one, pick) if pick.random() < 0.1 else one for one in answer[:20]]
        return pick.sample(kept, pick.randint(max(0, len(kept) - 1), len(kept)))
    if isinstance(answer, dict):
        return {name: varied(one, pick) if pick.random() < 0.3 else one for name, one in answer.items()}
    if isinstance(answer, int | float) and 1 < abs(answer) < 1e12:
        return pick.choice([answer, str(answer), f"{answer:.2f} บาท", answer + pick.choice([0.1, -0.25, 5, 1e-9])])
    return pick.choice(ANYTHING)


def test_what_is_changed_in_the_vectors_is_right_wrong_and_in_between() -> None:
    shares = [grade(part, answer).share for part, answer in varied_vectors(1500)]
    counts = [sum(share == whole for share in shares) for whole in (0, 1)]
    assert min(*counts, len(shares) - sum(counts)) >= 250


@pytest.mark.parametrize(
    ("tolerance", "answer", "right"),
    [
        ("5", 0, True),
        ("5", 10, True),
        ("5", 5e-324, True),
        ("5", -5e-324, False),
        ("5", -1e-30, False),
        ("5", 1e-7, True),
        ("5", "10.000000001", False),
        ("0.1", 4.9, True),
        ("0.1", 5.1, True),
        ("0.1", 5.1000000000000005, False),
        ("0.1", 4.8999999999999995, False),
        ("-1", 5, False),
    ],
)
def test_a_tolerance_ends_exactly_at_its_edge(run: Run, tolerance: str, answer: Any, right: bool) -> None:
    beside = {"level": "apply", "objective": {"th": "ตอบได้"}, "basis": "practice", "stem": {"th": "กี่วัน"}}
    row = {"id": "five", "type": "numeric", "answer": "5", "tolerance": tolerance}
    question = Question.model_validate({**beside, **row})
    assert grade(question, answer).right == right
    assert graded_there(run, [(question, answer)]) == [([int(right), 1], [])]


def test_every_text_and_every_json_number_is_read_as_the_same_number(run: Run) -> None:
    answers = [*typed_numbers(4000), *json_numbers(1000), *ANYTHING]
    there = run("given.map((answer) => numberIn(answer)?.toString() ?? null)", json.dumps(answers))
    own = [None if (number := number_in(answer)) is None else str(int(number.scaleb(330))) for answer in answers]
    assert [row for row in zip(answers, there, own, strict=True) if row[1] != row[2]] == []
    assert 0.2 <= sum(number is not None for number in own) / len(own) <= 0.8


def typed_numbers(count: int) -> list[str]:
    """What looks like a number, or nearly."""
    pick = random.Random(2571)
    pieces = [*ODD, *"012345", "90", "12.5", "1,000", "1000", ",500", "987654321", "1e3", "บาท", "\u3000", "–"]
    return ["".join(pick.choices(pieces, k=pick.randint(1, 5))) for _ in range(count)]


def json_numbers(count: int) -> list[float]:
    pick = random.Random(2572)
    edges = [1e12, -1e12, 999_999_999_999, 999_999_999_999.9, 5e-324, 2.2250738585072014e-308, 1.7e308, 0.1 + 0.2]
    return [*edges, *(round(pick.gauss(0, 9), 9) * 10 ** pick.randint(-300, 14) for _ in range(count))]


@pytest.mark.parametrize(
    ("name", "answer", "right"),
    [
        ("water", "น้ำ" + "\u200b" * 497, True),
        ("water", "น้ำ" + "\u200b" * 498, False),
        ("water", "น้ำ" + "😀" * 497, True),
        ("water", "น้ำ" + "😀" * 498, False),
        ("days", " " * 498 + "90", True),
        ("days", " " * 499 + "90", False),
        ("days", "90" + "😀" * 498 + "1", True),
        ("days", "90" + "😀" * 497 + "1", False),
    ],
)
def test_five_hundred_characters_of_an_answer_are_looked_at(run: Run, name: str, answer: str, right: bool) -> None:
    question = QUESTIONS[name]
    assert grade(question, answer).right == right
    assert (graded_there(run, [(question, answer)])[0][0] == [1, 1]) == right


@pytest.fixture(scope="module")
def banks() -> list[Part]:
    """Every question and every part of a case of this project's own banks."""
    questions = [placed.value for _, placed in read_library(ROOT)[0].questions()]
    return [part for question in questions for part in (question, *question.parts)]


def test_the_right_answer_to_every_question_of_the_banks_earns_all(run: Run, banks: list[Part]) -> None:
    pairs = [(part, answer) for part in banks if is_graded(part) for answer in right_answers(part)]
    there = graded_there(run, pairs)
    assert pairs
    assert [part.id for (part, _), (share, _) in zip(pairs, there, strict=True) if share != [1, 1]] == []
    assert differing(pairs, there) == []


def test_a_question_is_worth_the_same_points(run: Run, banks: list[Part]) -> None:
    parts = [*QUESTIONS.values(), *banks]
    assert run("given.map(points)", json.dumps([key_of(part) for part in parts])) == [points_of(part) for part in parts]


def test_a_key_holds_nothing_that_people_read(banks: list[Part]) -> None:
    for part in banks:
        key = json.dumps(key_of(part), ensure_ascii=False)
        assert [text.th for _, text in texts(part) if len(text.th) > 20 and text.th in key] == [], part.id


def test_all_that_a_question_says_has_a_name(banks: list[Part]) -> None:
    for part in [*QUESTIONS.values(), *banks]:
        own = [(place, text) for place, text in texts(part) if place[0] != "parts"]
        spoken = {id(text) for place, text in own if place[-1] in ("feedback", "if_true", "if_false", "model")}
        assert {id(text) for text in said_by(part).values()} == spoken, part.id
