"""The record of a year as printed matter: the report of plan and result, and the sheet of evidence."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from coopkm.documents.tree import (
    Align,
    Block,
    Cell,
    Document,
    Field,
    Fields,
    Heading,
    Line,
    Paragraph,
    Section,
    Space,
    Span,
    Table,
    Together,
    line,
    paragraph,
)
from coopkm.km.words import WORDS
from coopkm.model.base import Lang, Text
from coopkm.model.km import KmDuty, KmEvidence, KmYear, participation
from coopkm.text.dates import BUDDHIST_OFFSET, format_date
from coopkm.views.km import days_left, done_count, share_of, standing


class _Page:
    """A language's words, and the day on which the record is looked at."""

    def __init__(self, lang: Lang, today: date) -> None:
        self.lang = lang
        self.today = today

    def word(self, name: str, **values: object) -> str:
        return WORDS[self.lang][name].format(**values)

    def text(self, text: Text | None) -> str:
        return text.shown(self.lang) if text else ""

    def day(self, day: date | None) -> str:
        return format_date(day, self.lang) if day else ""

    def year(self, year: KmYear) -> str:
        return self.word("fiscal_year", year=year.year, christian=year.year - BUDDHIST_OFFSET)


def report(year: KmYear, office: str, lang: Lang, today: date) -> Document:
    """The report of plan and result as of `today`."""
    page = _Page(lang, today)
    return _document(
        page, year, "report_title", office, [*_facts(page, year, office), *_chapters(page, year), _signatures(page)]
    )


def evidence_sheet(year: KmYear, office: str, lang: Lang, today: date) -> Document:
    """The sheet of evidence: each duty with what shows that it was done, and where that is kept."""
    page = _Page(lang, today)
    rows = [row for number, duty in enumerate(year.duties, 1) for row in _evidence_rows(page, number, duty)]
    head = [page.word(name) for name in ("number", "duty", "evidence", "day", "where")]
    stores = [[page.text(row.title), page.day(row.date), row.place] for row in year.stores]
    blocks: list[Block] = [
        paragraph(page.word("evidence_lede")),
        *_facts(page, year, office),
        _table(head, rows, (5, 28, 30, 15, 22)),
        *_listed(page, "stores", ("stored", "day", "where"), stores, (45, 20, 35)),
        _signatures(page),
    ]
    return _document(page, year, "evidence_title", office, blocks)


def _document(page: _Page, year: KmYear, title: str, office: str, blocks: list[Block]) -> Document:
    name = f"{page.word(title)} {page.year(year)}"
    head: tuple[Block, ...] = (
        Paragraph(line(page.word(title)), align="center", style="title"),
        Paragraph(line(page.year(year)), align="center", style="subtitle"),
    )
    section = Section((*head, *blocks), header=name, landscape=True)
    return Document(
        name, page.lang, (section,), author=office, subject=page.text(year.topic), date=page.today.isoformat()
    )


def _facts(page: _Page, year: KmYear, office: str) -> Iterator[Block]:
    order = f"{page.text(year.order_title)} {page.word('dated', day=page.day(year.order_date))}"
    done = page.word("progress_told", done=done_count(year), all=len(year.duties))
    rows = {
        "office": office,
        "topic": page.text(year.topic),
        "order": order,
        "report_by": page.day(year.report_by),
        "meeting": f"{page.text(year.meeting.title)} {page.day(year.meeting.date)}" if year.meeting else "",
        "progress": f"{done} ({page.word('as_of', day=page.day(page.today))})",
    }
    cells = tuple((_cell(page.word(name), bold=True), _cell(text)) for name, text in rows.items() if text)
    yield Table(cells, (18, 82), head=0, ruled=False)
    yield Space(3)


