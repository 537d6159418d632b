"""One build of a site: what the plugin's events do, as plain methods in the order of their calls."""

import gc
import json
import logging
from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page as MkDocsPage

from coopkm.checks import check_library
from coopkm.library import KNOWLEDGE, QUIZZES, Library, Reading, mark_stale, read_library
from coopkm.model.base import LANGS
from coopkm.pages import Page, Site, build_site
from coopkm.problems import has_errors
from coopkm.problems.report import as_text
from coopkm.quizzes.script import browser_script as quiz_script
from coopkm.search.build import index_facts, index_files
from coopkm.search.script import browser_script
from coopkm.site import articles, stage
from coopkm.site.bulk import code_digest, write_units
from coopkm.site.cache import CompiledTemplates, LinkedPages, PageCache
from coopkm.site.fonts import web_fonts
from coopkm.site.frame import Frame
from coopkm.site.policy import header_files, policy, script_hashes
from coopkm.site.sitemap import sitemap
from coopkm.text.digest import digest
from coopkm.views.urls import DEFAULT_LANG, HOME, site_path
from coopkm.writing import write_file

THEME = Path(__file__).parent / "theme"
CACHE = ".cache/coopkm"
log = logging.getLogger("mkdocs.plugins.coopkm")


class Assembly:
    """The state of one build, from `begin` to `end` or `abandon`; `lang` is the language of messages."""

    def __init__(self, root: Path, lang: str = "th", given: Library | None = None) -> None:
        self.root = root
        self.lang = lang
        self.under_way = False
        self._given = given
        self._readings: dict[str, Reading] = {}
        self._last_good: Library | None = None
        self._stage: Path | None = None
        self._linked: TemporaryDirectory[str] | None = None
        self._compiled = CompiledTemplates()
        self._index: list[tuple[str, str]] | None = None

    def begin(self, target: Path, built: Collection[str], *, staged: bool) -> None:
        """Read and check the project; unless `staged` is false, make the folder to build into.

        `built` are the languages that MkDocs would build; the site has those of them that the project has.
        """
        self.library = self._given or self._read(may_keep=not staged)
        self.languages = tuple(lang for lang in LANGS if lang in self.library.project.languages and lang in built)
        self.target = target
        self._stage = stage.begin(target) if staged else None
        self._cache = self._open_cache()
        self._frames: dict[str, Frame] = {}
        self._standing: dict[str, Page] = {}
        self._written: dict[str, list[str]] = {}
        self._hashes: set[str] = set()
        self.under_way = True

    def _open_cache(self) -> PageCache:
        pages = self.root / CACHE / "pages.sqlite"
        if self._stage is not None:
            return PageCache(pages)
        if self._linked is None:
            self._linked = TemporaryDirectory(dir=self.target.parent, ignore_cleanup_errors=True)
        return LinkedPages(pages, Path(self._linked.name))

    def _read(self, *, may_keep: bool) -> Library:
        """The project's library. A preview goes on with the last good one: MkDocs would not answer."""
        first = not self._readings
        library, found = read_library(self.root, self._readings)
        if first:
            gc.freeze()  # most of it stays: the collector need not go through it at every build
        problems = sorted({*found, *check_library(library, date.today(), advice=False)})
        if not has_errors(problems):
            self._last_good = library
        elif may_keep and self._last_good is not None:
            log.error("\n%s", as_text(problems, self.lang))
            mark_stale(self._last_good)
        else:
            raise PluginError("\n" + as_text(problems, self.lang))
        return self._last_good or library

    def configure(self, config: MkDocsConfig) -> None:
        """Our shell over the theme; the build into its own folder."""
        # Nothing of the theme underneath is used: only to look through its ten thousand icons takes time.
        others = [folder for folder in config.theme.dirs if folder != str(THEME) and not _is_material(Path(folder))]
        config.theme.dirs[:] = [str(THEME), *others]
        if self._stage is not None:
            config.site_dir = str(self._stage)
        # MkDocs' own sitemap knows only part of our pages.
        config.theme.static_templates.discard("sitemap.xml")
        self.library = replace(self.library, articles=dict(articles.published(self.library, config)))

    def add_files(self, files: Files, config: MkDocsConfig, lang: str) -> Files:
        """Add the standing pages of a language."""
        frame = self._frame(config, lang)
        taken = {file.dest_uri for file in files if file.is_documentation_page()}
        for page in frame.site.standing_pages():
            dest = site_path(lang, page.path)
            if dest in taken:
                continue
            source = f"{lang}/{page.path.removesuffix('.html')}.md"
            file = File.generated(config, source, content=f"---\ntitle: {_quoted(page.title)}\n---\n")
            file.dest_uri = file.url = dest
            files.append(file)
            self._standing[source] = page
        self.current = frame
        paths = [file.dest_uri for file in files.documentation_pages()]
        self._written[lang] = [path.removeprefix(site_path(lang, "")) for path in paths]
        config.nav = None
        if lang != DEFAULT_LANG:  # a server has one such page, and each language would write it
            config.theme.static_templates.discard("404.html")
        return files

    def _frame(self, config: MkDocsConfig, lang: str) -> Frame:
        url = config.site_url or ""
        site: Site = build_site(self.library, lang)
        frame = Frame(site, self.languages, url if not url or url.endswith("/") else f"{url}/")
        self._frames[lang] = frame
        return frame

    def _writer(self, page: MkDocsPage) -> Any:
        return articles.writer(self.current.site.shelf, self._path(page))

    def _path(self, page: MkDocsPage) -> str:
        return page.file.dest_uri.removeprefix(site_path(self.current.site.lang, ""))

    def content(self, html: str, page: MkDocsPage) -> str:
        """Our own HTML for our own pages; for hand-written ones, theirs made safe."""
        standing = self._standing.get(page.file.src_uri)
        return standing.html if standing else articles.safe(html, self._writer(page))

    def page_context(self, page: MkDocsPage) -> dict[str, Any]:
        """The template variable `coopkm` of a page."""
        standing = self._standing.get(page.file.src_uri)
        if standing:
            return self.current.context(standing, self.languages)
        shown = articles.as_page(page, self.current.site, self._path(page))
        return self.current.context(shown, articles.languages_of(self.library, page.file.src_uri, self.languages))

    def template_context(self, name: str, base_url: str) -> dict[str, Any]:
        """The same for a page without a place of its own, such as 404: links start at the site's root."""
        frame = self.current
        page = Page(frame.site.lang, HOME, "", "", "")
        context = frame.context(page, self.languages)
        context["title"] = context["text"]["not_found_title"]
        prefix = f"{base_url.rstrip('/')}/"
        context.update(base=prefix, is_home=False, canonical="", hreflang=[], home_url=prefix + context["home_url"])
        context["search_url"] = prefix + context["search_url"]
        for group in context["menu"]:
            for item in group["items"]:
                item.update(url=prefix + item["url"], active="")
        for other in context["alternates"]:
            other["url"] = prefix + other["url"]
        return context

    def rendered(self, output: str) -> str:
        """Take note of what the policy must allow."""
        self._hashes |= script_hashes(output)
        return output

    def write_units(self, env: Environment, config: MkDocsConfig) -> None:
        """Write all unit pages of the language at hand."""
        env.bytecode_cache = self._compiled
        lang = self.current.site.lang
        folder = Path(config.site_dir) / site_path(lang, "")
        self._written[lang] += write_units(self.current, env, config, self._cache, folder)

    def end(self, config: MkDocsConfig, *, keep_last: bool) -> None:
        """Write what belongs to the whole site, then put it in its place."""
        folder = Path(config.site_dir)
        for name, content in self._site_files(config):
            write_file(folder / name, content)
        self._cache.close(whole=self._stage is not None)
        self.under_way = False
        if self._stage is not None:
            made, self._stage = self._stage, None
            config.site_dir = str(self.target)
            if keep_last:
                stage.abandon(made)
            else:
                stage.finish(made, self.target)

    def _site_files(self, config: MkDocsConfig) -> Iterator[tuple[str, str | bytes]]:
        url = self._frames[DEFAULT_LANG].site_url if DEFAULT_LANG in self._frames else ""
        yield "sitemap.xml", sitemap(self._written, url)
        yield from header_files(policy(self._hashes)).items()
        yield "assets/coopkm/search.js", browser_script()
        if any(frame.site.shelf.questions for frame in self._frames.values()):
            yield "assets/coopkm/quiz.js", quiz_script()
        for name, text in self._search_files():
            yield f"assets/coopkm/search/{name}", text
        for name, raw in web_fonts(self.root / CACHE).items():
            yield f"assets/coopkm/fonts/{name}", raw

    def _search_files(self) -> list[tuple[str, str]]:
        """The browser's index. A preview keeps that of its first build: to make it takes as long as all pages."""
        if self._stage is not None or self._index is None:
            key = digest(code_digest(), index_facts(self.library, self.languages))
            kept = self._cache.get(key)
            self._index = json.loads(kept) if kept else list(index_files(self.library, self.languages))
            if not kept:
                self._cache.keep(key, json.dumps(self._index))
        return self._index

    def abandon(self) -> None:
        """Leave everything as it was before `begin`."""
        if self.under_way:
            self._cache.close(whole=False)
        self.under_way = False
        if self._stage is not None:
            stage.abandon(self._stage)
            self._stage = None

    def close(self) -> None:
        """Remove what builds of a preview left for the next one."""
        if self._linked is not None:
            self._linked.cleanup()

    def watched(self) -> list[Path]:
        """Folders whose files a live preview follows."""
        homes = [(self.root, self.library.project)]
        homes += [(base.root, base.project) for base in self.library.bases.values()]
        return [
            folder
            for root, project in homes
            for name in (KNOWLEDGE, QUIZZES, project.exam_folder)
            if name and (folder := root / name).is_dir()
        ]


def _is_material(folder: Path) -> bool:
    package = find_spec("material")
    return bool(package and package.origin and folder.is_relative_to(Path(package.origin).parent))


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
