"""`coopkm import`."""

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from coopkm.cli.context import Context
from coopkm.errors import CannotGoOn

if TYPE_CHECKING:
    from coopkm.imports.project import Known

_NAME = re.compile("[a-z][a-z0-9-]{0,31}")


@click.command(name="import")
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder to write to, else import/ of the project; each file gets a new one inside"
    " / โฟลเดอร์ปลายทาง ถ้าไม่ระบุใช้ import/ ของโครงการ แต่ละไฟล์ได้โฟลเดอร์ใหม่ในนั้น",
)
@click.option(
    "--name", metavar="ID", help="Id of the document, else made of the file's name / รหัสของเอกสาร ถ้าไม่ระบุใช้ชื่อไฟล์"
)
@click.pass_obj
def command(context: Context, files: tuple[Path, ...], out: Path | None, name: str | None) -> None:
    """Bring in documents (DOCX, TXT, PDF with a text layer) as draft units, registry items and a report.

    Nothing is put into knowledge/, and no folder that is there is written to. A file that cannot be read ends in one
    line and exit code 2; the others are brought in all the same.

    นำเอกสารเดิมของสำนักงาน (DOCX TXT และ PDF ที่มีตัวอักษร) เข้ามาเป็นร่าง พร้อมทะเบียนแหล่งที่มาและรายงาน

    ไม่ใส่สิ่งใดใน knowledge/ และไม่เขียนทับโฟลเดอร์เดิม ถ้าอ่านไฟล์ใดไม่ได้ จะบอกเหตุผลหนึ่งบรรทัดและจบด้วยรหัส 2
    ส่วนไฟล์อื่นยังนำเข้าต่อ
    """
    from coopkm.imports.project import known_of

    if name is not None and not _NAME.fullmatch(name):
        raise CannotGoOn(
            f"รหัส {name!r} ใช้ไม่ได้: ใช้อักษรอังกฤษตัวเล็ก ตัวเลข และขีด ขึ้นต้นด้วยตัวอักษร ไม่เกิน 32 ตัว เช่น handbook-2566",
            f"the id {name!r} cannot be used: take at most 32 small letters, digits and dashes, a letter first, "
            "such as handbook-2566",
        )
    context.require_folder()
    known = known_of(context.root)
    failed = False
    for at, path in enumerate(files, 1):
        wanted = f"{name}-{at}" if name and len(files) > 1 else name
        try:
            _bring_in(context, known, path, out or context.root / "import", wanted)
        except CannotGoOn as stop:
            failed = True
            context.say(f"coopkm: {stop.lines['th']}", f"coopkm: {stop.lines['en']}")
    if failed:
        raise click.exceptions.Exit(2)


def _bring_in(context: Context, known: "Known", path: Path, out: Path, wanted: str | None) -> None:
    from coopkm.imports.folder import bring_in, is_taken, name_of, read_source, write

    if wanted and is_taken(wanted, known):
        raise CannotGoOn(
            f"โครงการมีเอกสารรหัส {wanted} อยู่แล้ว ใช้ --name อื่น",
            f"the project has a document {wanted} already: choose another --name",
        )
    source = read_source(_bytes(path), path.name)
    there = frozenset(entry.name for entry in out.iterdir()) if out.is_dir() else frozenset()
    name = wanted or name_of(source, known, there)
    brought = bring_in(source, name, known, date.today(), context.lang)
    write(brought, out / name)
    context.say(
        f"{path.name}: ร่าง {brought.drafts} เรื่อง ทะเบียน {brought.items} รายการ คำที่อาจพิมพ์ผิด {brought.misprints} แห่ง"
        f" จาก {brought.rows} บรรทัด ไม่ได้อยู่ในร่าง {brought.aside} บรรทัด: อ่าน {out / name / 'report.md'}",
        f"{path.name}: {brought.drafts} drafts, {brought.items} registry items, {brought.misprints} likely misprints"
        f" of {brought.rows} lines, {brought.aside} of them in no draft: read {out / name / 'report.md'}",
    )


def _bytes(path: Path) -> bytes:
    from coopkm.imports.rows import MAX_FILE

    try:
        with path.open("rb") as file:
            return file.read(MAX_FILE + 1)
    except OSError as error:
        reason = error.strerror or str(error)
        raise CannotGoOn(f"{path}: เปิดไม่ได้: {reason}", f"{path}: cannot be opened: {reason}") from None
