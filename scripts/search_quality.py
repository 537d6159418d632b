"""How good the search is: `python3 scripts/search_quality.py FILE... [--browser [SITE]] [--lang th|en] [--misses]`.

A file is a list of queries with `id`, `class`, `q` and `keys`. A result counts as found when the unit that it leads to
cites one of the keys. Asks the command `coopkm search`, or the search box of a built site in a browser. Prints for each
class how many were found as the first, among the first five, the mean of 1/place among the first ten, and how many
brought no result.
"""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
DEEPEST = 10


@dataclass(frozen=True)
class Judged:
    """A query with the place of the first right result; 0 where none of the first ten is right."""

    id: str
    kind: str
    text: str
    place: int
    found: list[str]


def main(arguments: Sequence[str]) -> int:
    options = parse(arguments)
    queries = [row for file in options.files for row in read(file)]
    texts = [str(row["q"]) for row in queries]
    if options.browser is None:
        answers = by_command(options.project, texts, options.lang)
    else:
        answers = by_browser(options.project, texts, options.lang, options.browser)
    judged = [judge(row, answer) for row, answer in zip(queries, answers, strict=True)]
    print(table(judged))
    if options.misses:
        print("\n".join(["", *misses(judged)]))
    if options.json:
        options.json.write_text(json.dumps([vars(row) for row in judged], ensure_ascii=False, indent=1), "utf-8")
    return 0


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition(":")[0])
    parser.add_argument("files", nargs="+", type=Path, help="files of queries")
    parser.add_argument("--project", type=Path, default=ROOT, help="folder of the project, else this one")
    parser.add_argument(
        "--browser", nargs="?", type=Path, const=Path(), help="ask the box of a site, built where none is named"
    )
    parser.add_argument("--lang", choices=["th", "en"], default="th", help="language of the reader")
    parser.add_argument("--misses", action="store_true", help="list what was not among the first five")
    parser.add_argument("--json", type=Path, help="write every place to this file")
    return parser.parse_args(arguments)


def read(file: Path) -> list[dict[str, Any]]:
    """The queries of a file; ends the run where it is not of that form."""
    try:
        rows = yaml.safe_load(file.read_text("utf-8"))
    except (OSError, ValueError, yaml.YAMLError) as error:
        sys.exit(f"search_quality: {file} cannot be read: {error}")
    for number, row in enumerate(rows if isinstance(rows, list) else [None], 1):
        if not isinstance(row, dict) or not {"id", "class", "q", "keys"} <= row.keys():
            sys.exit(f"search_quality: {file}: query {number} lacks one of id, class, q, keys")
    return list(rows)


def by_command(project: Path, texts: list[str], lang: str) -> list[list[dict[str, Any]]]:
    """What `coopkm search` answers, a list of results a query."""
    command = [sys.executable, "-m", "coopkm", "--project", str(project), "search", "-", "--json"]
    command += ["--lang", lang, "--limit", str(DEEPEST)]
    done = subprocess.run(
        command, input="\n".join(texts) + "\n", capture_output=True, text=True, encoding="utf-8", check=False
    )
    if done.returncode:
        sys.exit(done.stderr)
    return [json.loads(line) for line in done.stdout.splitlines()]


def by_browser(project: Path, texts: list[str], lang: str, site: Path) -> list[list[dict[str, Any]]]:
    """What the search box shows on the page of results, opened from the folder of the site."""
    from coopkm.library import read_library
    from coopkm.search.entries import entries

    library, _ = read_library(project)
    sources = {entry.key: list(entry.sources) for entry in entries(library, lang)}
    with TemporaryDirectory() as folder:
        if site == Path():
            site = Path(folder) / "site"
            subprocess.run(
                [sys.executable, "-m", "coopkm", "--project", str(project), "build", "--out", str(site)], check=True
            )
        page = site / ("search.html" if lang == "th" else f"{lang}/search.html")
        return [
            [{"id": key.removeprefix("unit:"), "sources": sources.get(key, [])} for key in found]
            for found in typed(page, texts)
        ]


def typed(page: Path, texts: Iterable[str]) -> Iterator[list[str]]:
    """The keys of the results shown for each text."""
    from playwright.sync_api import sync_playwright

    path = os.environ.get("COOPKM_BROWSER", "/usr/bin/chromium")
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"] if root else [])
        tab = browser.new_page()
        tab.goto(page.as_uri())
        tab.wait_for_function("!!customElements.get('coopkm-search')")
        for text in texts:
            yield tab.evaluate(SHOWN, text)
        browser.close()


# Types a text and waits until its results stand there; more of them are asked for up to ten.
SHOWN = """async (text) => {
  const box = document.querySelector("coopkm-search");
  await box.search(text, 10);
  return [...box.querySelectorAll("[role=option]")].slice(0, 10).map((link) =>
    link.dataset.unit ? `unit:${link.dataset.unit}` : link.dataset.term ? `term:${link.dataset.term}` : "");
}"""


def judge(row: dict[str, Any], answer: list[dict[str, Any]]) -> Judged:
    keys = set(row["keys"])
    places = (at for at, result in enumerate(answer[:DEEPEST], 1) if keys & set(result["sources"]))
    return Judged(
        row["id"], row["class"], str(row["q"]), next(places, 0), [result["id"] for result in answer[:DEEPEST]]
    )


def table(judged: list[Judged]) -> str:
    """A row a class and one for all."""
    kinds = dict.fromkeys(row.kind for row in judged)
    groups = [(kind, [row for row in judged if row.kind == kind]) for kind in kinds] + [("all", judged)]
    head = "| class | queries | success@1 | success@5 | MRR@10 | no result |\n|---|---|---|---|---|---|\n"
    return head + "\n".join(line(name, rows) for name, rows in groups)


def line(name: str, rows: list[Judged]) -> str:
    count = len(rows)
    first = sum(row.place == 1 for row in rows) / count
    five = sum(0 < row.place <= 5 for row in rows) / count
    mean = sum(1 / row.place for row in rows if row.place) / count
    none = sum(not row.found for row in rows) / count
    return f"| {name} | {count} | {first:.2f} | {five:.2f} | {mean:.3f} | {none:.2f} |"


def misses(judged: list[Judged]) -> Iterator[str]:
    for row in judged:
        if not 0 < row.place <= 5:
            yield f"{row.id} {row.kind}: {row.text} (place {row.place or 'none'}): {', '.join(row.found[:5])}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
