"""Dates as each language writes them: Buddhist era and Thai months in Thai."""

from datetime import date

BUDDHIST_OFFSET = 543

_MONTHS = {
    "th": ("มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม").split(),
    "en": ("January February March April May June July August September October November December").split(),
}


def format_date(day: date, lang: str) -> str:
    """22 พฤศจิกายน 2569, or 22 November 2026."""
    year = day.year + BUDDHIST_OFFSET if lang == "th" else day.year
    return f"{day.day} {_MONTHS[lang][day.month - 1]} {year}"


def format_year(buddhist_year: int, lang: str) -> str:
    """พ.ศ. 2566, or B.E. 2566 (2023)."""
    if lang == "th":
        return f"พ.ศ. {buddhist_year}"
    return f"B.E. {buddhist_year} ({buddhist_year - BUDDHIST_OFFSET})"
