"""`coopkm package`."""

from pathlib import Path

import click

from coopkm.cli.context import Context
from coopkm.writing import write_file


@click.command(name="package")
@click.argument("name", metavar="NAME")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("dist"),
    help="Folder of the file, else dist / โฟลเดอร์ของไฟล์ ถ้าไม่ระบุใช้ dist",
)
@click.option("--version", default="", help="Such as 2570.1, else the day of the newest review / เลขรุ่น เช่น 2570.1")
@click.pass_obj
def command(context: Context, name: str, out: Path, version: str) -> None:
    """Pack the knowledge into one file that other offices install with pip and extend as NAME.

    Exam questions and hand-written pages are left out, and nothing in the file is ever run.

    รวมความรู้เป็นไฟล์เดียวให้สำนักงานอื่นติดตั้งด้วย pip แล้วใช้เป็นคลังความรู้ร่วมชื่อ NAME ไม่รวมข้อสอบและหน้าที่เขียนเอง
    """
    from coopkm.offices.package import content_wheel

    file, raw = content_wheel(context.read_sound(), name, version)
    write_file(out / file, raw)
    context.say(
        f"สร้าง {out / file} แล้ว ติดตั้งด้วย pip install แล้วใช้ชื่อ {name} ใน `extends`",
        f"wrote {out / file}: install it with pip install, and extend it as {name}",
    )
