"""Unit pages: many alike, so they are drawn straight through the theme's template and kept by content."""

import json
from collections.abc import Iterator
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from jinja2 import Environment

import coopkm
from coopkm.model.base import Record, Unit
from coopkm.pages import Site
from coopkm.pages.unit import unit_page
from coopkm.pages.urls import unit_path
from coopkm.site.cache import PageCache
from coopkm.site.frame import Frame
from coopkm.text.digest import digest
from coopkm.views.links import links_out

_RENDERERS = ("Jinja2", "Markdown", "MarkupSafe", "nh3", "pydantic", "pymdown-extensions")


def unit_files(
    frame: Frame, environment: Environment, config: Any, cache: PageCache
) -> Iterator[tuple[str, str]]:
    """Path from the language's root and finished HTML of every unit page."""
    site = frame.site
    shared = _shared_digest(frame, config)
    template = environment.get_template("main.html")
    for unit in site.shelf.all_units.values():
        key = digest(shared, _unit_facts(site, unit))
        html = cache.get(key)
        if html is None:
            page = unit_page(site.shelf, unit)
            html = template.render(coopkm=frame.context(page, frame.languages), config=config)
            cache.put(key, html)
        yield unit_path(unit), html


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
    stale = sorted(name for name in library.stale if ":" in name)
    outside = [frame.site_url, str(config.repo_url), *map(str, config.extra_css)]
    menu = repr(frame.site.menu)
    return digest(
        code_digest(), shelf.lang, frame.edition(), menu, *stale, *outside, *(_dump(record) for record in records)
    )


def _unit_facts(site: Site, unit: Unit) -> str:
    """Everything that the page of one unit depends on beside what is shared."""
    shelf = site.shelf
    before, after = (other.id if other else "" for other in shelf.neighbours.get(unit.id, (None, None)))
    leading = shelf.leading_here.get(unit.id, [])
    named = [*links_out(unit), *leading, before, after]
    facts = [
        (name, other.kind, other.status, other.title.shown(shelf.lang), other.title.language_for(shelf.lang))
        for name in named
        if (other := shelf.all_units.get(name))
    ]
    stale = sorted(name for name in shelf.library.stale if name.startswith(f"{unit.id}#"))
    return json.dumps([_dump(unit), facts, stale, leading, before, after], ensure_ascii=False)


def _dump(record: Record) -> str:
    return record.model_dump_json()


@lru_cache(maxsize=1)
def code_digest() -> str:
    """The package's own files and the versions of the libraries that draw pages."""
    folder = Path(coopkm.__file__).parent
    files = sorted(
        path for path in folder.rglob("*") if path.suffix in {".py", ".j2", ".html", ".yml"} and path.is_file()
    )
    contents = (part for path in files for part in (path.relative_to(folder).as_posix(), path.read_bytes()))
    return digest(*contents, *(version(name) for name in _RENDERERS))
