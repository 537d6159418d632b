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
    Table,
    Together,
    line,
)
from coopkm.forms.form import VERDICTS, Form, Printed
from coopkm.forms.paper import form_title, framed
from coopkm.forms.words import WORDS

_CHOSEN = ("single", "multiple", "truefalse")
_ROW = 7.0  # mm: room for a cross by hand
_COLUMNS = 2  # of rows
_USUAL = 4  # letters a row at least, so that all tables of a sheet look alike


def sheet(form: Form) -> Document:
    """Letters to cross, and lines where something is written, in the order of the questions."""
    words = WORDS[form.lang]
    return framed(form, form_title(form), words["sheet"], tuple(_blocks(form)))


def _blocks(form: Form) -> Iterator[Block]:
    words = WORDS[form.lang]
    about = f"{form_title(form)} · {words['form_code'].format(label=form.label, code=form.code)}"
    yield Paragraph(line(words["sheet"]), align="center", style="title")
    yield Paragraph(line(about, bold=True), align="center")
    yield Fields((Field(words["name"], 0.7), Field(words["list_number"], 0.3)))
    yield Fields((Field(words["office"], 0.46), Field(words["group"], 0.2), Field(words["day"], 0.34)))
    for chosen, run in groupby(form.printed(), key=lambda printed: printed.part.type in _CHOSEN):
        rows = list(run)
        yield Space(2)
        yield _grid(rows, form.lang) if chosen else _lines(rows, form.lang)
    yield Space(2)
    yield Together((_marker(form),))


def _grid(rows: Sequence[Printed], lang: str) -> Table:
    """Rows of letters, in two columns of rows where there are many."""
    width = max(_USUAL, *(len(_marks(row, lang)) for row in rows))
    height = -(-len(rows) // _COLUMNS)
    head = tuple(_head(lang, width)) * _COLUMNS
    body = tuple(
        tuple(
            cell
            for at in range(line_at, _COLUMNS * height, height)
            for cell in _choices(rows[at : at + 1], width, lang)
        )
        for line_at in range(height)
    )
    return Table((head, *body), (1.2, *[1.0] * width) * _COLUMNS, head=1, row_height=_ROW)


def _head(lang: str, width: int) -> Iterator[Cell]:
    yield _middle(WORDS[lang]["question"], bold=True)
    yield Cell((Paragraph(line(WORDS[lang]["cross"]), align="center", style="small"),), columns=width)


def _middle(text: str, *, bold: bool = False) -> Cell:
    return Cell((Paragraph(line(text, bold=bold), align="center"),) if text else (), align="center")


def _choices(row: Sequence[Printed], width: int, lang: str) -> Iterator[Cell]:
    """The cells of a question, or empty ones where there is none."""
    label, marks = (row[0].label, _marks(row[0], lang)) if row else ("", [])
    yield _middle(label, bold=True)
    for at in range(width):
        yield _middle(marks[at] if at < len(marks) else "")


def _marks(printed: Printed, lang: str) -> list[str]:
    if printed.part.type == "truefalse":
        return list(VERDICTS[lang].values())
    return [choice.mark for choice in printed.choices]


def _lines(rows: Sequence[Printed], lang: str) -> Table:
    """A place to write for each."""
    head = (_middle(WORDS[lang]["question"], bold=True), Cell((Paragraph(line(WORDS[lang]["write"]), style="small"),)))
    body = tuple(
        (
            _middle(row.label, bold=True),
            Cell((Paragraph(line(_WRITTEN[row.part.type](row, lang))),)),
        )
        for row in rows
    )
    return Table((head, *body), (0.12, 0.88), head=1, row_height=_ROW + 1)


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
