"""`coopkm export`."""

from datetime import datetime
from pathlib import Path
from typing import Any, get_args

import click

from coopkm.cli.context import Context
from coopkm.errors import CannotGoOn
from coopkm.text.guess import guess
from coopkm.views.questions import Asked, Pool, ready_questions
from coopkm.writing import write_file

_FORMATS = ("moodle", "gift", "qti21", "qti30", "scorm12", "anki", "kahoot", "json")
_LANGS = ("th", "en")


def _languages(_: click.Context, __: click.Parameter, value: str) -> list[str]:
    chosen = [name.strip() for name in value.split(",") if name.strip()]
    wrong = [name for name in chosen if name not in _LANGS]
    if wrong or not chosen:
        raise click.BadParameter("th, en, or th,en")
    return list(dict.fromkeys(chosen))


@click.command(name="export")
@click.argument("form", metavar="FORMAT", type=click.Choice(_FORMATS))
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    help="Folder for the files / โฟลเดอร์ที่จะเก็บไฟล์",
)
@click.option("--pool", type=click.Choice(get_args(Pool)), default="practice", help="practice or exam / ชุดฝึกหรือชุดสอบ")
@click.option(
    "--topic", "topics", multiple=True, metavar="ID", help="Only this topic; may be repeated / เฉพาะเรื่องนี้ ระบุซ้ำได้"
)
@click.option("--lang", "langs", default="th,en", callback=_languages, help="Languages, a file each / ภาษา ได้ไฟล์ละภาษา")
@click.option(
    "--date",
    "day",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Date of the edition, else the newest review / วันที่ของฉบับ ถ้าไม่ระบุใช้วันที่ทบทวนล่าสุด",
)
@click.pass_obj
def command(
    context: Context, form: Any, out: Path, pool: Pool, topics: tuple[str, ...], langs: Any, day: datetime | None
) -> None:
    """Write the questions as FORMAT for another program, and say what it cannot carry.

    FORMAT: moodle, gift, qti21, qti30, scorm12, anki, kahoot or json. Every file is read back and compared first.

    ส่งคำถามออกเป็น FORMAT ให้โปรแกรมอื่นใช้ พร้อมบอกสิ่งที่รูปแบบนั้นเก็บไม่ได้ ทุกไฟล์อ่านกลับมาเทียบก่อนบันทึก
    """
    from coopkm.exports.packages import edition_of, package
    from coopkm.exports.told import losses_name, losses_shown, losses_text

    if pool == "exam":
        context.refuse_published(out)
    asked = _chosen(list(ready_questions(context.read_sound(), pool)), topics)
    made = package(asked, form, day.date() if day else edition_of(asked), langs)
    beside = losses_name(form, pool)
    if not made.files:
        click.echo(losses_shown(made, context.lang))  # type: ignore[arg-type]
        raise CannotGoOn(
            "ไม่มีคำถามใดที่รูปแบบนี้รับได้ จึงไม่ได้สร้างไฟล์", "the format takes none of the questions: no file was made"
        )
    _refuse_foreign(out, [*made.files, beside], beside)
    for name, raw in made.files.items():
        write_file(out / name, raw)
    write_file(out / beside, losses_text(made))
    click.echo(losses_shown(made, context.lang))  # type: ignore[arg-type]
    context.say(
        f"เขียนไฟล์ไว้ใน {out} แล้ว รายการครบทุกข้ออยู่ใน {beside}", f"wrote the files to {out}; the whole list is in {beside}"
    )


def _chosen(asked: list[Asked], topics: tuple[str, ...]) -> list[Asked]:
    """The questions of these topics, or all; a topic without questions ends the run."""
    there = sorted({one.bank.id for one in asked})
    for topic in topics:
        if topic not in there:
            near = guess(topic, there) or ", ".join(there) or "-"
            raise CannotGoOn(
                f"ไม่มีคำถามเรื่อง {topic} ที่มีคือ {near}", f"there are no questions on {topic}; there are: {near}"
            )
    if not asked:
        raise CannotGoOn("ยังไม่มีคำถามที่ใช้ได้ในชุดนี้", "there is no ready question in this pool")
    return [one for one in asked if not topics or one.bank.id in topics]


def _refuse_foreign(out: Path, names: list[str], beside: str) -> None:
    """Files that an earlier list of ours does not name are not ours to write over."""
    from coopkm.exports.told import files_in

    listed = out / beside
    own = files_in(listed.read_text("utf-8", "replace")) | {beside} if listed.is_file() else set()
    foreign = next((name for name in names if (out / name).exists() and name not in own), None)
    if foreign:
        raise CannotGoOn(
            f"มีไฟล์ {out / foreign} อยู่แล้วและไม่ใช่ไฟล์ที่คำสั่งนี้สร้าง: ย้ายไฟล์นั้น หรือเลือกโฟลเดอร์อื่นด้วย --out",
            f"{out / foreign} is there and was not made by this command: move it, or name another folder with --out",
        )
