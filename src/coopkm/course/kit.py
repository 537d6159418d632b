"""All files of a course: papers as documents, and what is no paper; and writing them without harm to others."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path

from coopkm.course import papers
from coopkm.course.agenda import as_csv, as_page
from coopkm.course.attendance import as_workbook
from coopkm.course.calendar import as_calendar
from coopkm.course.cards import cards
from coopkm.course.event import Event
from coopkm.course.groups import group_work
from coopkm.course.guide import guide
from coopkm.course.handout import handout
from coopkm.course.rating import rating
from coopkm.documents.tree import Document
from coopkm.errors import CannotGoOn
from coopkm.writing import write_file

FORMATS = ("html", "csv", "ics", "xlsx", "pdf", "docx")
_RECORD = ".coopkm-course.json"  # what we wrote, so that what people changed since is left alone
_OTHERS: dict[str, tuple[str, Callable[[Event], str | bytes]]] = {
    "html": ("agenda.html", as_page),
    "csv": ("agenda.csv", as_csv),
    "ics": ("agenda.ics", as_calendar),
    "xlsx": ("attendance.xlsx", as_workbook),
}


def documents(event: Event) -> Iterator[tuple[str, Document]]:
    """Every paper with its name."""
    yield "agenda", papers.agenda(event)
    yield "set-up", papers.setup(event)
    yield "attendance", papers.attendance(event)
    for name, paper in (("self-rating", rating(event)), ("group-work", group_work(event))):
        if paper:
            yield name, paper
    for chosen in event.chosen:
        yield f"handout-{chosen.module.id}", handout(event, chosen)
    if drawn := cards(event):
        yield "trainer/cards", drawn
    for chosen in event.chosen:
        yield f"trainer/guide-{chosen.module.id}", guide(event, chosen)


def kit(event: Event, formats: Sequence[str] = FORMATS) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of every file of these formats; what only trainers may see stands under `trainer/`."""
    for name in formats:
        if name in _OTHERS:
            file, make = _OTHERS[name]
            made = make(event)
            yield file, made.encode("utf-8") if isinstance(made, str) else made
    writers = [(name, _writer(name)) for name in formats if name not in _OTHERS]
    if writers:
        for name, document in documents(event):
            for suffix, write in writers:
                yield f"{name}.{suffix}", write(document)


def write_kit(out: Path, files: Mapping[str, bytes]) -> tuple[int, list[str]]:
    """Write the files; how many are new or changed, and which of an earlier run are still there beside them.

    Raises:
        CannotGoOn: a file of one of these names is there and is not as we wrote it. Nothing is written then.
    """
    record = _recorded(out)
    foreign = [name for name in files if _is_foreign(out / name, record.get(name, ""), files[name])]
    if foreign:
        names = ", ".join(foreign)
        raise CannotGoOn(
            f"ใน {out} มีไฟล์ที่มีผู้แก้ไขหรือสร้างเอง จึงไม่เขียนทับ: {names} ให้ย้ายไฟล์ไว้ที่อื่น หรือเลือก --out ใหม่",
            f"files in {out} were changed or made by others and were left alone: {names}; "
            "move them away, or choose another --out",
        )
    earlier = [name for name in sorted(record) if name not in files and (out / name).exists()]
    changed = sum([write_file(out / name, content) for name, content in files.items()])
    record |= {name: sha256(content).hexdigest() for name, content in files.items()}
    write_file(out / _RECORD, json.dumps(record, indent=1, sort_keys=True) + "\n")
    return changed, earlier


def _writer(name: str) -> Callable[[Document], bytes]:
    if name == "pdf":
        from coopkm.documents.typesetting import as_pdf

        return as_pdf
    from coopkm.documents.word import as_docx

    return as_docx


def _recorded(out: Path) -> dict[str, str]:
    """Digests of what we wrote here before; nothing where that cannot be read."""
    try:
        found = json.loads((out / _RECORD).read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return {str(name): str(digest) for name, digest in found.items()} if isinstance(found, dict) else {}


def _is_foreign(path: Path, known: str, content: bytes) -> bool:
    if not path.exists():
        return False
    if not path.is_file():
        return True
    there = path.read_bytes()
    return there != content and sha256(there).hexdigest() != known
