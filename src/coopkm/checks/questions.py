"""Questions that cannot work: fields of another type, no right answer, ids that are taken, gaps without a marker."""

import re
import sys
from collections.abc import Iterator
from datetime import date
from typing import Any

from coopkm.library import PROJECT, Library, Placed
from coopkm.model.base import LANGS, Loc, Record, having
from coopkm.model.questions import OF_TYPES, TYPES, Gap, Option, Part, Question
from coopkm.problems import Place, Problem, problem
from coopkm.text.guess import guess

_TAKEN = ("docs", "knowledge", "quizzes", "site", "dist")  # what is in docs is published as it is
_ALONE = ("case", "reflect")  # types that are never a part of a case
_MARKER = re.compile(r"\{\{([a-z][a-z0-9-]*)\}\}")
_ANSWERS = {"truefalse": re.compile("yes|no|true|false"), "numeric": re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,6})?")}


def question_ids_are_new(library: Library, today: date) -> Iterator[Problem]:
    """No two questions of any bank share an id, and an id that was retired is not used again."""
    retired = {name: bank for bank in library.banks.values() for name in bank.value.retired}
    seen: dict[str, Placed[Question]] = {}
    for _, placed in library.questions():
        name = placed.value.id
        first = seen.setdefault(name, placed)
        if first is not placed:
            yield problem(placed.place(("id",)), "duplicate-question", id=name, other=first.place(("id",)))
        if name in retired:
            yield problem(placed.place(("id",)), "id-used-before", id=name, other=retired[name].place(("retired",)))


def exam_folder_is_its_own(library: Library, today: date) -> Iterator[Problem]:
    """The private folder of the exam pool is none that the project uses for something else."""
    folder = library.project.exam_folder
    if folder in _TAKEN:
        yield problem(Place(PROJECT), "exam-folder-taken", folder=folder)


def question_points_differ(library: Library, today: date) -> Iterator[Problem]:
    """Options, pairs, items, gaps and parts of a question have ids of their own."""
    for _, placed in library.questions():
        seen: dict[tuple[Loc, str], Loc] = {}
        for loc, _, name in having(placed.value, "id"):
            # Options of two gaps may share an id: they are told apart by the gap.
            first = seen.setdefault((loc[:-1], name), loc)
            if loc and first != loc:
                line = placed.place((*first, "id")).line
                yield problem(placed.place((*loc, "id")), "duplicate-point-id", id=name, line=line)


def question_units_exist(library: Library, today: date) -> Iterator[Problem]:
    for _, placed in library.questions():
        for index, name in enumerate(placed.value.units):
            place = placed.place(("units", index))
            if name not in library.units and name not in library.broken:
                yield problem(place, "ref-missing", id=name, guess=guess(name, library.units))
            elif name in library.units and library.units[name].value.status == "retired":
                yield problem(place, "ref-retired", id=name)


def questions_have_their_form(library: Library, today: date) -> Iterator[Problem]:
    for _, placed in library.questions():
        for loc, part in asked(placed.value):
            yield from _fields(placed, loc, part)
            yield from _answers(placed, loc, part)
            if loc and part.type in _ALONE:
                yield problem(placed.place((*loc, "type")), "part-type", type=part.type)


def asked(question: Question) -> Iterator[tuple[Loc, Part]]:
    """The question and the parts of a case, with their location in it."""
    yield (), question
    for index, part in enumerate(question.parts):
        yield ("parts", index), part


def _fields(placed: Placed[Question], loc: Loc, part: Part) -> Iterator[Problem]:
    form = TYPES[part.type]
    for name in OF_TYPES:
        there = _given(part, name)
        if name in form.needs and not there:
            yield problem(placed.place(loc), "field-needed", name=name, type=part.type)
        elif there and name not in (*form.needs, *form.may):
            allowed = [other for other, row in TYPES.items() if name in (*row.needs, *row.may)]
            place = placed.place((*loc, name), key=True)
            yield problem(place, "field-of-other-type", name=name, type=part.type, allowed=allowed)
        elif there and name in form.needs and _count(part, name) < form.least:
            place = placed.place((*loc, name), key=True)
            yield problem(place, "too-few", name=name, count=_count(part, name), type=part.type, least=form.least)


def _count(part: Part, name: str) -> int:
    value = getattr(part, name)
    return len(value) if isinstance(value, list) else sys.maxsize


def _given(record: Record, name: str) -> bool:
    value: Any = getattr(record, name, None)
    return value is not None and value != []


def _answers(placed: Placed[Question], loc: Loc, part: Part) -> Iterator[Problem]:
    if part.type in ("single", "multiple") and part.options:
        yield from _right(placed, (*loc, "options"), part.type, part.options)
    elif part.type in _ANSWERS and part.answer is not None and not _ANSWERS[part.type].fullmatch(part.answer):
        yield problem(placed.place((*loc, "answer")), "bad-answer", value=part.answer, type=part.type)
    elif part.type == "cloze":
        yield from _gaps(placed, loc, part)


def _right(placed: Placed[Question], loc: Loc, kind: str, options: list[Option]) -> Iterator[Problem]:
    count = sum(option.correct for option in options)
    if count == 0 or (kind == "single" and count > 1) or (kind == "multiple" and count == len(options)):
        yield problem(placed.place(loc, key=True), "right-answers", type=kind, count=count)


def _gaps(placed: Placed[Question], loc: Loc, part: Part) -> Iterator[Problem]:
    for index, gap in enumerate(part.gaps):
        here: Loc = (*loc, "gaps", index)
        if sum(_given(gap, name) for name in ("options", "accept", "answer")) != 1:
            yield problem(placed.place(here), "gap-form", id=gap.id)
        elif gap.options:
            yield from _right(placed, (*here, "options"), "single", gap.options)
    if part.text is not None:
        for lang in LANGS:
            yield from _markers(placed, (*loc, "text", lang), getattr(part.text, lang), part.gaps, lang)


def _markers(placed: Placed[Question], loc: Loc, text: str | None, gaps: list[Gap], lang: str) -> Iterator[Problem]:
    if text is None:
        return
    written = _MARKER.findall(text)
    for name in dict.fromkeys([*(gap.id for gap in gaps), *written]):
        count = written.count(name)
        if count != 1 or all(gap.id != name for gap in gaps):
            yield problem(placed.place(loc), "gap-marker", marker=f"{{{{{name}}}}}", count=count, lang=lang)
