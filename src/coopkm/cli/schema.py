"""`coopkm schema`."""

import click

from coopkm.cli.context import Context
from coopkm.model.schema import schemas
from coopkm.writing import write_file

FOLDER = "schemas"


@click.command(name="schema")
@click.option(
    "--check",
    "only_check",
    is_flag=True,
    help="Write nothing; exit 1 where a file is not current / ไม่เขียนไฟล์ จบด้วยรหัส 1 ถ้ามีไฟล์ไม่เป็นปัจจุบัน",
)
@click.pass_obj
def command(context: Context, only_check: bool) -> None:
    """Write the JSON Schemas by which editors complete and mark fields.

    สร้าง JSON Schema ให้โปรแกรมแก้ไขช่วยเติมและตรวจช่อง
    """
    context.require_folder()
    stale = []
    for name, text in schemas().items():
        path = context.root / FOLDER / name
        current = path.is_file() and path.read_bytes() == text.encode("utf-8")
        if not current:
            stale.append(f"{FOLDER}/{name}")
            if not only_check:
                write_file(path, text)
    for name in stale:
        click.echo(name)
    if stale and only_check:
        context.say("ไฟล์ข้างต้นไม่เป็นปัจจุบัน สั่ง coopkm schema", "these files are not current: run coopkm schema")
        raise click.exceptions.Exit(1)
