"""The sheet of a Google Form: Timestamp, Score, then a column a question with the text of the answer."""

import re
from pathlib import PurePath

from coopkm.analysis.faults import Refused, fault
from coopkm.analysis.questions import marked
from coopkm.analysis.readers.desk import Desk, Source
from coopkm.analysis.readers.heads import Who, cell, plain, time_of
from coopkm.analysis.readers.rows import Row, bound_answers
from coopkm.analysis.readers.spoken import answer_in
from coopkm.analysis.sittings import Mark, Paper, Sitting
from coopkm.model.base import Text

_TIME = re.compile(r"^(timestamp|ประทับเวลา|เวลาประทับ|การประทับเวลา)$", re.I)
_PASSED = re.compile(r"^(score|คะแนน|total score|คะแนนรวม)$|\[(score|feedback|คะแนน|ความคิดเห็น|คำติชม)\]$", re.I)
_NUMBERED = re.compile(r"^(?:(?:ข้อ|ข้อที่|q|question)\s*)?(\d{1,4})\s*[.):]?\s*", re.I)


def is_google(heads: list[str]) -> bool:
    """Whether the first column is the time that Google puts there."""
    return bool(heads) and bool(_TIME.match(plain(heads[0])))


def read_google(rows: list[Row], source: Source, desk: Desk) -> None:
    """Grade each row by the bank; columns are known by their text, or by their order with one key."""
    heads = rows[0].cells
    who = Who(["" if _named(head, desk) else head for head in heads])
    free = [at for at, head in enumerate(heads) if at and at not in who.columns and not _PASSED.search(plain(head))]
    columns = {at: name for at in free if (name := _named(heads[at], desk))}
    columns |= _by_order([at for at in free if at not in columns], columns, desk)
    if not columns:
        raise Refused(fault(source.path, "no-match"))
    others = [heads[at] for at in free if at not in columns and heads[at]]
    if others:
        desk.tell(source.path, "left-out", columns=", ".join(others))
    if len(rows) < 2:
        raise Refused(fault(source.path, "no-rows"))
    bound_answers(rows, len(columns), source.path)
    name = PurePath(source.path).stem
    asked = tuple(desk.asked(question, str(place)) for place, question in enumerate(columns.values(), 1))
    test = Paper(f"google:{'+'.join(sorted(columns.values()))}", Text(th=name, en=name), asked)
    desk.put(test, [_sitting(test.id, row, columns, who, source, desk) for row in rows[1:]])


def _named(head: str, desk: Desk) -> str | None:
    return desk.named(head) or desk.named(_NUMBERED.sub("", plain(head), count=1))


def _by_order(free: list[int], known: dict[int, str], desk: Desk) -> dict[int, str]:
    """With one key whose other questions are as many as the columns left, they follow its order."""
    if len(desk.keys) != 1:
        return {}
    left = [row.id for row in desk.keys[0].questions if row.id not in known.values() and row.id in desk.questions]
    return dict(zip(free, left, strict=True)) if len(left) == len(free) else {}


def _sitting(test: str, row: Row, columns: dict[int, str], who: Who, source: Source, desk: Desk) -> Sitting:
    marks = []
    for place, (at, name) in enumerate(columns.items(), 1):
        question = desk.questions[name][1]
        read = answer_in(question, cell(row.cells, at))
        if not read.clear:
            desk.tell(source.path, "unclear", row.line, number=place, value=cell(row.cells, at))
        marks.append(Mark(name, *marked(question, read.answer)))
    return Sitting(test, who.of(row.cells), tuple(marks), source.when, time_of(cell(row.cells, 0)))
