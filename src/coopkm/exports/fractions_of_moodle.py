"""The fractions that Moodle knows: it refuses or bends all others (as 51 %)."""

from fractions import Fraction

_LIST = {
    "100": Fraction(1),
    "50": Fraction(1, 2),
    "33.33333": Fraction(1, 3),
    "25": Fraction(1, 4),
    "20": Fraction(1, 5),
    "16.66667": Fraction(1, 6),
    "14.28571": Fraction(1, 7),
    "12.5": Fraction(1, 8),
    "11.11111": Fraction(1, 9),
    "10": Fraction(1, 10),
    "0": Fraction(0),
}
_WRITTEN = {value: text for text, value in _LIST.items()}
MOST_RIGHT = 10  # so many right options can share the points


def percent(weight: str) -> str:
    """A weight as Moodle's list has it."""
    value = Fraction(weight)
    return ("-" if value < 0 else "") + _WRITTEN[abs(value)]


def weight(text: str) -> str:
    """The weight of what `percent` gave."""
    return str(-_LIST[text[1:]] if text.startswith("-") else _LIST[text])
