"""Sections, headers, footers and properties of a Word file."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import docx

from coopkm.documents import tree
from coopkm.documents.plan import second_of
from coopkm.documents.shape import targets, walk
from coopkm.documents.tree import Document, Section
from coopkm.documents.typesetting import heading_pages
from coopkm.documents.word.blocks import Drawing, Place
from coopkm.documents.word.contents import field
from coopkm.documents.word.embedding import embed
from coopkm.documents.word.lines import shown
from coopkm.documents.word.numbering import Numbering
from coopkm.documents.word.styles import styles
from coopkm.documents.word.xml import Element, element, properties, twips

_WIDTH, _HEIGHT = 210, 297
_MARGINS = {"top": 25, "right": 20, "bottom": 20, "left": 30, "header": 12, "footer": 10}


def written(document: Document) -> Any:
    """The document as one of python-docx, to be saved."""
    made = docx.Document()
    _strip(made)
    _replace(made.styles.element, styles(document))
    _modern(made.settings.element)
    numbering = Numbering(document.lang == "th", document.digits == "thai")
    drawing = Drawing(document, made.part, numbering, _pages(document), targets(document, "target"))
    body = made.element.body
    for child in list(body):
        body.remove(child)
    sections = document.sections or (Section(()),)
    for number, section in enumerate(sections):
        width = (_HEIGHT if section.landscape else _WIDTH) - _MARGINS["left"] - _MARGINS["right"]
        for child in drawing.blocks(section.blocks, Place(width), page=True):
            body.append(child)
        last = number == len(sections) - 1
        _close(body, _section(made, drawing, section, width), last)
    _replace(made.part.numbering_part.element, numbering.elements())
    _describe(made, document)
    embed(made, document)
    return made


def _pages(document: Document) -> list[str]:
    """Where headings stand in print: Word's own pages differ little, and it counts anew when asked."""
    blocks = walk(block for section in document.sections for block in section.blocks)
    return heading_pages(document) if any(isinstance(block, tree.Contents) for block in blocks) else []


def _strip(made: Any) -> None:
    """The parts of python-docx's template that say nothing: a picture of it, a second set of styles, custom XML."""
    for holder in (made.part.package, made.part):
        for key, relation in list(holder.rels.items()):
            if any(word in relation.reltype for word in ("thumbnail", "stylesWithEffects", "customXml")):
                del holder.rels[key]


def _modern(settings: Element) -> None:
    """Laid out as Word does since 2013: the frame of a table, not its text, stands at the margin."""
    for child in settings.iter(f"{{{settings.nsmap['w']}}}compatSetting"):
        if "compatibilityMode" in child.values():
            child.set(f"{{{settings.nsmap['w']}}}val", "15")


def _replace(root: Element, children: Iterable[Element]) -> None:
    for child in list(root):
        root.remove(child)
    for child in children:
        root.append(child)


def _close(body: Element, section: Element, last: bool) -> None:
    """The end of a section: a property of its last paragraph, or of the body."""
    if last:
        body.append(section)
        return
    paragraph = body[-1] if len(body) and body[-1].tag.endswith("}p") else None
    if paragraph is None or any(
        child.tag.endswith("}sectPr") for child in (paragraph.pPr if paragraph.pPr is not None else ())
    ):
        paragraph = element("p", properties("pPr", [element("pStyle", val="Gap")]))
        body.append(paragraph)
    kept = list(paragraph.pPr) if paragraph.pPr is not None else []
    if paragraph.pPr is not None:
        paragraph.remove(paragraph.pPr)
    paragraph.insert(0, properties("pPr", [*kept, section]))


def _section(made: Any, drawing: Drawing, section: Section, width: float) -> Element:
    size = (_HEIGHT, _WIDTH) if section.landscape else (_WIDTH, _HEIGHT)
    page = element("pgSz", w=twips(size[0]), h=twips(size[1]), **({"orient": "landscape"} if section.landscape else {}))
    margins = element("pgMar", **{name: twips(value) for name, value in _MARGINS.items()}, gutter=0)
    references = []
    for kind, content in (("header", _header(drawing, section)), ("footer", drawing.text(section.footer))):
        part, relation = getattr(made.part, f"add_{kind}_part")()
        stops = element(
            "tabs",
            element("tab", val="center", pos=twips(width / 2)),
            element("tab", val="right", pos=twips(width)),
        )
        style = element("pStyle", val=kind.capitalize())
        _replace(part.element, [element("p", properties("pPr", [style, stops]), *content)])
        reference = element(f"{kind}Reference", type="default")
        reference.set("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id", relation)
        references.append(reference)
    return properties(
        "sectPr", [*references, element("type", val="nextPage"), page, margins, _count(drawing.document, section)]
    )


def _header(drawing: Drawing, section: Section) -> list[Element]:
    content = drawing.text(section.header)
    if section.numbers == "none":
        return content
    number = field("PAGE", drawing.text("1"))
    return [*content, element("r", element("tab")), *number]


def _count(document: Document, section: Section) -> Element | None:
    if section.numbers == "letters":
        form = "thaiLetters" if document.lang == "th" else "lowerRoman"
    else:
        form = "thaiNumbers" if document.digits == "thai" else "decimal"
    return element("pgNumType", fmt=form, **({"start": 1} if section.restart else {}))


def _describe(made: Any, document: Document) -> None:
    thai = document.digits == "thai"
    about = made.core_properties
    about.title = shown(document.title, thai)[:255]
    about.author = about.last_modified_by = shown(document.author, thai)[:255]
    about.subject = shown(document.subject, thai)[:255]
    about.keywords = ", ".join(shown(word, thai) for word in document.keywords)[:255]
    about.comments, about.category = "", ""
    about.language = "th-TH" if document.lang == "th" else "en-GB"
    about.revision = 1
    about.created = about.modified = datetime.utcfromtimestamp(second_of(document.date))
