"""Our search beside others: `python3 scripts/search_compare.py FILE... [--out table.md] [--pagefind PATH]`.

Asks the queries of the files (see search_quality.py) of our search in a browser, of the search of Material for MkDocs,
of Pagefind and of SQLite FTS5, all over the same titles and texts of the project's units, in all its languages. Only
units count: a result is right when its unit cites one of the keys, and a unit counts once, at its first place. Nothing
of the others becomes part of the product: Pagefind is installed by npm, or pip, into a folder that is removed again.
"""

import argparse
import gzip
import html
import math
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

from bench import run
from search_quality import DEEPEST, ROOT, SHOWN, Judged, judge, line, read

from coopkm.library import Library, read_library
from coopkm.search.entries import Entry, entries
from coopkm.views.catalog import shown_units
from coopkm.views.citations import cited_keys

# In the order of the columns of search_quality.line, after name and count.
MEASURES = ("success@1", "success@5", "MRR@10", "no result")
CONFIG = """\
site_name: Stock
use_directory_urls: false
theme: {name: material, language: th, font: false}
plugins: [search: {lang: th}]
nav: [index.md]
validation: {omitted_files: ignore}
"""
OURS = f"""async (text) => {{
  await customElements.whenDefined("coopkm-search");
  return ({SHOWN})(text);
}}"""
# What its page does when it is opened and a query is typed: the worker gets the index whole, then the query.
MATERIAL = """async (text) => {
  const send = (type, data) => new Promise((resolve) => {
    globalThis.worker.onmessage = (event) => resolve(event.data);
    globalThis.worker.postMessage({ type, data });
  });
  if (!globalThis.worker) {
    const { config, docs } = await (await fetch("/search/search_index.json")).json();
    globalThis.worker = new Worker("/WORKER");
    await send(0, { config, docs, options: { suggest: false } });
  }
  return (await send(2, text)).data.items.map((group) => group[0].location);
}"""
# Ten at a time, until there are as many different units as are judged.
PAGEFIND = """async (text) => {
  const { results } = await (await import("/pagefind/pagefind.js")).search(text);
  const found = [];
  for (let at = 0; at < results.length && new Set(found.map((url) => url.split("/").pop())).size < MOST; at += MOST) {
    for (const { url } of await Promise.all(results.slice(at, at + MOST).map((one) => one.data()))) found.push(url);
  }
  return found;
}"""


@dataclass(frozen=True)
class Site:
    """A search in the browser: the page to open and the script to run there, and which of the site's files are its."""

    folder: Path
    page: str
    script: str
    files: tuple[str, ...]
    index: tuple[str, ...]
    reused: bool = False  # each query needs the same files: one tab does for all


@dataclass(frozen=True)
class Answers:
    """The units found for each query, the sizes of the files it needed, and the index compressed and as it is."""

    units: list[list[str]]
    loads: list[list[int]]
    index: tuple[int, int]


def main(arguments: Sequence[str]) -> int:
    options = parse(arguments)
    queries = [(file.stem, row) for file in options.files for row in read(file)]
    texts = [str(row["q"]) for _, row in queries]
    library, _ = read_library(ROOT)
    with TemporaryDirectory(prefix="search-compare-") as name:
        answers = dict(answered(options.pagefind, library, Path(name), texts))
    sources = {unit.id: cited_keys(unit) for unit in shown_units(library).values()}
    judged: dict[str, list[Judged]] = {}
    for tool, answer in answers.items():
        results = ([{"id": unit, "sources": sources.get(unit, ())} for unit in units] for units in answer.units)
        judged[tool] = [judge(row, found) for (_, row), found in zip(queries, results, strict=True)]
    report = "\n".join([*quality([file for file, _ in queries], judged), *cost(answers)])
    print(report)
    if options.out:
        options.out.write_text(report + "\n", encoding="utf-8", newline="\n")
    return 0


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition(":")[0])
    parser.add_argument("files", nargs="+", type=Path, help="files of queries")
    parser.add_argument("--pagefind", type=Path, help="its program, extended; else it is installed for this run")
    parser.add_argument("--out", type=Path, help="write the tables to this file, too")
    return parser.parse_args(arguments)


