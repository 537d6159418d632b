"""Small sound projects for the tests of the site, and how to build and read what they become."""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from coopkm.library import Library, read_library
from coopkm.site.assembly import CACHE
from coopkm.site.fonts import web_fonts
from coopkm.translations import EVERYTHING, confirmed

ROOT = Path(__file__).parent.parent
COOPKM = [sys.executable, "-m", "coopkm"]
Fields = dict[str, Any]


def text(words: str) -> Fields:
    """A text of both languages; the English says the same in other letters."""
    return {"th": f"ข้อความ {words}", "en": f"Text {words}"}


def unit(name: str, kind: str = "duty", **fields: Any) -> Fields:
    """A ready unit that passes every check; `fields` are put over it."""
    return {
        "id": name,
        "kind": kind,
        "title": text(f"title of {name}"),
        "summary": text(f"summary of {name}"),
        "points": [{"id": "point-a", "text": text(f"point of {name}"), "sources": ["book.one"]}],
        "sources": ["book.one"],
        "basis": "source",
        "audience": ["officer"],
        "stage": "first-week",
        "minutes": 3,
        "owner": text("owner"),
        "reviewed": "2026-01-05",
        "review_by": "2100-01-01",
        "status": "ready",
        **fields,
    }


STEP = {
    "id": "step-1-1",
    "number": "1.1",
    "title": text("title of the step"),
    "short": text("the step"),
    "text": text("what is done"),
    "acts": text("who acts"),
    "approves": text("who approves"),
    "sources": ["book.two"],
}
ITEM = {"id": "item-a", "when": "before", "text": text("the item"), "why": text("why"), "unit": "duty-1"}
PROSE = {
    "th": "ดู [หน่วยแรก](unit:duty-1) [คำ](term:member) [ที่มา](source:book.two)\n\n### หัวข้อย่อย\n\n- ข้อ\n",
    "en": "[First](unit:duty-1) [a term](term:member) [a source](source:book.two)\n\n### Part\n\n- row\n",
}
SOURCES = {
    "documents": [
        {
            "id": "book",
            "kind": "handbook",
            "title": text("title of the book"),
            "short": text("the book"),
            "publisher": text("publisher"),
            "year": 2566,
        },
        {
            "id": "page",
            "kind": "web",
            "title": text("title of the page"),
            "short": text("the page"),
            "publisher": text("other publisher"),
            "url": "https://example.org/page",
            "read": "2026-01-02",
        },
    ],
    "items": [
        {
            "key": key,
            "cite": text(f"cite {key}"),
            "kind": "item",
            "heading": "หัวข้อ",
            "label": text(f"label {key}"),
        }
        for key in ("book.one", "book.two", "page.one")
    ],
}
GLOSSARY = {
    "terms": [
        {
            "id": "member",
            "term": {"th": "สมาชิก", "en": "member"},
            "abbreviations": ["MBR"],
            "meaning": text("meaning of the first term"),
            "basis": "practice",
        },
        {
            "id": "board",
            "term": {"th": "คณะกรรมการ", "en": "board"},
            "meaning": text("meaning of the second term"),
            "basis": "practice",
            "unit": "duty-1",
        },
    ]
}
PROJECT = {"name": text("name of the project"), "office": text("office"), "about": text("what it is about")}
ARTICLES = {
    "th/about.md": "# เกี่ยวกับโครงการ\n\nอ่าน [หน่วยแรก](unit:duty-1#point-a) และ [คู่มือ](guide/index.md)\n",
    "en/about.md": "# About the project\n\n[The first](unit:duty-1#point-a),  [the guide](guide/index.md)\n",
    "th/guide/index.md": "# คู่มือ\n\nย่อหน้าแรกของคู่มือ\n\n## ตอนแรก\n\nกลับไป [เกี่ยวกับ](../about.md)\n",
    "en/guide/index.md": "# The guide\n\nThe first paragraph\n\n## Part one\n\nSee [about](../about.md)\n",
    "th/only-thai.md": "# มีแต่ภาษาไทย\n\nหน้านี้ไม่มีภาษาอังกฤษ\n",
}


