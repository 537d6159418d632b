"""`coopkm handbook`."""

from importlib import import_module
from pathlib import Path

import click

from coopkm.cli.context import Context
from coopkm.cli.formats import chosen_formats
from coopkm.errors import CannotGoOn
from coopkm.library import HANDBOOK, Library
from coopkm.model.handbook import Handbook
from coopkm.problems import has_errors
from coopkm.problems.report import as_text

# Ending to module and function.
_WRITERS = {
    "pdf": ("coopkm.documents.typesetting", "as_pdf"),
    "docx": ("coopkm.documents.word", "as_docx"),
    "epub": ("coopkm.documents.epub", "as_epub"),
}


@click.command(name="handbook")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False), required=False)
@click.option(
    "--format",
    "formats",
    default=",".join(_WRITERS),
    help="What to write: pdf, docx, epub, with commas / เลือกจาก pdf, docx, epub คั่นด้วยจุลภาค",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("dist/handbook"),
    help="Folder to write to, else dist/handbook / โฟลเดอร์ปลายทาง ถ้าไม่ระบุใช้ dist/handbook",
)
@click.pass_obj
def command(context: Context, file: Path | None, formats: str, out: Path) -> None:
    """Write the yearly handbook that FILE describes, else handbook.yml of the project.

    ทำคู่มือประจำปีตามที่กำหนดใน FILE ถ้าไม่ระบุใช้ handbook.yml ของโครงการ
    """
    endings = chosen_formats(formats, _WRITERS)
    library = context.read_sound()
    handbook = _described(context, library, file)
    _write(context, library, handbook, endings, out)


def _described(context: Context, library: Library, file: Path | None) -> Handbook:
    from coopkm.checks.handbook import handbook_problems
    from coopkm.library import read_handbook

    if file is None:
        placed = next(iter(library.handbooks.values()), None)
        if placed is None:
            raise CannotGoOn(
                f"ไม่พบ {HANDBOOK} ในโครงการ: เขียนตามหน้า “ทำคู่มือประจำปี” หรือระบุไฟล์",
                f"there is no {HANDBOOK} in the project: write one as described under “Make the yearly handbook”, "
                "or name a file",
            )
        return placed.value
    if not file.exists():
        raise CannotGoOn(f"ไม่มีไฟล์ {file}", f"there is no file {file}")
    placed, found = read_handbook(file)
    problems = sorted({*found, *(handbook_problems(library, placed) if placed else ())})
    if problems:
        click.echo(as_text(problems, context.lang), nl=False, err=True)
    if placed is None or has_errors(problems):
        raise click.exceptions.Exit(1)
    return placed.value


def _write(context: Context, library: Library, handbook: Handbook, endings: list[str], out: Path) -> None:
    from coopkm.handbook.book import book
    from coopkm.ownership import write_own

    made = {}
    for lang in dict.fromkeys(handbook.languages):
        document = book(library, handbook, lang)
        for ending in endings:
            module, function = _WRITERS[ending]
            name = f"handbook-{handbook.year}-{lang}.{ending}"
            context.say(f"ทำ {name} …", f"making {name} …")
            made[name] = getattr(import_module(module), function)(document)
    write_own(out, made, "handbook")
    context.say(f"เขียน {len(made)} ไฟล์ไว้ใน {out} แล้ว", f"wrote {len(made)} files to {out}")
