"""The report: one HTML file that stands alone. No script, nothing from elsewhere, no clock."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from coopkm.analysis import plots
from coopkm.analysis.analysis import Analysis
from coopkm.analysis.figures import FEW, PaperFigures, QuestionFigures
from coopkm.analysis.gain import Gain, Gains
from coopkm.analysis.sentences import Remark, about, about_test
from coopkm.analysis.words import words
from coopkm.model.base import Text

MARK = '<meta name="generator" content="coopkm analyse">'
_MOST_ROWS = 40  # of gains by objective in one picture


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("coopkm.analysis", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["num"] = number
    environment.filters["strong"] = _strong
    environment.filters["map_share"] = lambda share: number(100 * share, 0)
    environment.filters["id"] = id
    return environment


@dataclass(frozen=True)
class Doubt:
    """A question to look at, with the link to it and what is to be said."""

    anchor: str
    test: PaperFigures
    question: QuestionFigures
    remarks: list[Remark]

    @property
    def grave(self) -> bool:
        return any(remark.grave for remark in self.remarks)


def report(analysis: Analysis, lang: str) -> str:
    """The report in a language."""
    say = words(lang)
    doubts = [doubt for place, test in enumerate(analysis.tests) for doubt in _doubts(place, test)]
    html = (
        _environment()
        .get_template("report.html")
        .render(
            analysis=analysis,
            lang=lang,
            w=say,
            few=FEW,
            style=_style(),
            doubts=sorted(doubts, key=lambda doubt: not doubt.grave),
            gains=_shown_gains(analysis.gains),
            gain_plot=_gain_plot(analysis.gains, lang),
            pictures=[_pictures(place, test, say) for place, test in enumerate(analysis.tests)],
            remarks={id(doubt.question): doubt.remarks for doubt in doubts},
            notes=[about_test(test) for test in analysis.tests],
            names=[title_of(test, lang) for test in analysis.tests],
            signed=plots.signed,
            name_of=lambda gain: gain_name(gain, lang),
        )
    )
    return re.sub(r"\n\s*\n+", "\n", html)


def title_of(test: PaperFigures, lang: str) -> str:
    """The title of a test, with before or after where it was sat twice."""
    title = test.test.title.shown(lang)
    return f"{title} ({words(lang)[f'when_{test.when}']})" if test.when else title


def gain_name(gain: Gain, lang: str) -> str:
    """What a gain is of."""
    return gain.name.shown(lang) if isinstance(gain.name, Text) else words(lang)["gain_all"]


def number(value: float | None, places: int = 1) -> str:
    """A figure with a true minus sign; a dash where there is none."""
    if value is None:
        return "–"
    shown = f"{value:.{places}f}"
    if float(shown) == 0:
        shown = shown.lstrip("-")
    return shown.replace("-", "\u2212")


def _strong(text: str) -> Markup:
    parts = text.split("**")
    return Markup("").join(
        Markup("<b>{}</b>").format(part) if at % 2 else escape(part) for at, part in enumerate(parts)
    )


def _style() -> Markup:
    css = files("coopkm.analysis").joinpath("report.css").read_text("utf-8")
    return Markup(f"<style>\n{css}</style>")  # noqa: S704 - a file of our own


def _doubts(place: int, test: PaperFigures) -> list[Doubt]:
    found = [Doubt(f"t{place + 1}q{at + 1}", test, row, about(row, test.when)) for at, row in enumerate(test.questions)]
    return [doubt for doubt in found if doubt.remarks]


def _shown_gains(gains: Gains | None) -> Sequence[Gain]:
    return gains.rows[:_MOST_ROWS] if gains else []


def _gain_plot(gains: Gains | None, lang: str) -> plots.Plot | None:
    rows = _shown_gains(gains)
    if not rows:
        return None
    say = words(lang)
    labels = [_short(_label(row, lang)) for row in rows]
    return plots.gains("gain", say["plot_gain"], say["plot_gain_desc"], rows, labels)


def _label(row: Gain, lang: str) -> str:
    name = gain_name(row, lang)
    return f"{words(lang)['aspect_level']}: {name}" if row.aspect == "level" else name


def _short(text: str, most: int = 52) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _pictures(place: int, test: PaperFigures, say: dict[str, str]) -> list[plots.Plot]:
    scores = plots.histogram(f"scores{place + 1}", say["plot_scores"], say["plot_scores_desc"], test.bins)
    shares = plots.facilities(f"shares{place + 1}", say["plot_facility"], say["plot_facility_desc"], test.questions)
    return [scores, shares]
