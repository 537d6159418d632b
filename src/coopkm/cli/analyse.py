"""`coopkm analyse`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from coopkm.cli.context import Context
from coopkm.errors import CannotGoOn
from coopkm.library import read_library
from coopkm.ownership import write_own

if TYPE_CHECKING:
    from coopkm.analysis.analysis import Analysis
    from coopkm.analysis.faults import Fault
    from coopkm.analysis.readers import Source

_TOLD = 30  # notes that are shown; the rest is counted
_FILE = click.Path(path_type=Path)


@click.command(name="analyse")
@click.argument("files", nargs=-1, type=_FILE, metavar="FILE...")
@click.option(
    "--key",
    "keys",
    multiple=True,
    type=_FILE,
    metavar="FILE",
    help="Key of a printed form, CODE-key.json / ไฟล์เฉลยของข้อสอบที่พิมพ์ (CODE-key.json)",
)
@click.option("--pre", multiple=True, type=_FILE, metavar="FILE", help="A file from before the course / ไฟล์ผลก่อนเรียน")
@click.option("--post", multiple=True, type=_FILE, metavar="FILE", help="A file from after the course / ไฟล์ผลหลังเรียน")
@click.option(
    "--out", type=_FILE, metavar="DIR", default=Path("analysis"), help="Folder for the report / โฟลเดอร์เก็บรายงาน"
)
@click.option("--names", is_flag=True, help="Put names and scores into the report / แสดงชื่อและคะแนนรายคนในรายงาน")
@click.option(
    "--attempt",
    type=click.Choice(["first", "last", "best"]),
    default="first",
    help="Which of several attempts counts / ถ้าสอบหลายครั้ง ให้นับครั้งใด",
)
@click.pass_obj
def command(
    context: Context,
    files: tuple[Path, ...],
    keys: tuple[Path, ...],
    pre: tuple[Path, ...],
    post: tuple[Path, ...],
    out: Path,
    names: bool,
    attempt: str,
) -> None:
    """Figures about questions and learning, from files of results: a report, CSV and JSON.

    FILE is a result file of a learner, a folder of them, an answer sheet with its --key, Moodle's grades or responses,
    or the sheet of a Google Form. The report holds no names unless --names is given.

    คำนวณคุณภาพของคำถามและผลการเรียนรู้จากไฟล์ผลทดสอบ ได้รายงาน HTML พร้อม CSV และ JSON

    FILE คือไฟล์ผลของผู้เรียนหรือทั้งโฟลเดอร์ กระดาษคำตอบกับ --key ไฟล์คะแนนหรือคำตอบจาก Moodle หรือตารางคำตอบของ Google Forms
    รายงานไม่มีชื่อผู้เรียน เว้นแต่ใช้ --names
    """
    from coopkm.analysis.analysis import analyse

    context.require_folder()
    context.refuse_published(out)
    if not (files or pre or post):
        raise CannotGoOn("ยังไม่ได้ระบุไฟล์ผล: สั่ง coopkm analyse FILE...", "no file is named: run coopkm analyse FILE...")
    sources, faults = _sources([(files, ""), (pre, "pre"), (post, "post"), (keys, "")])
    library, _ = read_library(context.root)
    analysis = analyse(sources, library, kept=attempt, names=names)  # type: ignore[arg-type]
    analysis.faults = [*faults, *analysis.faults]
    _tell(context, analysis.faults)
    if analysis.failed:
        context.say("ยังไม่ได้เขียนรายงาน", "no report was written")
        raise click.exceptions.Exit(1)
    _write(context, analysis, out)


def _sources(named: list[tuple[tuple[Path, ...], str]]) -> tuple[list["Source"], list["Fault"]]:
    from coopkm.analysis.faults import Fault
    from coopkm.analysis.readers.files import sources_in

    found = [one for paths, when in named for path in paths for one in sources_in(path, when)]  # type: ignore[arg-type]
    return [one for one in found if not isinstance(one, Fault)], [one for one in found if isinstance(one, Fault)]


def _tell(context: Context, faults: list["Fault"]) -> None:
    for fault in sorted(faults, key=lambda one: not one.ends)[:_TOLD]:
        click.echo(fault.shown(context.lang), err=True)
    if len(faults) > _TOLD:
        left = len(faults) - _TOLD
        context.say(f"และอีก {left} เรื่อง", f"and {left} more")


def _write(context: Context, analysis: "Analysis", out: Path) -> None:
    from coopkm.analysis.report import report
    from coopkm.analysis.sentences import about
    from coopkm.analysis.tables import figures_csv, figures_json, options_csv

    made = {
        "figures.json": figures_json(analysis).encode("utf-8"),
        "figures.csv": figures_csv(analysis, context.lang),
        "options.csv": options_csv(analysis, context.lang),
        "report.html": report(analysis, context.lang).encode("utf-8"),
    }
    write_own(out, made, "analysis")
    doubts = sum(bool(about(row, test.when)) for test in analysis.tests for row in test.questions)
    people = sum(test.n for test in analysis.tests)
    questions = sum(len(test.questions) for test in analysis.tests)
    context.say(
        f"นับการสอบ {people} ครั้ง คำถาม {questions} ข้อ ควรดู {doubts} ข้อ: เปิดอ่าน {out / 'report.html'}",
        f"counted {people} sittings, {questions} questions, {doubts} to look at: open {out / 'report.html'}",
    )