def answered(program: Path | None, library: Library, folder: Path, texts: list[str]) -> Iterator[tuple[str, Answers]]:
    """Each tool in turn, the sites made before."""
    ours, stock = folder / "ours", folder / "stock"
    run([sys.executable, "-m", "coopkm", "--project", str(ROOT), "build", "--out", str(ours)], folder)
    listed = [(lang, entry) for lang in library.project.languages for entry in entries(library, lang)]
    units = [(lang, entry) for lang, entry in listed if entry.key.startswith("unit:")]
    write_stock(stock, units)
    pagefind = program.resolve() if program else install_pagefind(folder / "pagefind")
    # One index for both languages, as its documentation advises where a query may be in either.
    run([str(pagefind), "--site", "site", "--root-selector", "article", "--force-language", "th"], stock)
    number = subprocess.check_output([pagefind, "--version"], text=True).split()[-1]
    own = "assets/coopkm/search"
    yield "CoopKM", by_site(Site(ours, "search.html", OURS, (own,), (f"{own}/**/*",)), texts)
    site = stock / "site"
    (site / "ask.html").write_text('<!doctype html><html lang="th"><title>ask</title>', encoding="utf-8")
    worker = next(site.glob("assets/javascripts/workers/search.*.js")).relative_to(site)
    material, parts = MATERIAL.replace("WORKER", worker.as_posix()), ("assets/javascripts/", "search/")
    named = f"Material for MkDocs {version('mkdocs-material')}"
    yield named, by_site(Site(site, "ask.html", material, parts, ("search/*",), reused=True), texts)
    index = tuple(f"pagefind/{name}" for name in ("index/*", "fragment/*", "*.pf_meta", "pagefind-entry.json"))
    asking = PAGEFIND.replace("MOST", str(DEEPEST))
    yield f"Pagefind {number} extended", by_site(Site(site, "ask.html", asking, ("pagefind/",), index), texts)
    yield f"SQLite {sqlite3.sqlite_version} FTS5 trigram", by_sqlite(units, texts)


def write_stock(root: Path, units: Sequence[tuple[str, Entry]]) -> None:
    """Build a site with a page a unit and language: the title, and a paragraph for each text."""
    for lang, unit in units:
        page = root / "docs" / lang / f"{unit.id}.md"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(html.escape("\n\n".join([f"# {unit.title}", *unit.passages]), quote=False) + "\n", "utf-8")
    (root / "docs" / "index.md").write_text("---\nsearch: {exclude: true}\n---\n", "utf-8")
    (root / "mkdocs.yml").write_text(CONFIG, "utf-8")
    run([sys.executable, "-m", "mkdocs", "build", "-q"], root)


def install_pagefind(folder: Path) -> Path:
    """The extended program, which cuts Thai into words. npm has newer editions than PyPI."""
    folder.mkdir()
    npm = shutil.which("npm")
    by_npm = [npm or "", "install", "--no-audit", "--no-fund", "--prefix", str(folder), "pagefind"]
    by_pip = [sys.executable, "-m", "pip", "install", "--target", str(folder), "pagefind_bin_extended"]
    run(by_npm if npm else by_pip, folder)
    found = (path for path in folder.rglob("pagefind_extended*") if path.is_file() and path.suffix in ("", ".exe"))
    return next(found)


def by_site(site: Site, texts: list[str]) -> Answers:
    """The first query of a browser that has nothing yet, over and over."""
    from playwright.sync_api import sync_playwright

    path = os.environ.get("COOPKM_BROWSER", "/usr/bin/chromium")
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    units: list[list[str]] = []
    loads: list[list[int]] = []
    with served(site.folder) as (address, log), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"] if root else [])
        for text in texts:
            if not (units and site.reused):
                log.clear()
                tab = browser.new_context().new_page()
                tab.goto(f"{address}/{site.page}")
            units.append(names(tab.evaluate(site.script, text)))
            loads.append([sent(site.folder / name) for name in log if name.startswith(site.files)])
            if not site.reused:
                tab.context.close()
        browser.close()
    index = [path for pattern in site.index for path in site.folder.glob(pattern) if path.is_file()]
    return Answers(units, loads, (sum(map(sent, index)), sum(path.stat().st_size for path in index)))


@contextmanager
def served(folder: Path) -> Iterator[tuple[str, list[str]]]:
    """The folder over http: its address, and the list of paths asked for so far."""
    log: list[str] = []

    class Handler(SimpleHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: Any) -> None:
            log.append(urlsplit(self.path).path.lstrip("/"))

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(folder))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}", log
        finally:
            server.shutdown()


