"""What stands around a page: menu, language switch, metadata. One dictionary for the theme's templates."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from importlib.resources import files
from typing import Any
from urllib.parse import quote

import yaml

from coopkm.pages import Page, Site
from coopkm.pages.words import WORDS
from coopkm.text.dates import format_date
from coopkm.views import urls
from coopkm.views.urls import DEFAULT_LANG, site_path

NAMES = {"th": "ไทย", "en": "English"}


def _load_strings() -> dict[str, dict[str, str]]:
    raw = yaml.safe_load(files("coopkm.site").joinpath("strings.yml").read_text("utf-8"))
    return {lang: {key: row[lang] for key, row in raw.items()} for lang in NAMES}


STRINGS = _load_strings()
_TOLD = "all found none near reading meant failed".split()
SEARCH_WORDS = {
    lang: json.dumps({name: words[f"search_{name}"] for name in _TOLD}, ensure_ascii=False)
    for lang, words in STRINGS.items()
}


def address(path: str, site_url: str) -> str:
    """What search engines know a page by: `.../` for a folder's own page. Without `site_url`, its path."""
    folder, slash, name = path.rpartition("/")
    return site_url + quote(folder + slash if site_url and name == "index.html" else path)


@dataclass(frozen=True)
class Frame:
    """What all pages of a language share. `site_url` is empty or ends in a slash."""

    site: Site
    languages: tuple[str, ...]
    site_url: str

    def context(self, page: Page, translated: Collection[str]) -> dict[str, Any]:
        """The template variable `coopkm`; `translated` are the languages that have the same page."""
        lang = self.site.lang
        here = site_path(lang, page.path)
        return {
            "lang": lang,
            "text": {**STRINGS[lang], "home": WORDS[lang]["home"]},
            "site_name": self.site.name,
            "office": self.site.office,
            "title": page.title,
            "description": " ".join(page.description.split()),
            "canonical": self._absolute(here),
            "base": "../" * here.count("/"),
            "root": urls.to_root(page.path),
            "home_url": urls.relative(urls.HOME, page.path),
            "is_home": page.path == urls.HOME,
            "is_search": page.path == urls.SEARCH,
            "search_url": urls.relative(urls.SEARCH, page.path),
            "search_words": SEARCH_WORDS[lang],
            "menu": self._menu(page),
            "breadcrumbs": [{"title": link.title, "url": urls.relative(link.path, page.path)} for link in page.trail],
            "alternates": self._alternates(page, here, translated),
            "hreflang": self._hreflang(page, here, translated),
            "toc": [{"title": title, "anchor": anchor} for title, anchor in page.toc],
            "previous": self._link(page.previous, page.path),
            "next": self._link(page.next, page.path),
            "jsonld": self._jsonld(page, here),
            "edition": self.edition,
            "content": page.html,
            "scripts": page.scripts,
        }

    @cached_property
    def edition(self) -> str:
        """The day of the newest review: the same sources always give the same edition."""
        days = [unit.reviewed for unit in self.site.shelf.units.values()]
        lang = self.site.lang
        return STRINGS[lang]["edition"].format(day=format_date(max(days, default=date.min), lang)) if days else ""

    def _absolute(self, path: str) -> str:
        return address(path, self.site_url) if self.site_url else ""

    def _link(self, link: Any, page: str) -> dict[str, str] | None:
        return {"title": link.title, "url": urls.relative(link.path, page)} if link else None

    def _menu(self, page: Page) -> list[dict[str, Any]]:
        return [
            {
                "title": group.title,
                "items": [
                    {
                        "title": item.title,
                        "url": urls.relative(item.path, page.path),
                        "active": ("page" if item.path == page.path else "section") if item.path == page.menu else "",
                    }
                    for item in group.items
                ],
            }
            for group in self.site.menu
        ]

    def _alternates(self, page: Page, here: str, translated: Collection[str]) -> list[dict[str, Any]]:
        return [
            {
                "lang": lang,
                "name": NAMES[lang],
                "url": urls.relative(site_path(lang, page.path if lang in translated else urls.HOME), here),
                "current": lang == self.site.lang,
            }
            for lang in self.languages
        ]

    def _hreflang(self, page: Page, here: str, translated: Collection[str]) -> list[dict[str, str]]:
        if len(translated) < 2:
            return []
        rows = [
            {"lang": lang, "href": self._absolute(path) or urls.relative(path, here)}
            for lang in self.languages
            if lang in translated
            for path in [site_path(lang, page.path)]
        ]
        default = next((row["href"] for row in rows if row["lang"] == DEFAULT_LANG), None)
        return [*rows, {"lang": "x-default", "href": default}] if default else rows

    def _jsonld(self, page: Page, here: str) -> str:
        if not page.schema:
            return ""
        schema = dict(page.schema)
        if self.site.office:
            schema["publisher"] = {"@type": "Organization", "name": self.site.office}
        if self.site_url:
            schema["mainEntityOfPage"] = self._absolute(here)
        return json.dumps(schema, ensure_ascii=False, sort_keys=True)
