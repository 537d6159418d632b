"""`coopkm slides`."""

from pathlib import Path

import click

from coopkm.cli.context import Context


@click.command(name="slides")
@click.argument("modules", nargs=-1, metavar="[MODULE]...")
@click.option("--all", "every", is_flag=True, help="All modules of the course / ทุกหน่วยการเรียน")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    help="Folder to write to / โฟลเดอร์ปลายทาง",
)
@click.option(
    "--lang",
    "wanted",
    type=click.Choice(["th", "en"]),
    help="Language of the slides, else that of messages / ภาษาของสไลด์ ถ้าไม่ระบุใช้ภาษาของข้อความบนหน้าจอ",
)
@click.option("--replace", is_flag=True, help="Write over decks that are there / เขียนทับสไลด์ที่มีอยู่")
@click.pass_obj
def command(
    context: Context, modules: tuple[str, ...], every: bool, out: Path, wanted: str | None, replace: bool
) -> None:
    """Write modules of the course as PowerPoint decks with speaker notes, one file a module.

    ทำสไลด์ PowerPoint จากหน่วยการเรียน พร้อมบันทึกสำหรับวิทยากร หน่วยละหนึ่งไฟล์ แก้ไขต่อได้
    """
    from coopkm.errors import CannotGoOn
    from coopkm.slides.module import chosen, module_deck
    from coopkm.slides.module import modules as all_modules
    from coopkm.slides.powerpoint import as_pptx
    from coopkm.writing import write_file

    if every == bool(modules):
        raise CannotGoOn(
            "ระบุรหัสหน่วยการเรียน หรือใช้ --all อย่างใดอย่างหนึ่ง",
            "name one module or more, or use --all, one of the two",
        )
    library = context.read_sound()
    lang = wanted or context.lang
    taken = all_modules(library) if every else chosen(library, modules)
    if not taken:
        raise CannotGoOn("โครงการนี้ยังไม่มีหน่วยการเรียนที่พร้อมใช้", "this project has no ready module yet")
    paths = {module.id: out / f"{module.id}-{lang}.pptx" for module in taken}
    made = {
        path: as_pptx(module_deck(library, module, lang)) for module, path in zip(taken, paths.values(), strict=True)
    }
    changed = [
        path for path, raw in made.items() if path.exists() and not (path.is_file() and path.read_bytes() == raw)
    ]
    if changed and not replace:
        raise CannotGoOn(
            f"มี {changed[0]} อยู่แล้วและเนื้อหาต่างกัน อาจเป็นไฟล์ที่ท่านแก้ไว้: เลือกโฟลเดอร์อื่น หรือใช้ --replace เพื่อเขียนทับ",
            f"{changed[0]} is there and differs; it may hold your own edits: choose another folder, "
            "or use --replace to write over it",
        )
    for path, raw in made.items():
        write_file(path, raw)
        context.say(f"เขียน {path}", f"wrote {path}")
