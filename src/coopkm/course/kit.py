"""All files of a course: papers as documents, and what is no paper."""

from collections.abc import Callable, Iterator, Sequence

from coopkm.course import papers
from coopkm.course.agenda import as_csv, as_page
from coopkm.course.attendance import as_workbook
from coopkm.course.calendar import as_calendar
from coopkm.course.cards import cards
from coopkm.course.event import Event
from coopkm.course.groups import group_work
from coopkm.course.guide import guide
from coopkm.course.handout import handout
from coopkm.course.rating import rating
from coopkm.documents.tree import Document

FORMATS = ("html", "csv", "ics", "xlsx", "pdf", "docx")
_OTHERS: dict[str, tuple[str, Callable[[Event], str | bytes]]] = {
    "html": ("agenda.html", as_page),
    "csv": ("agenda.csv", as_csv),
    "ics": ("agenda.ics", as_calendar),
    "xlsx": ("attendance.xlsx", as_workbook),
}


def documents(event: Event) -> Iterator[tuple[str, Document]]:
    """Every paper with its name."""
    yield "agenda", papers.agenda(event)
    yield "set-up", papers.setup(event)
    yield "attendance", papers.attendance(event)
    for name, paper in (("self-rating", rating(event)), ("group-work", group_work(event))):
        if paper:
            yield name, paper
    for chosen in event.chosen:
        yield f"handout-{chosen.module.id}", handout(event, chosen)
    if drawn := cards(event):
        yield "trainer/cards", drawn
    for chosen in event.chosen:
        yield f"trainer/guide-{chosen.module.id}", guide(event, chosen)


def kit(event: Event, formats: Sequence[str] = FORMATS) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of every file of these formats; what only trainers may see stands under `trainer/`."""
    for name in formats:
        if name in _OTHERS:
            file, make = _OTHERS[name]
            made = make(event)
            yield file, made.encode("utf-8") if isinstance(made, str) else made
    writers = [(name, _writer(name)) for name in formats if name not in _OTHERS]
    if writers:
        for name, document in documents(event):
            for suffix, write in writers:
                yield f"{name}.{suffix}", write(document)


def _writer(name: str) -> Callable[[Document], bytes]:
    if name == "pdf":
        from coopkm.documents.typesetting import as_pdf

        return as_pdf
    from coopkm.documents.word import as_docx

    return as_docx
