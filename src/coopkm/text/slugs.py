"""Anchors of headings: Unicode letters stay, so that Thai headings keep names of their own."""

from pymdownx.slugs import slugify

_slugify = slugify(case="lower", normalize="NFC")


def slug(title: str, separator: str = "-") -> str:
    """The anchor of a heading."""
    return str(_slugify(title, separator))
