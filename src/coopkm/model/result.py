"""The result of a test as a learner saves it, to hand to a trainer.

Names are those of xAPI where it has one (score, raw, max, scaled, success). Its JSON Schema is published as
docs/dev/result.schema.json. The file is text from outside: sizes are bounded, other fields are refused.
"""

from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from coopkm.model.base import Lang
from coopkm.model.questions import Level, QuestionType

MAX_BYTES = 4_000_000
Name = Annotated[str, Field(min_length=1, max_length=200)]
Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
Points = Annotated[float, Field(ge=0, le=100_000, allow_inf_nan=False)]
Seconds = Annotated[float, Field(ge=0, le=10_000_000, allow_inf_nan=False)]
Choice = str | bool | list[str] | dict[str, str] | dict[str, str | bool | list[str] | dict[str, str] | None] | None


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Score(_Strict):
    """What was earned of what can be earned; `scaled` is the share of it."""

    raw: Points
    max: Points
    scaled: Share


class Given(_Strict):
    """The answer to one question, in the form that grading takes; null where there is none."""

    id: Name
    type: QuestionType
    level: Level
    answer: Choice
    score: Score
    seconds: Seconds | None = None
    hints: Annotated[int, Field(ge=0, le=100)] = 0


class ResultFile(_Strict):
    """One finished test of one learner. `bank` is the version of the bank: a digest of its questions."""

    format: Literal["coopkm-result"]
    version: Literal[1]
    topic: Name
    bank: Name
    lang: Lang
    learner: Annotated[str, Field(max_length=200)] = ""
    started: AwareDatetime
    finished: AwareDatetime
    pass_mark: Annotated[float, Field(ge=0, le=100)]
    score: Score
    success: bool
    answers: Annotated[list[Given], Field(max_length=10_000)]
