"""Sections to draft units and items of the registry; every row of a section is in its draft."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from coopkm.imports.kinds import kind_of
from coopkm.imports.letters import bare
from coopkm.imports.marking import marked, start
from coopkm.imports.outline import Outline
from coopkm.imports.portions import portions_of
from coopkm.imports.sections import Piece, Section
from coopkm.imports.tables import cells_of, columns_of, is_counter
from coopkm.imports.words import words
from coopkm.model.skeleton import UNWRITTEN

Fields = dict[str, Any]

_REVIEW_AFTER = timedelta(days=365)
_TITLE = 120  # letters
_LABEL = 100
_SUMMARY = 300
_SHORT = 40
MAX_DRAFTS = 900
MAX_ITEMS = 900  # beyond, the registry has one item a draft: it must stay below a megabyte
_AUDIENCE = {"km-step": "office", "course": "trainer", "module": "trainer", "attribute": "trainer"}
_TO_DO = {
    "summary": f"{UNWRITTEN} ยังไม่ได้เขียนบทสรุป",
    "owner": f"{UNWRITTEN} ยังไม่ได้ระบุผู้ดูแล",
    "why": f"{UNWRITTEN} ยังไม่ได้ระบุเหตุผล",
    "acts": f"{UNWRITTEN} ยังไม่ได้ระบุผู้ปฏิบัติ",
    "occasion": f"{UNWRITTEN} ยังไม่ได้ระบุว่าใช้เมื่อใด",
}


@dataclass
class Item:
    """An item of the registry: what of the document it stands for."""

    key: str
    cite: str
    cite_en: str
    kind: str
    heading: str
    label: str
    line: int


@dataclass
class Draft:
    """A draft unit: its fields, where it comes from, and why it has its kind (a word, or nothing)."""

    id: str
    kind: str
    fields: Fields
    section: Section
    because: str
    rows: list[int] = field(default_factory=list)
    told: str = ""  # all that it holds of the document, in its order, labels included


@dataclass(frozen=True)
class Names:
    """What all drafts of a document share."""

    document: str
    today: date
    owner: str = ""


def drafts_of(outline: Outline, names: Names) -> tuple[list[Draft], list[Item]]:
    """The drafts of an outline, in its order, and the registry items that they cite."""
    drafts: list[Draft] = []
    items: list[Item] = []
    counts: dict[str, int] = {}
    for section in portions_of(outline.sections):
        kind, because = kind_of(section)
        counts[kind] = counts.get(kind, 0) + 1
        writer = _Writer(section, kind, f"{kind}-{counts[kind]}", names)
        drafts.append(writer.draft(because))
        items += writer.items
    if len(items) > MAX_ITEMS:
        return [_coarse(draft) for draft in drafts], [item for item in items if "." not in item.key.partition(".")[2]]
    return drafts, items


def _coarse(draft: Draft) -> Draft:
    """A draft that cites the item of its heading alone."""
    key = draft.fields["sources"]

    def cited(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: key if name == "sources" else cited(inner) for name, inner in value.items()}
        if isinstance(value, list):
            return [cited(inner) for inner in value]
        return value

    return replace(draft, fields=cited(draft.fields))


class _Writer:
    """Writes one section as a draft of a kind."""

    def __init__(self, section: Section, kind: str, suffix: str, names: Names) -> None:
        self.items: list[Item] = []
        self._section = section
        self._kind = kind
        self._suffix = suffix
        self._names = names
        self._keys: set[str] = set()
        self._ids: set[str] = set()
        self._told: list[str] = []
        self._rows: list[int] = list(section.rows)

    def draft(self, because: str) -> Draft:
        section, kind = self._section, self._kind
        title = section.title or start(section.pieces[0].text or " ".join(section.pieces[0].cells), _TITLE)
        self._told += [section.label, section.title]
        line = (section.rows or section.pieces[0].rows)[0]
        root = self._item((), section.title or title, line, section.page, section.label)
        pieces = list(section.pieces)
        if len(title) > _TITLE:  # the whole heading stands below as a point
            pieces.insert(0, Piece(title, section.rows, section.page, section.label))
        summary = self._summary(pieces)
        parts = self._parts(pieces)
        fields: Fields = {
            "id": f"{self._names.document}-{self._suffix}",
            "kind": kind,
            "title": {"th": marked(start(title, _TITLE))},
            "summary": {"th": marked(summary) if summary else _TO_DO["summary"]},
            **({"short": {"th": marked(start(title, _SHORT))}} if kind == "procedure" else {}),
            **({"occasion": {"th": _TO_DO["occasion"]}} if kind == "checklist" else {}),
            **parts,
            "sources": [root],
            "basis": "source",
            "audience": [_AUDIENCE.get(kind, "officer")],
            "stage": "first-month",
            "minutes": max(1, min(600, sum(map(len, self._told)) // 800)),
            "owner": {"th": self._names.owner or _TO_DO["owner"]},
            "reviewed": self._names.today.isoformat(),
            "review_by": (self._names.today + _REVIEW_AFTER).isoformat(),
            "status": "draft",
        }
        rows = sorted(set(self._rows))
        return Draft(fields["id"], kind, fields, section, because, rows, " ".join(self._told))

    def _summary(self, pieces: list[Piece]) -> str:
        """A short paragraph before a list is the summary and no point."""
        first = pieces[0]
        if len(pieces) < 2 or first.label or first.parts or first.cells or len(first.text) > _SUMMARY:
            return ""
        if not (pieces[1].label or pieces[1].cells):
            return ""
        del pieces[0]
        self._tell(first)
        self._item(("lead",), first.text, first.rows[0], first.page)
        return first.text

    def _parts(self, pieces: Sequence[Piece]) -> Fields:
        if self._kind == "checklist":
            return {"items": [self._tick(piece, at) for at, piece in enumerate(_flat(pieces), 1)]}
        if self._kind == "procedure":
            return self._procedure(pieces)
        if self._kind == "module":
            return {"objectives": self._points(pieces)}
        if self._kind == "problem" and len(pieces) == 1 and len(columns_of(pieces[0].head)) > 1:
            return self._problem(pieces[0])
        return {"points": self._points(pieces)}

    def _procedure(self, pieces: Sequence[Piece]) -> Fields:
        """Items of lists are steps, all else points."""
        points = self._points([piece for piece in pieces if not piece.label])
        steps = [piece for piece in pieces if piece.label]
        made = [self._step(piece, at) for at, piece in enumerate(steps, 1)]
        return {**({"points": points} if points else {}), "steps": made}

    def _points(self, pieces: Sequence[Piece], above: tuple[str, ...] = ()) -> list[Fields]:
        return [self._point(piece, (*above, _name(piece, at))) for at, piece in enumerate(pieces, 1)]

    def _point(self, piece: Piece, path: tuple[str, ...]) -> Fields:
        made = self._detail(piece, path)
        details = list(_flat(cells_of(piece)[1:] if piece.cells else piece.parts))
        if details:
            made["details"] = [self._detail(part, (*path, _name(part, at))) for at, part in enumerate(details, 1)]
        return made

    def _detail(self, piece: Piece, path: tuple[str, ...]) -> Fields:
        text = cells_of(piece)[0].text if piece.cells else piece.text
        self._tell(piece, text)
        key = self._item(path, text, piece.rows[0], piece.page, piece.label)
        return {"id": self._id(path), "text": {"th": marked(text or piece.label)}, "sources": [key]}

    def _tick(self, piece: Piece, at: int) -> Fields:
        text = " — ".join(part.text for part in cells_of(piece)) if piece.cells else piece.text
        made = self._detail(replace(piece, text=text, cells=(), head=()), (_name(piece, at),))
        return {"id": made.pop("id"), "when": "before", **made, "why": {"th": _TO_DO["why"]}}

    def _step(self, piece: Piece, at: int) -> Fields:
        point = self._point(piece, (_name(piece, at),))
        text = piece.text or piece.label
        numbers = piece.numbers if len(piece.numbers) > 1 else (at,)
        return {
            "id": point["id"],
            "number": ".".join(map(str, numbers[:4])),
            "title": {"th": marked(start(text, _TITLE))},
            "short": {"th": marked(start(text, _SHORT))},
            "text": point["text"],
            **({"points": point["details"]} if "details" in point else {}),
            "acts": {"th": _TO_DO["acts"]},
            "sources": point["sources"],
        }

    def _problem(self, piece: Piece) -> Fields:
        """A row of a table of problems: each cell in the field of its column; the title has the first one."""
        columns = columns_of(piece.head)
        made: Fields = {}
        title = self._section.title
        for at, cell in enumerate(piece.cells):
            for count, line in enumerate(filter(bare, cell.split("\n")), 1):
                if line == title or is_counter(piece, at, line):
                    self._tell(Piece("", piece.rows, piece.page), line)
                else:
                    point = self._detail(Piece(line, piece.rows, piece.page), (f"c{at + 1}-{count}",))
                    made.setdefault(columns.get(at, "points"), []).append(point)
        return {name: made[name] for name in ("points", *words()["columns"]) if name in made}

    def _tell(self, piece: Piece, text: str | None = None) -> None:
        self._told += [piece.label, piece.text if text is None else text]
        self._rows += piece.rows

    def _item(self, path: tuple[str, ...], text: str, line: int, page: int, label: str = "") -> str:
        key = _unused(".".join((self._names.document, self._suffix, *path)), self._keys)
        self._keys.add(key)
        heading = start(self._section.title, _LABEL) or start(text, _LABEL)
        place, place_en = (f" หน้า {page}", f", p. {page}") if page else (f" บรรทัด {line}", f", line {line}")
        number = f" {label}" if re.search("[0-9๐-๙ก-ฮA-Za-z]", label) else ""
        cite = f"{start(heading, _SHORT)}{number}{place}"
        cite_en = f"{self._suffix.replace('-', ' ')}{' item ' + '.'.join(path) if path else ''}{place_en}"
        self.items.append(
            Item(key, marked(cite), cite_en, self._kind, heading, start(text, _LABEL) or label or key, line)
        )
        return key

    def _id(self, path: tuple[str, ...]) -> str:
        name = _unused("p-" + "-".join(path), self._ids)
        self._ids.add(name)
        return name


def _flat(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Pieces and all below them, in order: a point has one level of parts."""
    for piece in pieces:
        yield piece
        if piece.cells:
            continue
        yield from _flat(piece.parts)


def _name(piece: Piece, at: int) -> str:
    return str(piece.numbers[-1]) if piece.numbers else f"x{at}"


def _unused(name: str, taken: set[str]) -> str:
    name = name[:60] if "." not in name else name
    made, count = name, 1
    while made in taken:
        count += 1
        made = f"{name}-{count}"
    return made
