"""What an answer is worth: one rule for each type, the same wherever a question is answered.

Answers are JSON values. single: the id of an option. multiple: a list of ids. truefalse: true or false. match: the id
of a pair (or of one of `others`) for the id of each pair. order: the ids of all items in order. short: a text. numeric:
a number or a text. cloze: an answer for the id of each gap. case: an answer for the id of each part. reflect: anything;
it is not graded. Whatever else is given counts as no answer. `grade.js` does the same.
"""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any, NamedTuple

from coopkm.model.base import Text
from coopkm.model.questions import Gap, Option, Part, Question, QuestionType
from coopkm.model.terms import Words
from coopkm.text.folding import same_words
from coopkm.views.keys import points_of

_LONGEST = 500  # characters of a typed answer that are looked at
_BEYOND = 10**12  # a number has at most twelve digits before the point, written or not
# No exponent follows, and no second number before the first letter of a unit.
_NUMBER = re.compile(
    r"([+-]?(?:[0-9]{1,3}(?:,[0-9]{3}){1,3}|[0-9]{1,12})(?:\.[0-9]{1,9})?)"
    r"(?![eE][+-]?[0-9]|[^0-9A-Za-z\u0e01-\u0e5b]*[0-9])"
)


class Grade(NamedTuple):
    """The share of the points that an answer earns, 0 to 1, and what to say to it, the general last."""

    share: Fraction
    feedback: list[Text]

    @property
    def right(self) -> bool:
        """Whether all of it is right."""
        return self.share == 1


def grade(part: Part, answer: Any) -> Grade:
    """Grade the answer to a question or to a part of a case."""
    share, said = _GRADERS[part.type](part, answer)
    general = [part.feedback] if part.feedback else []
    return Grade(share, [*said, *general])


def number_in(answer: Any) -> Decimal | None:
    """The number of a typed answer: Thai digits, thousands and a unit after it are understood; a range is none."""
    if isinstance(answer, bool):
        return None
    if isinstance(answer, int | float):
        return Decimal(str(answer)) if abs(answer) < _BEYOND else None
    if not isinstance(answer, str):
        return None
    text = answer[:_LONGEST].translate(_THAI_DIGITS).strip().replace("\u2212", "-")
    match = _NUMBER.match(text)
    return Decimal(match[1].replace(",", "")) if match else None


_THAI_DIGITS = {0x0E50 + digit: str(digit) for digit in range(10)}
_Graded = tuple[Fraction, list[Text]]
_NONE, _ALL = Fraction(0), Fraction(1)


def _single(part: Part, answer: Any) -> _Graded:
    return _one(part.options, answer)


def _one(options: list[Option], answer: Any) -> _Graded:
    chosen = next((option for option in options if option.id == answer), None)
    if chosen is None:
        return _NONE, []
    return (_ALL if chosen.correct else _NONE), [chosen.feedback] if chosen.feedback else []


def _multiple(part: Part, answer: Any) -> _Graded:
    """Each right one earns its share, each wrong one takes a share of the same size back."""
    ids = {given for given in answer if isinstance(given, str)} if isinstance(answer, list) else set()
    chosen = [option for option in part.options if option.id in ids]
    right = sum(option.correct for option in part.options)
    hits = sum(1 if option.correct else -1 for option in chosen)
    return Fraction(max(0, hits), right), [option.feedback for option in chosen if option.feedback]


def _truefalse(part: Part, answer: Any) -> _Graded:
    if not isinstance(answer, bool):
        return _NONE, []
    said = part.if_true if answer else part.if_false
    return (_ALL if answer == (part.answer in ("yes", "true")) else _NONE), [said] if said else []


def _match(part: Part, answer: Any) -> _Graded:
    given = answer if isinstance(answer, Mapping) else {}
    return Fraction(sum(given.get(pair.id) == pair.id for pair in part.pairs), len(part.pairs)), []


def _order(part: Part, answer: Any) -> _Graded:
    """The share of neighbours that follow one another as they should."""
    right = [item.id for item in part.items]
    if not isinstance(answer, list) or not all(isinstance(one, str) for one in answer):
        return _NONE, []
    if sorted(answer) != sorted(right):
        return _NONE, []
    after = dict(pairwise(right))
    return Fraction(sum(after.get(one) == other for one, other in pairwise(answer)), len(after)), []


def _short(part: Part, answer: Any) -> _Graded:
    if _accepted(part.accept, answer):
        return _ALL, []
    said = [row.feedback for row in part.wrong if _accepted(Words(th=row.th, en=row.en), answer)]
    return _NONE, said[:1]


def _accepted(words: Words | None, answer: Any) -> bool:
    if words is None or not isinstance(answer, str) or len(answer) > _LONGEST:
        return False
    given = same_words(answer)
    return bool(given) and any(same_words(word) == given for word in (*words.th, *words.en))


def _numeric(part: Part, answer: Any) -> _Graded:
    given = number_in(answer)
    if given is None or part.answer is None:
        return _NONE, []
    if _near(given, Decimal(part.answer), part.tolerance):
        return _ALL, []
    return _NONE, [row.feedback for row in part.wrong if row.value == given][:1]


def _near(given: Decimal, right: Decimal, tolerance: Decimal | None) -> bool:
    # A difference of Decimals would be rounded where the number given is next to nothing; a comparison is exact.
    within = tolerance or Decimal(0)
    return right - within <= given <= right + within


def _cloze(part: Part, answer: Any) -> _Graded:
    given = answer if isinstance(answer, Mapping) else {}
    grades = [_gap(gap, given.get(gap.id)) for gap in part.gaps]
    return Fraction(sum(share for share, _ in grades), len(grades)), [text for _, said in grades for text in said]


def _gap(gap: Gap, answer: Any) -> _Graded:
    if gap.options:
        return _one(gap.options, answer)
    if gap.answer is not None:
        given = number_in(answer)
        return (_ALL if given is not None and _near(given, gap.answer, gap.tolerance) else _NONE), []
    return (_ALL if _accepted(gap.accept, answer) else _NONE), []


def _case(part: Part, answer: Any) -> _Graded:
    """The points of its parts; what to say to each part is said there."""
    given = answer if isinstance(answer, Mapping) else {}
    parts = part.parts if isinstance(part, Question) else []
    earned = sum(grade(inner, given.get(inner.id)).share * points_of(inner) for inner in parts)
    return Fraction(earned, points_of(part) or 1), []


def _reflect(part: Part, answer: Any) -> _Graded:
    return _NONE, [part.model] if part.model else []


_GRADERS: dict[QuestionType, Callable[[Part, Any], _Graded]] = {
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
