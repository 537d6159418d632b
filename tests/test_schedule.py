"""When a question comes back: the browser counts as py-fsrs does, in the calendar days of the learner.

The formulas: https://github.com/open-spaced-repetition/fsrs4anki/wiki/The-Algorithm
"""

import json
import random
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from browser_pages import visitor
from conftest import ROOT
from fsrs import Card, Rating, Scheduler
from fsrs.scheduler import DEFAULT_PARAMETERS
from playwright.sync_api import Browser

SCRIPT = (ROOT / "src/coopkm/quizzes/browser/schedule.js").read_text("utf-8")
JUDGE = Scheduler(
    learning_steps=(), relearning_steps=(), enable_fuzzing=False, desired_retention=0.9, maximum_interval=365
)
MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000
BANGKOK = 7 * HOUR
MIDNIGHT = int(datetime(2026, 10, 31, 17, tzinfo=UTC).timestamp()) * 1000  # 1 November in Bangkok
RATINGS = (1, 2, 3, 4)
HISTORIES = 600

Run = Callable[..., Any]
Review = tuple[int, int]
"""A rating, and when: milliseconds since 1970."""


@pytest.fixture(scope="module")
def run(browser: Browser) -> Iterator[Run]:
    """Runs JavaScript beside the script, in the strict scope it is shipped in; `given` is at hand."""
    with visitor(browser, timezone_id="Asia/Bangkok") as page:
        yield lambda body, given=None: page.evaluate(f"(given) => {{ 'use strict'; {SCRIPT}\n{body} }}", given)


def in_bulk(run: Run, body: str, given: Any) -> Any:
    """The same with thousands of plain values, which Playwright is slow to hand over one by one."""
    code = f"given = JSON.parse(given); return JSON.stringify((() => {{ {body} }})());"
    return json.loads(run(code, json.dumps(given)))