def _chapters(page: _Page, year: KmYear) -> Iterator[Block]:
    yield Heading(2, line(page.word("plan")))
    head = [page.word(name) for name in ("number", "duty", "post", "due", "result", "evidence")]
    yield _table(
        head, [_duty_row(page, number, duty) for number, duty in enumerate(year.duties, 1)], (5, 24, 17, 13, 20, 21)
    )
    if year.groups:
        yield from _people(page, year)
    corrections = [[page.day(row.date), page.text(row.by), page.text(row.text)] for row in year.corrections]
    yield from _listed(page, "corrections", ("day", "by", "corrected"), corrections, (17, 23, 60))
    uses = [[page.day(row.date), page.text(row.by), page.text(row.text)] for row in year.uses]
    yield from _listed(page, "uses", ("day", "by", "used"), uses, (17, 23, 60))
    stores = [[page.text(row.title), page.day(row.date), row.place] for row in year.stores]
    yield from _listed(page, "stores", ("stored", "day", "where"), stores, (45, 20, 35))


def _duty_row(page: _Page, number: int, duty: KmDuty) -> list[str]:
    shown = [_evidence(page, row) for row in duty.evidence]
    result = "\n".join(part for part in (_state(page, duty), page.text(duty.result)) if part)
    return [
        str(number),
        page.text(duty.title),
        page.text(duty.post),
        page.day(duty.due),
        result,
        "\n".join(shown) or page.word("none"),
    ]


def _state(page: _Page, duty: KmDuty) -> str:
    state = standing(duty, page.today)
    return page.word(f"state_{state}", day=page.day(duty.done), days=-days_left(duty.due, page.today))


def _evidence(page: _Page, row: KmEvidence) -> str:
    return " ".join(part for part in (page.text(row.title), page.day(row.date)) if part)


def _evidence_rows(page: _Page, number: int, duty: KmDuty) -> list[list[str]]:
    named = [str(number), page.text(duty.title)]
    if not duty.evidence:
        return [[*named, page.word("none"), "", ""]]
    return [[*named, page.text(row.title), page.day(row.date), row.file or ""] for row in duty.evidence]


def _people(page: _Page, year: KmYear) -> Iterator[Block]:
    people = participation(year)
    told = page.word(
        "people_told", took_part=people.took_part, staff=people.staff, share=_percent(people.share), asked=people.asked
    )
    enough = page.word("reached") if people.reached else page.word("missing", n=people.missing)
    rows: list[list[Any]] = [
        [page.text(group.title), group.staff, group.took_part, _percent(share_of(group))] for group in year.groups
    ]
    rows.append([page.word("all"), people.staff, people.took_part, _percent(people.share)])
    head = [page.word(name) for name in ("group", "staff", "took_part", "percent")]
    yield Heading(2, line(page.word("people")))
    yield paragraph(f"{told} {enough}")
    yield _table(head, rows, (52, 16, 16, 16), numbers=(1, 2, 3))


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{share:.1f}"


def _listed(
    page: _Page, title: str, head: Iterable[str], rows: list[list[str]], widths: tuple[float, ...]
) -> Iterator[Block]:
    if rows:
        yield Heading(2, line(page.word(title)))
        yield _table([page.word(name) for name in head], rows, widths)


def _table(head: list[str], rows: list[list[Any]], widths: tuple[float, ...], numbers: tuple[int, ...] = ()) -> Table:
    top = tuple(_cell(text, bold=True, right=column in numbers) for column, text in enumerate(head))
    body = tuple(tuple(_cell(str(text), right=column in numbers) for column, text in enumerate(row)) for row in rows)
    return Table((top, *body), widths)


def _cell(text: str, *, bold: bool = False, right: bool = False) -> Cell:
    align: Align = "right" if right else "left"
    return Cell((Paragraph(_line(text, bold), align=align),), align=align)


def _line(text: str, bold: bool) -> Line:
    return (Span(text, bold=bold),)


def _signatures(page: _Page) -> Block:
    def fields(*names: str) -> Fields:
        return Fields(tuple(Field(page.word(name), 0.5) for name in names))

    rows = [fields("reporter", "approver"), fields("position", "position"), fields("signed_on", "signed_on")]
    return Together((Space(8), *(block for row in rows for block in (row, Space(3)))))
