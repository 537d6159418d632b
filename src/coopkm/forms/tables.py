"""Empty tables for the answers, one row a person: CSV for any program, XLSX for a spreadsheet."""

import csv
import io
import re
import zipfile
from collections.abc import Sequence

from coopkm.extras import load
from coopkm.forms.crossover import Plan, sittings
from coopkm.forms.form import Form

Rows = list[list[str]]
_FIXED = (1980, 1, 1, 0, 0, 0)  # the clock is not asked
_WHEN = b"1980-01-01T00:00:00Z"
_TIMES = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def answer_rows(form: Form, place: int, plan: Plan | None) -> Rows:
    """Names of columns, and with a plan a row for each sitting of the form, answers empty."""
    numbers = [str(entry.number) for entry in form.entries]
    if plan is None:
        return [["code", "learner", *numbers]]
    blank = [""] * len(numbers)
    head = ["code", "learner", "group", "when", *numbers]
    return [
        head,
        *([form.code, str(learner), str(group), when, *blank] for learner, group, when in sittings(plan, place)),
    ]


def as_csv(rows: Sequence[Sequence[str]]) -> bytes:
    """UTF-8 with the mark by which spreadsheets know it."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(rows: Sequence[Sequence[str]], title: str) -> bytes:
    """The same as a workbook whose cells are text, so that a spreadsheet makes no numbers or dates of answers."""
    openpyxl = load("openpyxl")
    styles = load("openpyxl.styles")
    letters = load("openpyxl.utils")
    book = openpyxl.Workbook()
    page = book.active
    page.title = title
    for row in rows:
        page.append(list(row))
    for row in page.iter_rows(max_row=max(len(rows), _ROOM)):
        for cell in row:
            cell.number_format = "@"
    for at, name in enumerate(rows[0], 1):
        page.cell(1, at).font = styles.Font(bold=True)
        page.column_dimensions[letters.get_column_letter(at)].width = 16 if name in ("code", "learner") else 9
    page.freeze_panes = "C2"
    raw = io.BytesIO()
    book.save(raw)
    return _without_clock(raw.getvalue())


_ROOM = 60  # rows that are ready for answers


def _without_clock(raw: bytes) -> bytes:
    """The workbook with the same times in it whenever it is made."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = _TIMES.sub(rb"\g<1>" + _WHEN, content)
            entry = zipfile.ZipInfo(name, _FIXED)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, content)
    return made.getvalue()
