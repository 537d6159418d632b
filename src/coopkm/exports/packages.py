"""Packages for other programs: drawn from the banks, read back, compared, and told what they lack.

Nothing is given out that does not come back as limits.yml says it must.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from coopkm.exports import anki, gift, kahoot, machine, moodle, qti, scorm
from coopkm.exports.items import Question, WrongAnswer, drawn, said_in, split
from coopkm.exports.limits import Format, Losses, carried, fitting, table
from coopkm.model.base import LANGS, Lang
from coopkm.views.questions import Asked, Pool


class NotTheSame(Exception):
    """What was read back differs from what was to be written: a bug of an export."""


@dataclass
class Package:
    """Files by name with the count of their questions, and what each language lost. Nothing is on disk yet."""

    name: Format
    edition: date
    pool: Pool
    files: dict[str, bytes] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    losses: dict[Lang, Losses] = field(default_factory=dict)


@dataclass(frozen=True)
class _Row:
    """How a format is written and read; `each` says that every topic has a file of its own."""

    suffix: str
    write: Callable[..., bytes]
    read: Callable[[bytes], list[Question]]
    unfit: Callable[[Question], str | None] | None = None
    adapted: Callable[[Question, Lang], Question] | None = None
    each: bool = False


def _scorm(questions: Sequence[Question], edition: date, lang: Lang, *, first: Asked) -> bytes:
    return scorm.write(questions, edition, lang, pass_mark=first.bank.pass_mark, pool=first.pool)


def _qti(name: Format) -> Callable[..., bytes]:
    return lambda questions, edition, lang: qti.write(questions, edition, lang, name)


_ROWS: dict[Format, _Row] = {
    "moodle": _Row("xml", moodle.write, moodle.read, moodle.unfit),
    "gift": _Row("txt", gift.write, gift.read, gift.unfit),
    "qti21": _Row("zip", _qti("qti21"), qti.read),
    "qti30": _Row("zip", _qti("qti30"), qti.read),
    "scorm12": _Row("zip", _scorm, scorm.read, each=True),
    "anki": _Row("apkg", anki.write, anki.read),
    "kahoot": _Row("xlsx", kahoot.write, kahoot.read, kahoot.unfit, kahoot.adapted, each=True),
}


def edition_of(asked: Sequence[Asked]) -> date:
    """The newest review date of the banks: the same input has the same date on every day."""
    return max(one.bank.reviewed for one in asked)


def package(asked: Sequence[Asked], name: Format, edition: date, langs: Sequence[Lang] = LANGS) -> Package:
    """The package of questions of one pool, read back and compared."""
    made = Package(name, edition, asked[0].pool)
    if name == "json":
        _json(made, asked)
        return made
    for lang in langs:
        losses = made.losses[lang] = Losses()
        for part, rows in _parts(asked, _ROWS[name].each):
            _file(made, lang, part, rows, losses)
    return made


def _json(made: Package, asked: Sequence[Asked]) -> None:
    questions = [drawn(one) for one in asked]
    raw = machine.write(questions, made.edition, made.pool)
    if machine.read(raw) != questions:
        raise NotTheSame(made.name)
    path = _named(made, "", "", "json")
    made.files[path], made.counts[path] = raw, len(questions)
    made.losses = {"th": Losses()}


def _parts(asked: Sequence[Asked], each: bool) -> Iterator[tuple[str, Sequence[Asked]]]:
    """What goes into one file: all, or a topic."""
    if not each:
        yield "", asked
        return
    for topic in dict.fromkeys(one.bank.id for one in asked):
        yield topic, [one for one in asked if one.bank.id == topic]


def _file(made: Package, lang: Lang, part: str, asked: Sequence[Asked], losses: Losses) -> None:
    row = _ROWS[made.name]
    questions = [said_in(drawn(one), lang) for one in asked]
    if row.adapted:
        questions = [row.adapted(question, lang) for question in _split(questions, made.name, losses)]
    kept = fitting(questions, made.name, losses, row.unfit)
    expected = carried(kept, made.name, losses)
    if not kept:
        return
    more = {"first": asked[0]} if made.name == "scorm12" else {}
    raw = row.write(kept, made.edition, lang, **more)
    _compare(expected, row.read(raw), made.name)
    path = _named(made, part, lang, row.suffix)
    made.files[path], made.counts[path] = raw, len(kept)


def _split(questions: Sequence[Question], name: Format, losses: Losses) -> list[Question]:
    types = frozenset(table()["formats"][name].get("split", ()))
    for question in questions:
        if question.type in types:
            losses.note(losses.splits, question.type, question.id)
    return [one for question in questions for one in split(question, types)]


def _named(made: Package, part: str, lang: str, suffix: str) -> str:
    pool = "exam" if made.pool == "exam" and not part.endswith("exam") else ""
    return "-".join(word for word in ("coopkm", made.name, part, pool, lang) if word) + f".{suffix}"


def _compare(expected: Sequence[Question], found: Sequence[Question], name: Format) -> None:
    if len(expected) != len(found):
        raise NotTheSame(f"{name}: {len(expected)} questions were written and {len(found)} read back")
    for one, other in zip(expected, found, strict=True):
        here, there = _grouped(one), _grouped(other)
        if here != there:
            raise NotTheSame(f"{name}: {one.id}: {_difference(here, there)}")


def _grouped(question: Question) -> Question:
    """Wrong answers to which the same is said are one, whether they stood in one row or in two."""
    rows: list[WrongAnswer] = []
    for row in question.wrong:
        last = rows[-1] if rows else None
        if last and last.words and row.words and last.feedback == row.feedback:
            rows[-1] = last.model_copy(update={"words": [*last.words, *row.words]})
        else:
            rows.append(row)
    return question.model_copy(update={"wrong": rows})


def _difference(one: Question, other: Question) -> str:
    names = (name for name in Question.model_fields if getattr(one, name) != getattr(other, name))
    name: Any = next(names, "")
    return f"{name}: {getattr(one, name, None)!r} came back as {getattr(other, name, None)!r}"
