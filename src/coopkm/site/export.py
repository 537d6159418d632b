"""The page tree as Markdown files for any generator: a folder and a config a language."""

import json
from pathlib import Path

from coopkm.errors import CannotGoOn
from coopkm.library import Library
from coopkm.model.base import LANGS
from coopkm.pages import Page, Site, build_site
from coopkm.pages.urls import article_path
from coopkm.site import articles
from coopkm.site.stage import MARKER
from coopkm.writing import write_file


def write_tree(library: Library, out: Path) -> int:
    """Write `out/LANG/**.md` and `out/mkdocs.LANG.yml`; how many pages. Files of an earlier tree that are gone go.

    A folder that holds anything else than an earlier tree is left alone.
    """
    if out.exists() and any(out.iterdir()) and not (out / MARKER).is_file():
        raise CannotGoOn(
            f"โฟลเดอร์ {out} มีไฟล์อื่นอยู่ เลือกโฟลเดอร์อื่น", f"{out} holds other files: choose another folder"
        )
    written = {}
    for lang in LANGS:
        if lang in library.project.languages:
            written |= _language(library, build_site(library, lang))
    for name, text in written.items():
        write_file(out / name, text)
    _forget(out, set(written))
    write_file(out / MARKER, "\n".join(sorted(written)) + "\n")
    return sum(name.endswith(".md") for name in written)


def _language(library: Library, site: Site) -> dict[str, str]:
    lang = site.lang
    made = {f"{lang}/{page.path.removesuffix('.html')}.md": _page(page) for page in site.pages()}
    for article in library.articles.values():
        if article.lang == lang:
            page = articles.writer(site.shelf, article_path(article.name))
            made[f"{lang}/{article.name}"] = articles.resolve_links(article.text, page)
    return made | {f"mkdocs.{lang}.yml": _config(site)}


def _page(page: Page) -> str:
    """Front matter and one HTML block without blank lines, which every Markdown dialect passes through."""
    head = {"title": page.title, "description": page.description, "lang": page.lang}
    lines = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in head.items())
    return f"---\n{lines}---\n\n<div class=\"coopkm\">\n{page.html}\n</div>\n"


def _config(site: Site) -> str:
    name = json.dumps(site.name, ensure_ascii=False)
    return (
        f"site_name: {name}\ndocs_dir: {site.lang}\nsite_dir: site-{site.lang}\nuse_directory_urls: false\n"
        f"theme:\n  name: mkdocs\n  locale: {site.lang}\n"
    )


def _forget(out: Path, kept: set[str]) -> None:
    """Remove the files of the earlier tree that this one does not have."""
    marker = out / MARKER
    if not marker.is_file():
        return
    for name in marker.read_text("utf-8").splitlines():
        old = (out / name).resolve()
        if name and name not in kept and old.is_relative_to(out.resolve()):
            old.unlink(missing_ok=True)
