"""Which questions the cells of a blueprint may have, and who gets which, so that no question is used twice."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, get_args

from coopkm.model.base import Unit
from coopkm.model.blueprint import Cell, PaperType
from coopkm.model.questions import Question
from coopkm.text.folding import same_words

_ON_PAPER = frozenset(get_args(PaperType))


class Shortage(NamedTuple):
    """Cells, by their places from 0, that together need more questions than there are for them."""

    cells: tuple[int, ...]
    needed: int
    there: int


def fitting(
    cells: Sequence[Cell], asked: Iterable[tuple[str, Question]], units: Mapping[str, Unit]
) -> list[tuple[str, ...]]:
    """For each cell the ids of the questions that it may have, in the order of `asked`: ids of banks and questions."""
    scopes = [_scope(cell.units, units) for cell in cells]
    aims = [frozenset(map(same_words, cell.objectives)) for cell in cells]
    rows = [(topic, question) for topic, question in asked if question.type in _ON_PAPER]
    return [
        tuple(question.id for topic, question in rows if _fits(cell, scope, aim, topic, question))
        for cell, scope, aim in zip(cells, scopes, aims, strict=True)
    ]


def aims_of(question: Question) -> frozenset[str]:
    """The objective as it is compared, in each language that it has."""
    return frozenset(same_words(text) for text in (question.objective.th, question.objective.en) if text)


def _scope(named: Sequence[str], units: Mapping[str, Unit]) -> frozenset[str]:
    """The units named; a module of a course stands for its units too."""
    inner = (getattr(units[name], "units", []) for name in named if name in units)
    return frozenset([*named, *(unit for names in inner for unit in names)])


def _fits(cell: Cell, scope: frozenset[str], aims: frozenset[str], topic: str, question: Question) -> bool:
    return (
        (not cell.topics or topic in cell.topics)
        and (not cell.levels or question.level in cell.levels)
        and (not cell.types or question.type in cell.types)
        and (not scope or not scope.isdisjoint(question.units))
        and (not aims or not aims.isdisjoint(aims_of(question)))
    )


def allot(needs: Sequence[int], options: Sequence[Sequence[str]]) -> tuple[list[list[str]], list[Shortage]]:
    """Give each cell as many of its options as it needs, none to two cells; those named first are taken first.

    Where that cannot be done, cells that want one another's questions are told together: by Hall's theorem they
    need more than all of them have. Kuhn's algorithm for matchings.
    """
    taken = _Taken(options)
    short: dict[tuple[int, ...], Shortage] = {}
    for cell, need in enumerate(needs):
        for _ in range(need):
            rivals = taken.give(cell)
            if rivals:
                there = {name for rival in rivals for name in options[rival]}
                short[rivals] = Shortage(rivals, sum(needs[rival] for rival in rivals), len(there))
                break
    return taken.by_cell(), list(short.values())


class _Taken:
    """Who has which question."""

    def __init__(self, options: Sequence[Sequence[str]]) -> None:
        self._options = options
        self._owner: dict[str, int] = {}

    def by_cell(self) -> list[list[str]]:
        return [[name for name in names if self._owner.get(name) == cell] for cell, names in enumerate(self._options)]

    def give(self, cell: int) -> tuple[int, ...]:
        """Give the cell one more, others moving over where they can; else all cells that stand in the way."""
        asked: dict[str, int] = {}  # a question to the cell that asks for it
        via: dict[int, str] = {cell: ""}  # a cell to the question of its own that is asked for
        waiting = [cell]
        for asking in waiting:
            for name in self._options[asking]:
                if name in asked:
                    continue
                asked[name] = asking
                owner = self._owner.get(name)
                if owner is None:
                    self._hand_over(name, asked, via)
                    return ()
                if owner not in via:
                    via[owner] = name
                    waiting.append(owner)
        return tuple(sorted(waiting))

    def _hand_over(self, free: str, asked: Mapping[str, int], via: Mapping[int, str]) -> None:
        """Whoever asks takes the free one and leaves the one asked of it, back to the cell that began."""
        while free:
            taker = asked[free]
            self._owner[free] = taker
            free = via[taker]
