"""Questions: banks under quizzes/, one file a topic.

One record holds every type; which fields a type takes stands in the table `TYPES`. Names are those of QTI and Moodle.
"""

from dataclasses import dataclass
from typing import Annotated, Literal, get_args

from annotated_types import MinLen
from pydantic import Field

from coopkm.model.base import Basis, Record, Status, Text
from coopkm.model.scalars import Amount, Day, Flag, Id, Key, Line, whole
from coopkm.model.terms import Words

QuestionType = Literal[
    "single", "multiple", "truefalse", "match", "order", "short", "numeric", "cloze", "case", "reflect"
]
Level = Literal["remember", "apply", "judge"]
LEVELS: tuple[Level, ...] = get_args(Level)


class Option(Record):
    """A choice; its id is permanent and independent of its place."""

    id: Id
    text: Text
    correct: Flag = False
    fixed: Flag = False
    feedback: Text | None = None


class Pair(Record):
    """Two things that belong together."""

    id: Id
    left: Text
    right: Text


class Piece(Record):
    """A thing to put in order, or a right-hand side that belongs to nothing."""

    id: Id
    text: Text


class WrongAnswer(Record):
    """An answer that is often given and wrong: words or a number, and what to say to it."""

    th: list[Line] = Field(default_factory=list)
    en: list[Line] = Field(default_factory=list)
    value: Amount | None = None
    feedback: Text


class Gap(Record):
    """A gap of a cloze: a choice, words, or a number."""

    id: Id
    options: list[Option] = Field(default_factory=list)
    accept: Words | None = None
    answer: Amount | None = None
    tolerance: Amount | None = None


class Part(Record):
    """What is asked and how it is answered, alone or as a part of a case."""

    id: Id
    type: QuestionType
    points: whole(1, 10) = 1  # type: ignore[valid-type]
    stem: Text
    shuffle: Flag = True
    options: list[Option] = Field(default_factory=list)
    pairs: list[Pair] = Field(default_factory=list)
    others: list[Piece] = Field(default_factory=list)
    items: list[Piece] = Field(default_factory=list)
    text: Text | None = None
    gaps: list[Gap] = Field(default_factory=list)
    accept: Words | None = None
    answer: Line | None = None
    tolerance: Amount | None = None
    unit: Text | None = None
    wrong: list[WrongAnswer] = Field(default_factory=list)
    if_true: Text | None = None
    if_false: Text | None = None
    model: Text | None = None
    feedback: Text | None = None
    hints: list[Text] = Field(default_factory=list)


class Question(Part):
    """A question of a bank; its id is permanent, and progress of learners hangs on it."""

    level: Level
    objective: Text
    units: list[Id] = Field(default_factory=list)
    sources: list[Key] = Field(default_factory=list)
    basis: Basis
    situation: Text | None = None
    parts: list[Part] = Field(default_factory=list)
    reviewed: Day | None = None
    status: Status = "ready"


class Bank(Record):
    """A file of quizzes/: the questions of a topic. `retired` are ids that were used once and never will be again."""

    id: Id
    title: Text
    summary: Text | None = None
    pass_mark: whole(1, 100) = 70  # type: ignore[valid-type]
    owner: Text
    reviewed: Day
    review_by: Day
    status: Status
    retired: list[Id] = Field(default_factory=list)
    questions: Annotated[list[Question], MinLen(1)]


@dataclass(frozen=True)
class Form:
    """What a type of question takes: fields it needs, and further ones it may have; `least` counts of lists."""

    needs: tuple[str, ...]
    may: tuple[str, ...] = ()
    least: int = 0
    graded: bool = True


TYPES: dict[QuestionType, Form] = {
    "single": Form(("options",), least=2),
    "multiple": Form(("options",), least=3),
    "truefalse": Form(("answer",), ("if_true", "if_false")),
    "match": Form(("pairs",), ("others",), least=2),
    "order": Form(("items",), least=3),
    "short": Form(("accept",), ("wrong",)),
    "numeric": Form(("answer",), ("tolerance", "unit", "wrong")),
    "cloze": Form(("text", "gaps"), least=1),
    "case": Form(("situation", "parts"), least=2),
    "reflect": Form(("model",), graded=False),
}
# Fields that belong to some types only.
OF_TYPES = tuple(dict.fromkeys(name for form in TYPES.values() for name in (*form.needs, *form.may)))
