"""A document brought in: the files of its folder, as values. Only `write` touches the disk."""

import os
import re
import shutil
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePath
from typing import Any

from coopkm.errors import CannotGoOn
from coopkm.imports.drafts import MAX_DRAFTS, Draft, Item, Names, drafts_of
from coopkm.imports.letters import bare, restored
from coopkm.imports.marking import marked, start
from coopkm.imports.misprints import Proposal, corrected, proposals
from coopkm.imports.outline import Outline, outline_of
from coopkm.imports.plain import read_plain
from coopkm.imports.project import Known
from coopkm.imports.report import Found, Report
from coopkm.imports.rows import MAX_FILE, Row, Source
from coopkm.imports.words import words
from coopkm.imports.yaml_text import yaml_text
from coopkm.model.skeleton import UNWRITTEN
from coopkm.writing import write_file

_YEAR = re.compile("(?<![0-9๐-๙])(25[0-9]{2}|๒๕[๐-๙]{2})(?![0-9๐-๙])")
_TO_ASCII = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_NAME = 32  # letters of the id of a document: the ids of its drafts begin with it
_SHORT = 60


@dataclass(frozen=True)
class Brought:
    """The files of an import, path inside its folder -> text, and how much there is."""

    name: str
    files: dict[str, str]
    drafts: int
    items: int
    aside: int
    rows: int
    misprints: int


def read_source(raw: bytes, name: str) -> Source:
    """The rows of a document of any kind that can be read.

    Raises:
        CannotGoOn: it is of another kind, damaged, locked, too large, or holds no text.
    """
    if len(raw) > MAX_FILE:
        limit = MAX_FILE // 1024 // 1024
        raise CannotGoOn(f"{name}: ใหญ่กว่า {limit} เมกะไบต์", f"{name}: is larger than {limit} megabytes")
    if not raw:
        raise CannotGoOn(f"{name}: ไฟล์ว่างเปล่า", f"{name}: is an empty file")
    reader = _readers().get(PurePath(name).suffix.lower())
    if reader is None:
        raise CannotGoOn(
            f"{name}: อ่านได้เฉพาะ .docx .pdf และ .txt ให้เปิดในโปรแกรมเดิมแล้วบันทึกเป็น .docx",
            f"{name}: only .docx, .pdf and .txt can be read: open it where it was written and save it as .docx",
        )
    return reader(raw, name)


def _readers() -> Mapping[str, Callable[[bytes, str], Source]]:
    from coopkm.imports.pdf import read_pdf
    from coopkm.imports.word import read_word

    return {".txt": read_plain, ".text": read_plain, ".docx": read_word, ".docm": read_word, ".pdf": read_pdf}


def bring_in(source: Source, name: str, known: Known, today: date, lang: str) -> Brought:
    """Drafts, registry, proposals, text edition and report of a document; `name` is its id in the registry."""
    outline = outline_of(source)
    drafts, items = drafts_of(outline, Names(name, today, known.owner))
    if len(drafts) > MAX_DRAFTS:
        raise CannotGoOn(
            f"{source.name}: มีหัวข้อมากเกินไป ({len(drafts)}) แบ่งเป็นหลายไฟล์ก่อน",
            f"{source.name}: has too many headings ({len(drafts)}): split it into several files",
        )
    aside = _aside(source, outline, drafts)
    found = proposals(known.misprints, source.rows, drafts)
    coarse = 0 < len(items) == len(drafts)  # else each draft has an item for its heading and others for its points
    report = Report(Found(source, outline, drafts, aside, found, len(items), coarse, known.listed), lang).text()
    files = {
        **{f"drafts/{draft.id}.yml": _draft_text(draft, source, found) for draft in drafts},
        "sources.yml": _registry(source, outline, name, items, known),
        "misprints.yml": _proposed(found),
        "text.txt": source.edition(),
        "report.md": report,
    }
    rows = sum(bool(row.shown.strip()) for row in source.rows)
    return Brought(name, files, len(drafts), len(items), len(aside), rows, len(found))


def _aside(source: Source, outline: Outline, drafts: list[Draft]) -> dict[int, str]:
    """Rows that are in no draft, with the reason. What a draft should hold and does not is put here, too."""
    aside: dict[int, str] = dict(outline.aside)
    holder: dict[int, str] = {}
    for draft in drafts:
        told = bare(draft.told)
        for number in draft.rows:
            holder[number] = holder[number] + told if number in holder else told  # a long line is in several
    above = {row for section in outline.sections for row in section.rows}
    for row in source.rows:
        if row.number in aside:
            continue
        if row.number not in holder:
            aside[row.number] = "heading-above" if row.number in above else "not-placed"
        elif not _is_told(row, holder[row.number]):
            aside[row.number] = "not-placed"
    return aside


def _is_told(row: Row, told: str) -> bool:
    parts = [line for cell in row.cells for line in cell.split("\n")] or [row.shown]
    return all(bare(part) in told for part in parts)


