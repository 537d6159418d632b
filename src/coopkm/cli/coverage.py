"""`coopkm coverage`."""

import json

import click

from coopkm.cli.context import Context
from coopkm.views.coverage import coverage


@click.command(name="coverage")
@click.option("--json", "as_json", is_flag=True, help="Machine form / รูปแบบสำหรับโปรแกรม (JSON)")
@click.pass_obj
def command(context: Context, as_json: bool) -> None:
    """What of the sources is covered by units, and how far the English has come.

    แหล่งที่มาข้อใดมีหน่วยความรู้แล้ว ข้อใดยังไม่มี และภาษาอังกฤษมีครบเพียงใด
    """
    library, _ = context.read()
    found = coverage(library)
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    english = found["english"]
    if context.lang == "th":
        click.echo(f"แหล่งที่มา {found['sources']} ข้อ มีหน่วยความรู้อ้างถึงแล้ว {found['covered']} ข้อ")
        click.echo(f"ภาษาอังกฤษ {english['fields']} ข้อความ ยังไม่มี {english['missing']} ไม่ทันภาษาไทย {english['stale']}")
    else:
        click.echo(f"{found['covered']} of {found['sources']} source items are cited by a unit")
        click.echo(f"English: {english['fields']} texts, {english['missing']} missing, {english['stale']} stale")
    for key in found["uncovered"]:
        click.echo(f"  {key}  {library.sources[key].value.label.shown(context.lang)}")
