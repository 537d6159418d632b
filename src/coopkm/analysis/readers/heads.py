"""What the heads of columns mean, in the wordings that are in use."""

import re
from collections.abc import Iterable
from datetime import datetime

from coopkm.text.dates import BUDDHIST_OFFSET

_DIGITS = {0x0E50 + digit: str(digit) for digit in range(10)}
_FIRST = re.compile(r"^(first ?name|given name|ชื่อ(จริง|แรก|ต้น)?)$", re.I)
_LAST = re.compile(r"^(last ?name|surname|family name|นามสกุล)$", re.I)
_WHOLE = re.compile(
    r"^((learner|name|full ?name|your name|participant)( ?\(.*\))?:?"
    r"|(ชื่อ.{0,3}(นาม)?สกุล|ชื่อและนามสกุล|ชื่อเต็ม|(ชื่อ)?ผู้(เรียน|เข้าสอบ|เข้าอบรม|ตอบ)).{0,12})$",
    re.I,
)
_ACCOUNT = re.compile(
    r"^(e-?mail( address)?|username|user ?name|id ?number|ที่อยู่อีเมล.*|อีเมล.*|ชื่อผู้ใช้.*|รหัสประจำตัว.*)$", re.I
)
_MONTHS = {
    name: place
    for place, names in enumerate(
        (
            "january jan มกราคม ม.ค.",
            "february feb กุมภาพันธ์ ก.พ.",
            "march mar มีนาคม มี.ค.",
            "april apr เมษายน เม.ย.",
            "may พฤษภาคม พ.ค.",
            "june jun มิถุนายน มิ.ย.",
            "july jul กรกฎาคม ก.ค.",
            "august aug สิงหาคม ส.ค.",
            "september sep sept กันยายน ก.ย.",
            "october oct ตุลาคม ต.ค.",
            "november nov พฤศจิกายน พ.ย.",
            "december dec ธันวาคม ธ.ค.",
        ),
        1,
    )
    for name in names.split()
}
_WRITTEN = re.compile(
    r"(\d{1,2})\s+([^\W\d_][^\d\s,]*)\.?,?\s+(\d{4})"
    r"[^\d]{0,12}(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?\s*([AaPp][Mm])?"
)
_FIGURES = re.compile(
    r"(\d{1,4})[/.-](\d{1,2})[/.-](\d{1,4})(?:[,T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*([AaPp][Mm])?)?"
)


def plain(text: str) -> str:
    """A head as it is compared: Arabic digits, single spaces."""
    return re.sub(r"\s+", " ", text.translate(_DIGITS)).strip()


class Who:
    """Which columns say who somebody is."""

    def __init__(self, heads: list[str]) -> None:
        def place(pattern: re.Pattern[str]) -> int | None:
            return next((at for at, head in enumerate(heads) if pattern.match(plain(head))), None)

        self._account, self._whole = place(_ACCOUNT), place(_WHOLE)
        self._parts = [at for at in (place(_FIRST), place(_LAST)) if at is not None]

    @property
    def columns(self) -> set[int]:
        return {at for at in (self._account, self._whole, *self._parts) if at is not None}

    def of(self, cells: list[str]) -> str:
        """The learner's name, else the account; empty where the row names nobody."""
        whole = cell(cells, self._whole)
        parts = " ".join(filter(None, (cell(cells, at) for at in self._parts)))
        return whole or parts or cell(cells, self._account)


def cell(cells: list[str], at: int | None) -> str:
    """The cell at a place; empty where the row is shorter."""
    return cells[at] if at is not None and at < len(cells) else ""


def number_of(text: str) -> float | None:
    """A mark such as `0.75`, `0,75` or `๑`; None for `-` and words."""
    written = text.translate(_DIGITS).replace(",", ".").strip().rstrip("%").strip()
    if not re.fullmatch(r"-?\d{1,9}(\.\d{1,12})?", written):
        return None
    return float(written)


def time_of(text: str) -> str:
    """A time that sorts, `2027-01-12T09:30:00`, in the wordings of Moodle, Google and spreadsheets; else empty."""
    written = text[:100].translate(_DIGITS).strip()
    found = _WRITTEN.search(written)
    month = _month(found[2].casefold()) if found else None
    if found and month:
        return _sortable(int(found[3]), month, int(found[1]), found.groups()[3:])
    found = _FIGURES.search(written)
    return _by_figures(found) if found else ""


def _month(name: str) -> int | None:
    return _MONTHS.get(name) or _MONTHS.get(name.rstrip("."))


def _by_figures(found: re.Match[str]) -> str:
    first, second, third = int(found[1]), int(found[2]), int(found[3])
    if first > 31:
        return _sortable(first, second, third, found.groups()[3:])
    # Google and Excel in Thailand put the day first; where that cannot be, the month.
    day, month = (second, first) if second > 12 else (first, second)
    return _sortable(third, month, day, found.groups()[3:])


def _sortable(year: int, month: int, day: int, rest: Iterable[str | None]) -> str:
    hour, minute, second, half = rest
    hours = int(hour or 0)
    if half:
        hours = hours % 12 + (12 if half.lower() == "pm" else 0)
    christian = year - BUDDHIST_OFFSET if year > 2400 else year
    try:
        return datetime(christian, month, day, hours, int(minute or 0), int(second or 0)).isoformat()
    except ValueError:
        return ""
