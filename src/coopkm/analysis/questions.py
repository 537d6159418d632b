"""What the figures need to know of a question of the bank: what can be chosen, what guessing earns."""

from collections.abc import Callable, Mapping
from typing import Any

from coopkm.analysis.sittings import Asked, Choice
from coopkm.library import Library
from coopkm.model.base import Text
from coopkm.model.questions import Bank, Gap, Part, Question
from coopkm.quizzes.grading import grade
from coopkm.text.plain import plain_text
from coopkm.views.answers import right_word
from coopkm.views.keys import is_graded, points_of

_TRUE, _FALSE = Text(th="ถูก", en="True"), Text(th="ผิด", en="False")
_OTHER = Text(th="คำตอบอื่น", en="Another answer")
_RIGHT = Text(th="ตอบถูก", en="Right")
_PARTLY = Text(th="ถูกบางส่วน", en="Partly right")


def asked_of(bank: Bank, question: Question, number: str, letters: Mapping[str, str] | None = None) -> Asked:
    """A question as the figures show it; `letters` are those of the paper, by what they stand for."""
    return Asked(
        id=question.id,
        number=number,
        stem=plain(_stem(question)),
        most=float(points_of(question)),
        type=question.type,
        level=question.level,
        topic=plain(bank.title),
        objective=plain(question.objective),
        guess=guess_of(question),
        choices=_in_order([_lettered(choice, letters or {}) for choice in choices_of(question)]),
        known=True,
    )


def graded_questions(library: Library) -> dict[str, tuple[Bank, Question]]:
    """Every question that earns points, by its id; also those no longer asked, since old papers may ask them."""
    return {
        placed.value.id: (bank.value, placed.value) for bank, placed in library.questions() if is_graded(placed.value)
    }


def plain(text: Text) -> Text:
    """The words without their mark-up; English that is older than the Thai is left out, as on pages."""
    english = text.en if text.language_for("en") == "en" else None
    return Text(th=plain_text(text.th) or "-", en=plain_text(english) if english else None)


def _stem(question: Question) -> Text:
    return question.situation if question.type == "case" and question.situation else question.stem


def _in_order(choices: list[Choice]) -> tuple[Choice, ...]:
    """As on paper where the letters are known; parts and gaps have letters of their own."""
    lettered = all(one.label and "." not in one.name for one in choices)
    return tuple(sorted(choices, key=lambda choice: choice.label) if lettered else choices)


def _lettered(choice: Choice, letters: Mapping[str, str]) -> Choice:
    letter = letters.get(choice.name, "")
    is_verdict = choice.name.rpartition(".")[2] in ("true", "false")  # true and false are their own letters
    label = "" if is_verdict else letter
    return Choice(choice.name, plain(choice.text), choice.right, label, choice.listed)


def guess_of(part: Part) -> float | None:
    """The share that choosing blindly earns on average; None where that depends on how one chooses, as in Moodle."""
    if part.type == "single":
        return 1 / len(part.options)
    if part.type == "truefalse":
        return 0.5
    if part.type == "match":
        return 1 / (len(part.pairs) + len(part.others))
    if part.type == "cloze":
        return sum(1 / len(gap.options) if gap.options else 0.0 for gap in part.gaps) / len(part.gaps)
    if part.type == "case" and isinstance(part, Question):
        shares = [(guess_of(inner), points_of(inner)) for inner in part.parts if is_graded(inner)]
        if any(share is None for share, _ in shares):
            return None
        return sum((share or 0.0) * points for share, points in shares) / (points_of(part) or 1)
    return 0.0 if part.type in ("short", "numeric") else None


def choices_of(part: Part) -> list[Choice]:
    """What can be chosen, with names that are stable: ids, and those of parts and gaps before a dot."""
    return _CHOICES[part.type](part)


def chosen_in(part: Part, answer: Any) -> tuple[str, ...]:
    """Names of what an answer chooses. Words that somebody wrote are not kept, only whether they are right."""
    return tuple(dict.fromkeys(_CHOSEN[part.type](part, answer)))


def marked(question: Question, answer: Any) -> tuple[float, float, tuple[str, ...]]:
    """What an answer earns, of how much, and what it chose."""
    most = float(points_of(question))
    return float(grade(question, answer).share) * most, most, chosen_in(question, answer)


def _options(part: Part) -> list[Choice]:
    return [Choice(option.id, option.text, option.correct) for option in part.options]


def _truefalse(part: Part) -> list[Choice]:
    right = part.answer in ("yes", "true")
    return [Choice("true", _TRUE, right), Choice("false", _FALSE, not right)]


def _match(part: Part) -> list[Choice]:
    rights = [(pair.id, pair.right) for pair in part.pairs] + [(piece.id, piece.text) for piece in part.others]
    return [
        Choice(f"{pair.id}.{name}", _joined(pair.left, right, " → "), name == pair.id, listed=False)
        for pair in part.pairs
        for name, right in rights
    ]


def _joined(first: Text, second: Text, between: str) -> Text:
    return Text(th=f"{first.th}{between}{second.th}", en=f"{first.shown('en')}{between}{second.shown('en')}")


