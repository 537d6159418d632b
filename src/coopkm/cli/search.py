"""`coopkm search`."""

import json
import sys
from collections.abc import Iterator
from typing import Any

import click
from rich.console import Console
from rich.text import Text

from coopkm.cli.context import Context
from coopkm.errors import CannotGoOn
from coopkm.library import read_library
from coopkm.search.build import finder_of
from coopkm.search.entries import kind_names
from coopkm.search.finder import Answer, Finder, Found
from coopkm.views.urls import site_path

_UNIT = "unit:"


@click.command(name="search")
@click.argument("query")
@click.option(
    "--lang",
    "lang",
    type=click.Choice(["th", "en"]),
    help="Language to search in first, else that of the messages / ภาษาที่ค้นก่อน ถ้าไม่ระบุใช้ภาษาของข้อความ",
)
@click.option(
    "--limit",
    type=click.IntRange(1, 1000),
    default=10,
    show_default=True,
    help="How many results / จำนวนผลลัพธ์สูงสุด",
)
@click.option("--json", "as_json", is_flag=True, help="Machine form / รูปแบบสำหรับโปรแกรม (JSON)")
@click.pass_obj
def command(context: Context, query: str, lang: str | None, limit: int, as_json: bool) -> None:
    """Search the knowledge. QUERY - reads one query a line from standard input.

    ค้นความรู้ ถ้า QUERY เป็น - จะอ่านคำค้นบรรทัดละหนึ่งคำค้นจากข้อมูลเข้า
    """
    finder = _finder(context)
    chosen = _language(finder, lang or context.lang)
    for line in _lines() if query == "-" else [query]:
        answer = finder.find(line, chosen)
        if as_json:
            rows = [_row(finder, answer, found) for found in answer.results[:limit]]
            click.echo(json.dumps(rows, ensure_ascii=False, indent=None if query == "-" else 2))
        else:
            _show(context, finder, answer, limit, line)


def _finder(context: Context) -> Finder:
    from coopkm.search.engine import opened_or_made  # Whoosh takes a moment to load; other commands do without

    context.require_folder()
    library, _ = read_library(context.root)  # what is wrong with it is the business of `check`
    return finder_of(library, lambda listed, analysis, lang: opened_or_made(context.root, listed, analysis, lang))


def _language(finder: Finder, wanted: str) -> str:
    if not finder.corpora:
        raise CannotGoOn("โครงการนี้ไม่มีภาษาใดให้ค้น", "this project has no language to search in")
    return wanted if wanted in finder.corpora else next(iter(finder.corpora))


def _lines() -> Iterator[str]:
    for line in sys.stdin.buffer:
        yield line.decode("utf-8-sig", "replace").rstrip("\r\n")


def _row(finder: Finder, answer: Answer, found: Found) -> dict[str, Any]:
    return {
        "id": found.entry.key.removeprefix(_UNIT),
        "kind": found.entry.kind,
        "title": found.entry.title,
        "url": site_path(found.lang, found.entry.url),
        "score": round(found.score, 3),
        "sources": list(found.entry.sources),
        "snippet": finder.snippet(answer, found).text,
    }


def _show(context: Context, finder: Finder, answer: Answer, limit: int, line: str) -> None:
    console = Console(soft_wrap=True, highlight=False, markup=False)
    if answer.reading:
        context.say(
            f"ค้นด้วยคำว่า “{answer.reading}” เพราะแป้นพิมพ์อาจผิดภาษา",
            f"searched for “{answer.reading}”: the keyboard may be set to the other language",
        )
    if answer.suggestion:
        context.say(f"หมายถึง “{answer.suggestion}” หรือไม่", f"did you mean “{answer.suggestion}”?")
    if not answer.results:
        context.say(f"ไม่พบสิ่งที่ตรงกับ “{line}”", f"nothing fits “{line}”")
    elif answer.near:
        context.say("ไม่พบที่ตรง นี่คือที่ใกล้เคียงที่สุด", "nothing fits well; these are the nearest")
    for number, found in enumerate(answer.results[:limit], 1):
        _show_result(console, finder, answer, found, number)


def _show_result(console: Console, finder: Finder, answer: Answer, found: Found, number: int) -> None:
    shown = finder.snippet(answer, found)
    passage = Text(f"    {shown.text}")
    for start, end in shown.marks:
        passage.stylize("bold", start + 4, end + 4)
    console.print(Text(f"{number:2}. {found.entry.title}", "bold"))
    console.print(passage)
    kind = kind_names(found.lang)[found.entry.kind]
    console.print(Text(f"    {kind} · {site_path(found.lang, found.entry.url)}", "dim"))
