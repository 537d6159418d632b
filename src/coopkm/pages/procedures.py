"""The section of procedures: the whole as one picture, then step by step."""

from coopkm.model.base import Unit
from coopkm.model.kinds import KINDS
from coopkm.model.kinds.procedure import Procedure
from coopkm.pages.diagram import narrow, wide
from coopkm.pages.page import Link, Page
from coopkm.pages.render import render
from coopkm.pages.writer import Shelf, Writer
from coopkm.views import urls
from coopkm.views.links import links_out

_EXPLAINING = ("background", "organisation")


def procedures_page(shelf: Shelf, units: list[Unit]) -> Page:
    """The listing page of the kind `procedure`."""
    path = urls.section_path("procedure")
    writer = Writer(shelf, path)
    row = KINDS["procedure"]
    title, lede = row.many[shelf.lang], row.about[shelf.lang]
    phases = [unit for unit in units if isinstance(unit, Procedure)]
    html = render(
        "procedures.html.j2",
        writer,
        title=title,
        lede=lede,
        units=phases,
        pictures=[narrow(writer, phases), wide(writer, phases)],
        more=_around(shelf, units),
    )
    trail = (Link(writer.words["home"], urls.HOME),)
    toc = tuple((writer.plain(unit.title), unit.id) for unit in units)
    return Page(shelf.lang, path, title, lede, html, menu=path, trail=trail, toc=toc)


def _around(shelf: Shelf, units: list[Unit]) -> list[Unit]:
    """Units that explain the procedures: those that the procedures lead to, or that lead to them."""
    names = {unit.id for unit in units}
    reached = {target for unit in units for target in links_out(unit)}
    return [
        unit
        for unit in shelf.units.values()
        if unit.kind in _EXPLAINING and (unit.id in reached or names & set(links_out(unit)))
    ]