def names(links: list[str]) -> list[str]:
    """The ids of units, each once, in addresses of pages or keys; what leads elsewhere stays as it is."""
    found = (link.rpartition("/")[2].removesuffix(".html").removeprefix("unit:") for link in links)
    return list(dict.fromkeys(found))[:DEEPEST]


@cache
def sent(path: Path) -> int:
    """Bytes as a server sends them; what is compressed already does not shrink."""
    return compressed(path.read_bytes())


def compressed(data: bytes) -> int:
    return min(len(data), len(gzip.compress(data, mtime=0)))


def by_sqlite(units: Sequence[tuple[str, Entry]], texts: list[str]) -> Answers:
    """Trigrams of title and text, ranked by bm25 with the title five times as heavy, a row a unit and language."""
    base = sqlite3.connect(":memory:")
    base.execute("CREATE VIRTUAL TABLE units USING fts5(id UNINDEXED, title, text, tokenize = 'trigram')")
    rows = ((unit.id, unit.title, "\n".join(unit.passages)) for _, unit in units)
    base.executemany("INSERT INTO units VALUES (?, ?, ?)", rows)
    base.execute("INSERT INTO units(units) VALUES ('optimize')")
    base.commit()
    found = [names([row[0] for row in matching(base, text)]) for text in texts]
    data = base.serialize()
    return Answers(found, [], (compressed(data), len(data)))


def matching(base: sqlite3.Connection, text: str) -> list[tuple[str]]:
    """Any trigram of any word may match, for a whole word or phrase finds nothing once a letter is wrong.

    A text without three letters in a row has no trigram; it is looked for as it stands, in titles first.
    """
    grams = dict.fromkeys(word[at : at + 3] for word in text.split() for at in range(len(word) - 2))
    if grams:
        asked = " OR ".join('"' + gram.replace('"', '""') + '"' for gram in grams)
        sql = "SELECT id FROM units WHERE units MATCH ? ORDER BY bm25(units, 0, 5, 1) LIMIT 50"
        return base.execute(sql, [asked]).fetchall()
    sql = """SELECT id FROM units WHERE instr(lower(title), ?1) OR instr(lower(text), ?1)
        ORDER BY instr(lower(title), ?1) = 0 LIMIT 50"""
    return base.execute(sql, [text.strip().lower()]).fetchall()


def quality(files: list[str], judged: dict[str, list[Judged]]) -> Iterator[str]:
    """A table a measure: a row a tool; a column a class, one for all, and one for each file where there are several."""
    kinds = list(dict.fromkeys(row.kind for rows in judged.values() for row in rows))
    several = list(dict.fromkeys(files)) if len(set(files)) > 1 else []
    for column, measure in enumerate(MEASURES, 3):
        yield from (measure, "", head(["tool", *kinds, "all", *several]))
        for tool, rows in judged.items():
            groups = [[row for row in rows if row.kind == kind] for kind in kinds] + [rows]
            groups += [[row for row, file in zip(rows, files, strict=True) if file == name] for name in several]
            yield cells([tool, *(line("", group).split("|")[column].strip() for group in groups)])
        yield ""


def cost(answers: dict[str, Answers]) -> Iterator[str]:
    """What a first query fetches, its page left out, and how large the index is, each in kB."""
    numbers = [f"{what}, {how}" for what in ("requests", "kB gzip") for how in ("mean", "95th percentile")]
    yield from ("first query", "", head(["tool", *numbers, "index kB gzip", "index kB"]))
    for tool, answer in answers.items():
        loads = [*spread([len(load) for load in answer.loads]), *spread([sum(load) / 1000 for load in answer.loads])]
        yield cells([tool, *loads, *(f"{size / 1000:.0f}" for size in answer.index)])


def spread(values: list[float] | list[int]) -> list[str]:
    """Mean and 95th percentile (nearest rank)."""
    if not values:
        return ["n/a", "n/a"]
    high = sorted(values)[math.ceil(0.95 * len(values)) - 1]
    return [f"{value:.1f}" for value in (sum(values) / len(values), high)]


def head(columns: list[str]) -> str:
    return cells(columns) + "\n|" + "---|" * len(columns)


def cells(columns: list[str]) -> str:
    return f"| {' | '.join(columns)} |"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
