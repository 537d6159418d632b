"""The page of a year's KM record: what the order asks, how far it is, what shows it. Counts and posts, no names."""

from coopkm.model.km import KmYear, participation
from coopkm.pages.page import Link, Page
from coopkm.pages.render import render
from coopkm.pages.writer import Shelf, Writer
from coopkm.text.markup import WEB_SCHEMES, scheme
from coopkm.views import urls
from coopkm.views.km import done_count


def km_page(shelf: Shelf, year: KmYear) -> Page:
    """One fiscal year. What is late is told by the reader's own clock: a page knows no today."""
    here = urls.km_path(year.year)
    writer = Writer(shelf, here)
    title = writer.word("km_title", year=year.year if shelf.lang == "th" else f"{year.year} ({year.year - 543})")
    html = render(
        "km.html.j2",
        writer,
        year=year,
        title=writer.unbroken(title),
        people=participation(year),
        done=done_count(year),
        is_web=lambda place: scheme(place) in WEB_SCHEMES,
    )
    trail = (Link(writer.words["home"], urls.HOME), Link(writer.words["door_office"], urls.door_path("office")))
    return Page(shelf.lang, here, title, writer.plain(year.topic), html, menu=here, trail=trail)
