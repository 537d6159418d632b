"""Answer sheets of printed forms: one row a person, one column a question, letters as the learner wrote them."""

import re

from coopkm.analysis.faults import Refused, fault
from coopkm.analysis.keys import FormKey, folded, letters_of, read_cell
from coopkm.analysis.questions import marked
from coopkm.analysis.readers.desk import Desk, Source, when_of
from coopkm.analysis.readers.heads import Who, cell, plain
from coopkm.analysis.readers.rows import Row, bound_answers
from coopkm.analysis.sittings import Mark, Paper, Sitting

_CODE = re.compile(r"^(code|form|รหัส(ชุด|ข้อสอบ)?|ชุด(ข้อสอบ)?)$", re.I)
_WHEN = re.compile(r"^(when|ช่วง|เวลา|ก่อน/หลัง|ก่อนหลัง)$", re.I)


def is_sheet(heads: list[str], with_key: bool) -> bool:
    """Whether the columns are those of an answer sheet."""
    numbers = _numbers(heads)
    return bool(numbers) and 1 in numbers.values() and (with_key or _place(heads, _CODE) is not None)


def read_sheet(rows: list[Row], source: Source, desk: Desk) -> None:
    """Grade each row by the key of its form."""
    heads = rows[0].cells
    code, when, who, numbers = _place(heads, _CODE), _place(heads, _WHEN), Who(heads), _numbers(heads)
    bound_answers(rows, max((len(key.questions) for key in desk.keys), default=1), source.path)
    found: dict[str, tuple[FormKey, list[Sitting]]] = {}
    for row in rows[1:]:
        written = {number: cell(row.cells, at) for at, number in numbers.items()}
        if not any(written.values()):  # a row that was prepared for somebody who did not come
            continue
        key = _key(cell(row.cells, code), row.line, source, desk)
        marks = tuple(_marks(key, written, row.line, source, desk))
        sitting = Sitting(f"form:{key.code}", who.of(row.cells), marks, when_of(cell(row.cells, when), source.when))
        found.setdefault(key.code, (key, []))[1].append(sitting)
    if not found:
        desk.tell(source.path, "unfilled")
    for key, sittings in found.values():
        desk.put(_test(key, source, desk), sittings)


def _place(heads: list[str], pattern: re.Pattern[str]) -> int | None:
    return next((at for at, head in enumerate(heads) if pattern.match(plain(head))), None)


def _numbers(heads: list[str]) -> dict[int, int]:
    """Place of a column -> the number of its question."""
    return {at: int(number) for at, head in enumerate(heads) if re.fullmatch(r"\d{1,4}", number := plain(head))}


def _key(written: str, line: int, source: Source, desk: Desk) -> FormKey:
    """The key of the form that a row names, by its code or its letter."""
    named = folded(written)
    if not named and len(desk.keys) != 1:
        raise Refused(fault(source.path, "no-code", line))
    exact = [key for key in desk.keys if folded(key.code) == named]
    fitting = exact or [key for key in desk.keys if not named or folded(key.form) == named]
    if len(fitting) > 1:
        raise Refused(fault(source.path, "two-keys", line, form=written, example=fitting[0].code))
    if not fitting:
        raise Refused(fault(source.path, "no-key", line, form=written))
    return fitting[0]


def _marks(key: FormKey, written: dict[int, str], line: int, source: Source, desk: Desk) -> list[Mark]:
    marks = []
    for row in key.questions:
        if row.type == "reflect":
            continue
        if row.id not in desk.questions:
            raise Refused(fault(source.path, "gone", line, id=row.id))
        question = desk.questions[row.id][1]
        value = written.get(row.number, "")
        read = read_cell(question, row.places, value)
        if not read.clear:
            desk.tell(source.path, "unclear", line, number=row.number, value=value)
        marks.append(Mark(row.id, *marked(question, read.answer)))
    return marks


def _test(key: FormKey, source: Source, desk: Desk) -> Paper:
    for row in key.questions:
        now = desk.questions[row.id][1].fingerprint[: len(row.digest)] if row.id in desk.questions else row.digest
        if now != row.digest:
            desk.tell(source.path, "other-version", id=row.id)
    rows = [row for row in key.questions if row.type != "reflect"]
    return Paper(
        f"form:{key.code}",
        key.shown_title,
        tuple(desk.asked(row.id, str(row.number), letters_of(row)) for row in rows),
    )
