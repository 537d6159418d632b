"""What all papers of a course share, and the short ones: agenda, set-up checklist, attendance sheet."""

from collections.abc import Iterable, Sequence
from typing import Literal

from coopkm.course.agenda import day_titles
from coopkm.course.attendance import MEASURE, half_days
from coopkm.course.event import Event
from coopkm.course.sources import measured_share
from coopkm.course.words import setup_list
from coopkm.documents.tree import (
    Align,
    Block,
    Cell,
    Document,
    Heading,
    Item,
    Line,
    Listing,
    PageBreak,
    Paragraph,
    Section,
    Span,
    Table,
    Together,
    line,
)

_GROUP = 5  # learners at a table
_SHEETS_A_GROUP = 4
_SIGNATURES = 8  # half-days side by side on a page across
_SIZE = 11.0  # as large as 16 pt TH Sarabun, which offices write in
_FOOTER = 90  # letters on one line


def document(event: Event, title: str, blocks: Iterable[Block], *, landscape: bool = False) -> Document:
    """A paper of this course; its name stands at the foot of every page."""
    both = f"{title} · {event.title}"
    section = Section(tuple(blocks), footer=both if len(both) <= _FOOTER else title, landscape=landscape)
    return Document(
        title=f"{title}: {event.title}",
        lang=event.lang,
        sections=(section,),
        author=event.office,
        subject=event.title,
        date=event.day,
        size=_SIZE,
    )


def heading(level: int, text: str) -> Heading:
    return Heading(level, line(text))


def small(text: str) -> Paragraph:
    return Paragraph(line(text), style="small")


def cell(text: str | Line, *, bold: bool = False, align: Align = "left", columns: int = 1, size: str = "body") -> Cell:
    """A cell of one paragraph."""
    content = line(text, bold=bold) if isinstance(text, str) else text
    style: Literal["body", "small"] = "small" if size == "small" else "body"
    return Cell((Paragraph(content, align=align, style=style),), align=align, columns=columns)


def table(head: Sequence[str], rows: Iterable[Sequence[Cell]], widths: Sequence[float], **more: float) -> Table:
    """A ruled table with a row of column names."""
    return Table((tuple(cell(name, bold=True) for name in head), *map(tuple, rows)), tuple(widths), **more)  # type: ignore[arg-type]


def facts(event: Event) -> Table:
    """Office, dates and place; the place is left open where it is not known."""
    rows = [(event.words["when"], event.dates)]
    if event.office:
        rows.insert(0, (event.words["office"], event.office))
    rows.append((event.words["place"], event.place or "." * 60))
    return Table(tuple((cell(name, bold=True), cell(text)) for name, text in rows), (1, 5), head=0, ruled=False)


def agenda(event: Event) -> Document:
    """The agenda, a table a day."""
    w = event.words
    blocks: list[Block] = [Paragraph(line(w["agenda"]), style="subtitle"), heading(1, event.title), facts(event)]
    blocks.append(small(event.summary))
    first = len(blocks)
    for title, rows in day_titles(event):
        body = [
            (
                cell(row.time),
                cell(str(row.minutes), align="right"),
                cell((Span(row.title, bold=row.kind == "teaching", italic=row.pause),)),
                cell(row.form),
                cell(row.module, align="center"),
            )
            for row in rows
        ]
        widths = (2.4, 0.95, 5.3, 1.85, 1.2)
        listed = table((w["time"], w["length"], w["session"], w["form"], w["module"]), body, widths)
        day = (heading(2, title), listed)
        blocks += [Together(day)] if len(blocks) > first else day  # the first day begins below the title
    return document(event, w["agenda"], blocks)


def setup(event: Event) -> Document:
    """What to see to before, during and after, with boxes to tick."""
    groups = max(1, round(event.people / _GROUP))
    modules, w = len(event.chosen), event.words
    filled = {
        "people": event.people,
        "groups": groups,
        "sheets": groups * _SHEETS_A_GROUP,
        "modules": modules if event.lang == "th" else f"{modules} module{'' if modules == 1 else 's'}",
    }
    blocks: list[Block] = [heading(1, w["setup"]), facts(event)]
    for title, items in setup_list(event.lang):
        listed = tuple(Item((Paragraph(line(item.format(**filled))),)) for item in items)
        blocks.append(Together((heading(2, title), Listing(listed, "box"))))
    return document(event, w["setup"], blocks)


def attendance(event: Event) -> Document:
    """The sheet to sign, one column a half-day; a long course has several sheets."""
    w = event.words
    halves = [name for name, _ in half_days(event)]
    blocks: list[Block] = [heading(1, w["attendance_paper"]), facts(event), small(w["attendance_paper_how"])]
    source, scope = measured_share(event, MEASURE)
    if source:
        blocks.append(small(w["sum_source"].format(source=source) + (f" ({scope})" if scope else "")))
    sheets = -(-len(halves) // _SIGNATURES)
    beside = -(-len(halves) // sheets)
    for first in range(0, len(halves), beside):
        blocks += [PageBreak()] if first else []
        blocks.append(_to_sign(event, halves[first : first + beside]))
    return document(event, w["attendance_paper"], blocks, landscape=len(halves) > 2)


def _to_sign(event: Event, halves: Sequence[str]) -> Table:
    """A row a learner, with room for a name in hand and a signature a half-day."""
    rows = [
        (cell(str(number), align="center"), *(Cell() for _ in range(2 + len(halves))))
        for number in range(1, event.people + 1)
    ]
    head = (event.words["number"], event.words["name"], event.words["post"], *halves)
    widths = (0.6, 3.0, 2.2, *(min(2.2, 10.0 / len(halves)) for _ in halves))
    return table(head, rows, widths, row_height=8.5)