def small_project(folder: Path, duties: int = 3) -> Path:
    """A project with units of several kinds, sources, terms, articles, and the repository's mkdocs.yml."""
    units = [unit(f"duty-{number}", order=number) for number in range(1, duties + 1)]
    units[0]["points"][0]["text"] = {"th": "สมาชิกพบคณะกรรมการ", "en": "A member meets the board"}
    units[-1].update(requires=["duty-1"], related=["guide-1"])
    units += [
        unit("guide-1", "guideline", body=PROSE, scope=text("scope"), related=["duty-2"]),
        unit("cps-1", "procedure", short=text("the phase"), number="1", steps=[STEP]),
        unit("list-1", "checklist", occasion=text("occasion"), items=[ITEM], basis="practice"),
        unit("km-1", "km-step", audience=["office", "trainer"]),
        unit("old-1", "skill", status="retired"),
        unit("draft-1", "skill", status="draft"),
    ]
    for fields in units:
        write_unit(folder, fields)
    for name, content in (("sources", SOURCES), ("glossary", GLOSSARY), ("project", PROJECT)):
        write_yaml(folder / "knowledge" / f"{name}.yml", content)
    for name, markdown in ARTICLES.items():
        write(folder / "docs" / name, markdown)
    write(folder / "mkdocs.yml", (ROOT / "mkdocs.yml").read_text("utf-8"))
    record_english(folder)
    keep_fonts(folder)
    return folder


def keep_fonts(folder: Path) -> None:
    """Give a project the web fonts that the repository has: to make them takes longer than all else."""
    web_fonts(ROOT / CACHE)
    shutil.copytree(ROOT / CACHE, folder / CACHE, ignore=shutil.ignore_patterns("*.sqlite*"), dirs_exist_ok=True)


def unit_file(folder: Path, name: str) -> Path:
    return folder / "knowledge" / "units" / f"{name}.yml"


def write_unit(folder: Path, fields: Fields) -> None:
    write_yaml(unit_file(folder, fields["id"]), fields)


def write_yaml(path: Path, content: Fields) -> None:
    write(path, yaml.safe_dump(content, allow_unicode=True, sort_keys=False))


def write(path: Path, content: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8", newline="\n")


def edit_yaml(path: Path, change: Callable[[Fields], object]) -> None:
    """Read a YAML file, change what it holds, write it again."""
    content = yaml.safe_load(path.read_text("utf-8"))
    change(content)
    write_yaml(path, content)


def edit_unit(folder: Path, name: str, **fields: Any) -> None:
    edit_yaml(unit_file(folder, name), lambda content: content.update(fields))


def record_english(folder: Path) -> None:
    """Put all English on record as up to date."""
    library, _ = read_library(folder)
    write(folder / "knowledge" / "english.json", confirmed(library, EVERYTHING))


def library_of(folder: Path) -> Library:
    """The project's library; its faults of form would be the test's own mistake."""
    library, problems = read_library(folder)
    assert problems == []
    return library


def run(
    *arguments: str | Path, cwd: Path, environ: dict[str, str] | None = None, program: list[str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run `coopkm` (or another program) in a project, with messages in English."""
    return subprocess.run(
        [*(program or COOPKM), *map(str, arguments)],
        cwd=cwd,
        env=environment(environ),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def environment(more: dict[str, str] | None = None) -> dict[str, str]:
    return {**os.environ, "COOPKM_LANG": "en", "PYTHONUTF8": "1", "NO_MKDOCS_2_WARNING": "1", **(more or {})}


def tree(folder: Path) -> dict[str, str]:
    """Path and digest of every file of a folder."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def pages(folder: Path, suffix: str = ".html") -> set[str]:
    """Paths of the pages of a folder."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob(f"*{suffix}")}
