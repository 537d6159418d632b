"""The layouts of the decks: which boxes each has, where they stand and how large their letters are.

Lengths are points on a slide of 960 x 540 (16:9). `tests/test_slides.py` measures every text against this table.
"""

from dataclasses import dataclass

WIDTH, HEIGHT = 960, 540
SMALLEST = 20  # points: what is smaller cannot be read from the last row
LEADING = 1.5  # height of a line in letter sizes: the tallest Thai clusters fit
AFTER = 9  # points between paragraphs
INDENT = (26, 52)  # where the text of level 0 and 1 begins beside its marker
SECOND = 22  # letter size of level 1
MOST_LINES = 7


@dataclass(frozen=True)
class Place:
    """A box for text on a layout: a placeholder of PowerPoint, `kind` and `index` being its type and idx there."""

    name: str
    kind: str
    index: int
    x: int
    y: int
    width: int
    height: int
    size: int = 26
    bold: bool = False
    colour: str = "tx1"
    anchor: str = "t"
    align: str = "l"
    lines: int = MOST_LINES


def _title(y: int = 26, height: int = 84, **look: object) -> Place:
    values: dict[str, object] = {"size": 32, "bold": True, "colour": "tx2", "anchor": "ctr", **look}
    return Place("title", "title", 0, 48, y, values.pop("width", 864), height, **values)  # type: ignore[arg-type]


BODY = Place("body", "body", 1, 48, 128, 864, 356)
LAYOUTS: dict[str, tuple[Place, ...]] = {
    "title": (
        Place("title", "ctrTitle", 0, 80, 150, 800, 130, 44, bold=True, colour="bg1", anchor="b"),
        Place("subtitle", "subTitle", 1, 80, 308, 800, 110, 24, colour="bg1"),
        Place("course", "body", 10, 80, 60, 800, 40, 20, bold=True, colour="accent2"),
    ),
    "section": (
        Place("title", "title", 0, 330, 130, 582, 120, 36, bold=True, colour="tx2", anchor="b"),
        Place("number", "body", 10, 40, 190, 220, 120, 60, bold=True, colour="bg1", anchor="ctr", align="ctr"),
        Place("body", "body", 1, 330, 278, 582, 200),
    ),
    "content": (_title(), BODY),
    "columns": (
        _title(),
        Place("left-head", "body", 10, 64, 124, 388, 36, 22, bold=True, colour="tx2"),
        Place("left", "body", 1, 64, 170, 388, 316, 20, lines=10),
        Place("right-head", "body", 11, 508, 124, 388, 36, 22, bold=True, colour="tx2"),
        Place("right", "body", 2, 508, 170, 388, 316, 20, lines=10),
    ),
    "activity": (
        Place("label", "body", 10, 48, 18, 600, 32, 20, bold=True, colour="accent2"),
        _title(50, 60, size=30, colour="bg1", width=680),
        Place("minutes", "body", 11, 752, 34, 160, 60, 28, bold=True, colour="tx2", anchor="ctr", align="ctr"),
        Place("body", "body", 1, 48, 140, 864, 344),
    ),
    "card": (
        _title(26, 78),
        Place("label", "body", 10, 92, 132, 776, 34, 20, bold=True, colour="accent3"),
        Place("body", "body", 1, 92, 176, 776, 290),
    ),
}
FOOTER = Place("footer", "ftr", 30, 48, 504, 740, 22, 12, colour="tx1")
SECTION_FOOTER = Place("footer", "ftr", 30, 330, 504, 480, 22, 12, colour="tx1")
NUMBER = Place("slide-number", "sldNum", 31, 832, 504, 80, 22, 12, colour="tx1", align="r")


def place(layout: str, name: str) -> Place:
    """The box of that name on that layout."""
    return next(found for found in LAYOUTS[layout] if found.name == name)


def size_at(box: Place, level: int) -> int:
    """The letter size of a level in a box."""
    return box.size if level == 0 else min(SECOND, box.size)


def foot(layout: str) -> tuple[Place, ...]:
    """Footer and slide number of a layout; the cover has none."""
    return {"title": (), "section": (SECTION_FOOTER, NUMBER)}.get(layout, (FOOTER, NUMBER))
