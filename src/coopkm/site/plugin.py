"""The MkDocs plugin: a shell. It hands the events of a build to plain functions of this package.

With static-i18n a build runs once for each language, the later ones inside the first one's `on_post_build`.
Our events come after its own (its priority is -100), so its language is the one that is being built.
"""

import os
from pathlib import Path
from typing import Any, Literal

from jinja2 import Environment
from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage

from coopkm.errors import CannotGoOn
from coopkm.library import Library
from coopkm.site.assembly import Assembly
from coopkm.site.warnings import WarningCount
from coopkm.views.urls import DEFAULT_LANG

_AFTER_I18N = -110
_LAST = -200


class Options(Config):
    """Options under `coopkm:` in mkdocs.yml: the language of messages, which COOPKM_LANG overrules."""

    messages = config_options.Choice(("th", "en"), default="th")

    def lang(self) -> str:
        chosen = os.environ.get("COOPKM_LANG", "")
        return chosen if chosen in ("th", "en") else self.messages


class CoopkmPlugin(BasePlugin[Options]):
    """Adds the pages of `knowledge/` to a MkDocs site."""

    def __init__(self) -> None:
        self.command = "build"
        self.given = False
        self.assembly: Assembly | None = None
        self.warnings = WarningCount()

    def give(self, library: Library) -> None:
        """Build this library instead of reading the project again."""
        self.given = True
        self.assembly = Assembly(library.root, given=library)

    # With this event, MkDocs keeps the plugin from one build of `serve` to the next.
    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        self.command = command

    def on_shutdown(self) -> None:
        if self.assembly is not None:
            self.assembly.close()
        self.assembly, self.given = None, False

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        if self.assembly is None or not self.assembly.under_way:
            self._begin(config)
        assert self.assembly is not None
        self.assembly.configure(config)
        return config

    def _begin(self, config: MkDocsConfig) -> None:
        self.warnings.start()
        if self.assembly is None:
            self.assembly = Assembly(Path(config.config_file_path).parent, lang=self.config.lang())
        try:
            i18n = _i18n(config)
            self.assembly.begin(Path(config.site_dir), i18n.build_languages, staged=self.command != "serve")
        except CannotGoOn as stop:
            if self.given:
                raise
            raise PluginError(stop.lines[self.config.lang()]) from None
        for language in i18n.config.languages:
            language.build = language.locale in self.assembly.languages

    @event_priority(_AFTER_I18N)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        return self._running().add_files(files, config, _i18n(config).current_language)

    @event_priority(_LAST)
    def on_page_content(self, html: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
        return self._running().content(html, page)

    @event_priority(_LAST)
    def on_page_context(self, context: Any, *, page: MkDocsPage, config: MkDocsConfig, nav: Navigation) -> Any:
        context["coopkm"] = self._running().page_context(page)
        return context

    @event_priority(_LAST)
    def on_template_context(self, context: Any, *, template_name: str, config: MkDocsConfig) -> Any:
        context["coopkm"] = self._running().template_context(template_name, str(context.get("base_url", "")))
        return context

    @event_priority(_LAST)
    def on_post_page(self, output: str, *, page: MkDocsPage, config: MkDocsConfig) -> str:
        return self._running().rendered(output)

    @event_priority(_LAST)
    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        self._running().write_units(env, config)
        return env

    @event_priority(_LAST)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        if _i18n(config).building:
            return
        strict_failure = bool(config.strict and self.warnings.count)
        self.warnings.stop()
        self._running().end(config, keep_last=strict_failure)

    def on_build_error(self, *, error: Exception) -> None:
        self.warnings.stop()
        if self.assembly is not None:
            self.assembly.abandon()

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
        for folder in self._running().watched():
            server.watch(str(folder))
        return server

    def _running(self) -> Assembly:
        if self.assembly is None:
            raise PluginError("coopkm: on_config has not run")
        return self.assembly


def _i18n(config: MkDocsConfig) -> Any:
    """The plugin i18n, set so that the site is what `site_path` says: Thai at the root."""
    i18n = config.plugins.get("i18n")
    if i18n is None or i18n.config.docs_structure != "folder" or i18n.default_language != DEFAULT_LANG:
        raise CannotGoOn(
            "mkdocs.yml ต้องมีปลั๊กอิน i18n ที่ตั้ง docs_structure: folder และ default: true ที่ภาษา th",
            "mkdocs.yml needs the plugin i18n with docs_structure: folder and th as the default language",
        )
    return i18n
