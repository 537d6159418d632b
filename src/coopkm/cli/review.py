"""`coopkm review`."""

import json
import sys
from datetime import date

import click

from coopkm.cli.context import Context
from coopkm.errors import CannotGoOn
from coopkm.model.base import Lang
from coopkm.views.reviews import OwnerReviews, Review

MAX_YEAR = 2699


@click.command(name="review")
@click.option(
    "--within",
    type=click.IntRange(0, 3650),
    default=60,
    help="Reviews due within so many days, else 60 / ครบกำหนดทบทวนภายในกี่วัน ถ้าไม่ระบุใช้ 60",
)
@click.option("--owner", help="Only owners whose name holds this / เฉพาะผู้ดูแลที่ชื่อมีคำนี้")
@click.option(
    "--sources-until",
    "year",
    type=click.IntRange(2400, MAX_YEAR),
    help="In their place: units whose newest source is of this year (B.E.) or before"
    " / แสดงเรื่องที่แหล่งที่มาใหม่ที่สุดเป็นของปี พ.ศ. นี้หรือก่อนหน้าแทน",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "ics"]),
    default="text",
    help="Form of the answer / รูปแบบของคำตอบ",
)
@click.pass_obj
def command(context: Context, within: int, owner: str | None, year: int | None, form: str) -> None:
    """List what is due or overdue for review, whose English is behind and which questions have aged, by owner.

    แสดงเรื่องที่ต้องทบทวน ภาษาอังกฤษที่เก่ากว่าภาษาไทย และคำถามที่เก่ากว่าหน่วยความรู้ แยกตามผู้ดูแล
    """
    from coopkm.views.reviews import days_after, old_sources, reviews

    today = date.today()
    until = days_after(today, within)
    lang: Lang = "en" if context.lang == "en" else "th"
    library, _ = context.read()
    listed = reviews(library, until) if year is None else old_sources(library, year)
    known = reviews(library) if year is None else old_sources(library, MAX_YEAR)
    found = [row for row in listed if owner is None or _holds(row, owner)]
    if owner is not None and not found and not any(_holds(row, owner) for row in known):
        named = ", ".join(row.owner.shown(lang) for row in known)
        raise CannotGoOn(f"ไม่มีผู้ดูแลชื่อ {owner!r} ที่มีคือ {named}", f"no owner is called {owner!r}: there are {named}")
    if form == "json":
        click.echo(json.dumps([_row(row, today) for group in found for row in group.rows], ensure_ascii=False))
    elif form == "ics":
        from coopkm.upkeep.calendar import as_ics

        sys.stdout.buffer.write(as_ics(found, lang))
    else:
        _show(found, today, until, year, lang)


def _holds(row: OwnerReviews, words: str) -> bool:
    return any(words.casefold() in (name or "").casefold() for name in (row.owner.th, row.owner.en))


def _row(row: Review, today: date) -> dict[str, object]:
    return {
        "what": row.what,
        "owner": row.owner.th,
        "kind": row.kind,
        "id": row.id,
        "title": row.title.th,
        "path": row.path,
        "day": row.day.isoformat() if row.day else None,
        "overdue": row.what == "review" and row.day is not None and row.day < today,
        "count": row.count,
    }


def _show(found: list[OwnerReviews], today: date, until: date, year: int | None, lang: Lang) -> None:
    from coopkm.text.dates import format_date
    from coopkm.upkeep.words import WORDS

    words = WORDS[lang]
    if not found:
        name = "nothing" if year is None else "nothing_old"
        click.echo(words[name].format(day=format_date(until, lang), year=year))
        return
    for group in found:
        click.echo(group.owner.shown(lang))
        for row in group.rows:
            day = format_date(row.day, lang) if row.day else ""
            days = abs((row.day - today).days) if row.day else 0
            late = row.day is not None and row.day < today
            name = ("overdue" if late else "due") if row.what == "review" else row.what
            click.echo(f"  {row.path}: {row.title.shown(lang)}")
            click.echo("      " + words[name].format(day=day, days=days, count=row.count))
    total = sum(len(group.rows) for group in found)
    click.echo(words["total"].format(n=total, owners=len(found)))
