"""Forms made equal: questions change places, one pair at a time, as long as that brings the forms nearer together."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from coopkm.forms.facts import Facts

Drawn = list[list[list[str]]]  # ids of questions, by form and by cell

# How much a difference of one between forms counts. Whole answers and points must agree before all else; then levels,
# types and ease; then what a learner hardly notices.
_WEIGHTS = {"answers": 40.0, "points": 40.0, "level": 10.0, "type": 6.0, "true": 3.0, "topic": 4.0, "ease": 60.0}
_LENGTH = 400.0  # for the square of a difference as large as the mean length of a form
_CLUE = 60.0  # for a question that gives away another of its form
_ROUNDS = 60


def balanced(
    drawn: Drawn, options: Sequence[Sequence[str]], facts: Mapping[str, Facts], clues: frozenset[str]
) -> Drawn:
    """The forms after all exchanges that make them more alike: of two forms' questions within a cell, or of one with
    one of the cell's `options` that no form holds. What is tried first is what stands first.

    `clues` are pairs of ids, parted by a space, of which one question gives away the other.
    """
    search = _Search([[list(cell) for cell in form] for form in drawn], facts, clues)
    for _ in range(_ROUNDS):
        if not sum(search.tries(move) for move in _moves(search.forms, options)):
            break
    return search.forms


_Place = tuple[int, int, int]  # form, cell, place in it
_Move = tuple[_Place, _Place | str]


def _moves(forms: Drawn, options: Sequence[Sequence[str]]) -> Iterator[_Move]:
    for one, other in combinations(range(len(forms)), 2):
        for cell in range(len(options)):
            for here in range(len(forms[one][cell])):
                for there in range(len(forms[other][cell])):
                    yield (one, cell, here), (other, cell, there)
    for form in range(len(forms)):
        for cell, names in enumerate(options):
            for here in range(len(forms[form][cell])):
                for name in names:
                    yield (form, cell, here), name


class _Search:
    """The forms, and how unequal they are."""

    def __init__(self, forms: Drawn, facts: Mapping[str, Facts], clues: frozenset[str]) -> None:
        self.forms = forms
        self._clues = clues
        self._traits = {name: _traits(row) for name, row in facts.items()}
        self._uses = Counter(name for form in forms for cell in form for name in cell)
        total = sum(facts[name].length for form in forms for cell in form for name in cell)
        self._per_word = _LENGTH / max(1.0, total / len(forms)) ** 2
        self._cost = self._inequality()

    def tries(self, move: _Move) -> bool:
        """Make the move if it makes the forms more alike."""
        (form, cell, place), with_what = move
        old = self.forms[form][cell][place]
        if isinstance(with_what, str):
            if self._uses[with_what]:
                return False  # what one form has is not given to another
            self.forms[form][cell][place] = with_what
            if self._is_better():
                self._uses[old] -= 1
                self._uses[with_what] += 1
                return True
            self.forms[form][cell][place] = old
            return False
        other, _, there = with_what
        new = self.forms[other][cell][there]
        if not self._may_swap(old, form, new, other):
            return False
        self.forms[form][cell][place], self.forms[other][cell][there] = new, old
        if self._is_better():
            return True
        self.forms[form][cell][place], self.forms[other][cell][there] = old, new
        return False

    def _may_swap(self, one: str, form: int, other: str, there: int) -> bool:
        return one != other and not self._holds(form, other) and not self._holds(there, one)

    def _holds(self, form: int, name: str) -> bool:
        return any(name in cell for cell in self.forms[form])

    def _is_better(self) -> bool:
        cost = self._inequality()
        if cost < self._cost - 1e-9:
            self._cost = cost
            return True
        return False

    def _inequality(self) -> float:
        totals = [self._totals(form) for form in self.forms]
        names = sorted({name for total in totals for name in total})
        cost = sum(self._weight(name) * _scatter([total.get(name, 0.0) for total in totals]) for name in names)
        return cost + _CLUE * sum(self._given_away(form) for form in self.forms)

    def _weight(self, name: str) -> float:
        kind = name.partition(":")[0]
        return self._per_word if kind == "length" else _WEIGHTS[kind]

    def _totals(self, form: list[list[str]]) -> dict[str, float]:
        totals: dict[str, float] = {}
        for cell in form:
            for name in cell:
                for trait, value in self._traits[name]:
                    totals[trait] = totals.get(trait, 0.0) + value
        return totals

    def _given_away(self, form: list[list[str]]) -> int:
        if not self._clues:
            return 0
        names = sorted(name for cell in form for name in cell)
        return sum(f"{one} {other}" in self._clues for one, other in combinations(names, 2))


def _traits(row: Facts) -> tuple[tuple[str, float], ...]:
    """What is added up over a form."""
    found = [
        ("answers", float(row.answers)),
        ("points", float(row.points)),
        ("length", float(row.length)),
        (f"level:{row.level}", float(row.points)),
        (f"type:{row.type}", 1.0),
        (f"topic:{row.topic}", 1.0),
        ("true", float(row.true - row.false)),
    ]
    return (*found, ("ease", row.ease * row.points)) if row.ease is not None else tuple(found)


def _scatter(values: Sequence[float]) -> float:
    """The sum of squared distances from the mean, twice: for two forms the square of their difference."""
    mean = sum(values) / len(values)
    return 2 * sum((value - mean) ** 2 for value in values)
