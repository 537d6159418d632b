"""A printed document as values: sections of blocks of lines. It knows no file format and no content.

Lengths are millimetres. Texts are plain: nothing in them is markup, whatever signs they hold.
"""

from dataclasses import dataclass, field
from typing import Literal

Align = Literal["left", "center", "right"]
Digits = Literal["arabic", "thai"]
Marker = Literal["bullet", "number", "letter", "box", "radio", "none"]
PageNumbers = Literal["letters", "digits", "none"]  # letters: ก ข ค in Thai, i ii iii in English


@dataclass(frozen=True)
class Span:
    """Letters of one look. A line break inside a paragraph is a newline in `text`."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""
    small: bool = False


Line = tuple[Span, ...]


@dataclass(frozen=True)
class Heading:
    """A heading: 1 for a chapter. `number` stands before the title; `id` makes it a target of links (`#id`)."""

    level: int
    line: Line
    number: str = ""
    id: str = ""
    listed: bool = True  # in the table of contents and the bookmarks


@dataclass(frozen=True)
class Paragraph:
    """Running text. `lead` is larger, `small` and `note` are smaller; a note is set apart by colour."""

    line: Line
    align: Align = "left"
    style: Literal["body", "lead", "small", "note", "title", "subtitle"] = "body"
    indent: bool = False  # first line, as Thai official letters have it


@dataclass(frozen=True)
class Item:
    """One item of a list. `label` replaces the marker that would be counted."""

    blocks: "tuple[Block, ...]"
    label: str = ""


@dataclass(frozen=True)
class Listing:
    """A list. `letter` counts ก ข ค in Thai and a b c in English; `box` and `radio` are to be filled in by hand."""

    items: tuple[Item, ...]
    marker: Marker = "bullet"
    start: int = 1


@dataclass(frozen=True)
class Cell:
    """A cell of a table."""

    blocks: "tuple[Block, ...]" = ()
    align: Align = "left"
    columns: int = 1  # how many columns it spans


@dataclass(frozen=True)
class Table:
    """A ruled table. `widths` are shares of the line, one a column; `head` rows repeat on every page."""

    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[float, ...]
    head: int = 1
    row_height: float = 0  # at least, for rows to be filled in by hand
    ruled: bool = True
    caption: str = ""


@dataclass(frozen=True)
class Box:
    """A frame with an optional title. `kind` gives its colour; no kind depends on colour alone."""

    blocks: "tuple[Block, ...]"
    title: Line = ()
    kind: Literal["plain", "note", "warning", "answer", "card"] = "plain"
    whole: bool = True  # not torn over two pages


@dataclass(frozen=True)
class Field:
    """A label with a dotted line to write on; `share` of the line's width, so that several stand side by side."""

    label: str
    share: float = 1.0


@dataclass(frozen=True)
class Fields:
    """Fields side by side."""

    fields: tuple[Field, ...]


@dataclass(frozen=True)
class Blank:
    """Dotted lines to write on."""

    lines: int = 3


@dataclass(frozen=True)
class Picture:
    """A picture with its words for those who do not see it."""

    data: bytes
    format: Literal["svg", "png"]
    alt: str
    width: float = 150
    align: Align = "center"


@dataclass(frozen=True)
class Space:
    """Room between blocks."""

    height: float = 5


@dataclass(frozen=True)
class Rule:
    """A line across the page."""


@dataclass(frozen=True)
class PageBreak:
    """What follows begins on a new page."""


@dataclass(frozen=True)
class Together:
    """Blocks that are not torn over two pages."""

    blocks: "tuple[Block, ...]"


@dataclass(frozen=True)
class Contents:
    """The table of contents, down to a level of headings."""

    title: str
    depth: int = 2


Block = (
    Heading
    | Paragraph
    | Listing
    | Table
    | Box
    | Fields
    | Blank
    | Picture
    | Space
    | Rule
    | PageBreak
    | Together
    | Contents
)


@dataclass(frozen=True)
class Section:
    """Pages with one header, footer and way of counting; it begins on a new page.

    `restart` begins the count of pages at 1. The page number stands in the middle of the header's line.
    """

    blocks: tuple[Block, ...]
    numbers: PageNumbers = "digits"
    restart: bool = False
    header: str = ""
    footer: str = ""
    landscape: bool = False


@dataclass(frozen=True)
class Document:
    """A document. `date` is an ISO day, for the file's properties: the clock is never asked.

    `lang` is a BCP 47 tag, `th` or `en`. With `digits="thai"` all Arabic digits of the document are shown as Thai
    ones, but for those in addresses and in words with Latin letters (`duty-017`). `font` is a family: "Sarabun" is
    always there; others are found on the machine.
    """

    title: str
    lang: str
    sections: tuple[Section, ...]
    author: str = ""
    subject: str = ""
    date: str = ""
    digits: Digits = "arabic"
    font: str = "Sarabun"
    size: float = 12.0  # points; 12 pt Sarabun is as large as 17 pt TH Sarabun
    keywords: tuple[str, ...] = field(default=())


def line(text: str, *, bold: bool = False) -> Line:
    """A line of one look."""
    return (Span(text, bold=bold),)


def paragraph(text: str) -> Paragraph:
    """A plain paragraph."""
    return Paragraph(line(text))
