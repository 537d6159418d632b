"""What it takes to grade a question where the bank is not at hand: what it is worth, what is right, what is said."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from coopkm.model.base import Text
from coopkm.model.questions import TYPES, Gap, Option, Part, Question, QuestionType, WrongAnswer
from coopkm.model.terms import Words
from coopkm.text.folding import same_words

AnswerKey = dict[str, Any]


def is_graded(part: Part) -> bool:
    """Whether it has points at all."""
    return TYPES[part.type].graded


def points_of(part: Part) -> int:
    """What the question is worth; a case is worth its parts."""
    if isinstance(part, Question) and part.type == "case":
        return sum(points_of(inner) for inner in part.parts)
    return int(part.points) if is_graded(part) else 0


def key_of(part: Part) -> AnswerKey:
    """What a script needs to grade, as JSON values: no texts for people, numbers as decimal strings.

    All have `type` and `points`. single, multiple: `options`, their ids, and `right`, an id or several. truefalse:
    `right`. match: `pairs`, ids. order: `items`, ids in the right order. short: `accept`, and `wrong`, a list a row, as
    `same_words` gives them. numeric: `answer`, `tolerance`, and `wrong`, null in a row without a number. cloze: `gaps`,
    with an `id` and what a single, short or numeric question has. case: `parts`, with an `id` and their keys.
    """
    return {"type": part.type, "points": points_of(part), **_KEYS[part.type](part)}


def said_by(part: Part) -> dict[str, Text]:
    """What may be said to an answer, by the names that `grade.js` gives; the parts of a case say their own.

    `option.ID`, `true`, `false`, `wrong.PLACE` from 0, `gap.GAP.OPTION`, `model`, `general`; only those that exist.
    """
    options = {f"option.{option.id}": option.feedback for option in part.options}
    wrong = {f"wrong.{place}": row.feedback for place, row in enumerate(part.wrong)}
    gaps = {f"gap.{gap.id}.{option.id}": option.feedback for gap in part.gaps for option in gap.options}
    whole = {"true": part.if_true, "false": part.if_false, "model": part.model, "general": part.feedback}
    return {name: text for name, text in {**options, **wrong, **gaps, **whole}.items() if text}


def _single(part: Part) -> AnswerKey:
    return _choice(part.options)


def _choice(options: list[Option]) -> AnswerKey:
    right = next((option.id for option in options if option.correct), None)
    return {"options": _ids(options), "right": right}


def _ids(rows: list[Any]) -> list[str]:
    return [row.id for row in rows]


def _multiple(part: Part) -> AnswerKey:
    return {"options": _ids(part.options), "right": [option.id for option in part.options if option.correct]}


def _truefalse(part: Part) -> AnswerKey:
    return {"right": part.answer in ("yes", "true")}


def _match(part: Part) -> AnswerKey:
    return {"pairs": _ids(part.pairs)}


def _order(part: Part) -> AnswerKey:
    return {"items": _ids(part.items)}


def _short(part: Part) -> AnswerKey:
    return {"accept": _folded(part.accept), "wrong": [_folded(row) for row in part.wrong]}


def _folded(words: Words | WrongAnswer | None) -> list[str]:
    written = [*words.th, *words.en] if words else []
    return [word for word in dict.fromkeys(map(same_words, written)) if word]


def _numeric(part: Part) -> AnswerKey:
    answer = None if part.answer is None else Decimal(part.answer)
    return {**_number(answer, part.tolerance), "wrong": [_decimal(row.value) for row in part.wrong]}


def _number(answer: Decimal | None, tolerance: Decimal | None) -> AnswerKey:
    return {"answer": _decimal(answer), "tolerance": _decimal(tolerance or Decimal(0))}


def _decimal(number: Decimal | None) -> str | None:
    return None if number is None else format(number, "f")


def _cloze(part: Part) -> AnswerKey:
    return {"gaps": [{"id": gap.id, **_gap(gap)} for gap in part.gaps]}


def _gap(gap: Gap) -> AnswerKey:
    if gap.options:
        return _choice(gap.options)
    if gap.answer is not None:
        return _number(gap.answer, gap.tolerance)
    return {"accept": _folded(gap.accept)}


def _case(part: Part) -> AnswerKey:
    return {"parts": [{"id": inner.id, **key_of(inner)} for inner in part.parts] if isinstance(part, Question) else []}


def _reflect(part: Part) -> AnswerKey:
    return {}


_KEYS: dict[QuestionType, Callable[[Part], AnswerKey]] = {
    "single": _single,
    "multiple": _multiple,
    "truefalse": _truefalse,
    "match": _match,
    "order": _order,
    "short": _short,
    "numeric": _numeric,
    "cloze": _cloze,
    "case": _case,
    "reflect": _reflect,
}
