"""Sections to draft units and items of the registry; every row of a section is in its draft."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from coopkm.imports.letters import bare
from coopkm.imports.outline import Outline, Piece, Section
from coopkm.imports.words import words

Fields = dict[str, Any]

_REVIEW_AFTER = timedelta(days=365)
_TITLE = 120  # letters
_LABEL = 100
_SUMMARY = 300
_TEXT = 15_000  # of the 20,000 letters that a text may have
_POINTS = 150  # of one draft
_LETTERS = 150_000  # of one draft: half a megabyte
MAX_DRAFTS = 1500
MAX_ITEMS = 1200  # beyond, the registry has one item a draft: it must stay below a megabyte
_TO_DO = {
    "summary": "(ร่าง) ยังไม่ได้เขียนบทสรุป",
    "owner": "(ร่าง) ยังไม่ได้ระบุผู้ดูแล",
    "why": "(ร่าง) ยังไม่ได้บอกเหตุผล",
    "acts": "(ร่าง) ยังไม่ได้ระบุผู้ปฏิบัติ",
    "occasion": "(ร่าง) ยังไม่ได้บอกว่าใช้เมื่อใด",
}
_BOX = re.compile("[☐□◻☑☒❑❏▢]")


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


@lru_cache(maxsize=1)
def _kind_words() -> list[tuple[str, str]]:
    """(word, kind), the longest first."""
    rows = [(word.casefold(), kind) for kind, found in words()["kinds"].items() for word in found]
    return sorted(rows, key=lambda row: -len(row[0]))


def kind_of(titles: Sequence[str]) -> tuple[str, str]:
    """The kind that the heading names, else one of those above it, and the word that says so.

    The first word of a kind counts, since Thai puts the head of a phrase first; of those that begin there, the longest.
    """
    for title in titles:
        text = " ".join(title.split()).casefold()
        found = [(at, word, kind) for word, kind in _kind_words() if (at := _place(word, text)) >= 0]
        if found:
            _, word, kind = min(found, key=lambda row: row[0])
            return kind, word
    return "background", ""


def _place(word: str, text: str) -> int:
    """Where a word stands in a text, or -1; a Latin one must stand apart."""
    if not word.isascii():
        return text.find(word)
    match = re.search(rf"(?<![a-z]){re.escape(word)}(?![a-z])", text)
    return match.start() if match else -1


def drafts_of(outline: Outline, names: Names) -> tuple[list[Draft], list[Item]]:
    """The drafts of an outline, in its order, and the registry items that they cite."""
    drafts: list[Draft] = []
    items: list[Item] = []
    counts: dict[str, int] = {}
    for section in _portions(part for whole in outline.sections for part in _problems(whole)):
        kind, because = _kind(section)
        counts[kind] = counts.get(kind, 0) + 1
        writer = _Writer(section, kind, f"{kind}-{counts[kind]}", names)
        drafts.append(writer.draft(because))
        items += writer.items
    if len(items) > MAX_ITEMS:
        return [_coarse(draft) for draft in drafts], [item for item in items if "." not in item.key.partition(".")[2]]
    return drafts, items


def _kind(section: Section) -> tuple[str, str]:
    boxes = [piece.label for piece in section.pieces if _BOX.search(piece.label)]
    if boxes and 2 * len(boxes) >= len(section.pieces):
        return "checklist", boxes[0]
    return kind_of((section.title, *reversed(section.above)))


def _problems(section: Section) -> Iterator[Section]:
    """A table of problems, causes and cures: each row is a section of its own, what else there is another."""
    table = [piece for piece in section.pieces if len(_columns(piece.head)) > 1]
    if not table or _kind(section)[0] != "problem":
        yield section
        return
    rest = [piece for piece in section.pieces if piece not in table]
    if rest:
        yield replace(section, pieces=rest)
    above = (*section.above, section.title)
    for piece in table:
        yield Section(_cells(piece)[0].text, (), piece.page, section.level + 1, above=above, pieces=[piece])


def _portions(sections: Iterable[Section]) -> Iterator[Section]:
    """Sections that one file can hold; headings that only stand over others have nothing of their own."""
    for section in sections:
        pieces = [part for piece in section.pieces for part in _short(piece)]
        if not pieces:
            continue
        start = letters = 0
        for at, piece in enumerate(pieces):
            size = sum(len(part.text) + sum(map(len, part.cells)) for part in piece.walk())
            if at > start and (at - start >= _POINTS or letters + size > _LETTERS):
                yield replace(section, pieces=pieces[start:at], rows=section.rows if not start else ())
                start, letters = at, 0
            letters += size
        yield replace(section, pieces=pieces[start:], rows=section.rows if not start else ())


def _short(piece: Piece) -> Iterator[Piece]:
    """A piece whose text is longer than a text may be, in several."""
    texts = list(_cut(piece.text, _TEXT))
    parts = [inner for part in piece.parts for inner in _short(part)]
    cells = tuple(cell[:_TEXT] for cell in piece.cells)
    rest = [
        replace(piece, text=cell[at : at + _TEXT], parts=[], cells=(), head=())
        for cell in piece.cells
        for at in range(_TEXT, len(cell), _TEXT)
    ]
    yield replace(piece, text=texts[0], parts=parts, cells=cells)
    for text in texts[1:]:
        yield replace(piece, text=text, label="", numbers=(), parts=[])
    yield from rest


def _cut(text: str, limit: int) -> Iterator[str]:
    while len(text) > limit:
        at = text.rfind(" ", 0, limit)
        at = at if at > limit // 2 else limit
        yield text[:at].rstrip()
        text = text[at:].lstrip()
    yield text


def _coarse(draft: Draft) -> Draft:
    """A draft that cites the item of its heading alone."""
    key = draft.fields["sources"]

    def cited(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: key if name == "sources" else cited(inner) for name, inner in value.items()}
        return (
            [cited(inner) for inner in value]
            if isinstance(value, list) and value and isinstance(value[0], dict)
            else value
        )

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
        section = self._section
        title = section.title or start(section.pieces[0].text or " ".join(section.pieces[0].cells), _TITLE)
        self._told += [section.label, section.title]
        line = (section.rows or section.pieces[0].rows)[0]
        root = self._item((), section.title or title, line, section.page, section.label)
        pieces = list(section.pieces)
        if len(title) > _TITLE:  # the whole heading stands below as a point
            pieces.insert(0, Piece(title, section.rows, section.page, section.label))
        summary = self._summary(pieces)
        parts = self._parts(pieces)
        kind = self._kind
        fields: Fields = {
            "id": f"{self._names.document}-{self._suffix}",
            "kind": kind,
            "title": {"th": marked(start(title, _TITLE))},
            "summary": {"th": marked(summary) if summary else _TO_DO["summary"]},
            **({"short": {"th": marked(start(title, 40))}} if kind == "procedure" else {}),
            **({"occasion": {"th": _TO_DO["occasion"]}} if kind == "checklist" else {}),
            **parts,
            "sources": [root],
            "basis": "source",
            "audience": [
                "office" if kind == "km-step" else "trainer" if kind in ("course", "attribute") else "officer"
            ],
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
        if self._kind == "problem" and len(pieces) == 1 and len(_columns(pieces[0].head)) > 1:
            return self._problem(pieces[0])
        return {"points": self._points(pieces)}

    def _procedure(self, pieces: Sequence[Piece]) -> Fields:
        """Numbered items are steps, all else points; without a numbered item it is no procedure."""
        steps = [piece for piece in pieces if piece.label]
        if not steps:
            self._kind = "background"
            return {"points": self._points(pieces)}
        points = self._points([piece for piece in pieces if not piece.label])
        made = [self._step(piece, at) for at, piece in enumerate(steps, 1)]
        return {**({"points": points} if points else {}), "steps": made}

    def _points(self, pieces: Sequence[Piece], above: tuple[str, ...] = ()) -> list[Fields]:
        return [self._point(piece, (*above, _name(piece, at))) for at, piece in enumerate(pieces, 1)]

    def _point(self, piece: Piece, path: tuple[str, ...]) -> Fields:
        made = self._detail(piece, path)
        details = list(_flat(_cells(piece)[1:] if piece.cells else piece.parts))
        if details:
            made["details"] = [self._detail(part, (*path, _name(part, at))) for at, part in enumerate(details, 1)]
        return made

    def _detail(self, piece: Piece, path: tuple[str, ...]) -> Fields:
        text = _cells(piece)[0].text if piece.cells else piece.text
        self._tell(piece, text)
        key = self._item(path, text, piece.rows[0], piece.page, piece.label)
        return {"id": self._id(path), "text": {"th": marked(text or piece.label)}, "sources": [key]}

    def _tick(self, piece: Piece, at: int) -> Fields:
        row = (
            replace(piece, text=" — ".join(part.text for part in _cells(piece)), cells=(), head=())
            if piece.cells
            else piece
        )
        made = self._detail(row, (_name(piece, at),))
        return {
            "id": made["id"],
            "when": "before",
            **{k: v for k, v in made.items() if k != "id"},
            "why": {"th": _TO_DO["why"]},
        }

    def _step(self, piece: Piece, at: int) -> Fields:
        point = self._point(piece, (_name(piece, at),))
        text = point["text"]["th"]
        numbers = piece.numbers if len(piece.numbers) > 1 else (at,)
        return {
            "id": point["id"],
            "number": ".".join(map(str, numbers[:4])),
            "title": {"th": start(text, _TITLE)},
            "short": {"th": start(text, 40)},
            "text": {"th": text},
            **({"points": point["details"]} if "details" in point else {}),
            "acts": {"th": _TO_DO["acts"]},
            "sources": point["sources"],
        }

    def _problem(self, piece: Piece) -> Fields:
        """A row of a table of problems: each cell in the field of its column; the title has the first one."""
        columns = _columns(piece.head)
        made: Fields = {}
        title = self._section.title
        for at, cell in enumerate(piece.cells):
            for count, line in enumerate(filter(bare, cell.split("\n")), 1):
                if line == title or _counts(piece, at, line):
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
        cite = f"{start(heading, 40)}{number}{place}"
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


def _cells(piece: Piece) -> list[Piece]:
    """The cells of a row: the first that says something, then the others with the names of their columns."""
    cells = [(at, line) for at, cell in enumerate(piece.cells) for line in cell.split("\n") if bare(line)]
    if not cells:
        return [replace(piece, cells=())]
    main = next((at for at, (column, text) in enumerate(cells) if not _counts(piece, column, text)), 0)
    made = [Piece(cells[main][1], piece.rows, piece.page)]
    for at, (column, text) in enumerate(cells):
        head = piece.head[column].replace("\n", " ") if piece.head and column != cells[main][0] else ""
        if at != main:
            made.append(Piece(_named(head, text), piece.rows, piece.page))
    return made


def _counts(piece: Piece, column: int, text: str) -> bool:
    """Whether a cell only counts the rows."""
    if piece.head and piece.head[column].casefold().strip() in words()["counters"]:
        return True
    return bool(re.fullmatch(r"[0-9๐-๙]{1,3}[.)]?", text))


def _named(head: str, text: str) -> str:
    """A cell with the name of its column."""
    if not head:
        return text
    return f"{head} {text}" if head.casefold().strip() in words()["counters"] else f"{head}: {text}"


def _columns(head: Sequence[str]) -> dict[int, str]:
    """Column -> field of a problem."""
    found: dict[int, str] = {}
    for at, name in enumerate(head):
        for column, known in words()["columns"].items():
            if column not in found.values() and any(word in name.casefold() for word in known):
                found[at] = column
                break
    return found


def _name(piece: Piece, at: int) -> str:
    return str(piece.numbers[-1]) if piece.numbers else f"x{at}"


def _unused(name: str, taken: set[str]) -> str:
    name = name[:60] if "." not in name else name
    made, count = name, 1
    while made in taken:
        count += 1
        made = f"{name}-{count}"
    return made


def start(text: str, limit: int) -> str:
    """The text, or its first words with an ellipsis."""
    if len(text) <= limit:
        return text
    at = text.rfind(" ", limit // 2, limit)
    return text[: at if at > 0 else _cluster(text, limit - 1)].rstrip() + "…"


def _cluster(text: str, at: int) -> int:
    """A place at or before `at` where no mark is cut off its letter, nor a letter off the vowel before it."""
    while at > 1 and (re.match("[\u0e30-\u0e3a\u0e45\u0e47-\u0e4e]", text[at]) or text[at - 1] in "เแโใไ"):
        at -= 1
    return at


_STARTS = re.compile(r"^( {0,3})([#>]|[-+*](?=\s)|[:|])")
_ENTITY = re.compile(r"&(?=#?[A-Za-z0-9]+;)")
_ORDERED = re.compile(r"^(\d+)([.)])(?=\s|$)")


def marked(text: str) -> str:
    """A text such that Markdown shows it as it is."""
    text = _ENTITY.sub("&amp;", text)
    for sign, put in (("<", "&lt;"), ("](", "]&#40;"), ("]:", "]&#58;"), ("`", "&#96;")):
        text = text.replace(sign, put)
    for sign in "*_":
        if text.count(sign) > 1:
            text = text.replace(sign, f"\\{sign}")
    text = _ORDERED.sub(r"\1\\\2", text)
    return _STARTS.sub(r"\1\\\2", text)
