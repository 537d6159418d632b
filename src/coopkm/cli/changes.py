"""`coopkm changes`."""

import json
from datetime import date, datetime

import click

from coopkm.cli.context import Context
from coopkm.errors import CannotGoOn
from coopkm.model.base import Lang
from coopkm.model.editions import UnitChange
from coopkm.text.dates import BUDDHIST_OFFSET

_YEARS = range(1900, 2200)


@click.command(name="changes")
@click.option(
    "--since",
    required=True,
    help="Folder of an earlier edition, or a revision of git / โฟลเดอร์ของฉบับเดิม หรือชื่อรุ่นใน git",
)
@click.option("--json", "as_json", is_flag=True, help="The changes as JSON / แสดงสิ่งที่เปลี่ยนเป็น JSON")
@click.option(
    "--keep",
    is_flag=True,
    help="Write changes/DAY.yml for the what-is-new page and the handbook"
    " / บันทึกลง changes/วันที่.yml เพื่อแสดงในหน้า “มีอะไรใหม่” และคู่มือ",
)
@click.option(
    "--date",
    "day",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Day of the new edition, else today / วันที่ของฉบับใหม่ ถ้าไม่ระบุใช้วันนี้",
)
@click.pass_obj
def command(context: Context, since: str, as_json: bool, keep: bool, day: datetime | None) -> None:
    """Tell what changed since an earlier edition, unit by unit, in plain words.

    บอกสิ่งที่เปลี่ยนจากฉบับเดิมทีละเรื่อง ด้วยถ้อยคำที่อ่านเข้าใจง่าย
    """
    from coopkm.upkeep.changes import changes
    from coopkm.upkeep.editions import edition, edition_name

    lang: Lang = "en" if context.lang == "en" else "th"
    on = _day(day.date() if day else date.today())
    library = context.read_sound()
    with edition(context.root, since) as earlier:
        found = changes(earlier, library)
        unread = sorted(earlier.broken & library.units.keys())
    if unread:
        names = ", ".join(unread)
        context.say(
            f"ไม่ได้เทียบ เพราะอ่านในฉบับเดิมไม่ได้: {names}",
            f"not compared, as the earlier edition of it cannot be read: {names}",
        )
    if keep:
        _keep(context, found, edition_name(since), on)
    elif as_json:
        click.echo(json.dumps([row.model_dump() for row in found], ensure_ascii=False))
    else:
        _show(found, since, lang)


def _day(day: date) -> date:
    if day.year - BUDDHIST_OFFSET in _YEARS:
        year = day.year - BUDDHIST_OFFSET
        raise CannotGoOn(
            f"--date: ปี {day.year} เป็น พ.ศ. ให้เขียนเป็น ค.ศ. คือ {year}",
            f"--date: {day.year} is a Buddhist year: write {year}",
        )
    return day


def _keep(context: Context, found: list[UnitChange], since: str, day: date) -> None:
    from coopkm.library import CHANGES
    from coopkm.upkeep.editions import as_yaml
    from coopkm.writing import create_file

    path = context.root / CHANGES / f"{day.isoformat()}.yml"
    if path.exists():
        raise CannotGoOn(f"มีไฟล์ {path} อยู่แล้ว ไม่ได้แก้ไข", f"{path} is there already and was left as it was")
    create_file(path, as_yaml(found, day, since))
    context.say(f"บันทึก {len(found)} เรื่องใน {path} แล้ว", f"wrote {len(found)} units to {path}")


def _show(found: list[UnitChange], since: str, lang: Lang) -> None:
    from coopkm.upkeep.words import WORDS

    words = WORDS[lang]
    if not found:
        click.echo(words["nothing_changed"])
        return
    for row in found:
        click.echo(f"{words[f'unit_{row.change}']}: {row.title.shown(lang)} ({row.unit})")
        for note in row.notes:
            click.echo(f"   - {note.shown(lang)}")
    counts = {name: sum(row.change == name for row in found) for name in ("added", "changed", "retired", "removed")}
    gone = counts["retired"] + counts["removed"]
    click.echo(words["told"].format(since=since, added=counts["added"], changed=counts["changed"], gone=gone))
