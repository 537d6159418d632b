"""Downloads of Moodle's quiz reports: marks of each question (Grades), or what was answered (Responses)."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import NamedTuple

from coopkm.analysis.faults import Refused, fault
from coopkm.analysis.questions import marked
from coopkm.analysis.readers.desk import Desk, Source, unknown_question
from coopkm.analysis.readers.heads import Who, cell, number_of, plain, time_of
from coopkm.analysis.readers.rows import Row, bound_answers
from coopkm.analysis.readers.spoken import answer_in, is_right
from coopkm.analysis.sittings import Asked, Mark, Paper, Sitting
from coopkm.model.base import Text
from coopkm.text.digest import digest
from coopkm.text.folding import same_words

_GRADE = re.compile(r"^[^\d/]+/\s*\d+(?:[.,]\d+)?$")  # Grade/10.00, คะแนน/10.00
_MARK = re.compile(r"^[^\d/]*?(\d{1,4})\s*/\s*(\d+(?:[.,]\d+)?)$")  # Q. 1 /1.00, ข้อ 1 /1.00
_COLUMN = re.compile(r"^(\D+?)\s*(\d{1,4})$")  # Response 1, คำตอบ 1
_RIGHT = re.compile(r"right|correct|ถูก", re.I)
_ASKED = re.compile(r"^(question|คำถาม|โจทย์)", re.I)
_STATE = re.compile(r"^(state|status|สถานะ)", re.I)
_STARTED = re.compile(r"^(started|เริ่ม)", re.I)
_COMPLETED = re.compile(r"^(completed|finished|เสร็จ|ทำเสร็จ|สิ้นสุด)", re.I)
_GOING_ON = re.compile(r"progress|never|overdue|abandon|not started|กำลัง|ไม่เคย|ไม่ได้|ยังไม่|เกินกำหนด|ละทิ้ง", re.I)
_AVERAGE = re.compile(r"average|ค่าเฉลี่ย|เฉลี่ย", re.I)


class Column(NamedTuple):
    """Where a question stands: its text, what was answered, what is right; -1 where there is no such column."""

    asked: int = -1
    response: int = -1
    right: int = -1


@dataclass
class _Heads:
    """The columns of a download."""

    who: Who
    state: int | None
    started: int | None
    completed: int | None
    marks: dict[int, tuple[str, float]] = field(default_factory=dict)
    answers: dict[str, Column] = field(default_factory=dict)


def is_moodle(heads: list[str]) -> bool:
    """Whether there is a grade out of something, and marks or responses by number."""
    plained = [plain(head) for head in heads]
    found = _heads(heads)
    return any(_GRADE.match(head) for head in plained) and bool(found.marks or found.answers)


def read_moodle(rows: list[Row], source: Source, desk: Desk) -> None:
    """Keep each finished attempt."""
    heads = _heads(rows[0].cells)
    finished = [row for row in rows[1:] if _is_finished(row.cells, heads)]
    others = sum(not _is_total(row.cells, heads) for row in rows[1:]) - len(finished)
    if not finished:
        raise Refused(fault(source.path, "no-rows"))
    bound_answers(finished, max(len(heads.marks), len(heads.answers)), source.path)
    reader = _by_marks if heads.marks else _by_words
    asked, marks_of, unmarked = reader(heads, finished, source, desk)
    name = PurePath(source.path).stem
    own = [] if all(row.known for row in asked) else [source.path]  # two tests may both have a question 1
    test = Paper(f"moodle:{digest(*(row.id for row in asked), *own)[:12]}", Text(th=name, en=name), tuple(asked))
    sittings = []
    for row in finished:
        marks = marks_of(row)
        if marks is None:
            others += 1
            continue
        started = time_of(cell(row.cells, heads.started))
        sittings.append(Sitting(test.id, heads.who.of(row.cells), tuple(marks), source.when, started))
    if others:
        desk.tell(source.path, "unfinished", count=others)
    if unmarked:
        desk.tell(source.path, "by-words", count=unmarked)
    desk.put(test, sittings)


def _heads(heads: list[str]) -> _Heads:
    plained = [plain(head) for head in heads]

    def place(pattern: re.Pattern[str]) -> int | None:
        return next((at for at, head in enumerate(plained) if pattern.match(head)), None)

    found = _Heads(Who(heads), place(_STATE), place(_STARTED), place(_COMPLETED))
    for at, head in enumerate(plained):
        if mark := _MARK.match(head):
            found.marks[at] = (mark[1], number_of(mark[2]) or 0.0)
        elif column := _COLUMN.match(head):
            row = found.answers.get(column[2], Column())
            found.answers[column[2]] = _with(row, column[1], at)
    found.answers = {number: row for number, row in found.answers.items() if row.response >= 0}
    return found


def _with(row: Column, words: str, at: int) -> Column:
    """The download has the question, then the response, then the right answer."""
    if _RIGHT.search(words):
        return row._replace(right=at)
    return row._replace(asked=at) if _ASKED.match(words) else row._replace(response=at)


def _is_total(cells: list[str], heads: _Heads) -> bool:
    """The last rows of a download are averages."""
    return bool(_AVERAGE.search(heads.who.of(cells))) or not any(cell(cells, at) for at in heads.who.columns)


def _is_finished(cells: list[str], heads: _Heads) -> bool:
    if _is_total(cells, heads) and heads.who.columns:
        return False
    if heads.completed is not None and cell(cells, heads.completed) in ("", "-"):
        return False
    return not _GOING_ON.search(cell(cells, heads.state))


_MarksOf = Callable[[Row], list[Mark] | None]
_Reading = tuple[list[Asked], _MarksOf, int]


def _by_marks(heads: _Heads, rows: list[Row], source: Source, desk: Desk) -> _Reading:
    """The grades report: questions are known by number, and by the key where exactly one is given."""
    names = _named_by_key(desk, [number for number, _ in heads.marks.values()])
    asked, columns = [], []
    for at, (number, most) in heads.marks.items():
        if most <= 0:
            continue
        name = names.get(number)
        row = desk.asked(name, number) if name else unknown_question(f"q{number}", number, "", most)
        asked.append(_worth(row, most))
        columns.append((at, asked[-1].id, most))

    def marks_of(row: Row) -> list[Mark] | None:
        marks = []
        for at, name, most in columns:
            written = cell(row.cells, at)
            earned = 0.0 if written in ("", "-") else number_of(written)
            if earned is None:  # it waits to be marked by hand
                return None
            if abs(earned) > most:
                raise Refused(fault(source.path, "bad-mark", row.line, number=name, value=written, most=f"{most:g}"))
            marks.append(Mark(name, earned, most))
        return marks

    return asked, marks_of, 0


def _worth(row: Asked, most: float) -> Asked:
    """The question, worth what Moodle says; its marks say nothing of what was chosen."""
    return Asked(
        row.id, row.number, row.stem, most, row.type, row.level, row.topic, row.objective, row.guess, (), row.known
    )


def _named_by_key(desk: Desk, numbers: list[str]) -> dict[str, str]:
    if len(desk.keys) != 1:
        return {}
    named = {str(row.number): row.id for row in desk.keys[0].questions if row.id in desk.questions}
    return named if named.keys() >= set(numbers) else {}


def _by_words(heads: _Heads, rows: list[Row], source: Source, desk: Desk) -> _Reading:
    """The responses report: known questions are graded by the bank, others by the right answer beside them."""
    names = _named_by_key(desk, list(heads.answers))
    asked: list[Asked] = []
    graded: list[tuple[Column, Asked]] = []
    for number, column in heads.answers.items():
        name = names.get(number) or _found(column, rows, desk)
        if name is None and column.right < 0:
            desk.tell(source.path, "left-out", columns=rows and f"{number}")
            continue
        row = desk.asked(name, number) if name else _foreign(column, number, rows)
        asked.append(row)
        graded.append((column, row))
    if not asked:
        raise Refused(fault(source.path, "no-match"))

    def marks_of(row: Row) -> list[Mark] | None:
        return [_mark(column, one, row, source, desk) for column, one in graded]

    return asked, marks_of, sum(not row.known for row in asked)


def _found(column: Column, rows: list[Row], desk: Desk) -> str | None:
    """The question of the project: by its text, else the only one that the right answer answers in full."""
    for row in rows[:1]:
        if column.asked >= 0 and (name := desk.named(cell(row.cells, column.asked))):
            return name
    if column.right < 0 or not rows:
        return None
    right = cell(rows[0].cells, column.right)
    fitting = [name for name, (_, question) in desk.questions.items() if is_right(question, right)]
    return fitting[0] if len(fitting) == 1 else None


def _foreign(column: Column, number: str, rows: list[Row]) -> Asked:
    stem = next((text for row in rows if (text := cell(row.cells, column.asked if column.asked >= 0 else None))), "")
    return unknown_question(f"q{number}", number, stem[:300], 1.0)


def _mark(column: Column, asked: Asked, row: Row, source: Source, desk: Desk) -> Mark:
    written = cell(row.cells, column.response)
    if not asked.known:
        right = same_words(cell(row.cells, column.right))
        return Mark(asked.id, float(bool(right) and same_words(written) == right), 1.0)
    question = desk.questions[asked.id][1]
    read = answer_in(question, written)
    if not read.clear:
        desk.tell(source.path, "unclear", row.line, number=asked.number, value=written)
    return Mark(asked.id, *marked(question, read.answer))
