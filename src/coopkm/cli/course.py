"""`coopkm course`."""

import re
from collections.abc import Sequence
from datetime import date, datetime, time
from pathlib import Path

import click

from coopkm.cli.context import Context
from coopkm.cli.formats import chosen_formats
from coopkm.errors import CannotGoOn
from coopkm.text.dates import BUDDHIST_OFFSET

_FORMATS = ("html", "csv", "ics", "xlsx", "pdf", "docx")
_YEARS = range(1990, 2200)


@click.command(name="course")
@click.option("--start", required=True, metavar="YYYY-MM-DDTHH:MM", help="Day and hour of the beginning / วันและเวลาเริ่ม")
@click.option(
    "--modules",
    default="",
    help="Ids, or MODULE/ACTIVITY, with commas; else all / รหัสหน่วย หรือหน่วย/กิจกรรม คั่นด้วยจุลภาค ถ้าไม่ระบุใช้ทุกหน่วย",
)
@click.option("--days", type=click.IntRange(1, 366), help="No more days than this / อบรมไม่เกินกี่วัน")
@click.option("--half-days", is_flag=True, help="Only half a day each day / อบรมวันละครึ่งวัน")
@click.option(
    "--lunch", default="12:00", metavar="HH:MM", help="When lunch begins, else 12:00 / เวลาพักกลางวัน ถ้าไม่ระบุใช้ 12:00"
)
@click.option("--end", default="16:30", metavar="HH:MM", help="When a day ends, else 16:30 / เวลาเลิก ถ้าไม่ระบุใช้ 16:30")
@click.option("--skip", multiple=True, metavar="YYYY-MM-DD", help="A holiday; may be repeated / วันหยุดที่ต้องเว้น ระบุซ้ำได้")
@click.option(
    "--talk", type=click.IntRange(0, 600), help="No talk longer than this, in minutes / บรรยายหน่วยละไม่เกินกี่นาที"
)
@click.option(
    "--opening",
    type=click.IntRange(0, 240),
    default=30,
    help="Minutes of the opening, else 30 / จำนวนนาทีของพิธีเปิด ถ้าไม่ระบุใช้ 30",
)
@click.option(
    "--test",
    type=click.IntRange(0, 240),
    default=30,
    help="Minutes of each test, else 30 / จำนวนนาทีของการทดสอบแต่ละครั้ง ถ้าไม่ระบุใช้ 30",
)
@click.option(
    "--closing",
    type=click.IntRange(0, 240),
    default=30,
    help="Minutes of the closing, else 30 / จำนวนนาทีของพิธีปิด ถ้าไม่ระบุใช้ 30",
)
@click.option(
    "--people", type=click.IntRange(1, 500), default=30, help="How many learners, else 30 / จำนวนผู้เรียน ถ้าไม่ระบุใช้ 30"
)
@click.option(
    "--title", default="", help="Name of the course, else that of the project / ชื่อการอบรม ถ้าไม่ระบุใช้ชื่อหลักสูตรของโครงการ"
)
@click.option("--place", default="", help="Where it is held / สถานที่จัด")
@click.option(
    "--lang",
    "papers",
    type=click.Choice(["th", "en"]),
    help="Language of the papers, else that of messages / ภาษาของเอกสาร ถ้าไม่ระบุใช้ภาษาของข้อความบนหน้าจอ",
)
@click.option(
    "--format",
    "formats",
    default=",".join(_FORMATS),
    help="Some of html,csv,ics,xlsx,pdf,docx; else all / เลือกจาก html,csv,ics,xlsx,pdf,docx ถ้าไม่ระบุได้ทุกชนิด",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    help="Folder for the files / โฟลเดอร์ปลายทาง",
)
@click.pass_obj
def command(
    context: Context,
    start: str,
    modules: str,
    days: int | None,
    half_days: bool,
    lunch: str,
    end: str,
    skip: Sequence[str],
    talk: int | None,
    opening: int,
    test: int,
    closing: int,
    people: int,
    title: str,
    place: str,
    papers: str | None,
    formats: str,
    out: Path,
) -> None:
    """Draw up a course from modules: agenda, handouts, trainer's guides, cards, attendance and more.

    เตรียมการอบรมจากหน่วยการเรียน ได้กำหนดการ เอกสารประกอบการเรียน คู่มือวิทยากร บัตรบทบาท บัญชีลงเวลา และเอกสารอื่นครบชุด
    """
    from coopkm.course.choice import Around, choose, parts
    from coopkm.course.event import Event, course_name
    from coopkm.course.kit import kit
    from coopkm.course.plan import Frame, timetable
    from coopkm.ownership import write_own

    context.refuse_published(out)
    wanted, lang = chosen_formats(formats, _FORMATS), papers or context.lang
    frame = Frame(
        start=_moment(start),
        end=_clock("--end", end),
        lunch=_clock("--lunch", lunch),
        days=days,
        half_days=half_days,
        skip=frozenset(_day("--skip", day) for day in skip),
    )
    library = context.read_sound()
    chosen = choose(library, _names(modules), talk)
    event = Event(
        library=library,
        lang=lang,
        chosen=chosen,
        days=timetable(parts(chosen, Around(opening, test, closing)), frame),
        title=_plain(title) or course_name(library, chosen, lang),
        office=library.project.office.shown(lang) if library.project.office else "",
        place=_plain(place),
        people=people,
    )
    made = dict(kit(event, wanted))
    changed, earlier = write_own(out, made, "course")
    context.say(
        f"{event.dates}: {len(event.days)} วัน สร้าง {len(made)} ไฟล์ใน {out} (ใหม่หรือเปลี่ยน {changed} ไฟล์) "
        "ไฟล์ใน trainer/ มีแนวคำตอบ ห้ามแจกผู้เรียน",
        f"{len(event.days)} day(s) from {event.days[0].date}: {len(made)} files in {out} ({changed} new or changed); "
        "those in trainer/ hold the solutions, do not hand them out",
    )
    if earlier:
        context.say(
            f"ไฟล์จากการสั่งครั้งก่อนยังอยู่ และไม่ได้ปรับตามครั้งนี้: {', '.join(earlier)}",
            f"from an earlier run and not brought up to date: {', '.join(earlier)}",
        )


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]


