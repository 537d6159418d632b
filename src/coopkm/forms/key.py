"""The key of a form: answers at a glance, then each question with why, and where that stands. And the machine's key."""

import json
from collections.abc import Iterator, Sequence

from coopkm.documents.tree import (
    Block,
    Box,
    Cell,
    Document,
    Heading,
    Item,
    Line,
    Listing,
    PageBreak,
    Paragraph,
    Space,
    Span,
    Table,
    Together,
    line,
)
from coopkm.forms.form import VERDICTS, Entry, Form, Printed
from coopkm.forms.paper import dotted, form_title, framed
from coopkm.forms.prose import blocks, spans
from coopkm.forms.right import also_right, right_ids, right_marks
from coopkm.forms.words import WORDS
from coopkm.library import Library
from coopkm.model.base import Text
from coopkm.model.questions import Gap, Part, Question

_COLUMNS = 2
_APART = Space(1.5)  # between questions


def machine_key(form: Form) -> str:
    """What `coopkm analyse` reads: which letter stands for what, question by question."""
    blueprint = form.blueprint
    made = {
        "format": "coopkm-form",
        "version": 1,
        "blueprint": blueprint.id,
        "form": form.label,
        "code": form.code,
        "seed": form.seed,
        "lang": form.lang,
        "title": {"th": blueprint.title.th, "en": blueprint.title.en},
        "minutes": blueprint.minutes,
        "pass_mark": blueprint.pass_mark,
        "questions": form.question_rows(),
    }
    return json.dumps(made, ensure_ascii=False, indent=1) + "\n"


def key(form: Form, library: Library) -> Document:
    """The trainer's key."""
    words = WORDS[form.lang]
    return framed(form, form_title(form), words["key"], tuple(_Key(form, library).blocks()))


