"""Pictures within a line of Word. A drawing (SVG) goes in with a bitmap of it, for readers that know no SVG."""

import io
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.shared import Mm

from coopkm.documents.rasters import bitmap
from coopkm.documents.tree import Picture
from coopkm.documents.word.xml import Element, element
from coopkm.reading.pictures import fault_of

_SVG = (
    '<a:extLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:ext '
    'uri="{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}"><asvg:svgBlip '
    'xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:embed="{id}"/></a:ext></a:extLst>'
)
_TALLEST = 220  # millimetres


def drawing(part: Any, picture: Picture, alt: str, width: float, number: int) -> Element | None:
    """The element of a picture, `width` millimetres wide; None where it cannot be read."""
    png = picture.data if picture.format == "png" else bitmap(picture.data, "svg", width)
    if png is None or fault_of(picture.data, picture.format):
        return None
    try:
        inline = part.new_pic_inline(io.BytesIO(png), width=Mm(width))
    except Exception:
        return None
    if inline.extent.cy > Mm(_TALLEST):
        inline = part.new_pic_inline(io.BytesIO(png), height=Mm(_TALLEST))
    for side in ("distL", "distR"):
        inline.set(side, "0")
    inline.docPr.set("id", str(number))
    inline.docPr.set("name", f"Picture {number}")
    inline.docPr.set("descr", alt)
    if picture.format == "svg":
        name = PackURI(f"/word/media/drawing{number}.svg")
        relation = part.relate_to(Part(name, "image/svg+xml", picture.data, part.package), RELATIONSHIP_TYPE.IMAGE)
        blip = inline.graphic.graphicData.pic.blipFill.blip
        blip.append(parse_xml(_SVG.format(id=relation)))
    return element("drawing", inline)