def _plain(text: str) -> str:
    """One line without control characters."""
    return " ".join(re.sub(r"[\x00-\x1f\x7f]", " ", text).split())


def _moment(text: str) -> datetime:
    match = re.fullmatch(r"(\d{4}-\d{1,2}-\d{1,2})[T ](\d{1,2}[:.]\d{2})", text.strip())
    if not match:
        raise CannotGoOn(
            f"--start {text!r} อ่านไม่ได้: เขียนวันที่เป็น ค.ศ. ตามด้วย T และเวลา เช่น 2027-01-12T09:00",
            f"--start {text!r} cannot be read: write day, T and hour, such as 2027-01-12T09:00",
        )
    return datetime.combine(_day("--start", match[1]), _clock("--start", match[2]))


def _day(option: str, text: str) -> date:
    try:
        year, month, day = map(int, text.strip().split("-"))
        if year - BUDDHIST_OFFSET in _YEARS:
            raise CannotGoOn(
                f"{option}: ปี {year} เป็น พ.ศ. ให้เขียนเป็น ค.ศ. คือ {year - BUDDHIST_OFFSET}",
                f"{option}: {year} is a Buddhist year: write {year - BUDDHIST_OFFSET}",
            )
        if year in _YEARS:
            return date(year, month, day)
    except ValueError:
        pass
    raise CannotGoOn(
        f"{option}: ไม่มีวันที่ {text!r} เขียนเป็นปี-เดือน-วัน เช่น 2027-01-12",
        f"{option}: there is no day {text!r}; write year-month-day, such as 2027-01-12",
    )


def _clock(option: str, text: str) -> time:
    match = re.fullmatch(r"(\d{1,2})[:.](\d{2})", text.strip())
    if not match or int(match[1]) > 23 or int(match[2]) > 59:
        raise CannotGoOn(
            f"{option}: ไม่มีเวลา {text!r} เขียนแบบ 24 ชั่วโมง เช่น 09:00",
            f"{option}: there is no hour {text!r}; write it with 24 hours, such as 09:00",
        )
    return time(int(match[1]), int(match[2]))
