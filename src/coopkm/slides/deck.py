"""A deck of slides as values. It knows no file format and no content.

Lengths are points, sizes of letters too. Texts are plain: nothing in them is markup, whatever signs they hold.
"""

from dataclasses import dataclass, field
from typing import Literal

Marker = Literal["none", "bullet", "number"]


@dataclass(frozen=True)
class Run:
    """Letters of one look; `faint` for what is said beside the text."""

    text: str
    bold: bool = False
    faint: bool = False


@dataclass(frozen=True)
class Para:
    """A paragraph of a box: `level` 0 or 1, `number` where its marker is a number, `lead` for the one that opens."""

    runs: tuple[Run, ...]
    level: int = 0
    marker: Marker = "none"
    number: int = 0
    lead: bool = False

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True)
class Note:
    """A part of the speaker notes, under a heading."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Slide:
    """One slide: the name of its layout, its title, and what stands in the other boxes, by their names."""

    layout: str
    title: str
    boxes: dict[str, tuple[Para, ...]] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True)
class Deck:
    """A deck in one language; `day` (YYYY-MM-DD) is that of its content's review."""

    name: str
    lang: str
    title: str
    footer: str
    day: str
    slides: tuple[Slide, ...]
