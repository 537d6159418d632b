"""The handbook as a document: cover, preface, contents, chapters, appendices."""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from coopkm.documents.numbers import latin_letter, thai_letter
from coopkm.documents.tree import (
    Block,
    Contents,
    Document,
    Heading,
    PageBreak,
    Paragraph,
    Picture,
    Section,
    Space,
    line,
)
from coopkm.handbook.appendix import part_blocks
from coopkm.handbook.scribe import Scribe
from coopkm.handbook.units import unit_blocks
from coopkm.library import Library
from coopkm.model.base import Lang, Text, Unit
from coopkm.model.handbook import Appendix, Chapter, Handbook
from coopkm.model.kinds.checklist import Checklist
from coopkm.model.kinds.worksheet import Worksheet
from coopkm.text.dates import BUDDHIST_OFFSET
from coopkm.views.catalog import shown_units

EMBLEM_WIDTH = 30  # millimetres
# A dashed ring that keeps the place of an emblem.
PLACE = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 60"><circle cx="30" cy="30" r="28" fill="none" '
    b'stroke="#8a8a8a" stroke-width="1" stroke-dasharray="3 2"/></svg>'
)


def book(library: Library, handbook: Handbook, lang: Lang) -> Document:
    """The handbook in one language. An emblem is read from the project's folder; all else is in the library."""
    shown = shown_units(library)
    placed = _placed(handbook, shown)
    scribe = Scribe(library, lang, [name for names in placed for name in names], cites=bool(handbook.cite))
    units = [[shown[name] for name in names] for names in placed]
    first = len(handbook.chapters)
    office = scribe.text(handbook.office or library.project.office)
    title = scribe.text(handbook.title)
    front = (*_preface(scribe, handbook, office), Contents(scribe.word("contents"), depth=2))
    header = scribe.text(handbook.subtitle or handbook.title)
    chapters = tuple(_chapters(scribe, handbook, units[:first]))
    appendices = tuple(_appendices(scribe, handbook, units[first:]))
    sections = [
        Section(tuple(_cover(scribe, handbook, office)), numbers="none"),
        Section(front, numbers="letters", restart=True),
        Section((*chapters, *appendices), numbers="digits", restart=True, header=header),
    ]
    return Document(
        title=title,
        lang=lang,
        sections=tuple(sections),
        author=office,
        subject=scribe.word("fiscal_year", year=handbook.year, christian=handbook.year - BUDDHIST_OFFSET),
        date=handbook.date.isoformat(),
        digits=handbook.digits,
        font=handbook.font,
        size=float(handbook.size),
    )


def _placed(handbook: Handbook, shown: dict[str, Unit]) -> list[list[str]]:
    """The units of each chapter, then of each appendix. What is named stands there only, and nothing stands twice."""
    parts: list[Chapter | Appendix] = [*handbook.chapters, *handbook.appendices]
    taken = {name for part in parts for name in part.units}
    placed = []
    for part in parts:
        kinds = part.kinds if isinstance(part, Chapter) else []
        rest = [name for kind in kinds for name, unit in shown.items() if unit.kind == kind and name not in taken]
        taken.update(rest)
        placed.append([name for name in dict.fromkeys([*part.units, *rest]) if name in shown])
    return placed


def _cover(scribe: Scribe, handbook: Handbook, office: str) -> Iterator[Block]:
    yield Space(25)
    yield _emblem(scribe, handbook)
    yield Space(30)
    yield Paragraph(line(scribe.text(handbook.title)), align="center", style="title")
    if handbook.subtitle:
        yield Paragraph(line(scribe.text(handbook.subtitle)), align="center", style="subtitle")
    yield Space(45)
    year = scribe.word("fiscal_year", year=handbook.year, christian=handbook.year - BUDDHIST_OFFSET)
    for words in (office, year):
        if words:
            yield Paragraph(line(words), align="center", style="subtitle")


def _emblem(scribe: Scribe, handbook: Handbook) -> Block:
    """The picture of the office, or a ring that keeps its place."""
    path = scribe.library.root / handbook.emblem if handbook.emblem else None
    if path is None:
        return Picture(PLACE, "svg", scribe.word("emblem"), width=EMBLEM_WIDTH)
    kind: Literal["svg", "png"] = "svg" if Path(path).suffix.lower() == ".svg" else "png"
    return Picture(path.read_bytes(), kind, scribe.word("emblem"), width=EMBLEM_WIDTH)


def _preface(scribe: Scribe, handbook: Handbook, office: str) -> Iterator[Block]:
    if handbook.preface is None:
        return
    yield Heading(1, line(scribe.word("preface")), id="preface")
    yield from scribe.prose(handbook.preface)
    yield Space(8)
    for words in (scribe.text(handbook.preface_by) or office, scribe.day(handbook.date)):
        yield Paragraph(line(words), align="right")
    yield PageBreak()


def _chapters(scribe: Scribe, handbook: Handbook, units: list[list[Unit]]) -> Iterator[Block]:
    for number, (chapter, those) in enumerate(zip(handbook.chapters, units, strict=True), 1):
        title = line(scribe.text(chapter.title))
        if number > 1:
            yield PageBreak()
        yield Heading(1, title, number=scribe.word("chapter", n=number), id=f"chapter-{chapter.id}")
        yield from _intro(scribe, chapter.intro)
        yield from _units(scribe, those, str(number))


def _units(scribe: Scribe, units: list[Unit], chapter: str) -> Iterator[Block]:
    """Units one after the other; a form begins on a page of its own, to be copied and filled in."""
    for place, unit in enumerate(units, 1):
        if place > 1 and isinstance(unit, Checklist | Worksheet):
            yield PageBreak()
        yield from unit_blocks(scribe, unit, f"{chapter}.{place}")


def _intro(scribe: Scribe, text: Text | None) -> Iterator[Block]:
    if text:
        yield from scribe.prose(text)


def _appendices(scribe: Scribe, handbook: Handbook, units: list[list[Unit]]) -> Iterator[Block]:
    for place, (part, those) in enumerate(zip(handbook.appendices, units, strict=True), 1):
        sign = thai_letter(place) if scribe.lang == "th" else latin_letter(place).upper()
        number = scribe.word("appendix", letter=sign)
        yield PageBreak()
        yield Heading(1, line(scribe.text(part.title)), number=number, id=f"appendix-{part.id}")
        yield from _intro(scribe, part.text)
        yield from _units(scribe, those, sign)
        if part.part:
            yield from part_blocks(scribe, part.part, handbook)
