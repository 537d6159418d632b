"""One form of a test: its questions in order, and what each choice is called on paper."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from coopkm.model.base import Lang, Text
from coopkm.model.blueprint import Blueprint
from coopkm.model.questions import Part
from coopkm.views.keys import points_of
from coopkm.views.questions import Asked

# ฃ ฅ ฆ are passed over, as in lists of choices everywhere.
LETTERS: Mapping[str, str] = {"th": "กขคงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหอฮ", "en": "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
VERDICTS: Mapping[str, Mapping[str, str]] = {"th": {"true": "ถูก", "false": "ผิด"}, "en": {"true": "T", "false": "F"}}


@dataclass(frozen=True)
class Choice:
    """What can be chosen, and the letter or number that stands before it."""

    mark: str
    id: str
    text: Text


@dataclass(frozen=True)
class Printed:
    """What is answered in one place: a question, or a part of a case.

    `label` is its number on paper, in Arabic digits. `choices` are the options, the right-hand sides of a match or
    the pieces of an order; `lefts` the left-hand sides of a match; `gaps` the choices of each gap of a cloze that has
    any.
    """

    label: str
    part: Part
    choices: tuple[Choice, ...] = ()
    lefts: tuple[Choice, ...] = ()
    gaps: tuple[tuple[str, tuple[Choice, ...]], ...] = ()

    def marks_of(self, ids: Iterator[str]) -> list[str]:
        """The letters of these choices, in order of the ids."""
        marks = {choice.id: choice.mark for choice in self.choices}
        return [marks[name] for name in ids]


@dataclass(frozen=True)
class Entry:
    """A numbered question of the form; a case has several things to answer."""

    number: int
    asked: Asked
    parts: tuple[Printed, ...]

    @property
    def points(self) -> int:
        return points_of(self.asked.question)


@dataclass(frozen=True)
class Form:
    """A form ready to be printed."""

    blueprint: Blueprint
    label: str
    code: str
    seed: int
    lang: Lang
    entries: tuple[Entry, ...]

    @property
    def points(self) -> int:
        """The points of all questions."""
        return sum(entry.points for entry in self.entries)

    def printed(self) -> Iterator[Printed]:
        """Everything that is answered, in order."""
        for entry in self.entries:
            yield from entry.parts

    def question_rows(self) -> list[dict[str, Any]]:
        """The questions as the machine key has them."""
        return [_row(entry, self.lang) for entry in self.entries]


def _row(entry: Entry, lang: str) -> dict[str, Any]:
    question = entry.asked.question
    if question.type == "case":
        places: dict[str, Any] = {printed.part.id: places_of(printed, lang) for printed in entry.parts}
    else:
        places = places_of(entry.parts[0], lang)
    return {
        "number": entry.number,
        "id": question.id,
        "type": question.type,
        "level": question.level,
        "points": entry.points,
        "topic": entry.asked.bank.id,
        "objective": {"th": question.objective.th, "en": question.objective.en},
        "digest": question.fingerprint[:12],
        "places": places,
    }


def places_of(printed: Printed, lang: str) -> dict[str, Any]:
    """What a learner writes, to the id that it stands for; nothing where words are written."""
    choices = _by_mark(printed.choices)
    if printed.part.type == "truefalse":
        return {word: verdict for verdict, word in VERDICTS[lang].items()}
    if printed.part.type == "match":
        return {"left": _by_mark(printed.lefts), "right": choices}
    if printed.part.type == "cloze":
        return {gap: _by_mark(options) for gap, options in printed.gaps}
    return choices


def _by_mark(choices: tuple[Choice, ...]) -> dict[str, str]:
    return {choice.mark: choice.id for choice in choices}
