"""What counts: the labels of lists and the numbers of pages."""

from coopkm.documents.numbers import latin_letter, roman, thai_digits, thai_letter
from coopkm.documents.tree import Document, Listing

_PAGES = 2000
"""Pages beyond that are counted in plain digits."""


def labels(listing: Listing, lang: str) -> list[str | None]:
    """What stands before each item; None for a mark that is drawn (`box`, `radio`)."""
    return [
        item.label or _label(listing, number, lang) for number, item in enumerate(listing.items, max(listing.start, 1))
    ]


def _label(listing: Listing, number: int, lang: str) -> str | None:
    if listing.marker in ("box", "radio"):
        return None
    if listing.marker == "number":
        return f"{number}."
    if listing.marker == "letter":
        return f"{thai_letter(number) if lang == 'th' else latin_letter(number)}."
    return "•" if listing.marker == "bullet" else ""


def page_numbers(document: Document) -> dict[str, list[str]]:
    """How each page number is written, from 1 on: as letters and as digits."""
    counted = range(1, _PAGES + 1)
    letter = thai_letter if document.lang == "th" else roman
    digits = [str(number) for number in counted]
    if document.digits == "thai":
        digits = [thai_digits(number) for number in digits]
    return {"letters": [letter(number) for number in counted[:200]], "digits": digits}
