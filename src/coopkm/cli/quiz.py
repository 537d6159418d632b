"""`coopkm quiz`."""

import json
import random
from typing import get_args

import click
from rich.console import Console

from coopkm.cli.context import Context
from coopkm.cli.quiz_screen import Screen
from coopkm.errors import CannotGoOn
from coopkm.library import Library, read_library
from coopkm.text.guess import guess
from coopkm.views.questions import Asked, Pool, ready_questions


@click.command(name="quiz")
@click.argument("topic", required=False)
@click.option("--list", "listed", is_flag=True, help="List the questions of both pools / แสดงรายการคำถามทุกชุด")
@click.option("--json", "as_json", is_flag=True, help="With --list: machine form / รูปแบบสำหรับโปรแกรม (JSON)")
@click.option("--count", type=click.IntRange(1, 500), help="How many questions, else all / จำนวนข้อ ถ้าไม่ระบุถามทุกข้อ")
@click.option("--pool", type=click.Choice(get_args(Pool)), default="practice", help="practice or exam / ชุดฝึกหรือชุดสอบ")
@click.option("--seed", type=int, help="The same order each time / ลำดับเดิมทุกครั้ง")
@click.pass_obj
def command(
    context: Context, topic: str | None, listed: bool, as_json: bool, count: int | None, pool: Pool, seed: int | None
) -> None:
    """Answer the questions of a topic here, or without TOPIC see which topics there are.

    ตอบคำถามทีละข้อในหน้าต่างนี้ ถ้าไม่ระบุ TOPIC จะแสดงว่ามีเรื่องใดบ้าง
    """
    context.require_folder()
    library, _ = read_library(context.root)
    if listed:
        _list(context, library, topic, as_json)
        return
    if topic is None:
        _topics(context, library, pool)
        return
    asked = _of_topic(library, topic, pool)
    chance = random.Random(seed)
    chance.shuffle(asked)
    screen = Screen(Console(highlight=False, markup=False), context.lang, library, chance)
    screen.run(asked[:count])


def _list(context: Context, library: Library, topic: str | None, as_json: bool) -> None:
    rows = [asked.row for asked in ready_questions(library) if topic in (None, asked.bank.id)]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for row in rows:
        click.echo(f"{row['id']}  {row['type']}  {row['level']}  {row['pool']}  {', '.join(row['units'])}")


def _topics(context: Context, library: Library, pool: Pool) -> None:
    counts: dict[str, int] = {}
    titles: dict[str, str] = {}
    for asked in ready_questions(library, pool):
        counts[asked.bank.id] = counts.get(asked.bank.id, 0) + 1
        titles[asked.bank.id] = asked.bank.title.shown(context.lang)
    if not counts:
        context.say("ยังไม่มีคำถามที่ใช้ได้ใน quizzes/", "there is no ready question in quizzes/ yet")
    for name, count in counts.items():
        click.echo(f"{name}  {titles[name]}  ({count})")


def _of_topic(library: Library, topic: str, pool: Pool) -> list[Asked]:
    found = [asked for asked in ready_questions(library, pool) if asked.bank.id == topic]
    if found:
        return found
    names = sorted({asked.bank.id for asked in ready_questions(library, pool)})
    near = guess(topic, names) or ", ".join(names) or "-"
    raise CannotGoOn(f"ไม่มีคำถามเรื่อง {topic} ที่มีคือ {near}", f"there are no questions on {topic}; there are: {near}")
