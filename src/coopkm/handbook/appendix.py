"""Parts of the appendix that are drawn up from the project: the order, who took part, changes, terms, sources."""

from collections.abc import Callable, Iterable, Iterator

from coopkm.documents.tree import Block, Cell, Heading, Item, Line, Listing, Paragraph, Span, Table, line, paragraph
from coopkm.handbook.scribe import Scribe, small
from coopkm.model.handbook import AppendixPart, Handbook
from coopkm.model.km import KmYear, participation
from coopkm.text.sorting import sort_key
from coopkm.views.editions import editions
from coopkm.views.km import share_of


def part_blocks(scribe: Scribe, part: AppendixPart, book: Handbook) -> Iterator[Block]:
    """The blocks of a part; where there is nothing to show, a sentence says so."""
    return _PARTS[part](scribe, book)


def _km(scribe: Scribe, book: Handbook) -> KmYear | None:
    placed = scribe.library.km.get(str(book.year))
    return placed.value if placed else None


def _order(scribe: Scribe, book: Handbook) -> Iterator[Block]:
    year = _km(scribe, book)
    if year is None:
        yield paragraph(scribe.word("no_km", year=book.year))
        return
    title, day = scribe.text(year.order_title), scribe.day(year.order_date)
    yield paragraph(scribe.word("order_told", title=title, day=day))
    rows = [(scribe.text(duty.title), scribe.text(duty.post), scribe.day(duty.due)) for duty in year.duties]
    yield _table([scribe.word(name) for name in ("duty", "post", "due")], rows, (50, 30, 20))


def _participants(scribe: Scribe, book: Handbook) -> Iterator[Block]:
    year = _km(scribe, book)
    if year is None:
        yield paragraph(scribe.word("no_km", year=book.year))
        return
    people = participation(year)
    share = f"{people.share or 0:.1f}"
    yield paragraph(
        scribe.word("share_told", took_part=people.took_part, staff=people.staff, share=share, asked=people.asked)
    )
    rows = [
        (scribe.text(group.title), str(group.staff), str(group.took_part), f"{share_of(group) or 0:.1f}")
        for group in year.groups
    ]
    rows.append((scribe.word("all"), str(people.staff), str(people.took_part), share))
    yield _table([scribe.word(name) for name in ("group", "staff", "took_part", "percent")], rows, (52, 16, 16, 16))


def _changes(scribe: Scribe, book: Handbook) -> Iterator[Block]:
    found = editions(scribe.library)
    if not found:
        yield paragraph(scribe.word("no_changes"))
    for edition in found:
        yield Heading(3, line(scribe.word("edition", day=scribe.day(edition.date))), listed=False)
        rows = [
            (
                scribe.text(row.title),
                "\n".join([scribe.word(f"change_{row.change}"), *(scribe.text(note) for note in row.notes)]),
            )
            for row in edition.changes
        ]
        yield _table([scribe.word("what"), scribe.word("change")], rows, (40, 60))


def _glossary(scribe: Scribe, book: Handbook) -> Iterator[Block]:
    terms = sorted(
        (placed.value for placed in scribe.library.terms.values()),
        key=lambda term: sort_key(scribe.text(term.term), scribe.lang),
    )
    rows = [
        ((Span(scribe.text(term.term), bold=True), *_short(term.abbreviations)), scribe.line(term.meaning))
        for term in terms
    ]
    yield _lines([scribe.word("term"), scribe.word("meaning")], rows, (32, 68))


def _short(abbreviations: Iterable[str]) -> Line:
    joined = ", ".join(abbreviations)
    return (Span(f" ({joined})"),) if joined else ()


def _sources(scribe: Scribe, book: Handbook) -> Iterator[Block]:
    """Every document that a source of the registry belongs to, with what there is to find it by."""
    items = []
    for placed in scribe.library.documents.values():
        document = placed.value
        about = scribe.text(document.publisher)
        if document.year:
            about = scribe.word("publisher_of", publisher=about, year=document.year)
        lines: list[Block] = [Paragraph((Span(scribe.text(document.title), bold=True), Span(f" {about}")))]
        if document.url:
            lines.append(Paragraph((Span(document.url, link=document.url, small=True),), style="small"))
        if document.read:
            lines.append(small(scribe.word("read_on", day=scribe.day(document.read))))
        items.append(Item(tuple(lines)))
    yield Listing(tuple(items), "number")


def _table(head: list[str], rows: Iterable[tuple[str, ...]], widths: tuple[float, ...]) -> Table:
    return _lines(head, [tuple(line(text) for text in row) for row in rows], widths)


def _lines(head: list[str], rows: Iterable[tuple[Line, ...]], widths: tuple[float, ...]) -> Table:
    top = tuple(Cell((Paragraph(line(text, bold=True)),)) for text in head)
    return Table((top, *(tuple(Cell((Paragraph(one),)) for one in row) for row in rows)), widths)


_PARTS: dict[AppendixPart, Callable[[Scribe, Handbook], Iterator[Block]]] = {
    "order": _order,
    "participants": _participants,
    "changes": _changes,
    "glossary": _glossary,
    "sources": _sources,
}
