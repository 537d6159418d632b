"""The attendance file: a workbook that computes each one's share present and that of the staff.

What counts is time: a half-day weighs as many minutes as the plan has in it without pauses. The KM order asks that
80% of an office's staff take part; whoever came for at least a half-day is counted once.
"""

import io
from collections.abc import Iterator, Sequence
from types import ModuleType
from typing import Any

from coopkm.course.archive import fixed
from coopkm.course.event import Event
from coopkm.course.plan import PAUSES
from coopkm.course.sources import measured_share
from coopkm.extras import load
from coopkm.text.cells import safe

MEASURE = 80  # per cent
_FONT = "TH Sarabun New"
_BEFORE = 3  # columns before the half-days: number, name, post
_HEAD = 6  # the row of column names; their minutes stand below it
_LINE = 24  # points: tall enough for Thai of 16 points
_GREY, _GREEN = "FFE9ECEB", "FFD5E8DF"


def half_days(event: Event) -> Iterator[tuple[str, int]]:
    """Each half-day in words, and its minutes without pauses."""
    for day in event.days:
        for half in day.halves:
            minutes = sum(session.minutes for session in half if session.part.kind not in PAUSES)
            name = event.words["morning" if half[0].begin.hour < 12 else "afternoon"]
            yield f"{event.words['day'].format(n=day.number)} {name}", minutes


def as_workbook(event: Event) -> bytes:
    """The workbook, with an empty row a learner. The same event gives the same bytes."""
    excel = load("openpyxl")
    book = excel.Workbook()
    _Sheet(event, book.active, excel).draw()
    book.properties.creator = "CoopKM"
    book.properties.title = f"{event.words['attendance']}: {event.title}"
    raw = io.BytesIO()
    book.save(raw)
    return fixed(raw.getvalue(), event.sessions[0].begin)


