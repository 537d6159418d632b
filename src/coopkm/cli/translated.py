"""`coopkm translated`."""

from collections.abc import Container

import click

from coopkm.bases.finding import origin
from coopkm.cli.context import Context
from coopkm.errors import CannotGoOn
from coopkm.library import ENGLISH_RECORD
from coopkm.translations import EVERYTHING, confirmed
from coopkm.writing import write_file


@click.command(name="translated")
@click.argument("ids", nargs=-1, metavar="ID...", required=True)
@click.pass_obj
def command(context: Context, ids: tuple[str, ...]) -> None:
    """Put on record that the English of the units ID... says what their Thai says now.

    In place of an ID: the path of a file, such as knowledge/glossary.yml, or `all`.

    บันทึกว่าตรวจคำแปลภาษาอังกฤษให้ตรงกับภาษาไทยแล้ว

    แทน ID ใส่ชื่อไฟล์ เช่น knowledge/glossary.yml หรือ `all` ได้
    """
    library, _ = context.read()
    if ENGLISH_RECORD in library.unusable:
        raise CannotGoOn(
            f"{ENGLISH_RECORD} เสียหาย จึงไม่เขียนทับ แก้ไขหรือนำฉบับก่อนกลับมา (สั่ง coopkm check เพื่อดูตำแหน่ง)",
            f"{ENGLISH_RECORD} is damaged and was left as it is: mend it or bring back an earlier one"
            " (coopkm check names the place)",
        )
    own = [(owner, path) for owner, placed in library.bilingual() if not origin(path := placed.document.path)]
    known = {name for row in own for name in row}
    unknown = [name for name in ids if name != "all" and name not in known]
    if unknown:
        raise CannotGoOn(
            f"ไม่มีหน่วยความรู้รหัส {unknown[0]} หรือไฟล์นั้นยังมีข้อผิดพลาด",
            f"no unit has the id {unknown[0]}, or its file has errors",
        )
    owners: Container[str] = EVERYTHING if "all" in ids else set(ids)
    write_file(context.root / ENGLISH_RECORD, confirmed(library, owners))
    context.say(f"บันทึกใน {ENGLISH_RECORD} แล้ว", f"put on record in {ENGLISH_RECORD}")
