"""A document as an EPUB 3 book: one file a chapter, contents, no script, nothing from elsewhere."""

import io
import uuid
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from xml.etree import ElementTree as ET

from coopkm.documents.letters import printable
from coopkm.documents.tree import Block, Contents, Document, Heading, PageBreak, Section, Together
from coopkm.documents.xhtml import Body, plain

_EARLIEST = (1980, 1, 1, 0, 0, 0)
_NAMESPACE = uuid.UUID("6f1c1f1a-2f0b-5c1e-9a53-6f2f5b9a7d11")  # of our own: the same document has the same identifier
_STYLE = """\
body { font-family: Sarabun, "TH Sarabun New", sans-serif; line-height: 1.7; margin: 0 1em; }
h1, h2, h3, h4, h5, h6 { line-height: 1.45; text-align: start; }
.title { font-size: 1.8em; font-weight: bold; } .subtitle { font-size: 1.3em; }
.lead { font-size: 1.1em; } .small, small { font-size: 0.85em; } .note { font-style: italic; }
.center { text-align: center; } .right { text-align: right; }
table { border-collapse: collapse; width: 100%; }
th, td { padding: 0.3em 0.5em; text-align: start; vertical-align: top; }
table.ruled th, table.ruled td { border: 1px solid #888; }
.box { border: 1px solid #888; padding: 0.3em 0.8em; margin: 1em 0; } .box-title { font-weight: bold; }
.labelled { list-style: none; padding-left: 0; } .field, .blank { border-bottom: 1px dotted #555; }
.blank { height: 1.8em; } img { max-width: 100%; }
"""
_CONTAINER = """\
<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>\
<rootfile full-path="book/content.opf" media-type="application/oebps-package+xml"/></rootfiles></container>
"""
XHTML, OPF, DC, OPS = (
    "http://www.w3.org/1999/xhtml",
    "http://www.idpf.org/2007/opf",
    "http://purl.org/dc/elements/1.1/",
    "http://www.idpf.org/2007/ops",
)


@dataclass(frozen=True)
class Part:
    """A file of the book: what begins with a heading of the first level, or stands before the first."""

    name: str
    title: str
    blocks: tuple[Block, ...]
    headings: tuple[Heading, ...]


def as_epub(document: Document) -> bytes:
    """The bytes of the book; the same document gives the same bytes."""
    document = replace(
        document,
        title=printable(document.title).strip() or "–",
        author=printable(document.author),
        subject=printable(document.subject),
    )
    parts = list(_parts(document))
    body = Body(document, {heading.id: part.name for part in parts for heading in part.headings if heading.id})
    pages = {f"{part.name}.xhtml": _page(document, part.title, body.elements(part.blocks)) for part in parts}
    files: dict[str, bytes] = {
        "META-INF/container.xml": _CONTAINER.encode(),
        "book/content.opf": _package(document, parts, body.pictures),
        "book/nav.xhtml": _contents(document, parts, body),
        "book/style.css": _STYLE.encode(),
        **{f"book/{name}": page for name, page in pages.items()},
        **{f"book/{name}": raw for name, raw in body.pictures.items()},
    }
    return _packed(files)


