"""`coopkm merge`."""

from datetime import date
from pathlib import Path

import click

from coopkm.cli.context import Context
from coopkm.problems.report import as_text


@click.command(name="merge")
@click.argument("projects", metavar="PROJECT...", nargs=-1, required=True)
@click.option("--out", required=True, type=click.Path(path_type=Path), help="New folder / โฟลเดอร์ใหม่")
@click.option("--office", required=True, help="Name of the whole in Thai / ชื่อหน่วยงานรวมภาษาไทย")
@click.option("--office-en", required=True, help="Name of the whole in English / ชื่อหน่วยงานรวมภาษาอังกฤษ")
@click.option("--languages", "langs", default="th,en", help="th or th,en / ภาษาของเว็บไซต์ th หรือ th,en")
@click.pass_obj
def command(context: Context, projects: tuple[str, ...], out: Path, office: str, office_en: str, langs: str) -> None:
    """Bring the sites of several offices together in a new project.

    The new project refers to theirs and copies nothing, so it follows whatever they change. Each page names the
    office that wrote it. What two of them say differently under one id is told with both places.

    รวมเว็บไซต์ของหลายสำนักงานเป็นโครงการใหม่ โดยอ้างถึงของเดิม ไม่คัดลอก ทุกหน้าบอกสำนักงานที่เขียน รหัสที่ซ้ำกันแต่เนื้อหาต่างกันจะบอกทั้งสองที่
    """
    from coopkm.offices.starting import Start, languages, named_base, office_name, require_empty, write_project

    require_empty(out)
    bases = tuple(dict.fromkeys(named_base(project, out) for project in projects))
    start = Start(office_name(office), office_name(office_en), bases, languages(langs))
    written = write_project(out, start, date.today())
    context.say(f"สร้าง {len(written)} ไฟล์ใน {out}", f"wrote {len(written)} files in {out}")
    _, problems = Context(out, context.lang).read()
    click.echo(as_text(problems, context.lang), nl=False)
    errors = sum(found.severity == "error" for found in problems)
    if errors:
        context.say(
            f"โครงการรวมอยู่ใน {out} แล้ว แต่มีข้อขัดแย้ง {errors} ข้อ แก้แล้วสั่ง coopkm --project {out} check",
            f"the new project is in {out}, with {errors} errors: mend them, then run coopkm --project {out} check",
        )
        raise click.exceptions.Exit(1)
    context.say(
        f"ไม่มีข้อขัดแย้ง ดูตัวอย่างด้วย coopkm --project {out} serve",
        f"nothing is in conflict. Look at it with coopkm --project {out} serve",
    )
