"""Pages that list units: a section for each kind, a door for each reader, what is new."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import get_args

from coopkm.model.base import Stage, Unit
from coopkm.model.kinds import KINDS
from coopkm.pages.page import Link, Page
from coopkm.pages.render import render
from coopkm.pages.writer import Shelf, Writer
from coopkm.views import urls
from coopkm.views.catalog import by_kind
from coopkm.views.editions import editions
from coopkm.views.paths import minutes


@dataclass(frozen=True)
class Group:
    """Units under one heading; without a title they stand alone."""

    title: str
    anchor: str
    units: list[Unit]


def section_page(shelf: Shelf, kind: str, units: list[Unit]) -> Page:
    """The listing of a kind."""
    row = KINDS[kind]
    path = urls.section_path(kind)
    writer = Writer(shelf, path)
    title, lede = row.many[shelf.lang], row.about[shelf.lang]
    html = render("listing.html.j2", writer, title=title, lede=lede, groups=[Group("", "", units)], numbered=True)
    return Page(shelf.lang, path, title, lede, html, menu=path, trail=_home(writer))


def door_page(shelf: Shelf, audience: str) -> Page:
    """What one kind of reader needs, by when it is needed."""
    path = urls.door_path(audience)
    writer = Writer(shelf, path)
    mine = [unit for unit in shelf.units.values() if audience in unit.audience]
    groups = [
        Group(_stage_title(writer, units), f"stage-{stage}", units)
        for stage in get_args(Stage)
        if (units := [unit for unit in mine if unit.stage == stage])
    ]
    title, lede = writer.words[f"door_{audience}"], writer.words[f"door_{audience}_about"]
    paths = [(path, minutes(path, shelf.units)) for path in shelf.paths if path.audience == audience]
    sections = [
        Link(KINDS[kind].many[shelf.lang], urls.section_path(kind))
        for kind in by_kind({unit.id: unit for unit in mine})
    ]
    html = render("door.html.j2", writer, title=title, lede=lede, groups=groups, paths=paths, sections=sections)
    toc = () if paths else tuple((group.title, group.anchor) for group in groups)
    return Page(shelf.lang, path, title, lede, html, menu=path, trail=_home(writer), toc=toc)


def _stage_title(writer: Writer, units: list[Unit]) -> str:
    time = writer.word("total_time", n=sum(unit.minutes for unit in units))
    return f"{writer.words[f'stage_{units[0].stage}']} ({time})"


@dataclass(frozen=True)
class NewsDay:
    """Units reviewed on one day."""

    day: date
    units: list[Unit]


def news_page(shelf: Shelf) -> Page:
    """Units by the day of their last review, newest first."""
    writer = Writer(shelf, urls.NEWS)
    ordered = sorted(shelf.units.values(), key=lambda unit: unit.reviewed, reverse=True)
    groups = [NewsDay(day, list(units)) for day, units in groupby(ordered, key=lambda unit: unit.reviewed)]
    html = render("news.html.j2", writer, groups=groups, editions=editions(shelf.library))
    title, lede = writer.words["news_title"], writer.words["news_lede"]
    return Page(shelf.lang, urls.NEWS, title, lede, html, menu=urls.NEWS, trail=_home(writer))


def home_page(shelf: Shelf) -> Page:
    """The three doors, the checklists, what is new."""
    writer = Writer(shelf, urls.HOME)
    project = shelf.library.project
    news = sorted(shelf.units.values(), key=lambda unit: unit.reviewed, reverse=True)[:5]
    checklists = by_kind(shelf.units).get("checklist", [])
    html = render("home.html.j2", writer, about=project.about, checklists=checklists, news=news)
    lede = writer.plain(project.about) if project.about else writer.words["home_lede"]
    return Page(shelf.lang, urls.HOME, writer.plain(project.name), lede, html, menu=urls.HOME)


def _home(writer: Writer) -> tuple[Link, ...]:
    return (Link(writer.words["home"], urls.HOME),)
