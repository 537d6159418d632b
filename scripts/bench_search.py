"""Measure the search: `python3 scripts/bench_search.py --units 20000 [--project DIR] [--write]`.

Makes a project of so many units (`bench_project.py`), writes its index in a process of its own, and asks it in headless
Chromium: what a first query costs a browser that has nothing yet, how long a query takes when its files are there, and
on the real site how long from the last key to the first result on a slow machine. The queries are those of
tests/search/. Prints a table in Markdown; `--write` puts it into docs/dev/search.md.
"""

import argparse
import gzip
import json
import os
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml
from bench_project import write_project
from playwright.sync_api import Browser, Page, sync_playwright

from coopkm.library import read_library
from coopkm.search.analysis import Analysis
from coopkm.search.build import analysis_of, suggested_names
from coopkm.search.entries import Entry, entries
from coopkm.search.script import browser_script
from coopkm.search.static import search_files
from coopkm.writing import write_file

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "dev" / "search.md"
LANGS = ("th", "en")
SHOWN = 10
SLOWDOWN = 4
KEYS_APART = 120  # milliseconds: a quick typist
FINDER = ("analyse", "rank", "match", "suggest", "load", "find")


def main(arguments: Sequence[str]) -> int:
    options = parse(arguments)
    if options.index:
        print(json.dumps(write_index(options.index, options.lang)))
        return 0
    with TemporaryDirectory() as scratch:
        folder = Path(scratch)
        rows = [*large(options, folder), *real(folder)]
    table = "\n".join(["| measured | figure |", "|---|---|", *(f"| {name} | {figure} |" for name, figure in rows)])
    print(table)
    if options.write:
        put(table)
    return 0


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition(":")[0])
    parser.add_argument("--units", type=int, default=20_000, help="how many units the large project has")
    parser.add_argument("--project", type=Path, help="a project made before, in place of a new one")
    parser.add_argument("--write", action="store_true", help="put the table into docs/dev/search.md")
    parser.add_argument("--lang", choices=LANGS, help=argparse.SUPPRESS)
    parser.add_argument("--index", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args(arguments)


def large(options: argparse.Namespace, folder: Path) -> Iterator[tuple[str, str]]:
    """Figures of the large project."""
    project = options.project or folder / "project"
    if not project.exists():
        write_project(project, options.units)
    started = time.monotonic()
    dump(project, folder)
    yield f"{options.units:,} units read, in both languages", f"{time.monotonic() - started:.0f} s"
    for lang in LANGS:
        command = [sys.executable, __file__, "--index", str(folder), "--lang", lang]
        made = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        yield f"index made and written, {lang}", f"{made['seconds']:.0f} s, {made['peak']} MB at the most"
        yield f"files and size of the index, {lang}", f"{made['files']:,}, {made['bytes'] / 1e6:.0f} MB"
    with chromium() as browser:
        for lang in LANGS:
            yield from asked(browser, folder, lang)


def dump(project: Path, folder: Path) -> None:
    """What can be found, a line each: reading a project is not what is measured."""
    library, _ = read_library(project)
    keys: dict[str, list[str]] = {lang: [] for lang in LANGS}
    for lang in LANGS:
        with (folder / f"{lang}.jsonl").open("w", encoding="utf-8") as file:
            for entry in entries(library, lang):
                keys[lang].append(entry.key)
                file.write(json.dumps(asdict(entry), ensure_ascii=False) + "\n")
    setting = {
        "keys": keys,
        "misprints": analysis_of(library).right,
        "names": {lang: suggested_names(library, lang) for lang in LANGS},
    }
    (folder / "setting.json").write_text(json.dumps(setting, ensure_ascii=False), "utf-8")


def write_index(folder: Path, lang: str) -> dict[str, Any]:
    """Make and write the index of a language; seconds and memory of doing so."""
    setting = json.loads((folder / "setting.json").read_text("utf-8"))
    analysis = Analysis(setting["misprints"])
    listed = list(loaded(folder / f"{lang}.jsonl"))
    others = {other: setting["keys"][other] for other in LANGS if other != lang}
    started, files, size = time.monotonic(), 0, 0
    for name, text in search_files(listed, lang, analysis, setting["names"][lang], others):
        path = folder / "search" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        write_file(path, text)
        files, size = files + 1, size + path.stat().st_size
    seconds = time.monotonic() - started
    # Not ru_maxrss: a child begins with that of its parent.
    status = Path("/proc/self/status")
    found = re.search(r"VmHWM:\s+(\d+)", status.read_text("utf-8")) if status.exists() else None
    peak = int(found[1]) // 1024 if found else None
    return {"seconds": seconds, "peak": peak, "files": files, "bytes": size}


def loaded(path: Path) -> Iterator[Entry]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield Entry(
                **{name: tuple(value) if isinstance(value, list) else value for name, value in json.loads(line).items()}
            )


def queries() -> list[str]:
    files = sorted((ROOT / "tests" / "search").glob("*.yml"))
    return [str(row["q"]) for file in files for row in yaml.safe_load(file.read_text("utf-8"))]


@contextmanager
def chromium() -> Iterator[Browser]:
    path = os.environ.get("COOPKM_BROWSER", "/usr/bin/chromium")
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"] if root else [])
        yield browser
        browser.close()


def asked(browser: Browser, folder: Path, lang: str) -> Iterator[tuple[str, str]]:
    """What the queries cost: cold in a page of their own each, warm in one for all."""
    code = browser_script(*FINDER).rstrip().removesuffix("})();")
    (folder / "finder.js").write_text(f"{code}globalThis.Finder = Finder;}})();", "utf-8")
    blank = folder / "blank.html"
    blank.write_text('<!doctype html><meta charset="utf-8"><script src="finder.js"></script>', "utf-8")
    cost, count = [], []
    for text in queries():
        fetched = cold(browser, blank, lang, text)
        cost.append(sum(len(gzip.compress(path.read_bytes())) for path in fetched) / 1000)
        count.append(len(fetched))
    yield f"first query, {lang}: KB gzip", spread(cost)
    yield f"first query, {lang}: requests", spread(count)
    page = browser.new_page()
    page.goto(blank.as_uri())
    begin(page, lang)
    times = [page.evaluate(WARM, text) for text in queries()]
    yield f"query when its files are there, {lang}: ms", spread(times)
    page.close()


def cold(browser: Browser, blank: Path, lang: str, text: str) -> list[Path]:
    """The files that a first query asks for."""
    page = browser.new_page()
    page.goto(blank.as_uri())
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    begin(page, lang)
    page.evaluate(ASK, text)
    page.close()
    return [blank.parent / url.partition(f"{blank.parent.as_uri()}/")[2] for url in fetched]


def begin(page: Page, lang: str) -> None:
    page.evaluate('(lang) => { globalThis.finder = new Finder("search/", lang); }', lang)


ASK = f"""async (text) => {{
  const answer = await finder.find(text);
  return (await finder.show(answer, answer.matches, {SHOWN})).length;
}}"""
WARM = f"""async (text) => {{
  const once = {ASK.replace("async (text)", "async ()")};
  await once();
  const times = [];
  for (let at = 0; at < 5; at++) {{
    const begun = performance.now();
    await once();
    times.push(performance.now() - begun);
  }}
  return times.sort((one, other) => one - other)[2];
}}"""


def spread(values: Sequence[float]) -> str:
    """Mean, 95th percentile and the most."""
    ordered = sorted(values)
    high = ordered[min(len(ordered) - 1, round(0.95 * len(ordered)))]
    return f"{statistics.mean(values):.1f} on average, {high:.1f} at the 95th percentile, {ordered[-1]:.1f} at the most"


def real(folder: Path) -> Iterator[tuple[str, str]]:
    """Figures of this project's own site."""
    site = folder / "site"
    subprocess.run([sys.executable, "-m", "coopkm", "--project", str(ROOT), "build", "--out", str(site)], check=True)
    script = len(gzip.compress((site / "assets/coopkm/search.js").read_bytes(), 9))
    yield "code of the search in the browser", f"{script / 1000:.1f} KB gzip"
    (folder / "search").rename(folder / "search-large")
    (folder / "search").symlink_to(site / "assets/coopkm/search")
    with chromium() as browser:
        yield from ((f"real site, {name}", figure) for name, figure in asked(browser, folder, "th"))
        yield (
            f"real site, {SLOWDOWN} times slower: ms from the last key to the first result",
            spread(list(typed(browser, site))),
        )


def typed(browser: Browser, site: Path) -> Iterator[float]:
    """From the last key of a query to the first result on the page."""
    page = browser.new_page()
    page.goto((site / "search.html").as_uri())
    page.wait_for_function("!!customElements.get('coopkm-search')")
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWDOWN})
    for text in queries()[::12]:
        page.fill("#_q", "")
        page.evaluate(LISTEN)
        page.keyboard.type(text, delay=KEYS_APART)
        yield page.evaluate("shown")
    page.close()


# Notes how long after each key the results changed; the last one counts.
LISTEN = """() => {
  const [box, list] = [document.querySelector("#_q"), document.querySelector("#_results")];
  list.replaceChildren();
  let key = 0;
  globalThis.shown = new Promise((resolve) => {
    let timer;
    box.addEventListener("input", () => { key = performance.now(); });
    new MutationObserver(() => {
      const took = performance.now() - key;
      clearTimeout(timer);
      timer = setTimeout(() => resolve(took), 1000);
    }).observe(list, { childList: true });
    setTimeout(() => resolve(60000), 60000);
  });
}"""


def put(table: str) -> None:
    text = PAGE.read_text("utf-8")
    made = f"<!-- bench -->\n\n{table}\n\n<!-- /bench -->"
    PAGE.write_text(
        re.sub("<!-- bench -->.*<!-- /bench -->", lambda _: made, text, flags=re.DOTALL), "utf-8", newline="\n"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
