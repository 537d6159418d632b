"""Which questions there are, of which pool, and what they are about."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, TypedDict

from coopkm.library import Library, Placed
from coopkm.model.questions import Bank, Question

Pool = Literal["practice", "exam"]


class Row(TypedDict):
    """A question in the machine form of `coopkm quiz --list`."""

    id: str
    type: str
    pool: Pool
    level: str
    topic: str
    units: list[str]
    sources: list[str]


@dataclass(frozen=True)
class Asked:
    """A question that is ready, with its bank."""

    bank: Bank
    question: Question
    pool: Pool

    @property
    def row(self) -> Row:
        asked = self.question
        return Row(
            id=asked.id,
            type=asked.type,
            pool=self.pool,
            level=asked.level,
            topic=self.bank.id,
            units=list(asked.units),
            sources=list(asked.sources),
        )


def pool_of(library: Library, bank: Placed[Bank]) -> Pool:
    """Where a bank's file stands decides its pool: the exam pool has folders of its own."""
    return "exam" if library.is_exam(bank) else "practice"


def ready_questions(library: Library, pool: Pool | None = None) -> Iterator[Asked]:
    """Questions of ready banks that are ready themselves, by topic, in the order of the files."""
    for placed in library.banks.values():
        here = pool_of(library, placed)
        if placed.value.status == "ready" and pool in (None, here):
            for question in placed.value.questions:
                if question.status == "ready":
                    yield Asked(placed.value, question, here)


def banks_by_unit(asked: Iterable[Asked]) -> dict[str, list[str]]:
    """Id of a unit to the banks that ask about it."""
    found: dict[str, dict[str, None]] = {}
    for row in asked:
        for name in row.question.units:
            found.setdefault(name, {})[row.bank.id] = None
    return {name: list(banks) for name, banks in found.items()}


def units_asked_about(library: Library) -> set[str]:
    """Ids of the units that a ready question names."""
    return {name for asked in ready_questions(library) for name in asked.question.units}
