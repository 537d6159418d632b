"""`coopkm pages`."""

from pathlib import Path

import click

from coopkm.cli.context import Context


@click.command(name="pages")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    help="Folder to write to / โฟลเดอร์ปลายทาง",
)
@click.pass_obj
def command(context: Context, out: Path) -> None:
    """Write the page tree as plain Markdown files, a folder and a config a language, for other generators.

    เขียนหน้าทั้งหมดเป็นไฟล์ Markdown ภาษาละหนึ่งโฟลเดอร์ ให้โปรแกรมสร้างเว็บตัวอื่นใช้
    """
    from coopkm.site.export import write_tree

    count = write_tree(context.read_sound(), out)
    context.say(f"เขียน {count} หน้าใน {out}", f"wrote {count} pages to {out}")
