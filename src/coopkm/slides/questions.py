"""One or two questions of the practice pool for the room; the answer stands in the notes."""

from collections.abc import Iterator

from coopkm.model.kinds.module import Module
from coopkm.model.questions import Option, Question
from coopkm.slides.deck import Note, Para, Run, Slide
from coopkm.slides.measure import pages
from coopkm.slides.pen import Pen, bullets, leading
from coopkm.slides.places import place
from coopkm.text.digest import digest
from coopkm.views.questions import ready_questions

_MOST = 2
_LEVELS = ("apply", "judge", "remember")


def question_slides(pen: Pen, module: Module) -> Iterator[Slide]:
    """Questions about the module's units that fit a slide, those that ask to apply something first."""
    found = [asked.question for asked in ready_questions(pen.library, "practice")]
    near = [row for row in found if row.type in ("single", "truefalse") and _rank(module, row) is not None]
    taken: list[Question] = []
    for row in sorted(near, key=lambda row: (_LEVELS.index(row.level), _rank(module, row), row.id)):
        apart = not {row.units[0]} & {other.units[0] for other in taken}
        if len(taken) < _MOST and apart and len(pages(_asked(pen, row), place("content", "body"))) == 1:
            taken.append(row)
            yield from pen.slides("content", pen.word("question"), {"body": _asked(pen, row)}, _answer(pen, row))


def _rank(module: Module, row: Question) -> int | None:
    """Which of the module's units the question is mostly about."""
    return module.units.index(row.units[0]) if row.units and row.units[0] in module.units else None


def _options(row: Question) -> list[Option]:
    """In an order that the place of the right one does not show; fixed ones stay last."""
    return sorted(row.options, key=lambda option: (option.fixed, digest(row.id, option.id)))


def _asked(pen: Pen, row: Question) -> list[Para]:
    letters = pen.word("letters").split()
    choices = [
        Para((Run(f"{letter}  ", bold=True), *pen.line(option.text)))
        for letter, option in zip(letters, _options(row), strict=False)
    ]
    if row.type == "truefalse":
        choices = [bullets((Run(pen.word(word)),)) for word in ("true", "false")]
    return [leading(pen.line(row.stem)), *choices]


def _answer(pen: Pen, row: Question) -> tuple[Note, ...]:
    letters = pen.word("letters").split()
    right = [
        f"{letter}  {pen.plain(option.text)}"
        for letter, option in zip(letters, _options(row), strict=False)
        if option.correct
    ]
    if row.type == "truefalse":
        right = [pen.word("true" if row.answer == "yes" else "false")]
    why = pen.spoken(row.feedback) if row.feedback else ()
    return (*pen.note("answer", [*right, *why]), *pen.note("cites", pen.cites(row.sources)))
