"""Plots as shapes: where each line, dot and letter stands. The template draws them as SVG.

Widths are for a phone first: letters of 13 in a picture of 420 stay readable when it is shown at 340.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from coopkm.analysis.figures import BINS, QuestionFigures
from coopkm.analysis.gain import Gain

WIDTH = 420
_ROW = 24
_TOP = 26


@dataclass(frozen=True)
class Shape:
    """A line, a bar, a dot or a text; `look` is a class of the style sheet."""

    kind: Literal["line", "bar", "dot", "text"]
    look: str
    x: float
    y: float
    x2: float = 0
    y2: float = 0
    text: str = ""
    anchor: str = "start"


@dataclass
class Plot:
    """A picture with what a screen reader says of it."""

    name: str
    title: str
    description: str
    height: int
    shapes: list[Shape] = field(default_factory=list)


def histogram(name: str, title: str, description: str, bins: Sequence[int]) -> Plot:
    """A bar for each tenth of the full score."""
    height, floor, left = 190, 160, 14
    plot = Plot(name, title, description, height)
    step = (WIDTH - 2 * left) / BINS
    highest = max(*bins, 1)
    for place, count in enumerate(bins):
        x = left + place * step
        top = floor - 130 * count / highest
        if count:
            plot.shapes.append(Shape("bar", "bar", x + 2, top, step - 4, floor - top))
            plot.shapes.append(Shape("text", "label", x + step / 2, top - 5, text=str(count), anchor="middle"))
        plot.shapes.append(Shape("text", "tick", x, floor + 20, text=str(place * 100 // BINS), anchor="middle"))
    plot.shapes.append(Shape("text", "tick", WIDTH - left, floor + 20, text="100", anchor="middle"))
    plot.shapes.append(Shape("line", "axis", left, floor, WIDTH - left, floor))
    return plot


def facilities(name: str, title: str, description: str, rows: Sequence[QuestionFigures]) -> Plot:
    """A dot with its interval for each question, and a dash where guessing stands."""
    plot, scale = _shares(name, title, description, len(rows))
    for place, row in enumerate(rows):
        y = _TOP + _ROW * place + _ROW / 2
        plot.shapes.append(Shape("text", "label", 34, y + 4.5, text=row.asked.number[:5], anchor="end"))
        plot.shapes.append(Shape("line", "interval", scale(row.interval[0]), y, scale(row.interval[1]), y))
        if row.asked.guess:
            x = scale(row.asked.guess)
            plot.shapes.append(Shape("line", "guess", x, y - 8, x, y + 8))
        plot.shapes.append(Shape("dot", "dot", scale(min(1.0, max(0.0, row.facility))), y))
        plot.shapes.append(Shape("text", "value", WIDTH - 2, y + 4.5, text=f"{100 * row.facility:.0f}", anchor="end"))
    return plot


class _Scale:
    """From a figure to a place across the picture."""

    def __init__(self, low: float, high: float, left: float, right: float) -> None:
        self._low, self._by, self._left = low, (right - left) / (high - low), left

    def __call__(self, value: float) -> float:
        return self._left + (value - self._low) * self._by


def _shares(name: str, title: str, description: str, rows: int) -> tuple[Plot, _Scale]:
    plot = Plot(name, title, description, _TOP + _ROW * rows + 6)
    scale = _Scale(0, 1, 48, WIDTH - 34)
    for tenth in range(0, 101, 25):
        x = scale(tenth / 100)
        plot.shapes.append(Shape("line", "grid", x, _TOP - 4, x, plot.height - 4))
        plot.shapes.append(Shape("text", "tick", x, _TOP - 10, text=str(tenth), anchor="middle"))
    return plot, scale


def gains(name: str, title: str, description: str, rows: Sequence[Gain], labels: Sequence[str]) -> Plot:
    """A dot with its interval for each gain; the label stands above its line."""
    step = 46
    plot = Plot(name, title, description, _TOP + step * len(rows) + 6)
    ends = [value for row in rows for value in (row.gain, *(row.interval or ()))]
    low, high = min(0.0, *ends) - 0.05, max(0.0, *ends) + 0.05
    scale = _Scale(low, high, 10, WIDTH - 44)
    for tick in range(-100, 101, 25):
        if low <= tick / 100 <= high:
            x = scale(tick / 100)
            plot.shapes.append(Shape("line", "zero" if tick == 0 else "grid", x, _TOP - 4, x, plot.height - 4))
            plot.shapes.append(Shape("text", "tick", x, _TOP - 10, text=signed(tick), anchor="middle"))
    for place, (row, label) in enumerate(zip(rows, labels, strict=True)):
        y = _TOP + step * place + 32
        plot.shapes.append(Shape("text", "over", 4, y - 14, text=label))
        if row.interval:
            plot.shapes.append(Shape("line", "interval", scale(row.interval[0]), y, scale(row.interval[1]), y))
        plot.shapes.append(Shape("dot", "dot", scale(row.gain), y))
        plot.shapes.append(Shape("text", "value", WIDTH - 2, y + 4.5, text=signed(100 * row.gain), anchor="end"))
    return plot


def signed(value: float) -> str:
    """A whole number with its sign, as a gain is told."""
    whole = round(value)
    return f"+{whole}" if whole > 0 else f"\u2212{-whole}" if whole < 0 else "0"
