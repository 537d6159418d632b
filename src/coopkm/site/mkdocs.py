"""MkDocs called from within: build and serve a project with its own mkdocs.yml."""

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from mkdocs.commands.build import build
from mkdocs.commands.serve import serve
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, BuildError, ConfigurationError

from coopkm.errors import CannotGoOn
from coopkm.library import Library

# Material prints a notice of its own future on every start; it is not the author's business.
os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")


def build_site(library: Library, out: Path | None, lang: str) -> Path:
    """Build the site of a library that has been read and checked; the folder where it stands.

    Without `out` the folder is `site_dir` of mkdocs.yml.
    """
    options: dict[str, Any] = {"site_dir": str(out.absolute())} if out else {}
    with _messages_on_stderr():
        return _build(library, _config(library.root, **options), lang)


def _build(library: Library, config: MkDocsConfig, lang: str) -> Path:
    plugin = _plugin(config)
    plugin.config.messages = lang
    plugin.give(library)
    config.plugins.on_startup(command="build", dirty=False)
    target = Path(config.site_dir)
    try:
        build(config)
    except (Abort, BuildError, ConfigurationError) as error:
        raise CannotGoOn(f"สร้างเว็บไซต์ไม่สำเร็จ: {error}", f"the site could not be built: {error}") from None
    finally:
        config.plugins.on_shutdown()
    return target


def _plugin(config: MkDocsConfig) -> Any:
    plugin = config.plugins.get("coopkm")
    if plugin is None:
        raise CannotGoOn(
            "mkdocs.yml ไม่มีปลั๊กอิน coopkm: เพิ่ม coopkm ใต้ plugins",
            "mkdocs.yml lacks the plugin: add coopkm under plugins",
        )
    return plugin


def serve_site(root: Path, address: str, lang: str) -> None:
    """Preview the project until it is stopped."""
    os.environ["COOPKM_LANG"] = lang  # MkDocs makes the plugin anew from mkdocs.yml, which may name another language
    logging.getLogger("mkdocs.livereload").setLevel(logging.INFO)
    with _messages_on_stderr():
        _plugin(_config(root))
        serve(str(_config_file(root)), livereload=True, dev_addr=address)


def _config(root: Path, **options: Any) -> MkDocsConfig:
    try:
        return load_config(str(_config_file(root)), **options)
    except (Abort, ConfigurationError) as error:
        raise CannotGoOn(f"mkdocs.yml ใช้ไม่ได้: {error}", f"mkdocs.yml cannot be used: {error}") from None


def _config_file(root: Path) -> Path:
    path = root / "mkdocs.yml"
    if not path.is_file():
        raise CannotGoOn(f"ไม่พบ {path}", f"there is no {path}")
    return path


@contextmanager
def _messages_on_stderr() -> Iterator[None]:
    logger, handler = logging.getLogger("mkdocs"), logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(message)s"))
    level = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.WARNING)
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)