def _packed(files: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        # The first file says what the whole is, and is not compressed: readers look for it there.
        _add(archive, "mimetype", b"application/epub+zip", zipfile.ZIP_STORED)
        for name, raw in files.items():
            _add(archive, name, raw, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _add(archive: zipfile.ZipFile, name: str, raw: bytes, method: int) -> None:
    entry = zipfile.ZipInfo(name, _EARLIEST)
    entry.compress_type = method
    entry.external_attr = 0o644 << 16
    archive.writestr(entry, raw)


def _parts(document: Document) -> Iterator[Part]:
    waiting: list[Block] = []
    number = 0
    for section in document.sections:
        for block in _flat(section):
            if isinstance(block, Heading) and block.level == 1 and waiting:
                yield _part(document, waiting, number)
                waiting, number = [], number + 1
            waiting.append(block)
        if waiting:
            yield _part(document, waiting, number)
            waiting, number = [], number + 1
    if number == 0:
        yield Part("part-000", document.title, (), ())


def _flat(section: Section) -> Iterator[Block]:
    """The blocks of a section but for what only paper has."""
    for block in section.blocks:
        if isinstance(block, Together):
            yield from _flat(Section(block.blocks))
        elif not isinstance(block, PageBreak | Contents):
            yield block


def _part(document: Document, blocks: list[Block], number: int) -> Part:
    headings = tuple(block for block in blocks if isinstance(block, Heading))
    title = printable(plain(headings[0].line)) if headings else document.title
    return Part(f"part-{number:03}", title or document.title, tuple(blocks), headings)


def _page(document: Document, title: str, content: list[ET.Element]) -> bytes:
    html = ET.Element("html", {"xmlns": XHTML, "xmlns:epub": OPS, "lang": document.lang, "xml:lang": document.lang})
    head = ET.SubElement(html, "head")
    ET.SubElement(head, "title").text = title
    ET.SubElement(head, "link", {"rel": "stylesheet", "type": "text/css", "href": "style.css"})
    ET.SubElement(html, "body").extend(content)
    return _text(html, b"<!DOCTYPE html>\n")


def _text(root: ET.Element, doctype: bytes = b"") -> bytes:
    head = b'<?xml version="1.0" encoding="UTF-8"?>\n'
    raw: bytes = ET.tostring(root, encoding="utf-8")
    return head + doctype + raw + b"\n"


def _contents(document: Document, parts: list[Part], body: Body) -> bytes:
    nav = ET.Element("nav", {"epub:type": "toc", "id": "toc"})
    ET.SubElement(nav, "h1").text = body.shown(document.title)
    listed = ET.SubElement(nav, "ol")
    for part in parts:
        item = ET.SubElement(listed, "li")
        first = next((heading for heading in part.headings if heading.level == 1), None)
        ET.SubElement(item, "a", {"href": f"{part.name}.xhtml"}).text = body.title(first) if first else part.title
        inner = [heading for heading in part.headings if heading.level == 2 and heading.listed and heading.id]
        if inner:
            below = ET.SubElement(item, "ol")
            for heading in inner:
                link = ET.SubElement(ET.SubElement(below, "li"), "a", {"href": body.href(heading.id)})
                link.text = body.title(heading)
    return _page(document, document.title, [nav])


def _package(document: Document, parts: list[Part], pictures: dict[str, bytes]) -> bytes:
    root = ET.Element("package", {"xmlns": OPF, "version": "3.0", "unique-identifier": "id", "xml:lang": document.lang})
    about = ET.SubElement(root, "metadata", {"xmlns:dc": DC})
    named = f"{document.title}\n{document.author}\n{document.subject}\n{document.lang}\n{document.date}"
    ET.SubElement(about, "dc:identifier", {"id": "id"}).text = uuid.uuid5(_NAMESPACE, named).urn
    ET.SubElement(about, "dc:title").text = document.title
    ET.SubElement(about, "dc:language").text = document.lang
    for name, words in (("creator", document.author), ("subject", document.subject), ("date", document.date)):
        if words:
            ET.SubElement(about, f"dc:{name}").text = words
    modified = ET.SubElement(about, "meta", {"property": "dcterms:modified"})
    modified.text = f"{document.date or '1980-01-01'}T00:00:00Z"
    manifest = ET.SubElement(root, "manifest")
    _item(manifest, "nav", "nav.xhtml", "application/xhtml+xml", properties="nav")
    _item(manifest, "style", "style.css", "text/css")
    spine = ET.SubElement(root, "spine")
    for part in parts:
        _item(manifest, part.name, f"{part.name}.xhtml", "application/xhtml+xml")
        ET.SubElement(spine, "itemref", {"idref": part.name})
    for number, name in enumerate(pictures):
        kind = "image/svg+xml" if name.endswith(".svg") else "image/png"
        _item(manifest, f"picture-{number}", name, kind)
    return _text(root)


def _item(manifest: ET.Element, name: str, href: str, kind: str, **more: str) -> None:
    ET.SubElement(manifest, "item", {"id": name, "href": href, "media-type": kind, **more})
