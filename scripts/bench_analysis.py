"""Measure `coopkm analyse`: `python3 scripts/bench_analysis.py [--people N] [--write]`, with the Python of .venv.

Makes a table of single answers of so many people to 100 questions, runs the command on it in a process of its own, and
measures time and peak memory. Prints a table in Markdown; `--write` puts it into docs/dev/analysis.md.
"""

import argparse
import os
import platform
import random
import resource
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from coopkm.writing import write_file

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "dev" / "analysis.md"
BEGIN, END = "<!-- measured -->\n", "<!-- end of measured -->\n"
QUESTIONS = 100
OPTIONS = "abcd"


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--people", type=int, default=100_000, help="how many people; each answers 100 questions")
    parser.add_argument("--write", action="store_true", help="put the table into docs/dev/analysis.md")
    options = parser.parse_args()
    with TemporaryDirectory() as scratch:
        answers = Path(scratch) / "answers.csv"
        make(answers, options.people)
        seconds, megabytes = measure(answers, Path(scratch) / "out")
        size = answers.stat().st_size / 1e6
    load = f", load {os.getloadavg()[0]:.1f} at the end" if hasattr(os, "getloadavg") else ""
    where = (
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}{load}"
    )
    table = (
        f"{date.today()}, {where}\n\n"
        "| answers | file | time | peak memory |\n|---|---|---|---|\n"
        f"| {options.people * QUESTIONS:,} | {size:.0f} MB | {seconds:.1f} s | {megabytes:.0f} MB |\n"
    )
    print(table)
    if options.write:
        head, _, rest = PAGE.read_text("utf-8").partition(BEGIN)
        write_file(PAGE, f"{head}{BEGIN}\n{table}\n{END}{rest.partition(END)[2]}")
    return 0


def make(path: Path, people: int) -> None:
    """Answers of people of all abilities to questions of all difficulties."""
    chance = random.Random(1)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write("learner,question,mark,max,option\n")
        for person in range(people):
            able = 0.2 + 0.6 * chance.random()
            for question in range(QUESTIONS):
                drawn = chance.random()
                right = int(drawn < able - 0.2 + 0.004 * question)
                file.write(f"L{person:06},question-{question:03},{right},1,{OPTIONS[int(drawn * 4)]}\n")


def measure(answers: Path, out: Path) -> tuple[float, float]:
    """Seconds and megabytes of the whole command."""
    command = [sys.executable, "-m", "coopkm", "--project", str(ROOT), "analyse", str(answers), "--out", str(out)]
    start = time.perf_counter()
    subprocess.run(command, check=True)
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return seconds, peak / (1e6 if sys.platform == "darwin" else 1e3)


if __name__ == "__main__":
    sys.exit(main())
