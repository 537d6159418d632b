"""The figures as files for other programs: CSV that no spreadsheet takes for formulas, and JSON for `coopkm exam`."""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from typing import Any

from coopkm.analysis.analysis import Analysis
from coopkm.analysis.figures import FEW, PaperFigures, QuestionFigures
from coopkm.analysis.gain import Gain
from coopkm.analysis.intervals import wilson
from coopkm.analysis.report import gain_name
from coopkm.analysis.sittings import Choice
from coopkm.text.cells import safe

FORMAT = "coopkm-figures"
_PLACES = 9
_FIGURES = (
    "test when number id type level topic objective n mean max facility facility_low facility_high sd guess "
    "intended_weight effective_weight discrimination discrimination_low discrimination_high efficiency alpha_if_deleted"
).split()
_OPTIONS = "test when number id option label text right weakest middle best all".split()


def figures_csv(analysis: Analysis, lang: str) -> bytes:
    """A row for each question of each test. Empty cells: too few people, or there is no such figure."""
    rows = [_question(test, row, lang) for test in analysis.tests for row in test.questions]
    return _csv(_FIGURES, rows)


def options_csv(analysis: Analysis, lang: str) -> bytes:
    """A row for each option of each question: how many of each third chose it."""
    rows = [row for test in analysis.tests for question in test.questions for row in _options(test, question, lang)]
    return _csv(_OPTIONS, rows)


def figures_json(analysis: Analysis) -> str:
    """All figures. `questions` has a row for every question of the project that was asked, whatever tests asked it."""
    whole = {
        "format": FORMAT,
        "version": 1,
        "attempt": analysis.kept,
        "few": FEW,
        "questions": _by_question(analysis.tests),
        "tests": [_test(test) for test in analysis.tests],
        "gain": [_gain(row) for row in analysis.gains.rows] if analysis.gains else [],
    }
    return json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _csv(heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    out = io.StringIO()
    lines = csv.writer(out, lineterminator="\r\n")
    lines.writerow(heads)
    lines.writerows([_cell(value) for value in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")  # with the mark, Excel reads Thai


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return f"{round(value, _PLACES):.10g}"
    if isinstance(value, int):
        return str(value)
    return safe(" ".join(str(value).split()))


def _question(test: PaperFigures, row: QuestionFigures, lang: str) -> list[Any]:
    asked = row.asked
    return [
        test.test.title.shown(lang),
        test.when,
        asked.number,
        asked.id,
        asked.type,
        asked.level,
        asked.topic.shown(lang) if asked.topic else "",
        asked.objective.shown(lang) if asked.objective else "",
        row.n,
        float(row.mean),
        float(row.most),
        float(row.facility),
        *map(float, row.interval),
        row.sd,
        asked.guess,
        float(row.intended),
        *_judged(row),
    ]


def _judged(row: QuestionFigures) -> list[float | None]:
    """Figures that mean nothing for a few people are left empty for them."""
    if row.few:
        return [None] * 6
    low, high = row.discrimination_interval or (None, None)
    scaled = [None if end is None else 100 * end for end in (low, high)]
    return [row.effective, row.discrimination, *scaled, row.efficiency, row.alpha_without]


def _options(test: PaperFigures, row: QuestionFigures, lang: str) -> list[list[Any]]:
    start = [test.test.title.shown(lang), test.when, row.asked.number, row.asked.id]
    found = [[*start, *_named(one.choice, lang), *_thirds(one.thirds, row), one.count] for one in row.choices]
    if sum(row.silent):
        found.append([*start, "", "", "", False, *_thirds(row.silent, row), sum(row.silent)])
    return found


def _named(choice: Choice, lang: str) -> list[Any]:
    return [choice.name, choice.label, choice.text.shown(lang), choice.right]


def _thirds(thirds: tuple[int, int, int], row: QuestionFigures) -> Sequence[int | None]:
    return (None, None, None) if row.few else thirds


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(float(value), _PLACES) + 0.0


def _by_question(tests: Sequence[PaperFigures]) -> list[dict[str, Any]]:
    rows: dict[str, list[QuestionFigures]] = {}
    for test in tests:
        for row in test.questions:
            if row.asked.known:
                rows.setdefault(row.asked.id, []).append(row)
    return [{"id": name, **_pooled(found)} for name, found in sorted(rows.items())]


def _pooled(rows: list[QuestionFigures]) -> dict[str, Any]:
    n = sum(row.n for row in rows)
    facility = sum(row.facility * row.n for row in rows) / n
    largest = max(rows, key=lambda row: row.n)
    return {
        "n": n,
        "facility": _rounded(facility),
        "interval": [_rounded(end) for end in wilson(min(1.0, max(0.0, facility)), n)],
        "discrimination": None if largest.few else _rounded(largest.discrimination),
    }


def _test(test: PaperFigures) -> dict[str, Any]:
    names = ("mean", "median", "sd", "lowest", "highest", "skewness", "kurtosis")
    judged = ("alpha", "error_ratio", "standard_error")
    return {
        "id": test.test.id,
        "title": {"th": test.test.title.th, "en": test.test.title.en},
        "when": test.when,
        "n": test.n,
        "max": _rounded(test.most),
        **{name: _rounded(getattr(test, name)) for name in names},
        **{name: None if test.few else _rounded(getattr(test, name)) for name in judged},
        "questions": [_figures(row) for row in test.questions],
    }


def _figures(row: QuestionFigures) -> dict[str, Any]:
    effective, discrimination, low, high, efficiency, alpha = _judged(row)
    return {
        "id": row.asked.id,
        "number": row.asked.number,
        "n": row.n,
        "max": _rounded(row.most),
        "facility": _rounded(row.facility),
        "interval": [_rounded(end) for end in row.interval],
        "sd": _rounded(row.sd),
        "guess": _rounded(row.asked.guess),
        "intended_weight": _rounded(row.intended),
        "effective_weight": _rounded(effective),
        "discrimination": _rounded(discrimination),
        "discrimination_interval": None if low is None else [_rounded(low), _rounded(high)],
        "efficiency": _rounded(efficiency),
        "alpha_if_deleted": _rounded(alpha),
    }


def _gain(row: Gain) -> dict[str, Any]:
    return {
        "aspect": row.aspect,
        "name": {lang: gain_name(row, lang) for lang in ("th", "en")} if row.name else None,
        "n": row.n,
        "before": _rounded(row.before),
        "after": _rounded(row.after),
        "gain": _rounded(row.gain),
        "interval": [_rounded(end) for end in row.interval] if row.interval else None,
        "orders": row.orders,
    }
