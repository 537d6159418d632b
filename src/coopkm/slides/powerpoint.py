"""Writes a deck as a PowerPoint file: real placeholders of the template's layouts, filled."""

import re
from copy import deepcopy
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from coopkm.extras import load
from coopkm.slides.deck import Deck, Note, Para, Run, Slide
from coopkm.slides.measure import fitted
from coopkm.slides.places import INDENT, LAYOUTS, LEADING, SMALLEST, Place, foot
from coopkm.slides.template import EMU, FACE, FONT, template, zipped

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_THAI = re.compile("[\u0e00-\u0e7f]")
_NOT_XML = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def as_pptx(deck: Deck) -> bytes:
    """The deck as a file; the same deck gives the same bytes.

    Raises:
        CannotGoOn: python-pptx is not installed.
    """
    show = load("pptx").Presentation(BytesIO(template()))
    layouts = dict(zip(LAYOUTS, show.slide_layouts, strict=True))
    for slide in deck.slides:
        _fill(show.slides.add_slide(layouts[slide.layout]), slide, deck)
    _describe(show, deck)
    out = BytesIO()
    show.save(out)
    with ZipFile(out) as made:
        return zipped({name: made.read(name) for name in made.namelist()})


def _describe(show: Any, deck: Deck) -> None:
    day = datetime.fromisoformat(deck.day)
    about = show.core_properties
    about.title, about.subject = _clean(deck.title)[:250], _clean(deck.footer)[:250]
    about.language, about.author, about.identifier = f"{deck.lang}", "CoopKM", deck.name
    about.created = about.modified = day


def _fill(shown: Any, slide: Slide, deck: Deck) -> None:
    places = {place.index: place for place in LAYOUTS[slide.layout]}
    for shape in list(shown.placeholders):
        place = places[shape.placeholder_format.idx]
        shape.name = place.name
        paras = slide.boxes.get(place.name, ())
        if place.name == "title":
            text, size = fitted(slide.title, place)
            _write(shape, place, (Para((Run(text),)),), size)
        elif paras:
            _write(shape, place, paras, _small(place, paras))
        else:
            shape._element.getparent().remove(shape._element)
    for place in foot(slide.layout):
        _foot(shown, place, deck)
    _notes(shown, slide.notes)


def _small(place: Place, paras: tuple[Para, ...]) -> int:
    """The letter size of a box of one line, which yields where its text is long."""
    return fitted(paras[0].text, place)[1] if place.name in ("label", "minutes", "number", "course") else place.size


def _write(shape: Any, place: Place, paras: tuple[Para, ...], size: int) -> None:
    body = shape._element.txBody
    for old in body.findall(f"{_A}p"):
        body.remove(old)
    first: int | None = None
    for para in paras:
        first = (first or para.number) if para.marker == "number" else first if para.level else None
        body.append(_paragraph(para, place, size, first))


def _paragraph(para: Para, place: Place, size: int, first: int | None) -> Any:
    made = _element("p")
    look = _child(made, "pPr")
    if size != place.size:
        _child(_child(look, "lnSpc"), "spcPts", val=str(round(size * LEADING * 100)))
    if para.level:
        look.set("lvl", str(para.level))
    if para.marker != "none":
        look.set("marL", str(INDENT[para.level] * EMU))
        look.set("indent", str(-INDENT[0] * EMU))
        _marker(look, para, first)
    for run in para.runs:
        for at, text in enumerate(_clean(run.text).split("\n")):
            if at:
                _child(made, "br")
            if text:
                _run(made, text, run, place, size, para.lead)
    return made


def _marker(look: Any, para: Para, first: int | None) -> None:
    _child(_child(look, "buClr"), "schemeClr", val="accent1")
    if para.marker == "number":
        _child(look, "buFont", typeface="+mj-lt")
        _child(look, "buAutoNum", type="arabicPeriod", startAt=str(first or 1))
    else:
        _child(look, "buFont", typeface=FONT)
        _child(look, "buChar", char="–" if para.level else "•")


