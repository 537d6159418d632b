"""What every sub-command is given: the project and the language, and what they do first."""

import gc
import locale
import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import click

from coopkm.checks import check_library
from coopkm.errors import CannotGoOn
from coopkm.library import KNOWLEDGE, QUIZZES, Library, read_library
from coopkm.problems import Problem
from coopkm.problems.report import as_text

_PUBLISHED = ("docs", "site", KNOWLEDGE, QUIZZES)


def default_language() -> str:
    """COOPKM_LANG, else English where the machine speaks English, else Thai."""
    chosen = os.environ.get("COOPKM_LANG", "")
    if chosen in ("th", "en"):
        return chosen
    named = os.environ.get("LC_ALL") or os.environ.get("LANG") or (locale.getlocale()[0] or "")
    return "en" if named.lower().startswith("en") else "th"


@dataclass(frozen=True)
class Context:
    """The project's folder and the language of messages."""

    root: Path
    lang: str

    def say(self, th: str, en: str) -> None:
        """One line to the person, on standard error: standard output is for results."""
        click.echo(th if self.lang == "th" else en, err=True)

    def require_folder(self) -> None:
        """Ends the run where the project's folder is not there."""
        if not self.root.is_dir():
            raise CannotGoOn(f"ไม่พบโฟลเดอร์ {self.root}", f"there is no folder {self.root}")

    def refuse_published(self, out: Path) -> None:
        """Ends the run where a folder for keys, results or trainers' papers is part of the site or of its sources."""
        for name in _PUBLISHED:
            if out.resolve().is_relative_to((self.root / name).resolve()):
                raise CannotGoOn(
                    f"ห้ามเก็บเฉลย ผลของผู้เรียน หรือเอกสารของวิทยากรใน {name}/ เพราะเป็นโฟลเดอร์ที่เผยแพร่: "
                    "เลือกโฟลเดอร์อื่นด้วย --out",
                    f"keys, results and trainers' papers must not lie in {name}/, which is published: "
                    "name another folder with --out",
                )

    def read(self) -> tuple[Library, list[Problem]]:
        """The library and everything that is wrong with it, in order."""
        self.require_folder()
        library, found = read_library(self.root)
        gc.freeze()  # the library stays to the end: the collector need not go through it, then and at the end
        return library, sorted({*found, *check_library(library, date.today())})

    def read_sound(self) -> Library:
        """The library of a project without errors; else they are shown and the exit code is 1.

        Of what should be mended the number is told: `coopkm check` shows it, and who wants a result wants to see that.
        """
        library, problems = self.read()
        errors = [found for found in problems if found.severity == "error"]
        if errors:
            click.echo(as_text(errors, self.lang), nl=False, err=True)
            self.say(
                f"ผิดพลาด {len(errors)} ข้อ จึงไม่ได้สร้างสิ่งใดใหม่ ของเดิมยังอยู่ครบ",
                f"errors: {len(errors)}. Nothing was made, and what was there stays as it was",
            )
            raise click.exceptions.Exit(1)
        if count := len(problems):
            self.say(f"ควรแก้ {count} ข้อ ดูได้ด้วย coopkm check", f"warnings: {count}. coopkm check shows them")
        return library