def _draft_text(draft: Draft, source: Source, found: list[Proposal]) -> str:
    rows = {row.number: row for row in source.rows}
    first, last = rows[draft.rows[0]], rows[draft.rows[-1]]
    pages = f"หน้า {_span(first.page, last.page)} " if first.page else ""
    lines = [
        f"# yaml-language-server: $schema=../../schemas/{draft.kind}.json",
        f"# ร่างจาก {_line(source.name)} {pages}บรรทัด {_span(first.number, last.number)} ของ text.txt",
        "# ข้อความคัดมาตามเอกสาร ต้องเรียบเรียงใหม่ด้วยถ้อยคำของท่านก่อนเปลี่ยนเป็น status: ready",
    ]
    for one in dict.fromkeys((p.misprint.wrong, p.misprint.right) for p in found if p.draft == draft.id):
        lines.append(f"# อาจพิมพ์ผิด: {_line(one[0])} → {_line(one[1])}")
    return "\n".join(lines) + "\n" + yaml_text(draft.fields)


def _span(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}–{last}"


def _line(text: str) -> str:
    return restored(text, Counter())


def _registry(source: Source, outline: Outline, name: str, items: list[Item], known: Known) -> str:
    title = about(source, outline)
    document: dict[str, Any] = {
        "id": name,
        "kind": "handbook",
        "title": {"th": marked(corrected(title.title, known.misprints))},
        "publisher": {
            "th": marked(corrected(title.publisher, known.misprints))
            if title.publisher
            else f"{UNWRITTEN} ยังไม่ได้ระบุผู้จัดทำ"
        },
        "short": {"th": marked(corrected(start(title.title, _SHORT), known.misprints))},
        **({"year": title.year} if title.year else {}),
    }
    rows = [
        {
            "key": item.key,
            "cite": {"th": corrected(item.cite, known.misprints), "en": item.cite_en},
            "kind": item.kind,
            "heading": corrected(item.heading, known.misprints),
            "label": {"th": marked(corrected(item.label, known.misprints))},
            "line": item.line,
        }
        for item in items
    ]
    head = (
        "# yaml-language-server: $schema=../schemas/sources.json\n"
        f"# จาก {_line(source.name)}: `line` คือบรรทัดของ text.txt ป้ายชื่อเป็นคำขึ้นต้นของข้อความ\n"
    )
    return head + yaml_text({"documents": [document], "items": rows})


def _proposed(found: list[Proposal]) -> str:
    rows: list[dict[str, Any]] = [
        {
            "wrong": one.misprint.wrong,
            "right": one.misprint.right,
            "certainty": one.misprint.certainty,
            "line": one.row.number,
            **({"page": one.row.page} if one.row.page else {}),
            **({"draft": one.draft} if one.draft else {}),
            "around": _line(one.around),
        }
        for one in found
    ]
    return "# คำที่อาจพิมพ์ผิดตามรายการคำพิมพ์ผิด เป็นข้อเสนอ ยังไม่ได้แก้ในร่าง\n" + yaml_text({"proposals": rows})


@dataclass(frozen=True)
class About:
    """What a document says of itself; year is a Buddhist one, 0 where none is named."""

    title: str
    publisher: str
    year: int


def about(source: Source, outline: Outline) -> About:
    """Title, publisher and year, guessed from the cover, the first heading and the name of the file."""
    lines = [restored(line, Counter()) for line in outline.cover]
    first = next((section.title for section in outline.sections if section.title), "")
    told = [*lines, first, *(row.text for row in source.rows[:40])]
    publisher = next(
        (_line(text) for text in told if text.strip().startswith(tuple(words()["publishers"])) and len(text) < 120), ""
    )
    names = [text for text in lines if text != publisher and _may_be_title(text)]
    stem = restored(PurePath(source.name).stem.replace("_", " "), Counter())
    title = (" ".join(names[:2]) or (first if not lines else "") or stem or source.name)[:200].strip()
    years = [match.group().translate(_TO_ASCII) for text in [source.name, *told] if (match := _YEAR.search(text))]
    return About(title or "เอกสาร", publisher, int(years[0]) if years else 0)


def _may_be_title(line: str) -> bool:
    if line in words()["not_titles"] or line.startswith(("(", *words()["contacts"])):
        return False
    return len(line) > 8


def name_of(source: Source, known: Known, taken: frozenset[str]) -> str:
    """An id for a document: the Latin letters and digits of its file's name, else `handbook` and its year."""
    stem = PurePath(source.name).stem.lower().translate(_TO_ASCII)
    name = re.sub("[^a-z0-9]+", "-", stem).strip("-")[:_NAME].strip("-")
    if not re.match("[a-z]", name):
        year = about(source, outline_of(source)).year
        name = f"handbook-{name or year or ''}".rstrip("-")
    made, count = name, 1
    while is_taken(made, known) or made in taken:
        count += 1
        made = f"{name}-{count}"
    return made


def is_taken(name: str, known: Known) -> bool:
    """Whether the project already has a document, or units, of this name."""
    return name in known.documents or any(unit.startswith(f"{name}-") for unit in known.units)


def write(brought: Brought, folder: Path) -> None:
    """Write the files to a folder that must not be there yet; it appears whole or not at all.

    Raises:
        CannotGoOn: there is something of that name.
    """
    if folder.exists() or folder.is_symlink():
        raise CannotGoOn(
            f"มี {folder} อยู่แล้ว ไม่ได้เขียนทับ ใช้ --name หรือ --out อื่น",
            f"{folder} is there already and was left as it is: choose another --name or --out",
        )
    made = folder.parent / f".{folder.name}.{os.getpid()}.new"
    try:
        for path, text in brought.files.items():
            write_file(made / path, text)
        made.rename(folder)
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise
