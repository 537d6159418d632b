"""What the readers give: who answered what, and what it earned. Names of learners stay in these values."""

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from coopkm.model.base import Text

When = Literal["", "pre", "post"]
Kept = Literal["first", "last", "best"]


class Mark(NamedTuple):
    """What one answer earned of `most`. `chosen` are names of what was chosen, as `Asked.choices` lists them."""

    question: str
    mark: float
    most: float
    chosen: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sitting:
    """One person's attempt at one test. `started` sorts by time; empty where the file does not say."""

    test: str
    learner: str
    marks: tuple[Mark, ...]
    when: When = ""
    started: str = ""


@dataclass(frozen=True)
class Choice:
    """Something that can be chosen. `label` is the letter on the paper where there is one."""

    name: str
    text: Text
    right: bool
    label: str = ""
    listed: bool = True  # whether it counts as an option that somebody could have chosen


@dataclass(frozen=True)
class Asked:
    """A question of a test, as far as it is known. `guess` is what guessing earns, 0 to 1; None where unknown."""

    id: str
    number: str
    stem: Text
    most: float
    type: str = ""
    level: str = ""
    topic: Text | None = None
    objective: Text | None = None
    guess: float | None = None
    choices: tuple[Choice, ...] = ()
    known: bool = False  # it is a question of the project


@dataclass(frozen=True)
class Paper:
    """A test and its questions in order."""

    id: str
    title: Text
    asked: tuple[Asked, ...]


@dataclass
class Gathered:
    """All that was read of tests and of who sat them."""

    tests: dict[str, Paper] = field(default_factory=dict)
    sittings: list[Sitting] = field(default_factory=list)
