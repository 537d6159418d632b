"""Unit pages: many alike, so they are drawn straight through the theme's template and kept by content."""

import json
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from jinja2 import Environment

import coopkm
from coopkm.model.base import Record, Unit, remembered, texts
from coopkm.pages import Site
from coopkm.pages.unit import unit_page
from coopkm.pages.writer import Shelf
from coopkm.site.cache import PageCache
from coopkm.site.frame import Frame
from coopkm.text.digest import digest
from coopkm.text.markup import UNIT_SCHEME
from coopkm.views.links import links_out
from coopkm.views.offices import ownership
from coopkm.views.urls import unit_path

_WRITTEN = re.compile(f"{UNIT_SCHEME}([a-z][a-z0-9-]*)")
_DRAWING = {".py", ".j2", ".html", ".yml"}
_RENDERERS = ("Jinja2", "Markdown", "MarkupSafe", "nh3", "pydantic", "pymdown-extensions")


def write_units(frame: Frame, environment: Environment, config: Any, cache: PageCache, folder: Path) -> Iterator[str]:
    """Write every unit page below the folder of the language; their paths from there."""
    site = frame.site
    shared = _shared_digest(frame, config)
    template = environment.get_template("main.html")
    for section in {unit_path(unit).rpartition("/")[0] for unit in site.shelf.all_units.values()}:
        (folder / section).mkdir(parents=True, exist_ok=True)
    for unit in site.shelf.all_units.values():
        path = unit_path(unit)
        key = digest(shared, _unit_facts(site, unit))
        if not cache.write(key, folder / path):
            page = unit_page(site.shelf, unit)
            html = template.render(coopkm=frame.context(page, frame.languages), config=config)
            cache.put(key, html, folder / path)
        yield path


def _shared_digest(frame: Frame, config: Any) -> str:
    """Everything that all unit pages of a language depend on."""
    shelf = frame.site.shelf
    library = shelf.library
    records: list[Record] = [
        library.project,
        *(placed.value for placed in library.documents.values()),
        *(placed.value for placed in library.sources.values()),
        *shelf.terms.values(),
    ]
    facts = {
        "frame": [shelf.lang, frame.languages, frame.edition, repr(frame.site.menu)],
        "config": [frame.site_url, str(config.repo_url), *map(str, config.extra_css)],
        "stale": sorted(name for name in library.stale if ":" in name),
        "units": _facts_of(shelf, sorted({name for record in records for name in _written_ids(record)})),
    }
    prints = (record.fingerprint for record in records)
    return digest(code_digest(), json.dumps(facts, ensure_ascii=False), *prints)


def _unit_facts(site: Site, unit: Unit) -> str:
    """Everything that the page of one unit depends on beside what is shared."""
    shelf = site.shelf
    before, after = (other.id if other else "" for other in shelf.neighbours.get(unit.id, (None, None)))
    leading = shelf.leading_here.get(unit.id, [])
    facts = _facts_of(shelf, [*links_out(unit), *_written_ids(unit), *leading, before, after])
    stale = [path for _, text, path, _ in unit.wordings if text.stale]
    banks = [
        (name, shelf.library.banks[name].value.title.shown(shelf.lang)) for name in shelf.asked_of.get(unit.id, [])
    ]
    whose = _whose_facts(shelf, unit)
    return json.dumps([unit.fingerprint, facts, stale, leading, before, after, banks, whose], ensure_ascii=False)


def _whose_facts(shelf: Shelf, unit: Unit) -> list[tuple[str, str]]:
    """The texts by which a page says whose the unit is."""
    whose = ownership(shelf.library, unit)
    if whose is None:
        return []
    said = (whose.office, whose.instead_of.title if whose.instead_of else None, whose.of)
    return [(text.shown(shelf.lang), text.language_for(shelf.lang)) if text else ("", "") for text in said]


@remembered
def _written_ids(record: Record) -> tuple[str, ...]:
    """Ids of units that texts of the record link to, in either language."""
    written = (text.th + (text.en or "") for _, text in texts(record))
    return tuple(sorted({name for text in written if UNIT_SCHEME in text for name in _WRITTEN.findall(text)}))


def _facts_of(shelf: Shelf, names: Iterable[str]) -> list[tuple[str, ...]]:
    """What a page that names these units shows of them."""
    return [
        (name, other.kind, other.status, other.title.shown(shelf.lang), other.title.language_for(shelf.lang))
        for name in names
        if (other := shelf.all_units.get(name))
    ]


@lru_cache(maxsize=1)
def code_digest() -> str:
    """The package's own files and the versions of the libraries that draw pages."""
    folder = Path(coopkm.__file__).parent
    files = sorted(path for path in folder.rglob("*") if path.suffix in _DRAWING and path.is_file())
    contents = (part for path in files for part in (path.relative_to(folder).as_posix(), path.read_bytes()))
    return digest(*contents, *(version(name) for name in _RENDERERS))
