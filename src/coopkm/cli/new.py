"""`coopkm new`."""

import re
from datetime import date

import click

from coopkm.cli.context import Context
from coopkm.errors import CannotGoOn
from coopkm.library import KNOWLEDGE, read_library
from coopkm.model.kinds import KINDS
from coopkm.model.scalars import ID_PATTERN
from coopkm.model.skeleton import skeleton
from coopkm.writing import create_file


@click.command(name="new")
@click.argument("kind", type=click.Choice(list(KINDS)))
@click.argument("id_", metavar="ID")
@click.pass_obj
def command(context: Context, kind: str, id_: str) -> None:
    """Write the skeleton of a new unit of KIND named ID, ready to be filled in.

    สร้างไฟล์โครงของหน่วยความรู้ใหม่ ประเภท KIND รหัส ID พร้อมให้เติมข้อความ
    """
    if not re.fullmatch(ID_PATTERN, id_):
        raise CannotGoOn(
            f"รหัส {id_!r} ใช้ไม่ได้: ใช้อักษรอังกฤษตัวเล็ก ตัวเลข และขีด ขึ้นต้นด้วยตัวอักษร เช่น visit-plan",
            f"the id {id_!r} cannot be used: take small letters, digits and dashes, a letter first, such as visit-plan",
        )
    context.require_folder()
    taken = next((context.root / KNOWLEDGE).rglob(f"{id_}.y*ml"), None)
    path = context.root / KNOWLEDGE / KINDS[kind].folder / f"{id_}.yml"
    if taken:
        raise CannotGoOn(f"มีไฟล์ {taken} อยู่แล้ว ไม่ได้แก้ไข", f"{taken} is there already and was left as it was")
    _refuse_shared(context, id_)
    create_file(path, skeleton(kind, id_, date.today()))
    context.say(f"สร้าง {path} แล้ว เปิดแก้ไข แล้วสั่ง coopkm check", f"wrote {path}: fill it in, then run coopkm check")


def _refuse_shared(context: Context, id_: str) -> None:
    """Ends the run where a base has the id: the office's own version begins with a copy."""
    if not (context.root / KNOWLEDGE).is_dir():
        return
    library, _ = read_library(context.root)
    if id_ in library.below:
        raise CannotGoOn(
            f"คลังความรู้ร่วมมีรหัส {id_} อยู่แล้ว ตั้งรหัสอื่น หรือทำฉบับของสำนักงานด้วย coopkm base --own {id_}",
            f"a base has the id {id_} already: choose another, or run coopkm base --own {id_} for your own version",
        )