class _Key:
    def __init__(self, form: Form, library: Library) -> None:
        self._form = form
        self._lang = form.lang
        self._library = library
        self._words = WORDS[form.lang]

    def blocks(self) -> Iterator[Block]:
        words, form = self._words, self._form
        yield Heading(1, line(words["key"]))
        about = f"{form_title(form)} · {words['form_code'].format(label=form.label, code=form.code)}"
        yield Paragraph(line(about, bold=True))
        yield Box((Paragraph(line(words["key_warning"])),), kind="warning")
        yield Heading(2, line(words["key_quick"]))
        yield self._quick()
        yield from self._rules()
        yield PageBreak()
        yield Heading(2, line(words["key_full"]))
        for entry in form.entries:
            yield from self._entry(entry)

    def _quick(self) -> Table:
        """Number, answer and points, in columns that are read downwards."""
        rows = list(self._form.printed())
        height = -(-len(rows) // _COLUMNS)
        heads = (self._words[name] for name in ("question", "answer", "point_column"))
        head = tuple(_middle(text, bold=True) for text in heads)
        body = tuple(
            tuple(
                cell for at in range(first, _COLUMNS * height, height) for cell in self._quick_cells(rows[at : at + 1])
            )
            for first in range(height)
        )
        return Table((head * _COLUMNS, *body), (0.1, 0.3, 0.1) * _COLUMNS, head=1)

    def _quick_cells(self, row: Sequence[Printed]) -> Iterator[Cell]:
        texts = [row[0].label, right_marks(row[0], self._lang), str(row[0].part.points)] if row else ["", "", ""]
        for text, bold in zip(texts, (False, True, False), strict=True):
            yield _middle(text, bold=bold)

    def _rules(self) -> Iterator[Block]:
        """How marks are given where an answer can be partly right, and that the program does it too."""
        types = {printed.part.type for printed in self._form.printed()}
        told = [self._words[f"mark_{name}"] for name in ("multiple", "match", "order", "cloze") if name in types]
        told.append(self._words["mark_computer"].format(file=f"{self._form.code}-results.xlsx"))
        yield Listing(tuple(Item((Paragraph(line(text), style="small"),)) for text in told))

    def _entry(self, entry: Entry) -> Iterator[Block]:
        question = entry.asked.question
        origin = Paragraph(line(self._origin(question)), style="note")
        if question.type != "case":
            yield Together((*self._printed(entry.parts[0]), origin))
            yield _APART
            return
        yield Together((Paragraph(self._stem(str(entry.number), question)), *self._story(question)))
        *others, last = entry.parts
        for printed in others:
            yield Together(tuple(self._printed(printed)))
            yield _APART
        why = (self._why(question.feedback),) if question.feedback else ()
        yield Together((*self._printed(last), _APART, *why, origin))
        yield _APART

    def _story(self, question: Question) -> tuple[Block, ...]:
        return (Box(blocks(self._said(question.situation))),) if question.situation else ()

    def _stem(self, label: str, part: Part) -> tuple[Span, ...]:
        return (Span(f"{dotted(label)} ", bold=True), *spans(self._said(part.stem), bold=True))

    def _printed(self, printed: Printed) -> Iterator[Block]:
        part = printed.part
        right = Span(right_marks(printed, self._lang), bold=True)
        meaning = (Span(f" — {text}") for text in self._meaning(printed))
        answer = (Span(f"{self._words['answer']}: "), right, *meaning)
        yield Paragraph(self._stem(printed.label, part))
        yield Paragraph(answer)
        yield from ([self._why(part.feedback)] if part.feedback else [])
        rows = [(mark, self._reply(text, said)) for mark, text, said in self._replies(printed)]
        if rows:
            items = tuple(Item((Paragraph(row, style="small"),), label=mark) for mark, row in rows)
            yield Listing(items, marker="none")

    def _reply(self, text: Text | None, said: Text | None) -> Line:
        """A wrong choice, and what to say to who took it."""
        chosen = spans(self._said(text)) if text else ()
        told = spans(self._said(said), italic=True) if said else ()
        return (*chosen, *((Span(" — "),) if chosen and told else ()), *told)

    def _meaning(self, printed: Printed) -> Iterator[str]:
        """What the letters stand for, or what else is taken."""
        part = printed.part
        right = [choice for choice in printed.choices if choice.id in right_ids(part)]
        if right:
            yield "; ".join(self._plain(choice.text) for choice in right)
        if part.type == "match":
            yield "; ".join(f"{self._plain(pair.left)} – {self._plain(pair.right)}" for pair in part.pairs)
        if part.type == "order":
            yield " → ".join(self._plain(piece.text) for piece in part.items)
        yield from self._also(part, "")
        for at, gap in enumerate(part.gaps, 1):
            yield from self._also(gap, f" ({at})")

    def _also(self, place: Part | Gap, name: str) -> Iterator[str]:
        others = also_right(place, self._lang)
        if others:
            yield f"{self._words['also']}{name}: {', '.join(others)}"
        if place.tolerance:
            yield self._words["tolerance"].format(n=place.tolerance) + name

    def _replies(self, printed: Printed) -> Iterator[tuple[str, Text | None, Text | None]]:
        """Each wrong choice: its mark, its text if the mark is a letter, and what is said to it."""
        part = printed.part
        wrong = {one.id: one.feedback for one in part.options if not one.correct}
        yield from ((f"{one.mark}.", one.text, wrong[one.id]) for one in printed.choices if one.id in wrong)
        verdicts = VERDICTS[self._lang]
        if part.type == "truefalse":
            truth = part.answer in ("yes", "true")
            yield verdicts["false" if truth else "true"], None, part.if_false if truth else part.if_true
        for row in part.wrong:
            words = [*row.th, *row.en] if self._lang == "th" else [*row.en, *row.th]
            yield (str(row.value) if row.value is not None else words[0] if words else "", None, row.feedback)

    def _why(self, text: Text) -> Paragraph:
        return Paragraph((Span(f"{self._words['because']}: "), *spans(self._said(text))))

    def _origin(self, question: Question) -> str:
        """Where the answer stands, how hard it is meant to be, and the question's id."""
        cited = [self._cited(name) for name in question.sources if name in self._library.sources]
        told = [f"{self._words['sources']}: {'; '.join(cited)}"] if cited else []
        told += [self._words["practice"]] if question.basis == "practice" else []
        told += [self._words[f"level_{question.level}"], self._words["known_as"].format(id=question.id)]
        return " · ".join(told)

    def _cited(self, name: str) -> str:
        item = self._library.sources[name].value
        document = self._library.documents.get(item.document)
        return f"{self._plain(document.value.short)} {self._plain(item.cite)}" if document else self._plain(item.cite)

    def _said(self, text: Text) -> str:
        return text.shown(self._lang)

    def _plain(self, text: Text) -> str:
        return "".join(span.text for span in spans(self._said(text)))


def _middle(text: str, *, bold: bool = False) -> Cell:
    return Cell((Paragraph(line(text, bold=bold), align="center"),) if text else (), align="center")