def _order(part: Part) -> list[Choice]:
    return [Choice("=right", _RIGHT, True), Choice("=partly", _PARTLY, False), Choice("=other", _OTHER, False)]


def _written(part: Part) -> list[Choice]:
    word = Text(th=right_word(part, "th") or "-", en=right_word(part, "en") or "-")
    usual = [Choice(f"=wrong{place}", _wrong(row), False) for place, row in enumerate(part.wrong)]
    return [Choice("=right", word, True), *usual, Choice("=other", _OTHER, False)]


def _wrong(row: Any) -> Text:
    if row.value is not None:
        return Text(th=str(row.value), en=str(row.value))
    words = [*row.th, *row.en]
    return Text(th=(row.th or words)[0], en=(row.en or words)[0])


def _cloze(part: Part) -> list[Choice]:
    return [choice for place, gap in enumerate(part.gaps, 1) for choice in _gap(gap, place)]


def _gap(gap: Gap, place: int) -> list[Choice]:
    before = Text(th=f"ช่อง {place}", en=f"Gap {place}")
    if gap.options:
        return [Choice(f"{gap.id}.{one.id}", _joined(before, one.text, ": "), one.correct) for one in gap.options]
    word = Text(th=right_word(gap, "th") or "-", en=right_word(gap, "en") or "-")
    return [
        Choice(f"{gap.id}.=right", _joined(before, word, ": "), True),
        Choice(f"{gap.id}.=other", _joined(before, _OTHER, ": "), False),
    ]


def _case(part: Part) -> list[Choice]:
    parts = part.parts if isinstance(part, Question) else []
    return [
        Choice(f"{inner.id}.{choice.name}", _of_part(place, choice.text), choice.right, listed=choice.listed)
        for place, inner in enumerate(parts, 1)
        if is_graded(inner)
        for choice in choices_of(inner)
    ]


def _of_part(place: int, text: Text) -> Text:
    return Text(th=f"({place}) {text.th}", en=f"({place}) {text.shown('en')}")


def _none(part: Part) -> list[Choice]:
    return []


_CHOICES: dict[str, Callable[[Part], list[Choice]]] = {
    "single": _options,
    "multiple": _options,
    "truefalse": _truefalse,
    "match": _match,
    "order": _order,
    "short": _written,
    "numeric": _written,
    "cloze": _cloze,
    "case": _case,
    "reflect": _none,
}


def _said(part: Part, answer: Any) -> list[str]:
    return [answer] if isinstance(answer, str) and any(option.id == answer for option in part.options) else []


def _several(part: Part, answer: Any) -> list[str]:
    return [option.id for option in part.options if option.id in answer] if isinstance(answer, list) else []


def _yes_no(part: Part, answer: Any) -> list[str]:
    return [str(answer).lower()] if isinstance(answer, bool) else []


def _pairs(part: Part, answer: Any) -> list[str]:
    if not isinstance(answer, Mapping):
        return []
    names = {pair.id for pair in part.pairs} | {piece.id for piece in part.others}
    return [f"{pair.id}.{answer[pair.id]}" for pair in part.pairs if answer.get(pair.id) in names]


def _placed(part: Part, answer: Any) -> list[str]:
    if not answer:
        return []
    share = grade(part, answer).share
    return ["=right" if share == 1 else "=partly" if share else "=other"]


def _words(part: Part, answer: Any) -> list[str]:
    if answer is None or not str(answer).strip():
        return []
    found = grade(part, answer)
    if found.share == 1:
        return ["=right"]
    place = next((place for place, row in enumerate(part.wrong) if row.feedback in found.feedback), None)
    return ["=other" if place is None else f"=wrong{place}"]


def _gaps(part: Part, answer: Any) -> list[str]:
    return [name for gap in part.gaps for name in _in_gap(part, gap, answer)] if isinstance(answer, Mapping) else []


def _in_gap(part: Part, gap: Gap, answer: Mapping[str, Any]) -> list[str]:
    given = answer.get(gap.id)
    if given is None or not str(given).strip():
        return []
    if gap.options:
        return [f"{gap.id}.{one.id}" for one in gap.options if one.id == given]
    right = grade(part.model_copy(update={"gaps": [gap]}), {gap.id: given}).share == 1
    return [f"{gap.id}.{'=right' if right else '=other'}"]


def _parts(part: Part, answer: Any) -> list[str]:
    parts = part.parts if isinstance(part, Question) and isinstance(answer, Mapping) else []
    return [
        f"{inner.id}.{name}"
        for inner in parts
        if is_graded(inner)
        for name in _CHOSEN[inner.type](inner, answer.get(inner.id))
    ]


def _nothing(part: Part, answer: Any) -> list[str]:
    return []


_CHOSEN: dict[str, Callable[[Part, Any], list[str]]] = {
    "single": _said,
    "multiple": _several,
    "truefalse": _yes_no,
    "match": _pairs,
    "order": _placed,
    "short": _words,
    "numeric": _words,
    "cloze": _gaps,
    "case": _parts,
    "reflect": _nothing,
}
