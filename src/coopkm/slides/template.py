"""The template of all decks: theme, master and layouts, as a PowerPoint file made of the table of places."""

from html import escape
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from coopkm.slides.places import AFTER, FOOTER, HEIGHT, INDENT, LAYOUTS, LEADING, NUMBER, WIDTH, Place, foot, size_at

EMU = 12700  # in a point
EPOCH = (1980, 1, 1, 0, 0, 0)  # the time of every part: same input, same bytes
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SLIDES = "http://schemas.openxmlformats.org/presentationml/2006/main"
_NAMES = f'xmlns:a="{_DRAWING}" xmlns:r="{_OFFICE}" xmlns:p="{_SLIDES}"'
_KINDS = "application/vnd.openxmlformats-officedocument.presentationml"

# Name in the theme, colour, and what it is for.
COLOURS = {
    "dk1": "1D2620",  # text
    "lt1": "FFFFFF",
    "dk2": "07402C",  # headings, bands
    "lt2": "F4F1E6",  # ground of panels
    "accent1": "0A5C3E",
    "accent2": "E0A92B",  # gold
    "accent3": "714C00",  # gold that can be read on white
    "accent4": "EAF2EC",
    "accent5": "9C2715",
    "accent6": "5B3B72",
    "hlink": "0A5C3E",
    "folHlink": "5B3B72",
}
FONT = "Sarabun"
# Where Sarabun is missing, programs choose by family and script: a sans serif that has Thai.
FACE = f'typeface="{FONT}" panose="00000500000000000000" pitchFamily="34" charset="-34"'
_FALLBACK = '<a:font script="Thai" typeface="Leelawadee UI"/>'
_TITLES = {
    "title": "หน้าปก / Title",
    "section": "เปิดเรื่อง / Section",
    "content": "หัวข้อและเนื้อหา / Title and content",
    "columns": "สองช่อง / Two columns",
    "activity": "กิจกรรม / Activity",
    "card": "กรณีศึกษา / Case card",
}
_PROMPTS = {
    "title": "ชื่อสไลด์",
    "subtitle": "สรุปสั้น ๆ",
    "course": "หลักสูตร",
    "number": "1",
    "label": "ประเภทกิจกรรม",
    "minutes": "30 นาที",
    "left-head": "หัวข้อซ้าย",
    "right-head": "หัวข้อขวา",
}

# Panels and bands of each layout: x, y, width, height, colour of the theme, shape.
_Shape = tuple[int, int, int, int, str, str]
_FOOT_LINE: _Shape = (48, 498, 864, 1, "accent2", "rect")
_SHAPES: dict[str, tuple[_Shape, ...]] = {
    "title": ((80, 290, 120, 5, "accent2", "rect"), (0, 0, 24, 540, "accent2", "rect")),
    "section": ((0, 0, 290, 540, "tx2", "rect"), (330, 260, 96, 4, "accent2", "rect")),
    "content": ((0, 0, 14, 540, "tx2", "rect"), (48, 114, 72, 4, "accent2", "rect"), _FOOT_LINE),
    "columns": (
        (0, 0, 14, 540, "tx2", "rect"),
        (48, 114, 420, 376, "accent4", "rect"),
        (492, 114, 420, 376, "bg2", "rect"),
        _FOOT_LINE,
    ),
    "activity": ((0, 0, 960, 120, "tx2", "rect"), (752, 34, 160, 60, "accent2", "roundRect"), _FOOT_LINE),
    "card": (
        (0, 0, 14, 540, "accent2", "rect"),
        (48, 118, 864, 368, "bg2", "roundRect"),
        (64, 138, 6, 328, "accent2", "rect"),
        _FOOT_LINE,
    ),
}


def template() -> bytes:
    """An empty presentation with our master and layouts."""
    layouts = list(LAYOUTS)
    parts = {
        "[Content_Types].xml": _content_types(len(layouts)),
        "_rels/.rels": _relations(("officeDocument", "ppt/presentation.xml"), ("core", "docProps/core.xml")),
        "docProps/core.xml": _CORE,
        "ppt/presentation.xml": _presentation(),
        "ppt/_rels/presentation.xml.rels": _relations(
            ("slideMaster", "slideMasters/slideMaster1.xml"), ("theme", "theme/theme1.xml")
        ),
        "ppt/theme/theme1.xml": _theme(),
        "ppt/slideMasters/slideMaster1.xml": _master(len(layouts)),
        "ppt/slideMasters/_rels/slideMaster1.xml.rels": _relations(
            *(("slideLayout", f"../slideLayouts/slideLayout{n}.xml") for n in range(1, len(layouts) + 1)),
            ("theme", "../theme/theme1.xml"),
        ),
    }
    for number, name in enumerate(layouts, 1):
        parts[f"ppt/slideLayouts/slideLayout{number}.xml"] = _layout(name)
        parts[f"ppt/slideLayouts/_rels/slideLayout{number}.xml.rels"] = _relations(
            ("slideMaster", "../slideMasters/slideMaster1.xml")
        )
    return zipped({name: (_HEAD + text).encode() for name, text in parts.items()})


