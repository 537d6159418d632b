"""A document as rows of text, each with its place; and how large a document may be."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from coopkm.errors import CannotGoOn

Form = Literal["txt", "docx", "pdf"]
Part = Literal["body", "header", "footer", "note", "comment", "contents", "box", "diagram"]

MAX_FILE = 100 * 1024 * 1024  # bytes, pictures included
MAX_ROWS = 20_000  # about 600 printed pages
MAX_LETTERS = 3_000_000


@dataclass(frozen=True, slots=True)
class Row:
    """A line or paragraph as it stands in the file, and what the file says of its looks.

    `number` is its line in the text edition, from 1; `page` is 0 where the file tells no pages. `level` is the
    heading level that the file itself gives, `label` a number that Word counts by itself, `depth` that list's level.
    `full` says whether the line reaches the right edge, None where only its length can tell.
    """

    number: int
    text: str
    page: int = 0
    part: Part = "body"
    level: int = 0
    bold: bool = False
    size: float = 0.0
    label: str = ""
    depth: int = -1
    cells: tuple[str, ...] = ()
    head: bool = False  # of a table
    full: bool | None = None
    gap: bool = False  # room before it
    soft: bool = False  # ends in a line break inside a paragraph
    indent: float = 0.0  # points from the left edge of the text

    @property
    def shown(self) -> str:
        """The line of the text edition."""
        return f"{self.label} {self.text}" if self.label else self.text


@dataclass(frozen=True, slots=True)
class Source:
    """A document that was read: its rows, and what could not be read of it (code, values)."""

    name: str
    form: Form
    encoding: str
    rows: tuple[Row, ...]
    pages: int = 0
    remarks: tuple[tuple[str, dict[str, str]], ...] = field(default=())

    def edition(self) -> str:
        """The text edition: the row of number N is line N."""
        last = self.rows[-1].number if self.rows else 0
        lines = [""] * last
        for row in self.rows:
            lines[row.number - 1] = row.shown
        return "".join(f"{line}\n" for line in lines)


def require_size(name: str, rows: int, letters: int) -> None:
    """Ends the reading of a document that is too large to be one handbook."""
    if rows > MAX_ROWS or letters > MAX_LETTERS:
        raise CannotGoOn(
            f"{name}: ใหญ่เกินไป (เกิน {MAX_ROWS:,} บรรทัดหรือ {MAX_LETTERS:,} ตัวอักษร) แบ่งเป็นหลายไฟล์ก่อน",
            f"{name}: is too large (over {MAX_ROWS:,} lines or {MAX_LETTERS:,} letters): split it into several files",
        )


def require_text(name: str, rows: Sequence[Row]) -> None:
    """Ends the reading of a document without a letter."""
    if not any(row.text.strip() for row in rows):
        raise CannotGoOn(f"{name}: ไม่มีข้อความเลย", f"{name}: holds no text")
