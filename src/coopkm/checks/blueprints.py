"""Blueprints of tests name what exists, and one form at least can be made of each."""

from collections.abc import Iterator
from datetime import date

from coopkm.library import EXAM, QUIZZES, Library, Placed
from coopkm.model.base import Loc
from coopkm.model.blueprint import Blueprint, Cell
from coopkm.model.drawing import Shortage, aims_of, allot, fitting
from coopkm.model.questions import Bank, Question
from coopkm.problems import Problem, problem
from coopkm.text.folding import same_words
from coopkm.text.guess import guess


def topics_exist(library: Library, today: date) -> Iterator[Problem]:
    for placed, loc, cell in _cells(library):
        known = {bank.value.id for bank in _banks(library, placed.value)}
        for index, name in enumerate(cell.topics):
            if name not in known:
                place, pool = placed.place((*loc, "topics", index)), placed.value.pool
                yield problem(place, "topic-missing", id=name, pool=pool, guess=guess(name, known))


def units_exist(library: Library, today: date) -> Iterator[Problem]:
    for placed, loc, cell in _cells(library):
        for index, name in enumerate(cell.units):
            place = placed.place((*loc, "units", index))
            if name not in library.units and name not in library.broken:
                yield problem(place, "ref-missing", id=name, guess=guess(name, library.units))
            elif name in library.units and library.units[name].value.status == "retired":
                yield problem(place, "ref-retired", id=name)


def objectives_exist(library: Library, today: date) -> Iterator[Problem]:
    for placed, loc, cell in _cells(library):
        questions = [question for _, question in _asked(library, placed.value)] if cell.objectives else []
        known = {aim for question in questions for aim in aims_of(question)}
        for index, text in enumerate(cell.objectives):
            if same_words(text) not in known:
                near = guess(text, (question.objective.th for question in questions))
                place, pool = placed.place((*loc, "objectives", index)), placed.value.pool
                yield problem(place, "objective-missing", text=text, pool=pool, guess=near)


def cells_can_be_filled(library: Library, today: date) -> Iterator[Problem]:
    """There are questions enough for one form; for more of them `coopkm exam` looks."""
    units = {name: unit.value for name, unit in library.units.items()}
    for placed in library.blueprints.values():
        cells = placed.value.cells
        options = fitting(cells, _asked(library, placed.value), units)
        _, short = allot([int(cell.count) for cell in cells], options)
        yield from (shortage(library, placed, row) for row in short)


def shortage(library: Library, placed: Placed[Blueprint], row: Shortage) -> Problem:
    """Cells with too few questions as a problem: where they stand, and where to add."""
    places = [placed.place(("cells", cell)) for cell in row.cells]
    topics = {topic for cell in row.cells for topic in placed.value.cells[cell].topics}
    files = [bank.document.path for bank in _banks(library, placed.value) if bank.value.id in topics]
    return problem(
        places[0],
        "cell-short",
        lines=[place.line for place in places],
        needed=row.needed,
        there=row.there,
        lack=row.needed - row.there,
        where=sorted(files) or (EXAM if placed.value.pool == "exam" else f"{QUIZZES}/"),
    )


def _cells(library: Library) -> Iterator[tuple[Placed[Blueprint], Loc, Cell]]:
    for placed in library.blueprints.values():
        for index, cell in enumerate(placed.value.cells):
            yield placed, ("cells", index), cell


def _banks(library: Library, blueprint: Blueprint) -> list[Placed[Bank]]:
    return [bank for bank in library.banks.values() if library.is_exam(bank) == (blueprint.pool == "exam")]


def _asked(library: Library, blueprint: Blueprint) -> list[tuple[str, Question]]:
    return [
        (bank.value.id, question)
        for bank in _banks(library, blueprint)
        for question in bank.value.questions
        if bank.value.status == question.status == "ready"
    ]
