"""The table of contents: set aside, and asked which lines of the text are headings."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from coopkm.imports.letters import bare
from coopkm.imports.rows import Row

NAMES = frozenset(
    map(bare, ("สารบัญ", "สารบาญ", "สารบัญ (ต่อ)", "Contents", "Table of contents", "สารบัญตาราง", "สารบัญภาพ"))
)
_PAGE = re.compile(r"(?<=[\s.…·_⋯])(?:[0-9๐-๙]{1,3}|[ก-ฮ]|[ivx]{1,5})$|(?<=[\u0e01-\u0e4e])[0-9๐-๙]{1,3}$")
_LEADERS = " \t.…·_⋯-"
_HEADS = frozenset(map(bare, ("เรื่อง หน้า", "หน้า", "เรื่อง", "หัวข้อ หน้า", "Page")))
_LONG = 200  # letters


@dataclass
class Contents:
    """Numbers of the rows of a table of contents, and its titles as bare letters -> depth from 1."""

    rows: set[int] = field(default_factory=set)
    titles: dict[str, int] = field(default_factory=dict)


def contents_of(rows: Sequence[Row]) -> Contents:
    """What the table of contents says; nothing where there is none."""
    found = Contents()
    inside = False
    for at, row in enumerate(rows):
        if row.part == "contents":
            _keep(found, row)
        elif bare(row.text) in NAMES:
            inside = True
            found.rows.add(row.number)
        elif (
            inside
            and bare(row.text) not in found.titles
            and (bare(row.text) in _HEADS or _is_entry(row, rows[at + 1 : at + 3]))
        ):
            _keep(found, row)
        else:
            inside = False
    return found


def _is_entry(row: Row, following: Sequence[Row]) -> bool:
    if len(row.text) > _LONG or row.level:
        return False
    if _entry(row.text) or not following:
        return bool(_entry(row.text))
    after = following[0]  # a title may take two lines, of which the last has the number
    return (bool(_entry(after.text)) and not after.gap) or (not row.gap and any(_entry(one.text) for one in following))


def _entry(text: str) -> str:
    """The title of a line that ends in a page number, in leaders or in a tab; else an empty string."""
    text = text.rstrip(" ")
    page = _PAGE.search(text)
    head = text[: page.start()] if page else text
    title = head.rstrip(_LEADERS)
    leaders = head[len(title) :]
    return title if page or "\t" in leaders or len(leaders) > 1 else ""


def _keep(found: Contents, row: Row) -> None:
    found.rows.add(row.number)
    title = bare(_entry(row.text) or row.text)
    if len(title) > 2 and title not in _HEADS:
        found.titles.setdefault(title, 1 if row.text[:1].strip() else 2)
