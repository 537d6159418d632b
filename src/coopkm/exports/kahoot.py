"""Kahoot: the workbook that its site takes for a quiz, one for each topic. Headings stand in row 8, data below.

Kahoot takes 2 to 4 answers of at most 75 characters and a question of at most 120. What does not fit stays out whole:
a question that is cut is another question.
"""

import io
import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from coopkm.exports import markup
from coopkm.exports.archive import packed, unpacked
from coopkm.exports.items import Option, Question
from coopkm.extras import load
from coopkm.model.base import Lang

QUESTION, ANSWER, ANSWERS = 120, 75, 4
_HEADINGS_AT = 8
_HEADINGS = [
    f"Question - max {QUESTION} characters",
    *(f"Answer {place} - max {ANSWER} characters" for place in range(1, ANSWERS + 1)),
    "Time limit (sec) - 5, 10, 20, 30, 60, 90, 120, or 240 secs",
    "Correct answer(s) - choose at least one",
]
_SECONDS = (20, 30, 60, 90, 120, 240)
_LETTERS_A_SECOND = 8  # read aloud in a hall, then thought about
_TRUTH = {"true": {"th": "ถูก", "en": "True"}, "false": {"th": "ผิด", "en": "False"}}
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


def adapted(question: Question, lang: Lang) -> Question:
    """The question as Kahoot has it: true and false are two answers."""
    if question.type == "truefalse":
        options = [
            Option(id=value, text=words[lang], weight=str(int(question.answer == value)))
            for value, words in _TRUTH.items()
        ]
        return question.model_copy(update={"type": "single", "answer": None, "options": options})
    if question.type == "multiple" and sum(option.right for option in question.options) == 1:
        return question.model_copy(update={"type": "single"})
    return question


def unfit(question: Question) -> str | None:
    """Why it does not fit, if so."""
    texts = [_line(option.text) for option in question.options]
    if len(texts) > ANSWERS:
        return "many_answers"
    if any(len(text) > ANSWER for text in texts):
        return "long_answer"
    return "long_question" if len(_asked(question)) > QUESTION else None


def _line(html: str) -> str:
    return " ".join(markup.plain(html).split())


def _asked(question: Question) -> str:
    return " ".join(_line(text) for text in (question.situation, question.stem) if text)


def write(questions: Sequence[Question], edition: date, _: Lang) -> bytes:
    """The workbook of these questions."""
    openpyxl = load("openpyxl")
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Quiz"
    moment = datetime.combine(edition, time(), UTC).replace(tzinfo=None)
    book.properties.creator, book.properties.created = "CoopKM", moment
    _put(sheet, _HEADINGS_AT, ["", *_HEADINGS])
    for place, question in enumerate(questions, 1):
        _put(sheet, _HEADINGS_AT + place, [place, *_row(question)])
    sheet.column_dimensions["B"].width = 60
    for column in "CDEF":
        sheet.column_dimensions[column].width = 30
    made = io.BytesIO()
    book.save(made)
    files = unpacked(made.getvalue())
    stamp = rb"\g<1>" + moment.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    files["docProps/core.xml"] = _MODIFIED.sub(stamp, files["docProps/core.xml"])
    return packed(files)


def _put(sheet: Any, row: int, values: Sequence[str | int]) -> None:
    """Texts are texts, whatever sign they begin with: none of them is a formula."""
    for column, value in enumerate(values, 1):
        cell = sheet.cell(row, column)
        if value != "":
            cell.value = value
        if isinstance(value, str) and value:
            cell.data_type = "s"
            cell.quotePrefix = True


def _row(question: Question) -> list[str | int]:
    texts = [_line(option.text) for option in question.options]
    right = ",".join(str(place) for place, option in enumerate(question.options, 1) if option.right)
    letters = len(_asked(question)) + sum(map(len, texts))
    seconds = next((one for one in _SECONDS if one >= letters / _LETTERS_A_SECOND), _SECONDS[-1])
    return [_asked(question), *texts, *[""] * (ANSWERS - len(texts)), seconds, right]


def read(raw: bytes) -> list[Question]:
    """The questions of a workbook of our own making; their ids are their places."""
    sheet = load("openpyxl").load_workbook(io.BytesIO(raw)).active
    return [_question(list(row)) for row in sheet.iter_rows(min_row=_HEADINGS_AT + 1, values_only=True)]


def _question(row: list[Any]) -> Question:
    place, asked, *texts = row[: ANSWERS + 2]
    right = str(row[ANSWERS + 3]).split(",")
    options = [
        {"id": str(n), "text": markup.escaped(text), "weight": str(int(str(n) in right))}
        for n, text in enumerate(texts, 1)
        if text
    ]
    kind = "multiple" if len(right) > 1 else "single"
    fields = {"id": str(place), "type": kind, "stem": markup.escaped(asked), "options": options}
    return Question.model_validate(fields)
