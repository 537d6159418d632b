"""`coopkm init`."""

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from coopkm.cli.context import Context
from coopkm.errors import CannotGoOn
from coopkm.library import KNOWLEDGE

if TYPE_CHECKING:
    from coopkm.offices.provinces import Province

T = TypeVar("T")
_FISCAL_YEAR_BEGINS = 10  # October; it is named after the year in which it ends


@click.command(name="init")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--province", help="Province, in Thai or English / จังหวัด ภาษาไทยหรืออังกฤษ")
@click.option("--office", help="Name of the office in Thai / ชื่อสำนักงานภาษาไทย")
@click.option("--office-en", help="Name of the office in English / ชื่อสำนักงานภาษาอังกฤษ")
@click.option("--year", help="Fiscal year of the Buddhist era, such as 2570 / ปีงบประมาณ พ.ศ. เช่น 2570")
@click.option("--languages", "langs", help="th or th,en / ภาษาของเว็บไซต์ th หรือ th,en")
@click.option("--base", help="Folder or package of the shared knowledge / โฟลเดอร์หรือชุดเนื้อหาของคลังความรู้ร่วม")
@click.pass_obj
def command(context: Context, /, folder: Path, **given: str | None) -> None:
    """Make an office's own site in DIR, on top of the knowledge that offices share.

    Asks for what the options do not say; without a terminal it asks nothing. The office is named after the
    province unless it is named, and the site has both languages unless it is said.

    สร้างเว็บไซต์ของสำนักงานใน DIR โดยใช้คลังความรู้ร่วม โปรแกรมถามเฉพาะเรื่องที่ยังไม่ได้ระบุด้วยตัวเลือก
    """
    from coopkm.offices.provinces import find_province
    from coopkm.offices.starting import (
        Start,
        fiscal_year,
        languages,
        named_base,
        office_name,
        require_empty,
        write_project,
    )

    require_empty(folder)
    ask = _Asker(context, given)
    ask.require("province", "year", "base", unless={"base": _only_package()})
    today = date.today()

    def province(text: str) -> "Province":
        found = find_province(text)
        if found is None:
            raise _unknown(text)
        return found

    where = ask("province", ("จังหวัด", "Province"), "", province)
    start = Start(
        province=where,
        office_th=ask("office", ("ชื่อสำนักงานภาษาไทย", "Name of the office in Thai"), where.office[0], office_name),
        office_en=ask("office_en", ("ชื่อสำนักงานภาษาอังกฤษ", "Name in English"), where.office[1], office_name),
        year=ask("year", ("ปีงบประมาณ พ.ศ.", "Fiscal year, B.E."), str(_fiscal_year(today)), fiscal_year),
        languages=ask("langs", ("ภาษา", "Languages"), "th,en", languages),
        bases=(
            ask(
                "base",
                ("โฟลเดอร์คลังความรู้ร่วม", "Folder of the shared knowledge"),
                _only_package() or _only_folder(),
                lambda text: named_base(text, folder),
            ),
        ),
    )
    written = write_project(folder, start, today)
    context.say(f"สร้าง {len(written)} ไฟล์ใน {folder}", f"wrote {len(written)} files in {folder}")
    show_state(context, folder)


def show_state(context: Context, folder: Path) -> None:
    """Check the new project and say what to do next."""
    Context(folder, context.lang).read_sound()
    context.say(
        f"ตรวจแล้วไม่มีข้อผิดพลาด ดูตัวอย่างด้วย coopkm --project {folder} serve",
        f"checked without errors. Look at it with coopkm --project {folder} serve",
    )


class _Asker:
    """Answers from options or, at a terminal, from the person; elsewhere what has a default has that."""

    def __init__(self, context: Context, given: dict[str, str | None]) -> None:
        self._context = context
        self._given = given
        self._at_terminal = sys.stdin is not None and sys.stdin.isatty()

    def require(self, *names: str, unless: dict[str, str]) -> None:
        """Ends the run where nobody can be asked and something must be."""
        missing = [f"--{name}" for name in names if self._given[name] is None and not unless.get(name)]
        if missing and not self._at_terminal:
            options = " ".join(missing)
            raise CannotGoOn(
                f"ยังให้ข้อมูลไม่ครบ: ใส่ตัวเลือก {options}", f"something was not said: give the options {options}"
            )

    def __call__(self, name: str, label: tuple[str, str], default: str, read: Callable[[str], T]) -> T:
        given = self._given[name]
        if given is not None or not self._at_terminal:
            return read(default if given is None else given)
        while True:
            shown = label[0] if self._context.lang == "th" else label[1]
            try:
                return read(click.prompt(shown, default=default or None, err=True))
            except CannotGoOn as stop:
                click.echo(stop.lines[self._context.lang], err=True)


def _unknown(text: str) -> CannotGoOn:
    from coopkm.offices.provinces import near_province

    near = near_province(text)
    return CannotGoOn(
        f"ไม่มีจังหวัดชื่อ {text}" + (f" หมายถึง {near.th} ใช่หรือไม่" if near else ""),
        f"there is no province {text}" + (f". Did you mean {near.en} ({near.th})?" if near else ""),
    )


def _only_package() -> str:
    """The package of content, where a single one is installed."""
    from coopkm.bases.finding import packages

    found = packages()
    return found[0] if len(found) == 1 else ""


def _only_folder() -> str:
    """The project in the current folder, or the only one in a folder of it."""
    if Path(KNOWLEDGE).is_dir():
        return "."
    found = [path.parent.name for path in Path().glob(f"*/{KNOWLEDGE}") if path.is_dir()]
    return found[0] if len(found) == 1 else ""


def _fiscal_year(today: date) -> int:
    from coopkm.text.dates import BUDDHIST_OFFSET

    return today.year + BUDDHIST_OFFSET + (today.month >= _FISCAL_YEAR_BEGINS)
