"""The question paper: what learners hold in their hands. No answer, hint or explanation is on it."""

import re
from collections.abc import Iterator, Mapping
from itertools import groupby

from coopkm.documents.tree import (
    Block,
    Box,
    Cell,
    Digits,
    Document,
    Field,
    Fields,
    Item,
    Line,
    Listing,
    Paragraph,
    Section,
    Space,
    Span,
    Table,
    Together,
    line,
)
from coopkm.forms.form import Choice, Entry, Form, Printed
from coopkm.forms.prose import blocks, spans
from coopkm.forms.words import WORDS
from coopkm.model.base import Text

DIGITS: Mapping[str, Digits] = {"th": "thai", "en": "arabic"}
SIZE = 11.0  # points; as large as 16 pt of TH Sarabun, the size of official letters
_GAP = re.compile(r"\{\{([a-z][a-z0-9-]*)\}\}")
_APART = Space(1.5)  # between questions
_BLANK = "." * 24  # dots: Markdown makes nothing of them


def paper(form: Form) -> Document:
    """The questions of a form, its code on every page."""
    return framed(form, form_title(form), "", tuple(_Paper(form).blocks()))


def form_title(form: Form) -> str:
    """The test's name as plain text."""
    return "".join(span.text for span in spans(form.blueprint.title.shown(form.lang)))


def framed(form: Form, title: str, kind: str, body: tuple[Block, ...]) -> Document:
    """A document of the form: what it is and its letter above each page, its code below."""
    words = WORDS[form.lang]
    header = f"{kind or title} · {words['form'].format(label=form.label)}"
    section = Section(body, header=header, footer=words["code"].format(code=form.code))
    named = f"{kind} {title} {form.code}".strip()
    return Document(named, form.lang, (section,), digits=DIGITS[form.lang], size=SIZE)


class _Paper:
    def __init__(self, form: Form) -> None:
        self._form = form
        self._words = WORDS[form.lang]

    def blocks(self) -> Iterator[Block]:
        yield from self._head()
        *asked, last, _ = self._parts()
        yield from asked
        yield Together((last, Paragraph(line(self._words["end"]), align="center", style="small")))

    def _parts(self) -> Iterator[Block]:
        runs = groupby(self._form.entries, key=lambda entry: entry.asked.question.type)
        for number, (kind, entries) in enumerate(runs, 1):
            yield from self._part(number, kind, list(entries))

    def _head(self) -> Iterator[Block]:
        form, words = self._form, self._words
        yield Paragraph(line(form_title(form)), align="center", style="title")
        yield Paragraph(
            line(words["form_code"].format(label=form.label, code=form.code)), align="center", style="subtitle"
        )
        yield Fields((Field(words["name"], 0.62), Field(words["list_number"], 0.18), Field(words["day"], 0.2)))
        facts = words["facts"].format(
            minutes=form.blueprint.minutes,
            count=len(form.entries),
            points=form.points,
            pass_mark=form.blueprint.pass_mark,
        )
        yield Paragraph(line(facts, bold=True), align="center")
        told = [line(words[key]) for key in ("how_name", "how_sheet", "how_cross", "how_points")]
        told += [spans(self._said(text)) for text in form.blueprint.instructions]
        items = tuple(Item((Paragraph(one),), label=f"{at}.") for at, one in enumerate(told, 1))
        yield Box((Listing(items, marker="none"),), title=line(words["instructions"], bold=True))

    def _part(self, number: int, kind: str, entries: list[Entry]) -> Iterator[Block]:
        title = f"{self._words['part'].format(n=number)}  {self._words[f'ask_{kind}']}"
        heading = Paragraph(line(title, bold=True), style="lead")
        told = (Paragraph(line(note), style="small"),) if (note := self._words.get(f"note_{kind}")) else ()
        first, *others = map(self._entry, entries)
        yield Together((heading, *told, *first[:1]))  # a heading is not left alone at the foot of a page
        yield from first[1:]
        for entry in others:
            yield from entry

    def _entry(self, entry: Entry) -> list[Block]:
        if entry.asked.question.type == "case":
            return self._case(entry)
        return [Together((self._numbered(entry.parts[0]),)), _APART]

    def _case(self, entry: Entry) -> list[Block]:
        question = entry.asked.question
        stem = (Span(f"{entry.number}. ", bold=True), *spans(self._said(question.stem)))
        story = blocks(self._said(question.situation)) if question.situation else ()
        told: Block = Together((Paragraph(stem), Box(story)))
        parts = (Together((self._numbered(printed),)) for printed in entry.parts)
        return [told, _APART, *(block for part in parts for block in (part, _APART))]

    def _numbered(self, printed: Printed) -> Block:
        return Listing((Item(tuple(self._asked(printed)), label=dotted(printed.label)),), marker="none")

    def _asked(self, printed: Printed) -> Iterator[Block]:
        yield Paragraph(self._stem(printed))
        part = printed.part
        if part.text:
            yield Paragraph(self._gapped(part.text, [gap.id for gap in part.gaps]))
            yield from self._gap_choices(printed)
        if printed.lefts:
            yield _sides(printed.lefts, printed.choices, self._form.lang)
        elif printed.choices:
            yield choices(printed.choices, self._form.lang)

    def _stem(self, printed: Printed) -> Line:
        part, words = printed.part, self._words
        said = spans(self._said(part.stem))
        notes = []
        silent = "." in printed.label and not said[-1].text.rstrip().endswith(")")  # no heading of the part says it
        if silent and part.type in ("multiple", "truefalse"):
            notes.append(words["choose_several" if part.type == "multiple" else "choose_verdict"])
        if part.unit:
            notes.append(words["answer_unit"].format(unit=self._said(part.unit)))
        if part.points > 1:
            notes.append(words["points"].format(n=part.points))
        return (*said, *(Span(f" {note}", small=True) for note in notes))

    def _gapped(self, text: Text, gaps: list[str]) -> Line:
        """The text with a numbered blank in place of each gap."""
        return spans(_GAP.sub(lambda marker: f"({gaps.index(marker[1]) + 1})\u00a0{_BLANK}", self._said(text)))

    def _gap_choices(self, printed: Printed) -> Iterator[Block]:
        numbers = {gap.id: number for number, gap in enumerate(printed.part.gaps, 1)}
        for name, options in printed.gaps:
            told = self._words["gap_choose"].format(n=numbers[name])
            listed = "   ".join(f"{one.mark}. {_plain(one.text, self._form.lang)}" for one in options)
            yield Paragraph((Span(f"{told}   ", small=True), Span(listed)))

    def _said(self, text: Text) -> str:
        return text.shown(self._form.lang)


def choices(rows: tuple[Choice, ...], lang: str) -> Listing:
    """Options under one another, each behind its letter."""
    items = tuple(Item((Paragraph(spans(row.text.shown(lang))),), label=f"{row.mark}.") for row in rows)
    return Listing(items, marker="none")


def _sides(lefts: tuple[Choice, ...], rights: tuple[Choice, ...], lang: str) -> Table:
    """The two sides of a match beside one another."""
    height = max(len(lefts), len(rights))
    rows = tuple(
        tuple(Cell((choices(side[at : at + 1], lang),) if at < len(side) else ()) for side in (lefts, rights))
        for at in range(height)
    )
    return Table(rows, (0.5, 0.5), head=0, ruled=False)


def dotted(label: str) -> str:
    return label if "." in label else f"{label}."


def _plain(text: Text, lang: str) -> str:
    return "".join(span.text for span in spans(text.shown(lang)))