def _run(made: Any, text: str, run: Run, place: Place, size: int, lead: bool) -> None:
    look = _text(made, text)
    if size != place.size:
        look.set("sz", str(size * 100))
    if run.bold or lead or place.bold:
        look.set("b", "1")
    if lead or run.faint:
        _child(_child(look, "solidFill"), "schemeClr", val="accent1" if lead else "accent3")
    fonts = "mj" if place.name == "title" else "mn"
    _child(look, "latin", typeface=f"+{fonts}-lt")
    _child(look, "cs", typeface=f"+{fonts}-cs")


def _text(made: Any, text: str) -> Any:
    """A run; what holds Thai is marked as Thai, so that it is broken and read aloud as such."""
    run = _child(made, "r")
    thai = _THAI.search(text) is not None
    look = _child(run, "rPr", lang="th-TH" if thai else "en-GB", altLang="en-GB" if thai else "th-TH", dirty="0")
    _child(run, "t").text = text
    return look


def _foot(shown: Any, place: Place, deck: Deck) -> None:
    """Footer or slide number as a placeholder of the slide: python-pptx leaves them on the layout."""
    model = next(shape for shape in shown.slide_layout.placeholders if shape.placeholder_format.idx == place.index)
    copy = deepcopy(model._element)
    copy.nvSpPr.cNvPr.set("id", str(max(shape.shape_id for shape in shown.shapes) + 1))
    for extra in (*copy.spPr, *copy.txBody.find(f"{_A}lstStyle"), *copy.txBody.find(f"{_A}bodyPr")):
        extra.getparent().remove(extra)
    if place.name == "footer":
        para = copy.txBody.find(f"{_A}p")
        para.clear()
        look = _text(para, _one_line(_clean(deck.footer), place))
        _child(look, "latin", typeface="+mn-lt")
        _child(look, "cs", typeface="+mn-cs")
    shown.shapes._spTree.append(copy)


def _one_line(text: str, place: Place) -> str:
    """A text for a box of one line, cut short where it is too long."""
    scale = SMALLEST / place.size  # measured as if it were of the smallest size of a slide
    return fitted(text, replace(place, size=SMALLEST, width=int(place.width * scale), height=SMALLEST))[0]


def _notes(shown: Any, notes: tuple[Note, ...]) -> None:
    body = shown.notes_slide.notes_text_frame._txBody
    _notes_fonts(shown.part.package.presentation_part.notes_master_part)
    for old in body.findall(f"{_A}p"):
        body.remove(old)
    for note in notes:
        for at, line in enumerate((note.heading, *note.lines, "")):
            made = _element("p")
            body.append(made)
            if line:
                look = _text(made, _clean(line).replace("\n", " "))
                look.set("b", str(int(at == 0)))
                _child(look, "latin", typeface="+mn-lt")
                _child(look, "cs", typeface="+mn-cs")
    if not notes:
        body.append(_element("p"))


def _notes_fonts(master: Any) -> None:
    """The notes are set in the same letters as the slides."""
    theme = master.part_related_by(load("pptx.opc.constants").RELATIONSHIP_TYPE.THEME)
    for kind in ("latin", "cs"):
        for fonts in theme._element.iter(f"{_A}majorFont", f"{_A}minorFont"):
            font = fonts.find(f"{_A}{kind}")
            for name, value in re.findall(r'(\w+)="([^"]*)"', FACE):
                font.set(name, value)


def _clean(text: str) -> str:
    """Without what XML cannot hold."""
    return _NOT_XML.sub("", text)


def _element(name: str) -> Any:
    return load("pptx.oxml").parse_xml(f'<a:{name} xmlns:a="{_A[1:-1]}"/>')


def _child(parent: Any, name: str, **attributes: str) -> Any:
    made = load("lxml.etree").SubElement(parent, f"{_A}{name}")
    for key, value in attributes.items():
        made.set(key, value)
    return made