class _Sheet:
    def __init__(self, event: Event, sheet: Any, excel: ModuleType) -> None:
        self.event, self.sheet, self.w = event, sheet, event.words
        self.styles, self.letter = load("openpyxl.styles"), excel.utils.get_column_letter
        self.halves = list(half_days(event))
        self.first, self.last = _HEAD + 2, _HEAD + 1 + event.people
        self.minutes_row = _HEAD + 1
        self.minutes, self.share, self.reached = (_BEFORE + len(self.halves) + offset for offset in (1, 2, 3))
        line = self.styles.Side(style="thin", color="FF7A8580")
        self.border = self.styles.Border(left=line, right=line, top=line, bottom=line)

    def draw(self) -> None:
        self.sheet.title = self.w["attendance"][:31]
        self._titles()
        self._head()
        for row in range(self.first, self.last + 1):
            self._person(row)
        self._summary(self.last + 2)
        self._marks_only()
        self._paper()

    def _titles(self) -> None:
        rows = (self.w["attendance"], self.event.title, self.event.dates, self.w["attendance_how"])
        for number, text in enumerate(rows, start=1):
            cell = self._put(number, 1, safe(text), bold=number < 3, ruled=False)
            cell.font = self.styles.Font(name=_FONT, size=20 if number == 1 else 16, bold=number < 3)
            self.sheet.row_dimensions[number].height = 30 if number == 1 else _LINE

    def _head(self) -> None:
        names = [self.w[key] for key in ("number", "name", "post")]
        names += [name for name, _ in self.halves]
        names += [self.w[key] for key in ("present_minutes", "present_share", "reached")]
        for column, name in enumerate(names, start=1):
            self._put(_HEAD, column, safe(name), bold=True, fill=_GREEN, align="center")
            self._put(self.minutes_row, column, None, fill=_GREEN, align="center")
        self._put(self.minutes_row, 2, self.w["weight"], fill=_GREEN)
        for column, (_, minutes) in enumerate(self.halves, start=_BEFORE + 1):
            self._put(self.minutes_row, column, minutes, fill=_GREEN, align="center")
        total = f"=SUM({self._marks(self.minutes_row)})"
        self._put(self.minutes_row, self.minutes, total, fill=_GREEN, align="center")
        self.sheet.row_dimensions[_HEAD].height = 2 * _LINE
        self.sheet.row_dimensions[self.minutes_row].height = _LINE

    def _person(self, row: int) -> None:
        self._put(row, 1, row - self.first + 1, align="center")
        for column in range(2, _BEFORE + len(self.halves) + 1):
            align = "left" if column <= _BEFORE else "center"
            self._put(row, column, None, open_=True, align=align)
        here, weights = self._marks(row), self._marks(self.minutes_row, fixed=True)
        total = f"${self.letter(self.minutes)}${self.minutes_row}"
        named = f'TRIM($B{row})=""'
        came = f"SUMPRODUCT(--({here}=1),{weights})"  # an empty cell is not 1, nor is a word
        present = f"{self.letter(self.minutes)}{row}"
        self._put(row, self.minutes, f'=IF({named},"",{came})', fill=_GREY, align="center")
        share = self._put(row, self.share, f'=IF({named},"",{present}/{total})', fill=_GREY, align="center")
        share.number_format = "0.0%"
        verdict = f'IF({present}*100>={MEASURE}*{total},"{self.w["reached_yes"]}","{self.w["reached_no"]}")'
        self._put(row, self.reached, f'=IF({named},"",{verdict})', fill=_GREY, align="center")
        self.sheet.row_dimensions[row].height = _LINE

    def _summary(self, top: int) -> None:
        names, reached, came = (self._people(column) for column in (2, self.reached, self.minutes))
        self._put(top, 2, self.w["summary"], bold=True, ruled=False)
        self.sheet.row_dimensions[top].height = _LINE
        at = {key: f"$D${top + 1 + offset}" for offset, key in enumerate(_SUMMARY)}
        formulas = {
            "sum_names": f'=SUMPRODUCT(--(TRIM({names})<>""))',
            "sum_reached": f'=COUNTIF({reached},"{self.w["reached_yes"]}")',
            "sum_reached_share": f'=IF({at["sum_names"]}=0,"",{at["sum_reached"]}/{at["sum_names"]})',
            "sum_staff": None,
            "sum_needed": f'=IF({at["sum_staff"]}>0,ROUNDUP({at["sum_staff"]}*{MEASURE}/100,0),"")',
            "sum_came": f'=COUNTIF({came},">0")',
            "sum_came_share": f'=IF({at["sum_staff"]}>0,{at["sum_came"]}/{at["sum_staff"]},"")',
            "sum_result": f'=IF({at["sum_staff"]}>0,IF({at["sum_came"]}>={at["sum_needed"]},"{self.w["reached_yes"]}",'
            f'"{self.w["reached_no"]}"),"{self.w["sum_fill"]}")',
        }
        for row, (key, formula) in enumerate(formulas.items(), start=top + 1):
            self._put(row, 2, self.w[key])
            self.sheet.merge_cells(start_row=row, start_column=2, end_row=row, end_column=3)
            self._put(row, 3, None)
            cell = self._put(row, 4, formula, open_=formula is None, fill="" if formula is None else _GREY)
            cell.alignment = self.styles.Alignment(horizontal="center", vertical="center", shrink_to_fit=True)
            cell.number_format = "0.0%" if key.endswith("share") else "General"
            self.sheet.row_dimensions[row].height = _LINE
            if key == "sum_result" and len(self.halves) > 2:
                self.sheet.merge_cells(start_row=row, start_column=4, end_row=row, end_column=6)
        self._source(top + len(formulas) + 1)
        self.staff = f"D{top + 1 + _SUMMARY.index('sum_staff')}"

    def _source(self, row: int) -> None:
        source, scope = measured_share(self.event, MEASURE)
        if source:
            text = self.w["sum_source"].format(source=source) + (f" ({scope})" if scope else "")
            self._put(row, 2, safe(text), ruled=False)
            self.sheet.row_dimensions[row].height = _LINE

    def _marks_only(self) -> None:
        validation = load("openpyxl.worksheet.datavalidation").DataValidation
        marks = validation(type="list", formula1='"1,0"', allow_blank=True, showErrorMessage=True)
        marks.error = self.w["must_be_mark"]
        marks.add(f"{self.letter(_BEFORE + 1)}{self.first}:{self.letter(_BEFORE + len(self.halves))}{self.last}")
        count = validation(type="whole", operator="between", formula1="1", formula2="100000", showErrorMessage=True)
        count.error = self.w["must_be_count"]
        count.add(self.staff)
        for rule in (marks, count):
            self.sheet.add_data_validation(rule)

    def _paper(self) -> None:
        sheet = self.sheet
        widths = {1: 7, 2: 34, 3: 30, self.minutes: 13, self.share: 12, self.reached: 13}
        for column in range(1, self.reached + 1):
            sheet.column_dimensions[self.letter(column)].width = widths.get(column, 10)
        sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9  # A4
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.print_title_rows = f"{_HEAD}:{self.minutes_row}"
        sheet.print_options.horizontalCentered = True
        sheet.oddFooter.center.text = self.w["page_of"]
        sheet.freeze_panes = sheet.cell(self.first, _BEFORE + 1)
        sheet.protection.sheet = True
        sheet.protection.formatColumns = sheet.protection.formatRows = False  # False: allowed

    def _marks(self, row: int, *, fixed: bool = False) -> str:
        """The cells of all half-days in a row."""
        sign = "$" if fixed else ""
        first, last = self.letter(_BEFORE + 1), self.letter(_BEFORE + len(self.halves))
        return f"${first}{sign}{row}:${last}{sign}{row}"

    def _people(self, column: int) -> str:
        """The cells of all learners in a column."""
        letter = self.letter(column)
        return f"${letter}${self.first}:${letter}${self.last}"

    def _put(
        self,
        row: int,
        column: int,
        value: object,
        *,
        bold: bool = False,
        fill: str = "",
        align: str = "left",
        ruled: bool = True,
        open_: bool = False,
    ) -> Any:
        cell = self.sheet.cell(row, column, value)
        cell.font = self.styles.Font(name=_FONT, size=16, bold=bold)
        cell.alignment = self.styles.Alignment(horizontal=align, vertical="center", wrap_text=ruled)
        cell.protection = self.styles.Protection(locked=not open_)
        if ruled:
            cell.border = self.border
        if fill:
            cell.fill = self.styles.PatternFill("solid", start_color=fill)
        return cell


_SUMMARY: Sequence[str] = (
    "sum_names",
    "sum_reached",
    "sum_reached_share",
    "sum_staff",
    "sum_needed",
    "sum_came",
    "sum_came_share",
    "sum_result",
)
