"""`coopkm km`."""

import json
from collections.abc import Iterator
from datetime import date
from importlib import import_module
from pathlib import Path

import click

from coopkm.cli.context import Context
from coopkm.cli.formats import chosen_formats
from coopkm.errors import CannotGoOn
from coopkm.library import ENGLISH_RECORD, KM, Library
from coopkm.model.base import LANGS, Lang
from coopkm.model.km import KmYear, participation

FORMATS = ("pdf", "docx", "ics")
# Ending to module and function.
_WRITERS = {"pdf": ("coopkm.documents.typesetting", "as_pdf"), "docx": ("coopkm.documents.word", "as_docx")}
_STATES = {
    "th": {"done": "เสร็จแล้ว", "late": "เลยกำหนด", "doing": "กำลังดำเนินการ", "planned": "ยังไม่เริ่ม"},
    "en": {"done": "done", "late": "late", "doing": "under way", "planned": "not begun"},
}


@click.command(name="km")
@click.argument("year", type=click.IntRange(2500, 2699), required=False)
@click.option("--new", is_flag=True, help="Write the skeleton of km/YEAR.yml / สร้างไฟล์ตั้งต้น km/YEAR.yml")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Write report, evidence sheet and calendar to this folder / จัดทำรายงาน แบบแสดงหลักฐาน และปฏิทินไว้ในโฟลเดอร์นี้",
)
@click.option(
    "--format",
    "formats",
    default=",".join(FORMATS),
    help="What to write: pdf, docx, ics, with commas / เลือกจาก pdf, docx, ics คั่นด้วยจุลภาค",
)
@click.option("--json", "as_json", is_flag=True, help="The state as JSON / แสดงสถานะเป็น JSON")
@click.pass_obj
def command(context: Context, year: int | None, new: bool, out: Path | None, formats: str, as_json: bool) -> None:
    """Show how the KM record of fiscal YEAR (B.E.) stands, or write what the office hands in.

    แสดงสถานะการจัดการความรู้ของปีงบประมาณ YEAR (พ.ศ.) หรือจัดทำเอกสารที่สำนักงานต้องส่ง
    """
    if new:
        _create(context, year)
        return
    library = context.read_sound()
    record = _chosen(library, year)
    if out is not None:
        _write(context, library, record, out, chosen_formats(formats, FORMATS))
    elif as_json:
        click.echo(json.dumps(_state(record, date.today()), ensure_ascii=False))
    else:
        _show(context, record, date.today())


def _create(context: Context, year: int | None) -> None:
    from coopkm.km.skeleton import km_skeleton
    from coopkm.translations import confirmed
    from coopkm.writing import create_file, write_file

    if year is None:
        raise CannotGoOn("ยังไม่ได้ระบุปี: เขียนเช่น coopkm km 2570 --new", "name the year, such as coopkm km 2570 --new")
    path = context.root / KM / f"{year}.yml"
    if path.exists():
        raise CannotGoOn(f"มีไฟล์ {path} อยู่แล้ว ไม่ได้แก้ไข", f"{path} is there already and was left as it was")
    library, _ = context.read()
    create_file(path, km_skeleton(library, year))
    if ENGLISH_RECORD not in library.unusable:  # a damaged record is left for its owner to mend
        library, _ = context.read()
        write_file(context.root / ENGLISH_RECORD, confirmed(library, {f"{KM}:{year}"}))
    context.say(
        f"สร้าง {path} แล้ว: แก้วันที่และผู้รับผิดชอบ แล้วสั่ง coopkm check",
        f"wrote {path}: put in your own days and posts, then run coopkm check",
    )


def _chosen(library: Library, year: int | None) -> KmYear:
    from coopkm.views.km import km_years

    years = km_years(library)
    if not years:
        raise CannotGoOn(
            "ยังไม่มีบันทึกการจัดการความรู้: สร้างด้วย coopkm km 2570 --new",
            "there is no KM record yet: make one with coopkm km 2570 --new",
        )
    found = [row for row in years if year in (None, row.year)]
    if not found:
        there = ", ".join(str(row.year) for row in years)
        raise CannotGoOn(f"ไม่มีบันทึกปี {year} มีเพียง {there}", f"there is no record of {year}, only of {there}")
    return found[0]


def _state(record: KmYear, today: date) -> dict[str, object]:
    from coopkm.views.km import days_left, standing

    people = participation(record)
    return {
        "year": record.year,
        "report_by": record.report_by.isoformat(),
        "days_left": days_left(record.report_by, today),
        "duties": [
            {
                "id": duty.id,
                "due": duty.due.isoformat(),
                "state": standing(duty, today),
                "days_left": days_left(duty.due, today),
                "evidence": len(duty.evidence),
            }
            for duty in record.duties
        ],
        "staff": people.staff,
        "took_part": people.took_part,
        "share": people.share,
        "reached": people.reached,
    }


def _show(context: Context, record: KmYear, today: date) -> None:
    from coopkm.text.dates import format_date
    from coopkm.views.km import days_left, standing

    lang, states = context.lang, _STATES[context.lang]
    for number, duty in enumerate(record.duties, 1):
        state = standing(duty, today)
        left = days_left(duty.due, today)
        note = {"th": f"เหลือ {left} วัน", "en": f"{left} days left"}[lang] if state in ("doing", "planned") else ""
        click.echo(f"{number}. {duty.title.shown(lang)}")
        parts = [states[state], format_date(duty.due, lang), note, duty.post.shown(lang)]
        click.echo("   " + " · ".join(part for part in parts if part))
    people = participation(record)
    if people.share is not None:
        share = f"{people.share:.1f}"
        click.echo(
            {
                "th": f"เข้าร่วม {people.took_part}/{people.staff} คน ร้อยละ {share} (คำสั่งกำหนดร้อยละ {people.asked})",
                "en": f"{people.took_part}/{people.staff} took part, {share}% ({people.asked}% asked for)",
            }[lang]
        )
    left = days_left(record.report_by, today)
    day = format_date(record.report_by, lang)
    late = {"th": f"เลยมาแล้ว {-left} วัน", "en": f"{-left} days ago"}[lang]
    note = {"th": f"เหลือ {left} วัน", "en": f"{left} days left"}[lang] if left >= 0 else late
    click.echo({"th": f"รายงานภายในวันที่ {day} ({note})", "en": f"report due {day} ({note})"}[lang])


def _write(context: Context, library: Library, record: KmYear, out: Path, formats: list[str]) -> None:
    from coopkm.ownership import write_own

    made = {
        name: raw
        for lang in LANGS
        if lang in library.project.languages
        for name, raw in _files(library, record, lang, formats)
    }
    write_own(out, made, "km")
    context.say(f"เขียนไว้ใน {out} แล้ว", f"wrote to {out}")


def _files(library: Library, record: KmYear, lang: Lang, formats: list[str]) -> Iterator[tuple[str, bytes]]:
    from coopkm.km.calendar import as_ics
    from coopkm.km.report import evidence_sheet, report

    office = library.project.office.shown(lang) if library.project.office else ""
    for name, make in (("report", report), ("evidence", evidence_sheet)):
        document = make(record, office, lang, date.today())
        for ending in formats:
            if ending in _WRITERS:
                module, function = _WRITERS[ending]
                yield f"km-{record.year}-{name}-{lang}.{ending}", getattr(import_module(module), function)(document)
    if "ics" in formats:
        yield f"km-{record.year}-{lang}.ics", as_ics(record, lang)
