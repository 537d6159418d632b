"""Measure the quizzes: `python3 scripts/bench_quiz.py [--write]`, with the Python of .venv and COOPKM_BROWSER set.

Makes copies of the project whose banks hold so many of its own questions under new ids: what the check and the pages of
banks cost, and how long a page of 50 questions takes in headless Chromium, on a processor slowed down four times, until
it can be used. Prints a table in Markdown; `--write` puts it into docs/dev/quizzes.md.
"""

import argparse
import gzip
import os
import shutil
import statistics
import sys
import time
from collections.abc import Iterator
from datetime import date
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml
from playwright.sync_api import Browser, sync_playwright

from coopkm.checks import check_library
from coopkm.library import read_library
from coopkm.pages import build_site
from coopkm.quizzes.script import browser_script
from coopkm.site.mkdocs import build_site as build
from coopkm.writing import write_file

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "dev" / "quizzes.md"
BEGIN, END = "<!-- measured -->\n", "<!-- end of measured -->\n"
SIZES = (1250, 2500, 5000)
ON_A_PAGE, A_BANK = 50, 100
SLOWDOWN, LOADS = 4, 9

Row = tuple[str, str]


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--write", action="store_true", help="put the table into docs/dev/quizzes.md")
    options = parser.parse_args()
    with TemporaryDirectory() as scratch:
        rows = [*banks(Path(scratch)), *page(Path(scratch))]
    table = (
        "\n".join(["| measured | figure |", "|---|---|", *(f"| {name} | {figure} |" for name, figure in rows)]) + "\n"
    )
    print(table)
    if options.write:
        put(PAGE, BEGIN, END, table)
    return 0


def put(page: Path, begin: str, end: str, table: str) -> None:
    """Put a table between two marks of a page."""
    head, _, rest = page.read_text("utf-8").partition(begin)
    write_file(page, f"{head}{begin}\n{table}\n{end}{rest.partition(end)[2]}")


def questions() -> list[dict[str, Any]]:
    """All practice questions of the project as they are written, topics mixed."""
    files = [yaml.safe_load(path.read_text("utf-8"))["questions"] for path in sorted((ROOT / "quizzes").glob("*.yml"))]
    longest = max(map(len, files))
    return [asked[at] for at in range(longest) for asked in files if at < len(asked)]


def copied(root: Path, count: int, size: int = A_BANK) -> Path:
    """The project with so many questions, in banks of this size."""
    for name in ("knowledge", "docs"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copyfile(ROOT / "mkdocs.yml", root / "mkdocs.yml")
    (root / "quizzes").mkdir()
    head = yaml.safe_load(min((ROOT / "quizzes").glob("*.yml")).read_text("utf-8"))
    made = [{**asked, "id": f"copy-{at}"} for at, asked in enumerate(islice(cycle(questions()), count))]
    for start in range(0, count, size):
        bank = {**head, "id": f"bank-{start}", "retired": [], "questions": made[start : start + size]}
        text = yaml.dump(bank, Dumper=Plain, allow_unicode=True, sort_keys=False)
        (root / "quizzes" / f"bank-{start}.yml").write_text(text, encoding="utf-8")
    return root


class Plain(yaml.CSafeDumper):
    """Writes everything out: the project's YAML knows no anchors."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def banks(scratch: Path) -> Iterator[Row]:
    for count in SIZES:
        root = copied(scratch / str(count), count)
        began = time.perf_counter()
        library, _ = read_library(root)
        check_library(library, date(2026, 11, 25))
        checked = time.perf_counter()
        pages = [page for lang in ("th", "en") for page in build_site(library, lang).standing_pages()]
        drawn = time.perf_counter()
        yield f"{count} questions: read and checked", f"{checked - began:.1f} s"
        yield f"{count} questions: standing pages drawn ({len(pages)})", f"{drawn - checked:.1f} s"


def page(scratch: Path) -> Iterator[Row]:
    library, _ = read_library(copied(scratch / "page", ON_A_PAGE, ON_A_PAGE))
    site = build(library, scratch / "site", "en")
    address = (site / "quizzes" / "bank-0.html").as_uri()
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=os.environ["COOPKM_BROWSER"], args=["--no-sandbox", "--disable-gpu"]
        )
        for slow in (1, SLOWDOWN):
            script, whole = loads(chromium, address, slow)
            yield (
                f"page of {ON_A_PAGE} questions, {slow} times slow-down: our script until all can be used",
                f"{script:.0f} ms",
            )
            yield "the same: from the first byte until all can be used", f"{whole:.0f} ms"
        chromium.close()
    size = len(gzip.compress(browser_script().encode(), 9))
    yield "quiz.js, gzip", f"{size / 1024:.1f} KB"


def loads(chromium: Browser, address: str, slow: int) -> tuple[float, float]:
    """Medians in ms: the script's own time, and the time from the navigation's answer to the end of the scripts."""
    found = []
    for _ in range(LOADS):
        with chromium.new_context(viewport={"width": 390, "height": 844}) as context:
            tab = context.new_page()
            context.new_cdp_session(tab).send("Emulation.setCPUThrottlingRate", {"rate": slow})
            tab.goto(address)
            found.append(
                tab.evaluate(
                    "() => { const [page] = performance.getEntriesByType('navigation');"
                    " return [page.domContentLoadedEventEnd - page.domInteractive,"
                    " page.domContentLoadedEventEnd - page.responseStart]; }"
                )
            )
    return statistics.median(row[0] for row in found), statistics.median(row[1] for row in found)


if __name__ == "__main__":
    sys.exit(main())
