"""`coopkm base`."""

import json

import click

from coopkm.cli.context import Context
from coopkm.errors import CannotGoOn
from coopkm.library import BASE_LOCK, Library
from coopkm.writing import create_file, write_file


@click.command(name="base")
@click.option("--accept", is_flag=True, help="Record that all has been looked at / บันทึกว่าตรวจดูทั้งหมดแล้ว")
@click.option(
    "--own", metavar="ID", help="Copy a unit, to make a version of your own / คัดลอกหน่วยความรู้มาทำฉบับของสำนักงาน"
)
@click.option("--json", "as_json", is_flag=True, help="Machine form / แสดงผลเป็น JSON")
@click.pass_obj
def command(context: Context, accept: bool, own: str | None, as_json: bool) -> None:
    """List what changed in the shared knowledge since it was last looked at, and the office's own versions.

    แสดงสิ่งที่เปลี่ยนในคลังความรู้ร่วมตั้งแต่ตรวจดูครั้งก่อน และเรื่องที่สำนักงานใช้ฉบับของตนแทน
    """
    library = _extending(context)
    if own is not None:
        _copy(context, library, own)
    else:
        _list(context, library, accept, as_json)


def _extending(context: Context) -> Library:
    """The library of a project that extends others, all of it in use."""
    library, problems = context.read()
    if not library.project.extends:
        raise CannotGoOn(
            "โครงการนี้ไม่ได้ใช้คลังความรู้ร่วม เพิ่มได้ที่ `extends` ใน knowledge/project.yml",
            "this project extends no other: name one under `extends` in knowledge/project.yml",
        )
    if library.lacking or library.broken or library.unusable:
        first = next(found for found in problems if found.severity == "error")
        raise CannotGoOn(
            f"แก้ข้อผิดพลาดก่อน (สั่ง coopkm check) ที่แรกคือ {first.place}: {first.what('th')}",
            f"mend the errors first (coopkm check lists them). The first is {first.place}: {first.what('en')}",
        )
    return library


def _copy(context: Context, library: Library, id_: str) -> None:
    from coopkm.offices.owning import own_version

    path, text = own_version(library, id_)
    if (context.root / path).exists():
        raise CannotGoOn(f"มีไฟล์ {path} อยู่แล้ว ไม่ได้แก้ไข", f"{path} is there already and was left as it is")
    create_file(context.root / path, text)
    context.say(
        f"คัดลอกเป็น {path} แล้ว แก้ไขได้ และเพิ่ม {id_} ใน `replaces` ของ knowledge/project.yml",
        f"copied to {path}: change it, and add {id_} to `replaces` in knowledge/project.yml",
    )


def _list(context: Context, library: Library, accept: bool, as_json: bool) -> None:
    from coopkm.checks.bases import changes
    from coopkm.offices.review import as_lines, as_rows, lock_text

    if as_json:
        click.echo(json.dumps(as_rows(library), ensure_ascii=False, indent=2))
    else:
        for line in as_lines(library, context.lang):
            click.echo(line)
    count = len(changes(library))
    if accept:
        write_file(context.root / BASE_LOCK, lock_text(library))
        context.say(f"บันทึกใน {BASE_LOCK} แล้ว", f"put on record in {BASE_LOCK}")
    elif count:
        context.say(
            f"เปลี่ยน {count} เรื่อง ดูแล้วสั่ง coopkm base --accept",
            f"{count} changes: run coopkm base --accept when you have looked at them",
        )
    else:
        context.say("คลังความรู้ร่วมเหมือนเมื่อตรวจดูครั้งก่อน", "the shared knowledge is as it was last looked at")
