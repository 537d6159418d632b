"""`coopkm base`."""

import json

import click

from coopkm.cli.context import Context
from coopkm.errors import CannotGoOn
from coopkm.library import BASE_LOCK
from coopkm.writing import write_file


@click.command(name="base")
@click.option("--accept", is_flag=True, help="Record that all has been looked at / บันทึกว่าตรวจดูทั้งหมดแล้ว")
@click.option("--json", "as_json", is_flag=True, help="Machine form / ผลเป็น JSON")
@click.pass_obj
def command(context: Context, accept: bool, as_json: bool) -> None:
    """List what changed in the shared knowledge since it was last looked at, and the office's own versions.

    แสดงสิ่งที่เปลี่ยนในคลังความรู้ร่วมตั้งแต่ตรวจดูครั้งก่อน และเรื่องที่สำนักงานใช้ฉบับของตนแทน
    """
    from coopkm.checks.bases import changes
    from coopkm.offices.review import as_lines, as_rows, lock_text

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
    if as_json:
        click.echo(json.dumps(as_rows(library), ensure_ascii=False, indent=2))
    else:
        for line in as_lines(library, context.lang):
            click.echo(line)
    count = len(changes(library))
    if accept:
        write_file(context.root / BASE_LOCK, lock_text(library))
        context.say(f"บันทึกใน {BASE_LOCK} แล้ว", f"put on record in {BASE_LOCK}")
    elif not count:
        context.say("คลังความรู้ร่วมเหมือนเมื่อตรวจดูครั้งก่อน", "the shared knowledge is as it was last looked at")
    else:
        context.say(
            f"เปลี่ยน {count} เรื่อง ดูแล้วสั่ง coopkm base --accept",
            f"{count} changes: run coopkm base --accept when you have looked",
        )
