"""Sarabun within a Word file: most offices do not have it, and another font would shift every page.

Its licence (OFL) and its own flags allow it. Word wants the first bytes of such a font obfuscated.
"""

from typing import Any

from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement

from coopkm.documents.fonts import FOLDER, SARABUN
from coopkm.documents.shape import lines, walk
from coopkm.documents.tree import Document

_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/font"
_TYPE = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
_GUID = "8C0D5A6E-2B1F-4E57-9A3C-0000000000{:02d}"
_COVERED = 32  # bytes that are obfuscated
_STYLES = (("Regular", "Regular"), ("Bold", "Bold"), ("Italic", "Italic"), ("BoldItalic", "BoldItalic"))
_TABLE = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<w:fonts xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<w:font w:name="Sarabun"><w:family w:val="swiss"/><w:pitch w:val="variable"/>{}</w:font></w:fonts>'
)


def embed(made: Any, document: Document) -> None:
    """Put the styles of Sarabun that the document needs into its file. Other fonts are left to whoever opens it."""
    if document.font != SARABUN:
        return
    table = next(part for part in made.part.package.iter_parts() if part.partname == "/word/fontTable.xml")
    entries = []
    for number, (style, name) in enumerate(_STYLES[: 4 if _italic(document) else 2], 1):
        guid = _GUID.format(number)
        data = _obfuscated((FOLDER / f"Sarabun-{name}.ttf").read_bytes(), guid)
        part = Part(PackURI(f"/word/fonts/font{number}.odttf"), _TYPE, data, made.part.package)
        relation = table.relate_to(part, _KIND)
        entries.append(f'<w:embed{style} r:id="{relation}" w:fontKey="{{{guid}}}"/>')
    table._blob = _TABLE.format("".join(entries)).encode()
    zoom = made.settings.element[0]
    zoom.addnext(OxmlElement("w:embedTrueTypeFonts"))


def _italic(document: Document) -> bool:
    blocks = walk(block for section in document.sections for block in section.blocks)
    return any(span.italic for block in blocks for line in lines(block) for span in line)


def _obfuscated(font: bytes, guid: str) -> bytes:
    key = bytes.fromhex(guid.replace("-", ""))[::-1]
    head = bytes(byte ^ key[place % len(key)] for place, byte in enumerate(font[:_COVERED]))
    return head + font[_COVERED:]
