"""Which learner sits which form before and after a course: half the one way, half the other."""

from dataclasses import dataclass

from coopkm.documents.tree import Cell, Document, Paragraph, Section, Space, Table, line
from coopkm.forms.chance import mixed
from coopkm.forms.form import Form
from coopkm.forms.paper import DIGITS, form_title
from coopkm.forms.words import WORDS

_COLUMNS = 2


@dataclass(frozen=True)
class Plan:
    """Numbers on the attendance list, by group: group 1 sits the first form before, group 2 after."""

    first: tuple[int, ...]
    second: tuple[int, ...]

    def group_of(self, number: int) -> int:
        return 1 if number in self.first else 2


def planned(people: int, seed: int) -> Plan:
    """Put neighbours on the list into different groups by chance; the groups differ by one at most."""
    numbers = range(1, people + 1)
    groups: tuple[list[int], list[int]] = ([], [])
    for at in range(0, people, 2):
        for group, number in enumerate(mixed(seed, "crossover", [n for n in (at + 1, at + 2) if n in numbers], str)):
            groups[group].append(number)
    return Plan(tuple(groups[0]), tuple(groups[1]))


def sittings(plan: Plan, form: int) -> list[tuple[int, int, str]]:
    """Who sits a form, 0 or 1, and when: number, group, `pre` or `post`; those before the course come first."""
    before, after = (plan.first, plan.second) if form == 0 else (plan.second, plan.first)
    return [
        (number, plan.group_of(number), when) for when, rows in (("pre", before), ("post", after)) for number in rows
    ]


def plan_sheet(plan: Plan, forms: tuple[Form, Form]) -> Document:
    """The plan for the trainer's table: number, group, form before, form after."""
    form = forms[0]
    words = WORDS[form.lang]
    one, other = (made.label for made in forms)
    counts = {"one": one, "other": other, "first": len(plan.first), "second": len(plan.second)}
    heads = [words[name] for name in ("list_number", "group", "before", "after")]
    rows = [_row(number, plan, one, other) for number in sorted((*plan.first, *plan.second))]
    height = -(-len(rows) // _COLUMNS)
    body = tuple(
        tuple(
            _cell(text)
            for at in range(first, _COLUMNS * height, height)
            for text in (rows[at] if at < len(rows) else [""] * 4)
        )
        for first in range(height)
    )
    head = tuple(_cell(text, bold=True) for text in heads * _COLUMNS)
    blocks = (
        Paragraph(line(words["plan"]), align="center", style="title"),
        Paragraph(line(form_title(form)), align="center", style="subtitle"),
        Paragraph(line(words["plan_about"].format(**counts))),
        Paragraph(line(words["plan_how"])),
        Paragraph(line(words["plan_counts"].format(**counts), bold=True)),
        Space(2),
        Table((head, *body), (1.0, 1.0, 1.2, 1.2) * _COLUMNS, head=1),
    )
    codes = " · ".join(made.code for made in forms)
    section = Section(blocks, header=form_title(form), footer=codes)
    return Document(f"{words['plan']} {form_title(form)}", form.lang, (section,), digits=DIGITS[form.lang])


def _row(number: int, plan: Plan, one: str, other: str) -> list[str]:
    group = plan.group_of(number)
    before, after = (one, other) if group == 1 else (other, one)
    return [str(number), str(group), before, after]


def _cell(text: str, *, bold: bool = False) -> Cell:
    return Cell((Paragraph(line(text, bold=bold), align="center"),) if text else (), align="center")
