"""The page of a learning path: its steps in order, with what each takes."""

from coopkm.model.paths import Path
from coopkm.pages.page import Link, Page
from coopkm.pages.render import render
from coopkm.pages.writer import Shelf, Writer
from coopkm.views import urls
from coopkm.views.paths import minutes, steps


def path_page(shelf: Shelf, path: Path) -> Page:
    """One path."""
    here = urls.path_path(path.id)
    writer = Writer(shelf, here)
    units = steps(path, shelf.units)
    html = render("path.html.j2", writer, path=path, units=units, minutes=minutes(path, shelf.units))
    door = urls.door_path(path.audience)
    trail = (
        Link(writer.words["home"], urls.HOME),
        Link(writer.words[f"door_{path.audience}"], door),
    )
    title, summary = writer.plain(path.title), writer.plain(path.summary)
    return Page(shelf.lang, here, title, summary, html, menu=door, trail=trail)
