"""From a blueprint and a seed to the questions of each form, or to what is missing for them."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from coopkm.checks.blueprints import shortage
from coopkm.forms.balance import Drawn, balanced
from coopkm.forms.chance import mixed
from coopkm.forms.facts import Ease, Facts, clues, facts_of, is_said_in
from coopkm.library import Library, Placed
from coopkm.model.base import Lang
from coopkm.model.blueprint import Blueprint
from coopkm.model.drawing import Shortage, allot, fitting
from coopkm.problems import Problem
from coopkm.views.questions import Asked, ready_questions

_OTHERS = 80  # questions of a cell that are tried in place of those drawn: more make no form more equal


@dataclass(frozen=True)
class Draw:
    """The questions of each form, by cell. `unsaid` counts those left out because the language lacks their texts."""

    forms: list[list[list[Asked]]] = field(default_factory=list)
    facts: dict[str, Facts] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    unsaid: int = 0


def draw(
    library: Library, placed: Placed[Blueprint], count: int, seed: int, lang: Lang, *, overlap: bool, ease: Ease
) -> Draw:
    """Draw `count` forms. They share no question; with `overlap` they may where there are too few, as little as can be.

    Where there are too few questions nothing is drawn and `problems` tells all cells at once.
    """
    blueprint = placed.value
    everything = list(ready_questions(library, blueprint.pool))
    said = [row for row in everything if is_said_in(row.question, lang)]
    asked = {row.question.id: row for row in mixed(seed, "draw", said, lambda row: row.question.id)}
    units = {name: unit.value for name, unit in library.units.items()}
    options = fitting(blueprint.cells, ((row.bank.id, row.question) for row in asked.values()), units)
    needs = [int(cell.count) for cell in blueprint.cells]
    unsaid = len(everything) - len(said)
    drawn, short = _apart(needs, options, count)
    if short and overlap:
        drawn, short = _sharing(needs, options, count)
    if short:
        return Draw(problems=sorted(shortage(library, placed, row) for row in short), unsaid=unsaid)
    others = [names[:_OTHERS] for names in options]
    near = {name for names in (*others, *(cell for form in drawn for cell in form)) for name in names}
    rows = [row for name, row in asked.items() if name in near]
    facts = facts_of(rows, ease)
    even = balanced(drawn, others, facts, clues(rows))
    return Draw([[[asked[name] for name in cell] for cell in form] for form in even], facts, [], unsaid)


def _apart(needs: Sequence[int], options: Sequence[Sequence[str]], count: int) -> tuple[Drawn, list[Shortage]]:
    cells, short = allot([need * count for need in needs], options)
    return [[names[form::count] for names in cells] for form in range(count)], short


def _sharing(needs: Sequence[int], options: Sequence[Sequence[str]], count: int) -> tuple[Drawn, list[Shortage]]:
    """One form after the other, each from what was used least."""
    uses: dict[str, int] = {}
    drawn: Drawn = []
    for _ in range(count):
        fresh_first = [sorted(names, key=lambda name: uses.get(name, 0)) for names in options]
        form, short = allot(needs, fresh_first)
        if short:
            return [], short
        for name in (name for names in form for name in names):
            uses[name] = uses.get(name, 0) + 1
        drawn.append(form)
    return drawn, []
