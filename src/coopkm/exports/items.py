"""A question as every format understands it: drawn once from the banks, then said in one language.

`Item[Both, BothWords]` holds both languages and Markdown; it is what JSON files hold. `Question` and what stands in it
hold one language: texts are safe HTML, except where a program shows plain words only (a gap's choices, right-hand
sides of pairs, units of measurement, titles and objectives).
"""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any, Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from coopkm.exports import markup
from coopkm.model import questions as model
from coopkm.model.base import Lang, Text
from coopkm.model.questions import Level, QuestionType
from coopkm.model.terms import Words
from coopkm.text.folding import same_words
from coopkm.text.plain import plain_text
from coopkm.views.keys import is_graded, key_of, points_of
from coopkm.views.questions import Asked

T = TypeVar("T")
W = TypeVar("W")
Scoring = Literal["whole", "shares", "neighbours", "none"]

SCORING: dict[QuestionType, Scoring] = {
    "single": "whole",
    "multiple": "shares",
    "truefalse": "whole",
    "match": "shares",
    "order": "neighbours",
    "short": "whole",
    "numeric": "whole",
    "cloze": "shares",
    "case": "shares",
    "reflect": "none",
}


class Shape(BaseModel):
    """A group of named values that stays as it is."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def __eq__(self, other: object) -> bool:
        """Whether they say the same; which values were given and which follow of themselves does not count."""
        names = [name for name, field in type(self).model_fields.items() if not field.exclude]
        return type(self) is type(other) and all(getattr(self, name) == getattr(other, name) for name in names)

    __hash__ = None  # type: ignore[assignment]


class Both(Shape):
    """A text in Markdown; `en` is null where the English is missing or older than the Thai."""

    th: str
    en: str | None = None


class BothWords(Shape):
    """Words that are accepted, by language; either language is accepted everywhere."""

    th: list[str] = Field(default_factory=list)
    en: list[str] = Field(default_factory=list)


class Choice(Shape, Generic[T]):
    """A choice. `weight` is a fraction such as `1/3` or `-1/3`, above zero where choosing it is right."""

    id: str
    text: T
    weight: str = Field("0", pattern=r"^-?\d+(/\d+)?$")
    fixed: bool = False
    feedback: T | None = None

    @property
    def right(self) -> bool:
        """Whether it should be chosen."""
        return Fraction(self.weight) > 0


class Pair(Shape, Generic[T]):
    """Two things that belong together."""

    id: str
    left: T
    right: T


class Piece(Shape, Generic[T]):
    """A thing to put in order, or a right-hand side that belongs to nothing."""

    id: str
    text: T


class Wrong(Shape, Generic[T, W]):
    """A frequent wrong answer, in words or as a number, and what is said to it."""

    words: W | None = None
    value: str | None = None
    feedback: T


class Gap(Shape, Generic[T, W]):
    """A gap of a text: choices, words or a number. In the text it stands as `{{id}}`."""

    id: str
    options: list[Choice[T]] = Field(default_factory=list)
    accept: W | None = None
    answer: str | None = None
    tolerance: str | None = None


class Part(Shape, Generic[T, W]):
    """What is asked and how it is answered. Numbers are decimal strings; `answer` of true/false is `true` or `false`.

    `scoring`: `whole` all or nothing; `shares` a share for each thing that is right, and for wrong choices the same
    share back; `neighbours` the share of things that follow one another as they should; `none` is not graded.
    """

    id: str
    type: QuestionType
    points: int = 1
    scoring: Scoring = "whole"
    stem: T
    situation: T | None = None
    shuffle: bool = True
    options: list[Choice[T]] = Field(default_factory=list)
    pairs: list[Pair[T]] = Field(default_factory=list)
    others: list[Piece[T]] = Field(default_factory=list)
    pieces: list[Piece[T]] = Field(default_factory=list)
    text: T | None = None
    gaps: list[Gap[T, W]] = Field(default_factory=list)
    accept: W | None = None
    answer: str | None = None
    tolerance: str | None = None
    unit: T | None = None
    wrong: list[Wrong[T, W]] = Field(default_factory=list)
    if_true: T | None = None
    if_false: T | None = None
    model: T | None = None
    feedback: T | None = None
    hints: list[T] = Field(default_factory=list)


class Item(Part[T, W], Generic[T, W]):
    """A question with what it is about. `key` is what `grade.js` needs, for packages that grade by themselves."""

    parts: list[Part[T, W]] = Field(default_factory=list)
    level: Level | None = None
    objective: T | None = None
    topic: str | None = None
    title: T | None = None
    units: list[str] = Field(default_factory=list)
    sources: list[str] = Field(default_factory=list)
    key: dict[str, Any] = Field(default_factory=dict, exclude=True)


Question = Item[str, list[str]]
QuestionPart = Part[str, list[str]]
Bilingual = Item[Both, BothWords]
BilingualPart = Part[Both, BothWords]
Option = Choice[str]
QuestionGap = Gap[str, list[str]]
WrongAnswer = Wrong[str, list[str]]

_MIXED = frozenset({"single", "multiple", "match", "cloze"})  # where an author may forbid that the order is mixed
# How a text is said in one language, by the field it stands in; fields inside follow the one around them.
_HOW = {
    "situation": "block",
    "model": "block",
    "feedback": "inline",
    "parts": "inline",
    "options": None,
    "gaps": "plain",
    "right": "plain",
    "others": "plain",
    "unit": "plain",
    "objective": "plain",
    "title": "plain",
}


def drawn(asked: Asked) -> Bilingual:
    """A question of a bank in both languages."""
    question, bank = asked.question, asked.bank
    return Bilingual(
        **_part(question),
        parts=[BilingualPart(**_part(inner)) for inner in question.parts],
        situation=_maybe(question.situation),
        level=question.level,
        objective=_both(question.objective),
        topic=bank.id,
        title=_both(bank.title),
        units=list(question.units),
        sources=list(question.sources),
        key=key_of(question),
    )


def _part(part: model.Part) -> dict[str, Any]:
    right = sum(option.correct for option in part.options) if part.type == "multiple" else 1
    return {
        "id": part.id,
        "type": part.type,
        "points": points_of(part) if is_graded(part) else int(part.points),
        "scoring": SCORING[part.type],
        "stem": _both(part.stem),
        "shuffle": part.shuffle or part.type not in _MIXED,
        "options": _choices(part.options, right, signed=part.type == "multiple"),
        "pairs": [{"id": pair.id, "left": _both(pair.left), "right": _both(pair.right)} for pair in part.pairs],
        "others": [{"id": piece.id, "text": _both(piece.text)} for piece in part.others],
        "pieces": [{"id": piece.id, "text": _both(piece.text)} for piece in part.items],
        "text": _maybe(part.text),
        "gaps": [_gap(gap) for gap in part.gaps],
        "accept": _words(part.accept),
        "answer": _answer(part),
        "tolerance": _decimal(part.tolerance),
        "unit": _maybe(part.unit),
        "wrong": [_wrong(row) for row in part.wrong],
        "if_true": _maybe(part.if_true),
        "if_false": _maybe(part.if_false),
        "model": _maybe(part.model),
        "feedback": _maybe(part.feedback),
        "hints": [_both(hint) for hint in part.hints],
    }


def _choices(options: Sequence[model.Option], right: int, *, signed: bool) -> list[dict[str, Any]]:
    share = Fraction(1, right or 1)
    return [
        {
            "id": option.id,
            "text": _both(option.text),
            "weight": str(share if option.correct else -share if signed else 0),
            "fixed": option.fixed,
            "feedback": _maybe(option.feedback),
        }
        for option in options
    ]


def _gap(gap: model.Gap) -> dict[str, Any]:
    return {
        "id": gap.id,
        "options": _choices(gap.options, 1, signed=False),
        "accept": _words(gap.accept),
        "answer": _decimal(gap.answer),
        "tolerance": _decimal(gap.tolerance),
    }


def _wrong(row: model.WrongAnswer) -> dict[str, Any]:
    words = None if row.value is not None else _words(Words(th=row.th, en=row.en))
    return {"words": words, "value": _decimal(row.value), "feedback": _both(row.feedback)}


def _answer(part: model.Part) -> str | None:
    if part.type == "truefalse":
        return "true" if part.answer in ("yes", "true") else "false"
    return part.answer


def _decimal(number: Any) -> str | None:
    return None if number is None else format(number, "f")


def _both(text: Text) -> dict[str, str | None]:
    return {"th": text.th, "en": text.en if text.language_for("en") == "en" else None}


def _maybe(text: Text | None) -> dict[str, str | None] | None:
    return _both(text) if text else None


def _words(words: Words | None) -> dict[str, list[str]] | None:
    return {"th": list(words.th), "en": list(words.en)} if words else None


def said_in(item: Bilingual, lang: Lang) -> Question:
    """A question in one language; Thai stands in where there is no English that can be relied on."""
    said = Question.model_validate(_said(item.model_dump(), lang, "inline"))
    return said.model_copy(update={"key": item.key})


def _said(value: Any, lang: Lang, how: str) -> Any:
    if isinstance(value, list):
        return [_said(one, lang, how) for one in value]
    if not isinstance(value, dict):
        return value
    if value.keys() == {"th", "en"}:
        return _chosen(value, lang, how)
    return {name: _said(inner, lang, _HOW.get(name) or how) for name, inner in value.items()}


def _chosen(value: dict[str, Any], lang: Lang, how: str) -> Any:
    own, other = value[lang], value["th" if lang == "en" else "en"]
    if isinstance(own, list):
        return _once(markup.fit(word).strip() for word in [*own, *other])
    text = own if own is not None else other
    if how == "plain":
        return " ".join(plain_text(markup.fit(text)).split())
    return markup.block(text) if how == "block" else markup.inline(text)


def _once(words: Iterable[str]) -> list[str]:
    """Words that differ as they are compared: letters of other size or a space more make no other answer."""
    return list({same_words(word): word for word in reversed(list(words))}.values())[::-1]


def split(item: Question, types: frozenset[str]) -> list[Question]:
    """A question of one of these types as several that a format has: a case by its parts, a cloze by its gaps.

    Parts carry the situation and what the case is about; the last one also what is said to the whole.
    """
    if item.type == "case" and "case" in types:
        found = [_of_case(item, number) for number in range(len(item.parts))]
    elif item.type == "cloze" and "cloze" in types:
        found = [_of_cloze(item, gap) for gap in item.gaps]
    else:
        return [item]
    return [one for inner in found for one in split(inner, types)]


def _of_case(item: Question, number: int) -> Question:
    part = item.parts[number]
    last = number == len(item.parts) - 1
    values = {
        **_about(item),
        **{name: getattr(part, name) for name in QuestionPart.model_fields},
        "id": f"{item.id}.{part.id}",
        "situation": markup.joined([item.situation, item.stem]),
        "feedback": markup.joined([part.feedback, item.feedback if last else None]) or None,
        "hints": [*item.hints, *part.hints],
        "key": {},
    }
    return Question.model_construct(**values)


def _about(item: Question) -> dict[str, Any]:
    return {**{name: getattr(item, name) for name in Question.model_fields}, "parts": []}


def _of_cloze(item: Question, gap: QuestionGap) -> Question:
    """The text with this gap as a line and the others as dots."""
    text = item.text or ""
    for other in item.gaps:
        text = text.replace(f"{{{{{other.id}}}}}", "______" if other.id == gap.id else "(…)")
    kind: QuestionType = "single" if gap.options else "numeric" if gap.answer is not None else "short"
    values = {
        **_about(item),
        "id": f"{item.id}.{gap.id}",
        "type": kind,
        "scoring": SCORING[kind],
        "points": 1,
        "stem": markup.joined([item.stem, text]),
        "text": None,
        "gaps": [],
        "options": [choice.model_copy(update={"text": markup.escaped(choice.text)}) for choice in gap.options],
        "accept": gap.accept,
        "answer": gap.answer,
        "tolerance": gap.tolerance,
        "key": {},
    }
    return Question.model_construct(**values)


def prompt(item: QuestionPart) -> str:
    """Situation and question as one piece of HTML, which `parsed_prompt` takes apart again."""
    if not item.situation:
        return item.stem
    return f"<blockquote>{item.situation}</blockquote><div>{item.stem}</div>"


def parsed_prompt(html: str) -> dict[str, str | None]:
    """`situation` and `stem` of what `prompt` gave."""
    holder = markup.element("div", html)
    stem, situation = holder.find("div"), holder.find("blockquote")
    if stem is None:  # texts of authors hold no `div`
        return {"situation": None, "stem": markup.inner(holder)}
    return {"situation": None if situation is None else markup.inner(situation), "stem": markup.inner(stem)}
