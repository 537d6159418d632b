"""Everything that is handed out for a test, as files: names to contents."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coopkm.documents.tree import Document
from coopkm.forms.crossover import Plan, plan_sheet
from coopkm.forms.facts import Facts
from coopkm.forms.form import Form
from coopkm.forms.key import key, machine_key
from coopkm.forms.paper import paper
from coopkm.forms.report import balance_file
from coopkm.forms.sheet import sheet
from coopkm.forms.tables import answer_rows, as_csv, as_xlsx
from coopkm.library import Library

FORMATS = ("pdf", "docx")


@dataclass(frozen=True)
class Made:
    """A file. `filled` ones are written into by people, and so never written over."""

    name: str
    content: bytes
    filled: bool = False


def files(
    forms: Sequence[Form], facts: Mapping[str, Facts], library: Library, plan: Plan | None, formats: Sequence[str]
) -> list[Made]:
    """For each form paper, answer sheet, key, machine key and tables for answers; then the plan and the balance."""
    found: list[Made] = []
    for place, form in enumerate(forms):
        for name, document in (("paper", paper(form)), ("sheet", sheet(form)), ("key", key(form, library))):
            found += _printed(f"{form.code}-{name}", document, formats)
        found.append(Made(f"{form.code}-key.json", machine_key(form).encode("utf-8")))
        rows = answer_rows(form, place, plan)
        found.append(Made(f"{form.code}-results.csv", as_csv(rows), filled=True))
        found.append(Made(f"{form.code}-results.xlsx", as_xlsx(rows, form.code), filled=True))
    test = f"{forms[0].blueprint.id}-{forms[0].seed}-{forms[0].lang}"
    if plan is not None:
        found += _printed(f"{test}-crossover", plan_sheet(plan, (forms[0], forms[1])), formats)
    found.append(Made(f"{test}-balance.json", balance_file(forms, facts).encode("utf-8")))
    return found


def _printed(name: str, document: Document, formats: Sequence[str]) -> list[Made]:
    return [Made(f"{name}.{suffix}", _as(document, suffix)) for suffix in formats]


def _as(document: Document, suffix: str) -> bytes:
    if suffix == "pdf":
        from coopkm.documents.typesetting import as_pdf

        return as_pdf(document)
    from coopkm.documents.word import as_docx

    return as_docx(document)
