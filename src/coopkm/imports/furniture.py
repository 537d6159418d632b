"""Headers, footers and page numbers, told by where they stand and that they repeat."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from coopkm.imports.rows import Row

_DIGIT = re.compile("[0-9๐-๙]+")
_PAGE = re.compile(
    r"(?:[-–—|]\s*)?(?:หน้า(?:ที่)?|page)?\s*(?:\(?(?P<digits>[0-9๐-๙]{1,4})\)?|(?P<letter>[ก-ฮ]|[ivx]{1,5}))"
    r"\s*(?:(?:จาก|/|of)\s*[0-9๐-๙]{1,4})?\s*(?:[-–—|])?",
    re.IGNORECASE,
)
_EDGE = 2  # rows from the top and from the bottom of a page
_LEAST = 3  # pages that show the same
_LONG = 120  # letters: no header is longer
_TO_ASCII = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")


def furniture(rows: Sequence[Row]) -> dict[int, str]:
    """Number of a row -> `header`, `footer` or `page-number`, for all that is not the document's text."""
    found = {row.number: row.part for row in rows if row.part in ("header", "footer")}
    body = [row for row in rows if row.part == "body"]
    pages: dict[int, list[Row]] = defaultdict(list)
    for row in body:
        pages[row.page].append(row)
    if len(pages) > 1 and 0 not in pages:
        return {**found, **_by_page(list(pages.values()))}
    return {**found, **_without_pages(body)}


def _by_page(pages: list[list[Row]]) -> dict[int, str]:
    found: dict[int, str] = {}
    for name, edge in (("header", slice(0, _EDGE)), ("footer", slice(-_EDGE, None))):
        seen: dict[str, list[Row]] = defaultdict(list)
        for page in pages:
            for row in page[edge]:
                if len(row.text) <= _LONG:
                    seen[_shape(row.text)].append(row)
        for shape, rows in seen.items():
            told = len({row.page for row in rows})
            if told >= max(min(_LEAST, len(pages)), len(pages) // 3) and not (shape == "#." or _are_items(rows)):
                found |= {row.number: "page-number" if _PAGE.fullmatch(rows[0].text.strip()) else name for row in rows}
        found |= _page_letters(page[edge] for page in pages)
    return found


def _are_items(rows: Sequence[Row]) -> bool:
    """Whether rows that look alike but for a number are items of a list: the same number stands on no two pages."""
    return any(re.match(r"\s*[0-9๐-๙]{1,2}[.)]", row.text) for row in rows)


def _page_letters(edges: Iterable[list[Row]]) -> dict[int, str]:
    """ก, ข, ค or i, ii, iii, each on a page of its own, in order."""
    alone = [row for edge in edges for row in edge if _is_letter(row.text)]
    return {row.number: "page-number" for row in alone} if len(alone) > 1 else {}


def _is_letter(text: str) -> bool:
    match = _PAGE.fullmatch(text.strip())
    return bool(match and match["letter"])


def _without_pages(rows: list[Row]) -> dict[int, str]:
    """Lone numbers that count upwards are page numbers; short lines that always stand beside them are headers."""
    lone = [(at, value) for at, row in enumerate(rows) if (value := _lone_number(row.text))]
    run = _longest_run(lone)
    if len(run) < _LEAST:
        return {}
    found = {rows[at].number: "page-number" for at, _ in run}
    for step in (1, -1):
        beside: dict[str, list[Row]] = defaultdict(list)
        for at, _ in run:
            if 0 <= at + step < len(rows) and len(rows[at + step].text) <= _LONG:
                beside[_shape(rows[at + step].text)].append(rows[at + step])
        for same in beside.values():
            if len(same) >= _LEAST and not _are_items(same):
                found |= {row.number: "header" for row in same}
    return found


def _lone_number(text: str) -> int:
    match = _PAGE.fullmatch(text.strip())
    return int(match["digits"].translate(_TO_ASCII)) if match and match["digits"] else 0


def _longest_run(lone: list[tuple[int, int]]) -> list[tuple[int, int]]:
    runs: list[list[tuple[int, int]]] = [[]]
    for place, value in lone:
        last = runs[-1][-1] if runs[-1] else None
        if last and value == last[1]:
            continue
        if last and value == last[1] + 1 and place > last[0] + 1:
            runs[-1].append((place, value))
        else:
            runs.append([(place, value)])
    return max(runs, key=len)


def _shape(text: str) -> str:
    return _DIGIT.sub("#", " ".join(text.split()))