def zipped(parts: dict[str, bytes]) -> bytes:
    """A zip file that depends on nothing but its parts."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as file:
        for name, raw in parts.items():
            info = ZipInfo(name, EPOCH)
            info.compress_type = ZIP_DEFLATED
            info.create_system = 3
            file.writestr(info, raw)
    return out.getvalue()


_CORE = (
    f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"/>'
)


def _content_types(layouts: int) -> str:
    parts = {
        "ppt/presentation.xml": f"{_KINDS}.presentation.main+xml",
        "ppt/slideMasters/slideMaster1.xml": f"{_KINDS}.slideMaster+xml",
        "ppt/theme/theme1.xml": "application/vnd.openxmlformats-officedocument.theme+xml",
        "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        **{f"ppt/slideLayouts/slideLayout{n}.xml": f"{_KINDS}.slideLayout+xml" for n in range(1, layouts + 1)},
    }
    rows = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in parts.items())
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{rows}</Types>'
    )


def _relations(*rows: tuple[str, str]) -> str:
    core = f"{_PACKAGE}/relationships/metadata/core-properties"
    made = "".join(
        f'<Relationship Id="rId{n}" Type="{core if kind == "core" else f"{_OFFICE}/{kind}"}" Target="{target}"/>'
        for n, (kind, target) in enumerate(rows, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{made}</Relationships>'


def _presentation() -> str:
    return (
        f'<p:presentation {_NAMES} saveSubsetFonts="1"><p:sldMasterIdLst><p:sldMasterId id="2147483648" r:id="rId1"/>'
        f'</p:sldMasterIdLst><p:sldSz cx="{WIDTH * EMU}" cy="{HEIGHT * EMU}"/><p:notesSz cx="6858000" cy="9144000"/>'
        f'<p:defaultTextStyle><a:defPPr><a:defRPr lang="th-TH"/></a:defPPr></p:defaultTextStyle></p:presentation>'
    )


def _theme() -> str:
    colours = "".join(f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>' for name, value in COLOURS.items())
    fonts = "".join(
        f'<a:{kind}Font><a:latin {FACE}/><a:ea typeface=""/><a:cs {FACE}/>{_FALLBACK}</a:{kind}Font>'
        for kind in ("major", "minor")
    )
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>' * 3
    lines = '<a:ln w="9525"><a:solidFill><a:schemeClr val="phClr"/></a:solidFill></a:ln>' * 3
    effects = "<a:effectStyle><a:effectLst/></a:effectStyle>" * 3
    return (
        f'<a:theme xmlns:a="{_DRAWING}" name="CoopKM"><a:themeElements><a:clrScheme name="CoopKM">{colours}'
        f'</a:clrScheme><a:fontScheme name="CoopKM">{fonts}</a:fontScheme><a:fmtScheme name="CoopKM">'
        f"<a:fillStyleLst>{fill}</a:fillStyleLst><a:lnStyleLst>{lines}</a:lnStyleLst>"
        f"<a:effectStyleLst>{effects}</a:effectStyleLst><a:bgFillStyleLst>{fill}</a:bgFillStyleLst>"
        "</a:fmtScheme></a:themeElements></a:theme>"
    )


def _master(layouts: int) -> str:
    listed = "".join(f'<p:sldLayoutId id="{2147483649 + n}" r:id="rId{n + 1}"/>' for n in range(layouts))
    boxes = "".join(_placeholder(n, box, True) for n, box in enumerate((*LAYOUTS["content"], FOOTER, NUMBER), 2))
    title, body = LAYOUTS["content"]
    other = "".join(f"<a:lvl{n}pPr>{_run_look(body, 0)}</a:lvl{n}pPr>" for n in range(1, 10))
    return (
        f'<p:sldMaster {_NAMES}><p:cSld><p:bg><p:bgPr><a:solidFill><a:schemeClr val="bg1"/></a:solidFill>'
        f"<a:effectLst/></p:bgPr></p:bg>{_tree(boxes)}</p:cSld>"
        '<p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" accent1="accent1" accent2="accent2" accent3="accent3" '
        'accent4="accent4" accent5="accent5" accent6="accent6" hlink="hlink" folHlink="folHlink"/>'
        f'<p:sldLayoutIdLst>{listed}</p:sldLayoutIdLst><p:hf hdr="0" dt="0"/><p:txStyles>'
        f"<p:titleStyle>{_levels(title)}</p:titleStyle><p:bodyStyle>{_levels(body)}</p:bodyStyle>"
        f"<p:otherStyle>{other}</p:otherStyle></p:txStyles></p:sldMaster>"
    )


def _layout(name: str) -> str:
    kind = {"title": ' type="title"', "section": ' type="secHead"', "content": ' type="obj"'}.get(name, "")
    dark = name == "title"
    ground = (
        '<p:bg><p:bgPr><a:solidFill><a:schemeClr val="tx2"/></a:solidFill><a:effectLst/></p:bgPr></p:bg>'
        if dark
        else ""
    )
    shapes = [_shape(n, row) for n, row in enumerate(_SHAPES[name], 2)]
    boxes = [_placeholder(n, box, True) for n, box in enumerate((*LAYOUTS[name], *foot(name)), 2 + len(shapes))]
    return (
        f'<p:sldLayout {_NAMES}{kind} preserve="1" userDrawn="1"><p:cSld name="{escape(_TITLES[name])}">{ground}'
        f"{_tree(''.join([*shapes, *boxes]))}</p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sldLayout>"
    )


def _tree(inside: str) -> str:
    return (
        '<p:spTree><p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>'
        f"{inside}</p:spTree>"
    )


def _frame(x: int, y: int, width: int, height: int) -> str:
    return f'<a:xfrm><a:off x="{x * EMU}" y="{y * EMU}"/><a:ext cx="{width * EMU}" cy="{height * EMU}"/></a:xfrm>'


def _shape(number: int, row: _Shape) -> str:
    """A band or panel; marked as decoration, so that screen readers pass over it."""
    x, y, width, height, colour, form = row
    adjust = '<a:avLst><a:gd name="adj" fmla="val 6000"/></a:avLst>' if form == "roundRect" else "<a:avLst/>"
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="Decoration {number}" descr=""><a:extLst>'
        '<a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative '
        'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
        f'</p:cNvPr><p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr>{_frame(x, y, width, height)}'
        f'<a:prstGeom prst="{form}">{adjust}</a:prstGeom><a:solidFill><a:schemeClr val="{colour}"/></a:solidFill>'
        "<a:ln><a:noFill/></a:ln></p:spPr><p:txBody><a:bodyPr/><a:lstStyle/><a:p/></p:txBody></p:sp>"
    )


def _placeholder(number: int, box: Place, framed: bool) -> str:
    index = f' idx="{box.index}"' if box.index else ""
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="{box.name}"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f'<p:nvPr><p:ph type="{box.kind}"{index}/></p:nvPr></p:nvSpPr><p:spPr>'
        f"{_frame(box.x, box.y, box.width, box.height) if framed else ''}"
        f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr><p:txBody><a:bodyPr lIns="0" tIns="0" rIns="0" '
        f'bIns="0" anchor="{box.anchor}"><a:normAutofit/></a:bodyPr><a:lstStyle>{_levels(box)}</a:lstStyle>'
        f"{_prompt(box)}</p:txBody></p:sp>"
    )


def _prompt(box: Place) -> str:
    if box.kind == "sldNum":
        return (
            '<a:p><a:fld id="{6C0E1B7A-0E4B-4E0B-8D6C-5A1B7C0DE001}" type="slidenum">'
            '<a:rPr lang="th-TH"/><a:t>‹#›</a:t></a:fld></a:p>'
        )
    text = "" if box.kind == "ftr" else _PROMPTS.get(box.name, "ข้อความ")
    run = f'<a:r><a:rPr lang="th-TH"/><a:t>{text}</a:t></a:r>' if text else '<a:endParaRPr lang="th-TH"/>'
    return f"<a:p>{run}</a:p>"


def _levels(box: Place) -> str:
    """How each level looks; markers are set by the paragraphs themselves."""
    rows = []
    for level in range(2 if box.kind in ("body", "subTitle") else 1):
        size = size_at(box, level)
        rows.append(
            f'<a:lvl{level + 1}pPr marL="{INDENT[0] * level * EMU}" indent="0" algn="{box.align}">'
            f'<a:lnSpc><a:spcPts val="{round(size * LEADING * 100)}"/></a:lnSpc>'
            f'<a:spcBef><a:spcPts val="0"/></a:spcBef>'
            f'<a:spcAft><a:spcPts val="{AFTER * 100 if box.size <= 28 and box.kind == "body" else 0}"/></a:spcAft>'
            f"<a:buNone/>{_run_look(box, level)}</a:lvl{level + 1}pPr>"
        )
    return "".join(rows)


def _run_look(box: Place, level: int) -> str:
    fonts = "mj" if box.kind in ("title", "ctrTitle") else "mn"
    return (
        f'<a:defRPr lang="th-TH" sz="{size_at(box, level) * 100}" b="{int(box.bold)}"><a:solidFill>'
        f'<a:schemeClr val="{box.colour}"/></a:solidFill><a:latin typeface="+{fonts}-lt"/>'
        f'<a:ea typeface="+{fonts}-ea"/><a:cs typeface="+{fonts}-cs"/></a:defRPr>'
    )
