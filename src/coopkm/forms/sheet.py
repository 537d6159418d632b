"""The answer sheet: one page to mark, beside the question paper."""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from coopkm.documents.tree import (
    Block,
    Cell,
    Document,
    Field,
    Fields,
    Paragraph,
    Space,
    Span,
    Table,
    line,
)
from coopkm.forms.form import VERDICTS, Form, Printed
from coopkm.forms.paper import form_title, framed
from coopkm.forms.words import WORDS

_CHOSEN = ("single", "multiple", "truefalse")
_ROW = 7.5  # mm: room for a cross by hand
_LONG = 12  # rows in one column; more are set in two


def sheet(form: Form) -> Document:
    """Letters to cross, and lines where something is written, in the order of the questions."""
    words = WORDS[form.lang]
    return framed(form, f"{words['sheet']} {form_title(form)}", tuple(_blocks(form)))


def _blocks(form: Form) -> Iterator[Block]:
    words = WORDS[form.lang]
    yield Paragraph(line(words["sheet"]), align="center", style="title")
    about = f"{form_title(form)} · {words['form_code'].format(label=form.label, code=form.code)}"
    yield Paragraph(line(about), align="center", style="subtitle")
    yield Fields((Field(words["name"], 0.7), Field(words["list_number"], 0.3)))
    yield Fields((Field(words["office"], 0.46), Field(words["group"], 0.2), Field(words["day"], 0.34)))
    for chosen, run in groupby(form.printed(), key=lambda printed: printed.part.type in _CHOSEN):
        rows = list(run)
        yield Space(2)
        yield _grid(rows, form.lang) if chosen else _lines(rows, form.lang)
    yield Space(3)
    yield _marker(form)


def _grid(rows: Sequence[Printed], lang: str) -> Table:
    """Rows of letters, in two columns of rows where there are many."""
    width = max(len(_marks(row, lang)) for row in rows)
    columns = 2 if len(rows) > _LONG else 1
    height = -(-len(rows) // columns)
    head = tuple(_head(WORDS[lang]["question"], width)) * columns
    body = tuple(
        tuple(
            cell for at in range(line_at, columns * height, height) for cell in _choices(rows[at : at + 1], width, lang)
        )
        for line_at in range(height)
    )
    return Table((head, *body), (1.2, *[1.0] * width) * columns, head=1, row_height=_ROW)


def _head(title: str, width: int) -> Iterator[Cell]:
    yield Cell((Paragraph(line(title, bold=True)),), align="center")
    yield Cell(columns=width)


def _choices(row: Sequence[Printed], width: int, lang: str) -> Iterator[Cell]:
    """The cells of a question, or empty ones where there is none."""
    label, marks = (row[0].label, _marks(row[0], lang)) if row else ("", [])
    yield Cell((Paragraph(line(label, bold=True)),) if label else (), align="center")
    for at in range(width):
        yield Cell((Paragraph((Span(marks[at]),)),) if at < len(marks) else (), align="center")


def _marks(printed: Printed, lang: str) -> list[str]:
    if printed.part.type == "truefalse":
        return list(VERDICTS[lang].values())
    return [choice.mark for choice in printed.choices]


def _lines(rows: Sequence[Printed], lang: str) -> Table:
    """A place to write for each."""
    title = Cell((Paragraph(line(WORDS[lang]["question"], bold=True)),), align="center")
    head = (title, Cell((Paragraph(line(WORDS[lang]["answer"], bold=True)),)))
    body = tuple(
        (
            Cell((Paragraph(line(row.label, bold=True)),), align="center"),
            Cell((Paragraph(line(_WRITTEN[row.part.type](row, lang))),)),
        )
        for row in rows
    )
    return Table((head, *body), (0.12, 0.88), head=1, row_height=_ROW + 2)


def _dots(count: int) -> str:
    return "." * count


def _match(printed: Printed, lang: str) -> str:
    return "\u2003".join(f"{left.mark}\u00a0{_dots(9)}" for left in printed.lefts)


def _order(printed: Printed, lang: str) -> str:
    return " → ".join(_dots(9) for _ in printed.choices)


def _words(printed: Printed, lang: str) -> str:
    unit = f" {printed.part.unit.shown(lang)}" if printed.part.unit else ""
    return _dots(40) + unit


def _gaps(printed: Printed, lang: str) -> str:
    return "\u2003".join(f"({at})\u00a0{_dots(30)}" for at in range(1, len(printed.part.gaps) + 1))


_WRITTEN: dict[str, Callable[[Printed, str], str]] = {
    "match": _match,
    "order": _order,
    "short": _words,
    "numeric": _words,
    "cloze": _gaps,
}


def _marker(form: Form) -> Table:
    words = WORDS[form.lang]
    least = -(-form.points * form.blueprint.pass_mark // 100)
    full = words["out_of"].format(points=form.points, least=least)
    texts = (words["for_marker"], f"{words['score']} {_dots(14)} {full}", f"{words['marked_by']} {_dots(26)}")
    return Table((tuple(Cell((Paragraph(line(text)),)) for text in texts),), (0.2, 0.45, 0.35), head=0, row_height=9)
