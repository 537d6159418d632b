"""The page of what is to be reviewed, by owner. Which days have passed is told by the reader's own clock."""

from coopkm.model.kinds import KINDS
from coopkm.pages.page import Link, Page
from coopkm.pages.render import render
from coopkm.pages.writer import Shelf, Writer
from coopkm.views import urls
from coopkm.views.reviews import reviews

SOON = 12  # rows of an owner that stand open; the others unfold


def reviews_page(shelf: Shelf) -> Page:
    """Units only: questions of the exam pool are nobody's business on a site."""
    writer = Writer(shelf, urls.REVIEWS)
    owners = [
        (group.owner, rows)
        for group in reviews(shelf.library)
        if (rows := [row for row in group.rows if row.id in shelf.units and row.kind in KINDS])
    ]
    html = render("reviews.html.j2", writer, owners=owners, soon=SOON, stale=_stale(writer))
    title, lede = writer.words["reviews_title"], writer.words["reviews_lede"]
    trail = (Link(writer.words["home"], urls.HOME), Link(writer.words["door_office"], urls.door_path("office")))
    toc = tuple((writer.plain(owner), f"owner-{number}") for number, (owner, _) in enumerate(owners, 1))
    return Page(shelf.lang, urls.REVIEWS, title, lede, html, menu=urls.REVIEWS, trail=trail, toc=toc)


def _stale(writer: Writer) -> dict[str, str]:
    names = ("english-stale", "english-missing", "question-aged")
    return {name: writer.words[f"review_{name}"] for name in names}
