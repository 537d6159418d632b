"""Measure builds beside stock Material with static-i18n: `python3 scripts/bench.py --units 1000`.

Makes a project of so many units and the same texts as a stock site, then builds both in turn, every build a
process of its own: from nothing, again with nothing changed, and after one edit; and times in a running preview
how long an edit takes to be served. Prints a table in Markdown; `--write` puts it into docs/dev/performance.md.
Where the system has no wait4 (Windows), processor time and memory are left out.
"""

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from socket import create_server

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "dev" / "performance.md"
STEPS = {
    "cold": "build from nothing",
    "warm": "build again, nothing changed",
    "edit": "build after one edit",
    "serve": "preview: edit to served",
}
IS_WINDOWS = os.name == "nt"
ENVIRONMENT = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1"}
MIB = 1024 * 1024
LONGEST_WAIT = 600


@dataclass
class Sample:
    """One measurement: seconds by the clock and of processor, MiB at the most."""

    wall: float
    cpu: float | None = None
    peak: float | None = None


@dataclass
class Contender:
    """One way to make the site. An edit is made to `sentence` in the file `edited`, which `page` shows."""

    name: str
    root: Path
    build: list[str]
    serve: Callable[[int], list[str]]
    edited: Path
    sentence: str
    page: str
    samples: dict[str, list[Sample]] = field(default_factory=dict)
    size: float = 0
    files: int = 0

    def forget(self) -> None:
        """Remove everything that an earlier build left."""
        for name in ("site", ".cache"):
            shutil.rmtree(self.root / name, ignore_errors=True)

    def edit(self) -> str:
        """Add a word to the sentence; the word."""
        mark = f"edited{time.time_ns()}"
        text = self.edited.read_text("utf-8").replace(self.sentence, f"{self.sentence} {mark}", 1)
        self.edited.write_text(text, encoding="utf-8", newline="\n")
        return mark

    def measure(self, step: str) -> None:
        if step == "serve":
            sample = self._served()
        else:
            if step == "cold":
                self.forget()
            elif step == "edit":
                self.edit()
            sample = run(self.build, self.root)
        self.samples.setdefault(step, []).append(sample)
        made = [path for path in (self.root / "site").rglob("*") if path.is_file()]
        self.files, self.size = len(made), sum(path.stat().st_size for path in made) / MIB

    def _served(self) -> Sample:
        with create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        url = f"http://127.0.0.1:{port}/{self.page}"
        process = subprocess.Popen(
            self.serve(port), cwd=self.root, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            wait_for(url, "</html>", process)
            time.sleep(2)  # for the watcher to have seen the files as they are
            started = time.perf_counter()
            wait_for(url, self.edit(), process)
            return Sample(time.perf_counter() - started)
        finally:
            process.terminate()
            process.wait()


def run(command: list[str], folder: Path) -> Sample:
    """Run a process to its end. This one must stay small: a child's peak counts from its parent's size."""
    started = time.perf_counter()
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(command, cwd=folder, env=ENVIRONMENT, stdout=output, stderr=output)
        if IS_WINDOWS:
            code, usage = process.wait(), None
        else:
            _, status, usage = os.wait4(process.pid, 0)
            code = process.returncode = os.waitstatus_to_exitcode(status)
        wall = time.perf_counter() - started
        if code != 0:
            output.seek(0)
            sys.exit(f"{' '.join(command)}\n{output.read().decode('utf-8', 'replace')[-2000:]}")
    if usage is None:
        return Sample(wall)
    unit = 1 if sys.platform == "darwin" else 1024
    return Sample(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * unit / MIB)


def wait_for(url: str, text: str, process: subprocess.Popen[bytes]) -> None:
    """Ask for a page until it holds the text."""
    until = time.monotonic() + LONGEST_WAIT
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=LONGEST_WAIT) as answer:
                if text in answer.read().decode("utf-8"):
                    return
        except (urllib.error.URLError, OSError):
            pass
        time.sleep(0.05)
    sys.exit(f"{url} never held {text}")


def contenders(folder: Path, units: int) -> list[Contender]:
    """Both projects, made new, in processes of their own."""
    ours, stock = folder / f"coopkm-{units}", folder / f"stock-{units}"
    scripts = ROOT / "scripts"
    run([sys.executable, str(scripts / "bench_project.py"), str(ours), str(units)], folder)
    run([sys.executable, str(scripts / "bench_stock.py"), str(ours), str(stock)], folder)
    knowledge, pages = ours / "knowledge" / "guidelines", stock / "docs" / "th" / "guidelines"
    # A summary that YAML holds as it is shown, without quotes and escapes.
    unit, sentence = next(
        (file.stem, summary)
        for file in sorted(knowledge.iterdir())
        for summary in [(pages / f"{file.stem}.md").read_text("utf-8").splitlines()[2]]
        if f"  th: {summary}\n" in file.read_text("utf-8")
    )
    page = f"guidelines/{unit}.html"
    coopkm, mkdocs = [sys.executable, "-m", "coopkm"], [sys.executable, "-m", "mkdocs"]
    return [
        Contender(
            "coopkm",
            ours,
            [*coopkm, "build"],
            lambda port: [*coopkm, "serve", "--port", str(port)],
            knowledge / f"{unit}.yml",
            sentence,
            page,
        ),
        Contender(
            "stock",
            stock,
            [*mkdocs, "build", "-q"],
            lambda port: [*mkdocs, "serve", "-q", "-a", f"127.0.0.1:{port}", "--livereload"],
            pages / f"{unit}.md",
            sentence,
            page,
        ),
    ]


