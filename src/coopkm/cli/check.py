"""`coopkm check`."""

import click

from coopkm.cli.context import Context
from coopkm.problems import has_errors
from coopkm.problems.report import as_github, as_json, as_text


@click.command(name="check")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    help="Form of the result / รูปแบบของผลตรวจ",
)
@click.pass_obj
def command(context: Context, form: str) -> None:
    """Read and check everything. Exit 1 where there are errors; warnings alone exit 0.

    ตรวจเนื้อหาทั้งหมด บอกไฟล์ บรรทัด และวิธีแก้ จบด้วยรหัส 1 ถ้ามีข้อผิดพลาด มีแต่คำเตือนจบด้วย 0
    """
    library, problems = context.read()
    counts = library.counts()
    if form == "json":
        click.echo(as_json(problems, counts, context.lang), nl=False)
    elif form == "github":
        click.echo(as_github(problems, context.lang), nl=False)
    else:
        click.echo(as_text(problems, context.lang), nl=False)
        errors = sum(found.severity == "error" for found in problems)
        warnings = len(problems) - errors
        context.say(
            f"{counts['units']} หน่วยความรู้ {counts['sources']} แหล่งที่มา {counts['terms']} คำศัพท์"
            f" — ผิดพลาด {errors} ควรแก้ {warnings}",
            f"{counts['units']} units, {counts['sources']} sources, {counts['terms']} terms:"
            f" {errors} errors, {warnings} warnings",
        )
    if has_errors(problems):
        raise click.exceptions.Exit(1)
