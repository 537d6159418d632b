"""The page tree as Markdown files for any generator: a folder and a config a language."""

import json
from pathlib import Path

from coopkm.errors import CannotGoOn
from coopkm.library import Library
from coopkm.model.base import LANGS
from coopkm.pages import Page, Site, build_site
from coopkm.reading import find_files
from coopkm.site import articles
from coopkm.views.urls import article_path
from coopkm.writing import write_file

LIST = ".coopkm-pages"  # in the tree: the names of the files that are ours, one a line


def write_tree(library: Library, out: Path) -> int:
    """Write `out/LANG/**.md` and `out/mkdocs.LANG.yml`; how many pages.

    Files of an earlier tree that this one does not have go. A folder that holds anything else than an earlier
    tree is left alone.
    """
    if out.exists() and any(out.iterdir()) and not (out / LIST).is_file():
        raise CannotGoOn(f"โฟลเดอร์ {out} มีไฟล์อื่นอยู่ เลือกโฟลเดอร์อื่น", f"{out} holds other files: choose another folder")
    written: dict[str, str | bytes] = {}
    for lang in LANGS:
        if lang in library.project.languages:
            written |= _language(library, build_site(library, lang))
    earlier = _listed(out)
    _list(out, earlier | set(written))  # before the files, so that a killed run leaves none that is not listed
    for name, text in written.items():
        write_file(out / name, text)
    for name in earlier - set(written):
        _forget(out, name)
    _list(out, set(written))
    return sum(name.endswith(".md") for name in written)


def _language(library: Library, site: Site) -> dict[str, str | bytes]:
    lang = site.lang
    made: dict[str, str | bytes] = {
        f"{lang}/{page.path.removesuffix('.html')}.md": _page(page) for page in site.pages()
    }
    for found in find_files(library.root, f"docs/{lang}"):
        if isinstance(found, Path) and found.suffix.lower() != ".md":
            made[found.relative_to(library.root / "docs").as_posix()] = found.read_bytes()
    for article in library.articles.values():
        if article.lang == lang:
            page = articles.writer(site.shelf, article_path(article.name))
            made[f"{lang}/{article.name}"] = articles.resolve_links(article.text, page)
    return made | {f"mkdocs.{lang}.yml": _config(site)}


def _page(page: Page) -> str:
    """Front matter and one HTML block without blank lines, which every Markdown dialect passes through."""
    head = {"title": page.title, "description": page.description, "lang": page.lang}
    lines = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in head.items())
    return f'---\n{lines}---\n\n<div class="coopkm">\n{page.html}\n</div>\n'


def _config(site: Site) -> str:
    name = json.dumps(site.name, ensure_ascii=False)
    return (
        f"site_name: {name}\ndocs_dir: {site.lang}\nsite_dir: site-{site.lang}\nuse_directory_urls: false\n"
        f"theme:\n  name: mkdocs\n  locale: {site.lang}\n"
    )


def _list(out: Path, names: set[str]) -> None:
    write_file(out / LIST, "".join(f"{name}\n" for name in sorted(names)))


def _listed(out: Path) -> set[str]:
    """The files of the earlier tree."""
    return set((out / LIST).read_text("utf-8").splitlines()) if (out / LIST).is_file() else set()


def _forget(out: Path, name: str) -> None:
    """Remove a file of the earlier tree that this one does not have."""
    old = (out / name).resolve()
    if old.is_relative_to(out.resolve()):
        old.unlink(missing_ok=True)
