"""Words on the papers of a course, and times and dates as they are written there."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from coopkm.text.dates import BUDDHIST_OFFSET, format_date


def _load(name: str) -> Any:
    return yaml.safe_load(files(__package__).joinpath(name).read_text("utf-8"))


@cache
def words(lang: str) -> Mapping[str, str]:
    """Key to text in one language; every key has both."""
    return {key: row[lang] for key, row in _load("words.yml").items()}


@cache
def setup_list(lang: str) -> Sequence[tuple[str, tuple[str, ...]]]:
    """Title and items of each part of the set-up checklist, with `{...}` to be filled in."""
    return tuple((part["title"][lang], tuple(item[lang] for item in part["items"])) for part in _load("setup.yml"))


def day_words(day: date, lang: str) -> str:
    """วันอังคารที่ 12 มกราคม พ.ศ. 2570, or Tuesday 12 January 2027."""
    known = words(lang)
    written = format_date(day, lang)
    if lang == "th":
        year = str(day.year + BUDDHIST_OFFSET)
        written = f"{written.removesuffix(year)}พ.ศ. {year}"
    return known["date"].format(weekday=known["weekdays"].split()[day.weekday()], date=written)


def clock(moment: datetime, lang: str) -> str:
    """09.00 in Thai, 09:00 in English."""
    return f"{moment:%H.%M}" if lang == "th" else f"{moment:%H:%M}"


def span(begin: datetime, end: datetime, lang: str) -> str:
    """09.00-10.30 น., or 09:00–10:30."""
    return words(lang)["span"].format(begin=clock(begin, lang), end=clock(end, lang))


def duration(minutes: int, lang: str) -> str:
    """2 ชั่วโมง 15 นาที, or 2 h 15 min."""
    hours, rest = divmod(minutes, 60)
    if hours and rest:
        return words(lang)["hours_minutes"].format(h=hours, m=rest)
    return words(lang)["hours" if hours else "minutes"].format(n=hours or rest)