def table(ours: Contender, stock: Contender, steps: list[str]) -> Iterator[str]:
    """Medians side by side; the ratios say how many times as long stock takes."""
    yield "| measured | coopkm s | CPU s | peak MB | stock s | CPU s | peak MB | faster by clock | by CPU |"
    yield "|---|---|---|---|---|---|---|---|---|"
    for step in steps:
        mine, theirs = median(ours.samples[step]), median(stock.samples.get(step, []))
        ratios = [ratio(theirs, mine, "wall"), ratio(theirs, mine, "cpu")]
        yield f"| {' | '.join([STEPS[step], *shown(mine), *shown(theirs), *ratios])} |"
    yield ""
    sizes = [f"{one.name} {one.size:.0f} MB in {one.files:,} files" for one in (ours, stock) if one.files]
    yield f"Output: {', '.join(sizes)}."


def median(samples: list[Sample]) -> Sample | None:
    if not samples:
        return None
    cpu, peak = ([getattr(sample, name) for sample in samples] for name in ("cpu", "peak"))
    return Sample(
        statistics.median(sample.wall for sample in samples),
        None if None in cpu else statistics.median(cpu),
        None if None in peak else max(peak),
    )


def shown(sample: Sample | None) -> list[str]:
    values = [sample.wall, sample.cpu, sample.peak] if sample else [None] * 3
    return ["" if value is None else f"{value:.{digits}f}" for value, digits in zip(values, (1, 1, 0), strict=True)]


def ratio(theirs: Sample | None, mine: Sample | None, name: str) -> str:
    slow, fast = getattr(theirs, name, None), getattr(mine, name, None)
    return f"{slow / fast:.1f}" if slow and fast else ""


def machine() -> str:
    """What it was measured on."""
    load = f", load {os.getloadavg()[0]:.1f} at the end" if hasattr(os, "getloadavg") else ""
    return f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}{load}"


def write(units: int, lines: list[str]) -> None:
    """Put results between their marks in the page."""
    begin, end = f"<!-- bench {units} -->", f"<!-- /bench {units} -->"
    before, _, rest = PAGE.read_text("utf-8").partition(begin)
    _, found, after = rest.partition(end)
    if not found:
        sys.exit(f"{PAGE}: no {begin} … {end}")
    text = "\n".join([before + begin, "", *lines, "", end]) + after
    PAGE.write_text(text, encoding="utf-8", newline="\n")


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition(":")[0])
    parser.add_argument("--units", type=int, action="append", help="how many units; may be given again (1000)")
    parser.add_argument("--runs", type=int, default=3, help="how often each is measured (3)")
    parser.add_argument("--only", choices=STEPS, action="append", help="measure only this; may be given again")
    parser.add_argument("--alone", action="store_true", help="without the stock site beside it")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every single measurement")
    parser.add_argument("--write", action="store_true", help=f"put the table into {PAGE.relative_to(ROOT)}")
    return parser.parse_args()


def main() -> None:
    options = parse()
    steps = [step for step in STEPS if not options.only or step in options.only]
    results: dict[int, list[Contender]] = {}
    with tempfile.TemporaryDirectory(prefix="coopkm-bench-") as folder:
        for units in options.units or [1000]:
            results[units] = contenders(Path(folder), units)
            for number in range(options.runs):
                for one in results[units][: 1 if options.alone else 2]:
                    for step in steps:
                        one.measure(step)
                        print(
                            f"{units} {one.name} {step} {number + 1}: {one.samples[step][-1].wall:.1f} s",
                            file=sys.stderr,
                        )
    for units, both in results.items():
        command = " ".join(["python3 scripts/bench.py", *sys.argv[1:]])
        lines = [f"{date.today()}, {machine()}: `{command}`", "", *table(*both, steps)]
        print("\n".join([f"{units:,} units", "", *lines, ""]))
        if options.write:
            write(units, lines)
    if options.json:
        options.json.write_text(json.dumps(raw(results), indent=1), encoding="utf-8")


def raw(results: dict[int, list[Contender]]) -> dict[int, dict[str, dict[str, list[dict[str, float | None]]]]]:
    """Every single measurement."""
    return {
        units: {
            one.name: {step: [asdict(sample) for sample in samples] for step, samples in one.samples.items()}
            for one in both
        }
        for units, both in results.items()
    }


def in_venv() -> None:
    """Go on in the project's own environment where there is one."""
    python = ROOT / ".venv" / ("Scripts/python.exe" if IS_WINDOWS else "bin/python")
    if python.is_file() and Path(sys.prefix).resolve() != (ROOT / ".venv").resolve():
        sys.exit(subprocess.call([str(python), *sys.argv]))


if __name__ == "__main__":
    in_venv()
    main()
