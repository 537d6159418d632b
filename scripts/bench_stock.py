"""The same texts as a stock MkDocs site: `python3 scripts/bench_stock.py PROJECT FOLDER`.

Plain Markdown as a person would write it: headings, lists, links. Material with static-i18n, set up as well as
is known: units outside the navigation and reached from listing pages, the search index not made over and over
(`reconfigure_search: false`), no fonts from elsewhere.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from posixpath import relpath

from coopkm.library import Library, read_library
from coopkm.model.base import LANGS, Point, Text, Unit, texts
from coopkm.model.kinds import KINDS
from coopkm.text.dates import format_date
from coopkm.views.catalog import by_kind, shown_units
from coopkm.views.citations import citing_units

CONFIG = """\
site_name: Stock
use_directory_urls: false
theme:
  name: material
  language: th
  font: false
plugins:
  - search
  - i18n:
      docs_structure: folder
      reconfigure_search: false
      languages:
        - {locale: th, name: ไทย, default: true, build: true}
        - {locale: en, name: English, build: true}
markdown_extensions: [admonition, attr_list, def_list, tables, toc]
validation: {omitted_files: ignore}
"""
OWN_FIELDS = ("objectives", "steps", "items", "signs", "causes", "prevention", "remedy", "involve", "evidence")
BOXES = ("occasion", "body", "in_field", "exercise", "ask_about", "example")


def write_stock(library: Library, root: Path) -> None:
    """Write the project's texts as a stock site into `root`, which must not be there yet."""
    for lang in LANGS:
        for name, text in _Pages(library, lang).pages():
            path = root / "docs" / lang / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
    nav = [f"{KINDS[kind].section}/index.md" for kind in by_kind(shown_units(library))]
    nav += ["glossary.md", "sources/index.md", *(f"sources/{name}.md" for name in library.documents)]
    config = CONFIG + f"nav: {json.dumps(['index.md', *nav])}\n"
    (root / "mkdocs.yml").write_text(config, encoding="utf-8", newline="\n")


class _Pages:
    """The pages of one language."""

    def __init__(self, library: Library, lang: str) -> None:
        self.library = library
        self.lang = lang
        self.units = shown_units(library)
        self.used_by = citing_units(self.units)

    def pages(self) -> Iterator[tuple[str, str]]:
        kinds = by_kind(self.units)
        rows = [f"- [{KINDS[kind].many[self.lang]}]({KINDS[kind].section}/index.md)" for kind in kinds]
        yield "index.md", "\n".join(["# Home", "", *rows, ""])
        for kind, units in kinds.items():
            path = f"{KINDS[kind].section}/index.md"
            yield path, f"# {KINDS[kind].many[self.lang]}\n\n" + "".join(self._listed(unit, path) for unit in units)
        for unit in self.units.values():
            yield self._path(unit.id), "\n".join(self._unit(unit)) + "\n"
        yield "glossary.md", "# Glossary\n\n" + "\n".join(self._terms())
        documents = [f"- [{self._say(d.value.title)}]({name}.md)" for name, d in self.library.documents.items()]
        yield "sources/index.md", "\n".join(["# Sources", "", *documents, ""])
        for name in self.library.documents:
            yield f"sources/{name}.md", "\n".join(self._document(name)) + "\n"

    def _say(self, text: Text) -> str:
        return text.shown(self.lang)

    def _path(self, name: str) -> str:
        return f"{KINDS[self.units[name].kind].section}/{name}.md"

    def _link(self, name: str, page: str) -> str:
        return f"[{self._say(self.units[name].title)}]({relpath(self._path(name), page.rpartition('/')[0])})"

    def _listed(self, unit: Unit, page: str) -> str:
        return f"- {self._link(unit.id, page)} – {self._say(unit.summary)}\n"

    def _cited(self, keys: list[str], page: str) -> str:
        items = [self.library.sources[key].value for key in keys]
        folder = page.rpartition("/")[0]
        links = [
            f"[{self._say(item.cite)}]({relpath(f'sources/{item.document}.md', folder)}#{item.key.replace('.', '-')})"
            for item in items
        ]
        return f" ({', '.join(links)})" if links else ""

    def _unit(self, unit: Unit) -> Iterator[str]:
        page = self._path(unit.id)
        yield from (f"# {self._say(unit.title)}", "", self._say(unit.summary), "")
        for name in ("points", *OWN_FIELDS):
            rows = getattr(unit, name, None)
            if rows:
                yield from (f"## {name.capitalize()}", "", *self._rows(rows, page), "")
        for name in BOXES:
            text = getattr(unit, name, None)
            if text:
                yield from (f"## {name.capitalize()}", "", self._resolved(self._say(text), page), "")
        for name, others in (("Read first", unit.requires), ("Related", unit.related)):
            if others:
                yield from (f"## {name}", "", *(f"- {self._link(other, page)}" for other in others), "")
        yield from (
            "## About this page",
            "",
            f"- {self._say(unit.owner)}",
            f"- {format_date(unit.reviewed, self.lang)}",
        )
        yield from (f"- {format_date(unit.review_by, self.lang)}", f"- {self._cited(unit.sources, page)}")

    def _rows(self, rows: list[Point], page: str) -> Iterator[str]:
        """A numbered list; everything else that a row says stands in a list below it."""
        for number, row in enumerate(rows, 1):
            first, *more = [text for loc, text in texts(row) if loc[0] not in ("details", "points")]
            yield f"{number}. {self._say(first)}{self._cited(row.sources, page)}"
            yield from (f"    - {self._say(text)}" for text in more)
            for part in (*getattr(row, "details", ()), *getattr(row, "points", ())):
                yield f"    - {self._say(part.text)}{self._cited(part.sources, page)}"

    def _resolved(self, text: str, page: str) -> str:
        """Our links as paths; a link to a term or a source leads to its page."""
        folder = page.rpartition("/")[0]
        for name in self.units:
            if f"unit:{name}" in text:
                text = text.replace(f"unit:{name})", f"{relpath(self._path(name), folder)})")
        text = text.replace("](term:", f"]({relpath('glossary.md', folder)}#")
        for name in self.library.documents:
            text = text.replace(f"](source:{name}.", f"]({relpath(f'sources/{name}.md', folder)}#{name}-")
        return text

    def _terms(self) -> Iterator[str]:
        for name, placed in self.library.terms.items():
            yield from (f"### {self._say(placed.value.term)} {{#{name}}}", "", self._say(placed.value.meaning), "")

    def _document(self, name: str) -> Iterator[str]:
        document = self.library.documents[name].value
        page = f"sources/{name}.md"
        yield from (f"# {self._say(document.title)}", "", self._say(document.publisher), "")
        for key, placed in self.library.sources.items():
            if placed.value.document == name:
                yield from (f"### {self._say(placed.value.cite)} {{#{key.replace('.', '-')}}}", "")
                yield from (self._say(placed.value.label), "")
                yield from (f"- {self._link(user, page)}" for user in self.used_by.get(key, ()))
                yield ""


if __name__ == "__main__":
    write_stock(read_library(Path(sys.argv[1]))[0], Path(sys.argv[2]))
