"""From drawn questions to a form: their order, the order of options, and where the right ones stand."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import NamedTuple

from coopkm.forms.chance import mixed
from coopkm.forms.facts import parts_of
from coopkm.forms.form import LETTERS, Choice, Entry, Form, Printed
from coopkm.model.base import Lang, Text
from coopkm.model.blueprint import Blueprint
from coopkm.model.questions import LEVELS, Option, Part
from coopkm.text.digest import digest
from coopkm.views.questions import Asked

# The order on paper: what is answered in the same way stands together, what takes longest comes last.
TYPE_ORDER = ("single", "multiple", "truefalse", "match", "order", "numeric", "short", "cloze", "case")
# Letters of a form's code: no digits, which a Thai paper turns into Thai ones, and no vowels, which make words.
_CONSONANTS = "BCDFGHJKLMNPQRSTVWXZ"
_ATTEMPTS = 24
_RUN = 2  # right options in the same place, one after the other, that nobody minds


def laid_out(blueprint: Blueprint, label: str, asked: Sequence[Asked], seed: int, lang: Lang) -> Form:
    """The form with its code. The same questions and seed give the same order in each language."""
    purpose = f"form {label}"
    ordered = sorted(
        mixed(seed, purpose, asked, lambda row: row.question.id),
        key=lambda row: (TYPE_ORDER.index(row.question.type), LEVELS.index(row.question.level)),
    )
    printer = _Printer(seed, purpose, lang, _right_places(ordered, seed, purpose))
    entries = tuple(printer.entry(number, row) for number, row in enumerate(ordered, 1))
    form = Form(blueprint, label, "", seed, lang, entries)
    return replace(form, code=_code(form))


def _code(form: Form) -> str:
    """Initials of the test, the form's letter, and four letters that change with what it asks and in which order."""
    said = json.dumps([form.question_rows(), form.lang, form.blueprint.id], ensure_ascii=False, sort_keys=True)
    number = int(digest(said), 16)
    letters = "".join(_CONSONANTS[number // len(_CONSONANTS) ** at % len(_CONSONANTS)] for at in range(4))
    words = form.blueprint.id.split("-")
    initials = "".join(word[0] for word in words) if len(words) > 1 else form.blueprint.id[:3]
    return f"{initials.upper()}-{form.label}-{letters}"


class _Printer:
    """Gives numbers to questions and letters to choices."""

    def __init__(self, seed: int, purpose: str, lang: Lang, right: Mapping[str, int]) -> None:
        self._seed = seed
        self._purpose = purpose
        self._letters = LETTERS[lang]
        self._right = right

    def entry(self, number: int, row: Asked) -> Entry:
        parts = parts_of(row.question)
        labels = [f"{number}.{at}" for at in range(1, len(parts) + 1)] if row.question.type == "case" else [str(number)]
        printed = (self._printed(label, _name(row, part), part) for label, part in zip(labels, parts, strict=True))
        return Entry(number, row, tuple(printed))

    def _printed(self, label: str, name: str, part: Part) -> Printed:
        if part.type in ("single", "multiple"):
            return Printed(label, part, self._lettered(self._options(name, part)))
        if part.type == "match":
            lefts = tuple(Choice(str(at), pair.id, pair.left) for at, pair in enumerate(part.pairs, 1))
            sides = [*((pair.id, pair.right) for pair in part.pairs), *((one.id, one.text) for one in part.others)]
            return Printed(label, part, self._lettered(self._unsorted(name, sides)), lefts)
        if part.type == "order":
            return Printed(
                label, part, self._lettered(self._unsorted(name, [(one.id, one.text) for one in part.items]))
            )
        if part.type == "cloze":
            gaps = ((gap.id, gap.options) for gap in part.gaps if gap.options)
            return Printed(label, part, gaps=tuple((gap, self._gap(f"{name}.{gap}", rows)) for gap, rows in gaps))
        return Printed(label, part)

    def _lettered(self, rows: Sequence[tuple[str, Text]]) -> tuple[Choice, ...]:
        return tuple(Choice(self._letter(at), name, text) for at, (name, text) in enumerate(rows))

    def _letter(self, at: int) -> str:
        """The letter of a place; after the last one they come doubled."""
        return self._letters[at % len(self._letters)] * (1 + at // len(self._letters))

    def _gap(self, name: str, options: Sequence[Option]) -> tuple[Choice, ...]:
        return self._lettered([(one.id, one.text) for one in self._mixed(name, options)])

    def _mixed(self, name: str, options: Sequence[Option]) -> list[Option]:
        return mixed(self._seed, f"{self._purpose} {name}", options, lambda option: option.id)

    def _options(self, name: str, part: Part) -> list[tuple[str, Text]]:
        """Fixed options stay; the one right option of a question stands where it was given its place."""
        if not part.shuffle:
            return [(option.id, option.text) for option in part.options]
        slots: list[Option | None] = [option if option.fixed else None for option in part.options]
        free = [option for option in self._mixed(name, part.options) if not option.fixed]
        if name in self._right:
            right = next(option for option in free if option.correct)
            free.remove(right)
            slots[self._right[name]] = right
        waiting = iter(free)
        return [(one.id, one.text) for one in (slot or next(waiting) for slot in slots)]

    def _unsorted(self, name: str, rows: list[tuple[str, Text]]) -> list[tuple[str, Text]]:
        """Mixed, and never by chance in the order that is right."""
        found = mixed(self._seed, f"{self._purpose} {name}", rows, lambda row: row[0])
        return found if found != rows else [*found[1:], found[0]]


def _name(row: Asked, part: Part) -> str:
    return row.question.id if part is row.question else f"{row.question.id}.{part.id}"


class _Chosen(NamedTuple):
    """A question of one choice: how many options it has, and where the right one may stand, from 0."""

    name: str
    size: int
    places: tuple[int, ...]


def _right_places(ordered: Sequence[Asked], seed: int, purpose: str) -> dict[str, int]:
    """Where the right options of single questions stand: each place as often as the others, and no long runs."""
    rows = [_chosen(_name(row, part), part) for row in ordered for part in parts_of(row.question) if _has_one(part)]
    tries = (_spread(rows, seed, f"{purpose} places {attempt}") for attempt in range(_ATTEMPTS))
    best = min(tries, key=lambda found: max(_RUN, _longest_run([found[row.name] for row in rows])), default={})
    return {row.name: best[row.name] for row in rows if len(row.places) > 1}


def _has_one(part: Part) -> bool:
    return part.type == "single" and any(option.correct for option in part.options)


def _chosen(name: str, part: Part) -> _Chosen:
    right = next(at for at, option in enumerate(part.options) if option.correct)
    free = tuple(at for at, option in enumerate(part.options) if not option.fixed)
    stays = part.options[right].fixed or not part.shuffle
    return _Chosen(name, len(part.options), (right,) if stays else free)


def _spread(rows: Sequence[_Chosen], seed: int, purpose: str) -> dict[str, int]:
    """A place for each, the one least used among questions of as many options; those that have no choice come first."""
    used: Counter[tuple[int, int]] = Counter()
    over_all: Counter[int] = Counter()
    found: dict[str, int] = {}
    for row in sorted(mixed(seed, purpose, rows, lambda row: row.name), key=lambda row: len(row.places) > 1):
        by_chance = mixed(seed, f"{purpose} {row.name}", row.places, str)
        place = min(by_chance, key=lambda at: (used[row.size, at], over_all[at]))
        used[row.size, place] += 1
        over_all[place] += 1
        found[row.name] = place
    return found


def _longest_run(places: Sequence[int]) -> int:
    return max((len(list(run)) for _, run in groupby(places)), default=0)
