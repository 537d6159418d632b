"""The files of a new site: an office's own, or one that brings several offices together."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from jinja2 import DictLoader, Environment, StrictUndefined

from coopkm.bases.finding import find_base, packages
from coopkm.errors import CannotGoOn
from coopkm.library import BASE_LOCK, ENGLISH_RECORD, read_library
from coopkm.model.base import LANGS, Lang
from coopkm.model.schema import schemas
from coopkm.offices.provinces import Province
from coopkm.offices.review import lock_text
from coopkm.text.dates import BUDDHIST_OFFSET
from coopkm.text.guess import guess
from coopkm.translations import EVERYTHING, confirmed
from coopkm.writing import create_file

REGION = "region"  # begins the ids of a site that is of no single province
_REVIEW_AFTER = timedelta(days=365)
_NAME = re.compile(r"[\w\u0e00-\u0e7f .,()/&'’-]{1,120}")
_YEAR = re.compile(r"[0-9]{4}")
_ARABIC = {ord("๐") + digit: str(digit) for digit in range(10)}
_OWN = ("knowledge/own.yml", "knowledge/paths.yml")  # of one office only
_PLACES = {"gitignore": ".gitignore", "knowledge/own.yml": "knowledge/background/{id}-own.yml"}


@dataclass(frozen=True)
class Start:
    """Whose site is made. `bases` as they stand in project.yml; without a province it is of several offices."""

    office_th: str
    office_en: str
    bases: tuple[str, ...]
    languages: tuple[Lang, ...] = LANGS
    province: Province | None = None
    year: int | None = None


def write_project(folder: Path, start: Start, today: date) -> list[str]:
    """Write a project into a folder that is empty or not there; the paths written. The bases are read, never written.

    Its English is put on record, and what the bases say now counts as looked at.
    """
    require_empty(folder)
    written = {**project_files(start, today), **{f"schemas/{name}": text for name, text in schemas().items()}}
    for name, text in written.items():
        create_file(folder / name, text)
    library, _ = read_library(folder)
    for name, text in ((ENGLISH_RECORD, confirmed(library, EVERYTHING)), (BASE_LOCK, lock_text(library))):
        create_file(folder / name, text)
    return [*written, ENGLISH_RECORD, BASE_LOCK]


def project_files(start: Start, today: date) -> dict[str, str]:
    """Path to text of the files that differ from office to office."""
    templates = {name.removesuffix(".j2"): text for name, text in _templates()}
    environment = Environment(
        loader=DictLoader(templates),
        autoescape=False,
        comment_start_string="{##",
        comment_end_string="##}",
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=StrictUndefined,
    )
    environment.filters["quoted"] = quoted
    values = _values(start, today)
    return {
        _place(name, values["id"]): environment.get_template(name).render(values)
        for name in sorted(templates)
        if start.province or name not in _OWN
    }


def _values(start: Start, today: date) -> dict[str, object]:
    province, year = start.province, start.year
    place_th, place_en = (province.full, province.en) if province else ("หลายสำนักงาน", "several offices")
    when_th, when_en = (f" ปีงบประมาณ พ.ศ. {year}", f", fiscal year {year}") if year else ("", "")
    return {
        "id": province.id if province else REGION,
        "local": province is not None,
        "name_th": f"คลังความรู้งานส่งเสริมสหกรณ์ {place_th if province else 'ร่วมหลายสำนักงาน'}",
        "name_en": f"Cooperative promotion knowledge base, {place_en}",
        "office_th": start.office_th,
        "office_en": start.office_en,
        "about_th": f"ความรู้สำหรับเจ้าหน้าที่ของ{start.office_th}{when_th}",
        "about_en": f"Knowledge for the officers of {start.office_en}{when_en}.",
        "place_th": place_th,
        "place_en": place_en,
        "scope_th": f"{place_th}{when_th}",
        "scope_en": f"{place_en}{when_en}",
        "year": year,
        "languages": start.languages,
        "bases": start.bases,
        "today": today.isoformat(),
        "review_by": (today + _REVIEW_AFTER).isoformat(),
    }


def _place(name: str, id_: object) -> str:
    place = _PLACES.get(name, name).format(id=id_)
    return f".{place}" if place.startswith("vscode/") else place


def _templates() -> Iterator[tuple[str, str]]:
    yield from _walk(files(__package__).joinpath("template"), "")


def _walk(folder: Traversable, path: str) -> Iterator[tuple[str, str]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _walk(entry, f"{path}{entry.name}/")
        else:
            yield f"{path}{entry.name}", entry.read_text("utf-8")


def quoted(text: str) -> str:
    """A text as YAML takes it, whatever it holds."""
    return "'" + text.replace("'", "''") + "'"


def require_empty(folder: Path) -> None:
    """Ends the run where the folder holds anything but the store of a version control system."""
    if folder.is_dir() and all(entry.name == ".git" for entry in folder.iterdir()):
        return
    if folder.exists() or folder.is_symlink():
        raise CannotGoOn(
            f"{folder} มีอยู่แล้วและไม่ว่าง จึงไม่ได้เขียนสิ่งใด เลือกโฟลเดอร์ใหม่",
            f"{folder} is there already and not an empty folder. Nothing was written: choose another",
        )


def named_base(base: str, folder: Path) -> str:
    """How a base is written in the project that will stand in `folder`.

    It is a folder as seen from the current one, or the name of an installed package of content.
    """
    path = Path(base)
    if (path / "knowledge").is_dir():
        try:
            relative = os.path.relpath(path.resolve(), folder.resolve())
        except ValueError:  # two drives of Windows
            raise CannotGoOn(
                f"{base} อยู่คนละไดรฟ์กับ {folder} ให้วางไว้ในไดรฟ์เดียวกัน",
                f"{base} is on another drive than {folder}: put both on one drive",
            ) from None
        plain = Path(relative).as_posix()
        return plain if plain.startswith(".") else f"./{plain}"
    if base in packages() and find_base(folder, base) is not None:
        return base
    near = guess(base, packages())
    raise CannotGoOn(
        f"ไม่พบคลังความรู้ร่วม {base} ต้องเป็นโฟลเดอร์ที่มี knowledge หรือชื่อชุดเนื้อหาที่ติดตั้งไว้"
        + (f" หมายถึง {near} ใช่หรือไม่" if near else ""),
        f"there is no base {base}: name a folder that holds knowledge/, or an installed package of content"
        + (f". Did you mean {near}?" if near else ""),
    )


def office_name(text: str) -> str:
    """The name of an office, one line of letters, digits and few signs."""
    name = " ".join(text.split(" ")).strip()
    if not _NAME.fullmatch(name):
        raise CannotGoOn(
            f"ชื่อสำนักงาน {name!r} ใช้ไม่ได้ ใช้ตัวอักษร ตัวเลข วรรค และ . , ( ) / & - ไม่เกิน 120 ตัวอักษร",
            f"the office's name {name!r} cannot be used: take letters, digits, spaces and . , ( ) / & -, at most 120",
        )
    return name


def fiscal_year(text: str) -> int:
    """A fiscal year of the Buddhist era, in either kind of digits."""
    plain = text.strip().translate(_ARABIC)
    year = int(plain) if _YEAR.fullmatch(plain) else 0
    if not 2500 <= year < 2700:
        meant = year + BUDDHIST_OFFSET if 1957 <= year < 2157 else 0
        raise CannotGoOn(
            f"ปี {text} ใช้ไม่ได้ เขียนปีงบประมาณเป็น พ.ศ. สี่หลัก เช่น {meant or 2570}",
            f"the year {text} cannot be used: write the fiscal year of the Buddhist era, such as {meant or 2570}",
        )
    return year


def languages(text: str) -> tuple[Lang, ...]:
    """The languages of the site, Thai always among them."""
    named = [part.strip().lower() for part in text.split(",")]
    if "th" not in named or not set(named) <= set(LANGS):
        raise CannotGoOn(
            f"ภาษา {text} ใช้ไม่ได้ เขียน th หรือ th,en", f"the languages {text} cannot be used: write th or th,en"
        )
    return tuple(lang for lang in LANGS if lang in named)
