"""The command `coopkm` and what all its sub-commands share."""

import contextlib
import io
import sys
from pathlib import Path
from typing import Any

import click

from coopkm import __version__
from coopkm.cli import (
    analyse,
    base,
    build,
    changes,
    check,
    course,
    coverage,
    exam,
    export,
    handbook,
    imports,
    init,
    km,
    merge,
    new,
    package,
    pages,
    quiz,
    review,
    schema,
    search,
    serve,
    slides,
    translated,
)
from coopkm.cli.context import Context, default_language
from coopkm.errors import CannotGoOn


class _Group(click.Group):
    """Turns "cannot go on" into one line and exit code 2."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except CannotGoOn as stop:
            lang = ctx.obj.lang if ctx.obj else default_language()
            click.echo(f"coopkm: {stop.lines[lang]}", err=True)
            ctx.exit(2)
        except OSError as error:  # a disk, a permission, a port: the surroundings, not the program
            lang = ctx.obj.lang if ctx.obj else default_language()
            reason = ": ".join(str(part) for part in (error.filename, error.strerror or error) if part)
            click.echo(
                {"th": f"coopkm: ระบบไม่ยอมให้ทำต่อ: {reason}", "en": f"coopkm: the system refused: {reason}"}[lang],
                err=True,
            )
            ctx.exit(2)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--project",
    type=click.Path(path_type=Path),
    default=Path(),
    help="Folder of the project, else the current folder / โฟลเดอร์โครงการ ถ้าไม่ระบุใช้โฟลเดอร์ปัจจุบัน",
)
@click.option(
    "--lang",
    type=click.Choice(["th", "en"]),
    default=default_language,
    help="Language of messages / ภาษาของข้อความ",
)
@click.version_option(__version__, prog_name="coopkm", help="Show the version / แสดงเลขรุ่น")
@click.pass_context
def cli(ctx: click.Context, project: Path, lang: str) -> None:
    """CoopKM: knowledge of cooperative promotion, from YAML to a site.

    คลังความรู้งานส่งเสริมสหกรณ์ จาก YAML เป็นเว็บไซต์
    """
    ctx.obj = Context(root=project, lang=lang)


for command in (
    check,
    build,
    serve,
    pages,
    search,
    quiz,
    coverage,
    init,
    new,
    base,
    merge,
    package,
    translated,
    schema,
    imports,
    km,
    review,
    changes,
    handbook,
    course,
    slides,
    exam,
    export,
    analyse,
):
    cli.add_command(command.command)


def main() -> None:
    """Entry point of the script `coopkm`."""
    for stream in (sys.stdout, sys.stderr):
        # A Windows console in code page 1252 or 874 must not end a run for want of a letter.
        if isinstance(stream, io.TextIOWrapper):
            with contextlib.suppress(OSError, ValueError):
                encoding = "utf-8" if not stream.isatty() else None
                stream.reconfigure(encoding=encoding, errors="replace")
    cli(windows_expand_args=False)
