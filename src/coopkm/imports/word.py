"""DOCX files: their paragraphs, lists, tables, text boxes, notes, headers and comments as rows."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from coopkm.imports.rows import Part, Row, Source, require_size, require_text
from coopkm.imports.word_lists import lists_of
from coopkm.imports.word_package import Package, W
from coopkm.imports.word_styles import Looks, letters, paragraph, styles_of

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_V = "{urn:schemas-microsoft-com:vml}"
_SYMBOLS = {"a8": "☐", "6f": "☐", "71": "☐", "72": "☐", "fe": "☑", "fc": "✓", "b7": "•", "a7": "▪", "d8": "➤"}
_UNSEEN = {f"{W}del", f"{W}moveFrom", f"{W}instrText", f"{W}delText"}

Words = list[tuple[str, Looks]]  # pieces of a paragraph with their looks


def read_word(raw: bytes, name: str) -> Source:
    """The rows of a DOCX file, in reading order; a text box stands after the paragraph that holds it.

    Raises:
        CannotGoOn: it is damaged, locked, too large, or holds no text.
    """
    package = Package(raw, name)
    document = package.part("word/document.xml", required=True)
    reader = _Reader(package, document)
    reader.body(document)
    for start, part in (("header", "header"), ("footer", "footer")):
        for other in package.names(start):
            reader.aside(package.part(other), part)  # type: ignore[arg-type]
    for other in package.names("diagrams/data"):
        reader.diagram(package.part(other))
    for start, part in (("footnotes", "note"), ("endnotes", "note"), ("comments.", "comment")):
        for other in package.names(start):
            reader.aside(package.part(other), part)  # type: ignore[arg-type]
    require_size(name, len(reader.rows), sum(len(row.text) for row in reader.rows))
    require_text(name, reader.rows)
    return Source(name, "docx", "", tuple(reader.rows), pages=reader.page, remarks=tuple(reader.remarks()))


class _Reader:
    def __init__(self, package: Package, document: Any) -> None:
        self.rows: list[Row] = []
        self._styles, self._usual = styles_of(package.part("word/styles.xml"))
        self._lists = lists_of(package.part("word/numbering.xml"))
        self._has_pages = next(document.iter(f"{W}lastRenderedPageBreak"), None) is not None
        self.page = 1 if self._has_pages else 0
        self._pictures = 0
        self._deleted = 0
        self._blank = False  # an empty paragraph has just been read

    def remarks(self) -> Iterator[tuple[str, dict[str, str]]]:
        if self._pictures:
            yield "pictures", {"count": str(self._pictures)}
        if self._deleted:
            yield "deleted", {"count": str(self._deleted)}

    def body(self, document: Any) -> None:
        body = document.find(f"{W}body")
        self._deleted += sum(1 for _ in document.iter(f"{W}del", f"{W}moveFrom"))
        self._pictures += sum(1 for _ in document.iter("{http://schemas.openxmlformats.org/drawingml/2006/picture}pic"))
        self._blocks(document if body is None else body, "body")

    def aside(self, root: Any, part: Part) -> None:
        """Notes, comments, headers and footers; those that say the same as an earlier one are told once."""
        if root is None:
            return
        before = len(self.rows)
        self._blocks(root, part)
        if part in ("header", "footer"):
            told = {row.text for row in self.rows[:before] if row.part == part}
            self.rows[before:] = [row for row in self.rows[before:] if row.text not in told]
            self.rows[before:] = [_renumbered(row, before + at + 1) for at, row in enumerate(self.rows[before:])]

    def diagram(self, root: Any) -> None:
        """The texts of a drawn diagram, whose place in the document is not told."""
        for one in root.iter(f"{_A}p") if root is not None else ():
            text = "".join(part.text or "" for part in one.iter(f"{_A}t"))
            if text.strip():
                self._add(text, part="diagram")

    def _blocks(self, parent: Any, part: Part) -> None:
        for child in parent:
            if child.tag == f"{W}p":
                self._paragraph(child, part)
            elif child.tag == f"{W}tbl":
                self._table(child, part)
            elif child.tag == f"{W}sdt" and _is_contents(child):
                self._blocks(child, "contents")
            elif child.tag == f"{_MC}AlternateContent":
                self._blocks(_alternative(child), part)
            elif child.tag not in _UNSEEN and isinstance(child.tag, str):
                self._blocks(child, part)

    def _paragraph(self, element: Any, part: Part) -> None:
        looks = self._looks(element)
        boxes: list[Any] = []
        words: Words = []
        self._words(element, letters(looks, None), words, boxes)
        text = "".join(word for word, _ in words)
        label = ""
        if looks.number and text.strip():
            label = self._lists.label(looks.number, looks.depth)
        if looks.contents and part == "body":
            part = "contents"
        indent = self._lists.indent(looks.number, looks.depth) if label and not looks.indent else looks.indent
        self._lines(text, words, looks, label, part, indent)
        self._blank = not text.strip()
        for box in boxes:
            self._blocks(box, "box" if part == "body" else part)

    def _lines(self, text: str, words: Words, looks: Looks, label: str, part: Part, indent: float) -> None:
        shown = [(word, look) for word, look in words if word.strip()]
        bold = bool(shown) and all(look.bold for _, look in shown)
        size = max((look.size for _, look in shown), default=looks.size)
        lines = [line for line in text.split("\n") if line.strip()]
        for at, line in enumerate(lines):
            self._add(
                line,
                part=part,
                level=looks.level if at == 0 and looks.level else 0,
                bold=bold,
                size=size,
                label=label if at == 0 else "",
                depth=looks.depth if label and at == 0 else -1,
                indent=indent + 6.0 * (len(line) - len(line.lstrip())),
                gap=self._blank and at == 0,
                soft=at < len(lines) - 1,
            )

    def _add(self, text: str, **values: Any) -> None:
        self.rows.append(Row(len(self.rows) + 1, text, page=self.page, **values))

    def _looks(self, element: Any) -> Looks:
        properties = element.find(f"{W}pPr")
        looks = self._usual
        if properties is not None:
            style = properties.find(f"{W}pStyle")
            if style is not None:
                looks = self._styles.get(style.get(f"{W}val", ""), looks)
            looks = paragraph(looks, properties)
        return looks

    def _words(self, element: Any, looks: Looks, words: Words, boxes: list[Any]) -> None:
        """Texts of a paragraph in order; text boxes are put aside."""
        for child in element:
            tag = child.tag
            if tag in _UNSEEN or not isinstance(tag, str):
                continue
            if tag == f"{_MC}AlternateContent":
                self._words(_alternative(child), looks, words, boxes)
            elif tag == f"{W}txbxContent":
                boxes.append(child)
            elif tag == f"{W}r":
                self._words(child, self._run(child, looks), words, boxes)
            elif tag in (f"{W}t", f"{_M}t"):
                words.append((child.text or "", looks))
            elif (sign := self._sign(child)) is not None:
                words.append((sign, looks))
            else:
                self._words(child, looks, words, boxes)

    def _run(self, element: Any, looks: Looks) -> Looks:
        properties = element.find(f"{W}rPr")
        if properties is not None:
            style = properties.find(f"{W}rStyle")
            if style is not None and self._styles.get(style.get(f"{W}val", ""), looks).bold:
                looks = replace(looks, bold=True)
        return letters(looks, properties)

    def _sign(self, element: Any) -> str | None:
        """What an element without text stands for, or None."""
        if element.tag == f"{_V}textpath":
            return str(element.get("string", ""))
        name = element.tag.removeprefix(W)
        if name == "lastRenderedPageBreak":
            self.page += 1
            return ""
        if name == "br":
            return "\n"
        if name == "sym":
            return _SYMBOLS.get(element.get(f"{W}char", "")[-2:].lower(), "•")
        return {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "-", "softHyphen": ""}.get(name)

    def _table(self, element: Any, part: Part) -> None:
        """Rows of cells; a table of one column is running text in a frame."""
        rows = list(_within(element, f"{W}tr"))
        if max((len(list(_within(row, f"{W}tc"))) for row in rows), default=0) < 2:
            for row in rows:
                for cell in _within(row, f"{W}tc"):
                    self._blocks(cell, part)
            return
        for row in rows:
            cells = tuple(text for cell in _within(row, f"{W}tc") for text in self._cell(cell))
            if any(cells):
                head = row.find(f"{W}trPr/{W}tblHeader") is not None
                self._add("\t".join(cells).replace("\n", " "), part=part, cells=cells, head=head)

    def _cell(self, cell: Any) -> Iterator[str]:
        """The text of a cell, and an empty text for each further column that it spans."""
        inner = _Reader.__new__(_Reader)
        inner.__dict__.update(self.__dict__, rows=[])
        inner._blocks(cell, "body")
        self.page = inner.page
        yield "\n".join(" ".join(row.shown.split()) for row in inner.rows)
        span = cell.find(f"{W}tcPr/{W}gridSpan")
        value = span.get(f"{W}val", "1") if span is not None else "1"
        yield from [""] * (min(int(value), 60) - 1 if value.isdecimal() else 0)


def _alternative(element: Any) -> Any:
    """Of several ways in which the same is written, the first that holds text."""
    ways = list(element)
    return next((way for way in ways if next(way.iter(f"{W}t"), None) is not None), ways[0] if ways else element)


def _within(element: Any, tag: str) -> Iterator[Any]:
    """Children of this name, also inside content controls and tracked insertions."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml", f"{W}moveTo"):
            yield from _within(child, tag)


def _is_contents(element: Any) -> bool:
    gallery = element.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
    return gallery is not None and gallery.get(f"{W}val") == "Table of Contents"


def _renumbered(row: Row, number: int) -> Row:
    return Row(number, row.text, page=row.page, part=row.part)