def histories() -> list[list[Review]]:
    """Reviews of one question each: early, late, overdue and many a day, rated at random or mostly one way."""
    chance = random.Random(6)
    gaps: tuple[Callable[[], float], ...] = (
        lambda: chance.randint(1, 90) * MINUTE,
        lambda: chance.randint(2, 30) * HOUR,
        lambda: chance.randint(1, 10) * DAY,
        lambda: chance.uniform(0.5, 60) * DAY,
        lambda: chance.uniform(60, 400) * DAY,
    )
    return [_history(chance, gaps, usual) for usual in (None, *RATINGS) for _ in range(HISTORIES // 5)]


def _history(chance: random.Random, gaps: tuple[Callable[[], float], ...], usual: int | None) -> list[Review]:
    now, habit, made = MIDNIGHT + chance.randrange(DAY), chance.choice(gaps), []
    for _ in range(chance.randint(1, 20)):
        made.append((usual if usual and chance.random() < 0.8 else chance.choice(RATINGS), now))
        now += int((habit if chance.random() < 0.5 else chance.choice(gaps))())
    return made


def day_of(time: int) -> int:
    return (time + BANGKOK) // DAY


def judged(history: list[Review]) -> list[tuple[float, float, int]]:
    """Stability, difficulty and days until due after each review, as py-fsrs says for whole days."""
    card, states = Card(card_id=1), []
    for rating, time in history:
        day = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(days=day_of(time))
        card, _ = JUDGE.review_card(card, Rating(rating), day)
        assert card.stability is not None
        assert card.difficulty is not None
        states.append((card.stability, card.difficulty, (card.due - day).days))
    return states


@pytest.fixture(scope="module")
def played(run: Run) -> list[tuple[list[Review], list[dict[str, float]]]]:
    """Each history with the browser's cards after its reviews; `before` is the recall just before the review."""
    given = histories()
    cards = in_bulk(
        run,
        """return given.map((history) => {
          let card = null;
          return history.map(([rating, now]) => {
            const before = recall(card, now);
            card = reviewed(card, rating, now);
            return { ...card, before };
          });
        });""",
        given,
    )
    return list(zip(given, cards, strict=True))


def test_the_parameters_are_those_that_are_published(run: Run) -> None:
    assert tuple(run("return FSRS;")) == DEFAULT_PARAMETERS


def test_after_each_review_the_memory_is_what_py_fsrs_says(played: list[Any]) -> None:
    assert len(played) >= 500
    for history, cards in played:
        for (stability, difficulty, _), card in zip(judged(history), cards, strict=True):
            assert card["stability"] == pytest.approx(stability, rel=1e-6), history
            assert card["difficulty"] == pytest.approx(difficulty, rel=1e-6), history


def test_a_question_is_due_on_the_day_that_py_fsrs_says_at_the_same_hour(played: list[Any]) -> None:
    for history, cards in played:
        due = [now + days * DAY for (_, now), (_, _, days) in zip(history, judged(history), strict=True)]
        assert [card["due"] for card in cards] == due, history
        assert [card["last"] for card in cards] == [now for _, now in history]


def test_recall_is_what_py_fsrs_says(played: list[Any]) -> None:
    for history, cards in played:
        states = judged(history)
        for at in range(1, len(history)):
            days = day_of(history[at][1]) - day_of(history[at - 1][1])
            last = datetime(2026, 11, 1, tzinfo=UTC)
            card = Card(card_id=1, stability=states[at - 1][0], difficulty=5, last_review=last)
            judge = JUDGE.get_card_retrievability(card, last + timedelta(days=days))
            assert cards[at]["before"] == pytest.approx(judge, rel=1e-6), history


def test_the_histories_hold_what_learners_do(played: list[Any]) -> None:
    """Without this the comparisons above could pass on histories that hold nothing of interest."""
    seen = {"same day": 0, "next morning": 0, "early": 0, "overdue": 0, "shortest": 0, "longest": 0}
    for _, cards in played:
        for one, other in pairwise(cards):
            days = day_of(other["last"]) - day_of(one["last"])
            seen["same day"] += days == 0
            seen["next morning"] += days == 1 and other["last"] - one["last"] < DAY
            seen["early"] += days > 0 and other["last"] < one["due"] - DAY
            seen["overdue"] += other["last"] > one["due"] + 30 * DAY
            seen["shortest"] += one["due"] - one["last"] == DAY
            seen["longest"] += one["due"] - one["last"] == 365 * DAY
    assert {name: count for name, count in seen.items() if count < 100} == {}


def test_an_easier_answer_never_brings_a_question_back_sooner(run: Run, played: list[Any]) -> None:
    given = [[None, MIDNIGHT], *([card, after["last"]] for _, cards in played[::3] for card, after in pairwise(cards))]
    dues = run(
        "return given.map(([card, now]) => [1, 2, 3, 4].map((rating) => reviewed(card, rating, now).due));", given
    )
    assert len(dues) > 1000
    assert [row for row in dues if row != sorted(row)] == []


def test_memory_fades_day_by_day_and_is_nine_tenths_on_the_day_it_is_due(run: Run, played: list[Any]) -> None:
    cards = [card for _, cards in played for card in cards if DAY < card["due"] - card["last"] < 365 * DAY]
    curves = in_bulk(
        run,
        """return given.map((card) => {
          const days = Math.round((card.due - card.last) / 86400000);
          return [0, days - 1, days, days + 1, 2 * days, 4000].map((day) => recall(card, card.last + day * 86400000));
        });""",
        cards,
    )
    assert len(curves) > 1000
    for card, (today, eve, on_the_day, after, later, long_after) in zip(cards, curves, strict=True):
        assert 1 == today > eve > on_the_day > after > later > long_after > 0
        assert eve > 0.9 > after
        assert on_the_day == pytest.approx(0.9, abs=0.06 * DAY / (card["due"] - card["last"]))


def test_a_review_leaves_the_card_it_was_given_as_it_is(run: Run) -> None:
    found = run(
        "const card = Object.freeze(reviewed(null, 3, given)); return [reviewed(card, 1, given + 1), card];", MIDNIGHT
    )
    assert found[0]["last"] == MIDNIGHT + 1
    assert found[1]["last"] == MIDNIGHT


def test_a_question_is_due_from_the_midnight_of_its_day(run: Run) -> None:
    evening = MIDNIGHT + 20 * HOUR  # a first "good" comes back in two days
    times = [evening, MIDNIGHT + 2 * DAY - 1, MIDNIGHT + 2 * DAY, evening + 2 * DAY, evening + 90 * DAY]
    found = run("const card = reviewed(null, 3, given[0]); return given.map((now) => isDue(card, now));", times)
    assert found == [False, False, True, True, True]


def test_what_was_answered_in_the_evening_is_a_day_old_in_the_morning(run: Run) -> None:
    """Else someone who forgot a question and knows it every morning after would be asked daily for weeks."""
    evening = MIDNIGHT + 20 * HOUR
    mornings = [MIDNIGHT + day * DAY + 8 * HOUR - day * MINUTE for day in range(1, 15)]
    asked = run(
        """let card = reviewed(null, 1, given.evening);
        const due = given.mornings.filter((now) => isDue(card, now) && (card = reviewed(card, 3, now)));
        return due.length;""",
        {"evening": evening, "mornings": mornings},
    )
    assert asked <= 6


def test_changing_the_clocks_moves_no_question_to_another_day(browser: Browser) -> None:
    """In Santiago they change at midnight: one day of the year has no first hour, another has its last one twice."""
    body = """
      const wrong = [];
      for (let day = 0; day < 400; day++) for (const minutes of [0, 10, 720, 1430]) {
        const now = new Date(2026, 0, 1 + day, 0, minutes).getTime();
        const card = reviewed(null, 3, now);
        const on = (ahead, hour, minute) => isDue(card, new Date(2026, 0, 1 + day + ahead, hour, minute).getTime());
        const right = dueDay(card) === dayNumber(now) + 2 && !on(1, 23, 59) && on(2, 0, 0) && on(2, 23, 59);
        if (!right) wrong.push([day, minutes]);
      }
      return wrong;"""
    with visitor(browser, timezone_id="America/Santiago") as page:
        assert page.evaluate("new Date(2026, 6, 1).getTimezoneOffset()") != page.evaluate(
            "new Date(2026, 0, 1).getTimezoneOffset()"
        )
        assert page.evaluate(f"() => {{ 'use strict'; {SCRIPT}\n{body} }}") == []


@pytest.mark.parametrize(
    ("share", "hints", "rating"),
    [(1, 0, 3), (1, 2, 2), (0.99, 0, 2), (0.5, 0, 2), (0.5, 1, 1), (0.49, 0, 1), (0, 0, 1), (0, 3, 1)],
)
def test_an_answer_is_rated_by_its_points_and_hints(run: Run, share: float, hints: int, rating: int) -> None:
    assert run("return ratingOf(given.share, given.hints);", {"share": share, "hints": hints}) == rating


def test_a_question_never_answered_is_not_due_and_not_remembered(run: Run) -> None:
    assert run("return [isDue(null, given), recall(null, given), dueDay(null)];", MIDNIGHT) == [False, 0, float("inf")]


DAMAGED = [
    {},
    [],
    "card",
    7,
    {"stability": "3", "difficulty": 5, "due": MIDNIGHT + DAY, "last": MIDNIGHT},
    {"stability": 3, "due": MIDNIGHT + DAY, "last": MIDNIGHT},
    {"stability": 3, "difficulty": None, "due": MIDNIGHT + DAY, "last": MIDNIGHT},
    {"stability": -3, "difficulty": 5, "due": MIDNIGHT + DAY, "last": MIDNIGHT},
    {"stability": 0, "difficulty": 5, "due": MIDNIGHT + DAY, "last": MIDNIGHT},
    {"stability": float("nan"), "difficulty": 5, "due": MIDNIGHT + DAY, "last": MIDNIGHT},
    {"stability": float("inf"), "difficulty": 5, "due": MIDNIGHT + DAY, "last": MIDNIGHT},
    {"stability": 3, "difficulty": 5, "due": MIDNIGHT + DAY},
    {"stability": 3, "difficulty": 5, "due": MIDNIGHT + DAY, "last": -MIDNIGHT},
    {"stability": 3, "difficulty": 5, "due": MIDNIGHT + DAY, "last": "2026-11-01"},
    {"stability": 3, "difficulty": 5, "due": MIDNIGHT + DAY, "last": 1e300},
]


@pytest.mark.parametrize("card", [pytest.param(card, id=json.dumps(card)) for card in DAMAGED])
def test_a_damaged_card_is_due_at_once_and_then_taken_as_new(run: Run, card: Any) -> None:
    found = run(
        """const [card, now] = given;
        return [isDue(card, now), recall(card, now), reviewed(card, 3, now), reviewed(null, 3, now)];""",
        [card, MIDNIGHT],
    )
    assert found[:2] == [True, 0]
    assert found[2] == found[3]


@pytest.mark.parametrize(
    ("given", "nearest"), [((9, 99), (9, 10)), ((9, -5), (9, 1)), ((1e-300, 5), (0.001, 5)), ((1e300, 5), (36500, 5))]
)
def test_a_number_out_of_its_range_counts_as_the_nearest_in_it(run: Run, given: Any, nearest: Any) -> None:
    card = {"due": MIDNIGHT, "last": MIDNIGHT - 9 * DAY}
    cards = [{**card, "stability": stability, "difficulty": difficulty} for stability, difficulty in (given, nearest)]
    found = run("return given[0].map((card) => reviewed(card, 3, given[1]));", [cards, MIDNIGHT])
    assert found[0] == found[1]


@pytest.mark.parametrize("due", [None, float("nan"), "2099-01-01", float("inf"), 1e300])
def test_a_due_time_that_cannot_be_read_hides_no_question_and_costs_no_memory(run: Run, due: Any) -> None:
    card = {"stability": 40, "difficulty": 5, "due": due, "last": MIDNIGHT - DAY}
    is_due, after = run(
        "const [card, now] = given; return [isDue(card, now), reviewed(card, 3, now)];", [card, MIDNIGHT]
    )
    assert is_due
    assert after["stability"] > 40


def test_no_question_is_put_off_for_more_than_a_year(run: Run) -> None:
    card = {"stability": 40, "difficulty": 5, "due": MIDNIGHT + 4000 * DAY, "last": MIDNIGHT}
    days = [MIDNIGHT + 364 * DAY, MIDNIGHT + 365 * DAY]
    assert run("return given[1].map((now) => isDue(given[0], now));", [card, days]) == [False, True]


def test_a_clock_set_back_loses_neither_the_question_nor_what_is_known(run: Run) -> None:
    card = {"stability": 40, "difficulty": 5, "due": MIDNIGHT + 1500 * DAY, "last": MIDNIGHT + 1460 * DAY}
    found = run(
        "const [card, now] = given; return [isDue(card, now), recall(card, now), reviewed(card, 3, now)];",
        [card, MIDNIGHT],
    )
    assert found[:2] == [True, 1]
    assert found[2]["stability"] >= 40
    assert (found[2]["last"], found[2]["due"]) == (MIDNIGHT, MIDNIGHT + 40 * DAY)


def test_whatever_a_card_and_a_rating_hold_the_next_card_is_sound(run: Run) -> None:
    faults = run(
        """
        const numbers = [NaN, Infinity, -Infinity, 0, -1, 1e-320, 0.5, 5, 1e308, 8.64e15, given, given + 1e13];
        const values = [...numbers, undefined, null, "5", "", [], {}, true];
        const ratings = [1, 2, 3, 4, 0, 5, NaN, "3", null];
        const between = (least, value, most) => value >= least && value <= most;
        const isSound = (card, rating) => {
          const next = reviewed(card, rating, given);
          return between(0.001, next.stability, 36500) && between(1, next.difficulty, 10) && next.last === given
            && between(1, dueDay(next) - dayNumber(given), 365) && between(0, recall(card, given), 1)
            && typeof isDue(card, given) === "boolean";
        };
        const faults = [];
        for (const stability of values) for (const difficulty of values) {
          for (const [place, due] of values.entries()) for (const [other, last] of values.entries()) {
            const card = { stability, difficulty, due, last };
            const rating = ratings[(place + other) % ratings.length];
            if (!isSound(card, rating)) faults.push([...Object.values(card), rating].map(String).join());
          }
        }
        return faults.slice(0, 5);""",
        MIDNIGHT,
    )
    assert faults == []
