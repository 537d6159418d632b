"""Forms made equal: questions change places, one pair at a time, as long as that brings the forms nearer together."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from coopkm.forms.facts import Facts

Drawn = list[list[list[str]]]  # ids of questions, by form and by cell

# How much a difference of one between forms counts. Whole answers and points must agree before all else; then levels,
# types and ease, which is counted in thousandths; then what a learner hardly notices.
_WEIGHTS = {"answers": 40.0, "points": 40.0, "level": 10.0, "type": 6.0, "true": 3.0, "topic": 4.0, "ease": 60e-6}
_LENGTH = 400.0  # for the square of a difference as large as the mean length of a form
_CLUE = 60.0  # for a question that gives away another of its form
_LEAST = 1e-9  # a gain worth a move
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
_Change = tuple[int, str, str]  # form, the question that goes, the one that comes


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
    """The forms, and sums over each of them: whole numbers, so that nothing depends on the order of adding."""

    def __init__(self, forms: Drawn, facts: Mapping[str, Facts], clues: frozenset[str]) -> None:
        self.forms = forms
        self._traits = {name: _traits(row) for name, row in facts.items()}
        self._partners = _partners(clues)
        self._members = [{name for cell in form for name in cell} for form in forms]
        self._uses = Counter(name for form in forms for cell in form for name in cell)
        self._sums: list[Counter[str]] = [Counter() for _ in forms]
        for sums, names in zip(self._sums, self._members, strict=True):
            for name in names:
                sums.update(self._traits[name])
        length = sum(sums["length"] for sums in self._sums) / len(forms)
        self._weights = {**_WEIGHTS, "length": _LENGTH / max(1.0, length) ** 2}

    def tries(self, move: _Move) -> bool:
        """Make the move if it makes the forms more alike."""
        (form, cell, place), with_what = move
        old = self.forms[form][cell][place]
        if isinstance(with_what, str):
            if self._uses[with_what]:
                return False  # what one form has is not given to another
            changes = [(form, old, with_what)]
        else:
            other, _, there = with_what
            new = self.forms[other][cell][there]
            if new in self._members[form] or old in self._members[other]:
                return False
            changes = [(form, old, new), (other, new, old)]
        if self._gain(changes) < _LEAST:
            return False
        self._make(changes)
        self.forms[form][cell][place] = changes[0][2]
        if not isinstance(with_what, str):
            self.forms[with_what[0]][cell][with_what[2]] = old
        return True

    def _gain(self, changes: Sequence[_Change]) -> float:
        """How much less unequal the forms would be."""
        moved: dict[str, list[int]] = {}
        for form, old, new in changes:
            for sign, name in ((-1, old), (1, new)):
                for trait, value in self._traits[name].items():
                    moved.setdefault(trait, [0] * len(self.forms))[form] += sign * value
        gain = 0.0
        for trait, by in moved.items():
            sums = [sums[trait] for sums in self._sums]
            after = [one + more for one, more in zip(sums, by, strict=True)]
            gain += self._weights[trait.partition(":")[0]] * (_scatter(sums) - _scatter(after))
        return gain + _CLUE * sum(self._clues_lost(*change) for change in changes)

    def _clues_lost(self, form: int, old: str, new: str) -> int:
        """How many fewer questions of the form give one another away."""
        if not self._partners:
            return 0
        others = self._members[form] - {old}
        return len(others & self._partners.get(old, set())) - len(others & self._partners.get(new, set()))

    def _make(self, changes: Sequence[_Change]) -> None:
        for form, old, new in changes:
            self._sums[form].subtract(self._traits[old])
            self._sums[form].update(self._traits[new])
            self._members[form] = (self._members[form] - {old}) | {new}
            self._uses[old] -= 1
            self._uses[new] += 1


def _partners(clues: frozenset[str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for pair in clues:
        one, other = pair.split()
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return found


def _traits(row: Facts) -> dict[str, int]:
    """What is added up over a form."""
    found = {
        "answers": row.answers,
        "points": row.points,
        "length": row.length,
        f"level:{row.level}": row.points,
        f"type:{row.type}": 1,
        f"topic:{row.topic}": 1,
        "true": row.true - row.false,
    }
    return found if row.ease is None else {**found, "ease": round(1000 * row.ease) * row.points}


def _scatter(values: Sequence[int]) -> float:
    """The sum of squared distances from the mean, twice: for two forms the square of their difference."""
    return 2 * (len(values) * sum(value * value for value in values) - sum(values) ** 2) / len(values)
