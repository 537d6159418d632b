"""Handbooks as offices write them, made for the tests of the import: the same content, differently made."""

import io
from collections.abc import Iterable
from typing import Any

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt

OFFICE, YEAR = "สำนักงานสหกรณ์จังหวัดตัวอย่าง", "ปีงบประมาณ พ.ศ. ๒๕๖๘"
TITLE = "คู่มือการเยี่ยมสหกรณ์สำหรับเจ้าหน้าที่ใหม่"
PREFACE = (
    "คู่มือฉบับนี้รวบรวมประสบการณ์ของเจ้าหน้าที่ในสำนักงาน เพื่อให้ผู้ที่บรรจุใหม่ใช้เตรียมตัวก่อนออกไปเยี่ยมสหกรณ์ในพื้นที่"
    " และใช้ทบทวนหลังกลับจากการเยี่ยม คณะผู้จัดทำหวังว่าจะเป็นประโยชน์แก่ผู้ปฏิบัติงานทุกคน"
)
DUTIES = ("รู้จักสหกรณ์ทุกแห่งในความรับผิดชอบ", "แนะนำให้สหกรณ์ทำตามกฎหมายและข้อบังคับ", "รายงานผลการเยี่ยมภายในสามวัน")
VISIT = (
    ("นัดหมายประธานกรรมการล่วงหน้า", ()),
    ("ตรวจนับเงินสดกับผู้จัดการ", ("ขอดูสมุดเงินสดของวันก่อน", "นับต่อหน้าผู้ถือเงินสองคน")),
    ("สรุปเรื่องที่พบให้คณะกรรมการฟัง", ()),
)
CHECKS = ("งบทดลองเดือนล่าสุด", "รายงานการประชุมครั้งก่อน", "ทะเบียนสมาชิก")
PROBLEMS = (
    ("ที่", "ปัญหา", "สาเหตุ", "แนวทางแก้ไข"),
    ("1", "เงินสดขาดบัญชี", "ไม่ได้ตรวจนับทุกวัน", "ให้กรรมการตรวจนับแบบไม่บอกล่วงหน้า"),
    ("2", "หนี้ค้างนาน", "ไม่ได้ติดตามลูกหนี้", "ทำแผนติดตามรายเดือน"),
)
HEADS = ("คำนำ", "บทบาทหน้าที่", "แนวทางการเยี่ยม", "รายการเอกสารที่ต้องใช้", "ปัญหาที่พบ")
LINES = (
    TITLE,
    PREFACE,
    *HEADS,
    *DUTIES,
    *(text for text, _ in VISIT),
    *(part for _, parts in VISIT for part in parts),
    *CHECKS,
    *(cell for row in PROBLEMS for cell in row),
)


def plain() -> str:
    """The handbook as a text file whose lines are as long as their paragraphs."""
    rows = [TITLE, OFFICE, YEAR, "", "คำนำ", "", PREFACE, "", "สารบัญ", "", "เรื่อง\tหน้า"]
    rows += [f"{head}\t{at}" for at, head in enumerate(HEADS, 1)]
    rows += ["", HEADS[1], "", *(f"{at}. {text}" for at, text in enumerate(DUTIES, 1)), "", HEADS[2], ""]
    for at, (text, parts) in enumerate(VISIT, 1):
        rows += [f"{at}. {text}", *(f"{letter}) {part}" for letter, part in zip("กข", parts, strict=False))]
    rows += ["", HEADS[3], "", *(f"☐ {text}" for text in CHECKS), "", HEADS[4], ""]
    rows += ["\t".join(row) for row in PROBLEMS]
    return "\n".join(rows) + "\n"


def styled() -> bytes:
    """Made with Word's styles: headings, lists that Word numbers, a real table, header and footer."""
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = f"คู่มือ {OFFICE}"
    document.sections[0].footer.paragraphs[0].text = "กลุ่มส่งเสริมสหกรณ์ ๑"
    document.add_paragraph(TITLE, "Title")
    document.add_paragraph(OFFICE)
    document.add_paragraph(YEAR)
    document.add_heading(HEADS[0], 1)
    document.add_paragraph(PREFACE)
    document.add_heading(HEADS[1], 1)
    for text in DUTIES:
        document.add_paragraph(text, "List Number")
    document.add_heading(HEADS[2], 2)
    for text, parts in VISIT:
        document.add_paragraph(text, "List Bullet")
        for part in parts:
            document.add_paragraph(part, "List Bullet 2")
    document.add_heading(HEADS[3], 1)
    for text in CHECKS:
        document.add_paragraph(f"☐ {text}")
    document.add_heading(HEADS[4], 1)
    _table(document, PROBLEMS)
    return _saved(document)


def bare() -> bytes:
    """No style at all: bold lines, typed Thai numbers, tabs, line breaks inside paragraphs."""
    document = docx.Document()
    for text in (TITLE, OFFICE, YEAR):
        _bold(document, text, 20)
    _bold(document, HEADS[0])
    document.add_paragraph(PREFACE)
    _bold(document, HEADS[1])
    document.add_paragraph("\n".join(f"{digit}. {text}" for digit, text in zip("๑๒๓", DUTIES, strict=True)))
    _bold(document, HEADS[2])
    for digit, (text, parts) in zip("๑๒๓", VISIT, strict=True):
        document.add_paragraph(f"{digit}.\t{text}")
        for letter, part in zip("กข", parts, strict=False):
            document.add_paragraph(f"\t({letter}) {part}")
    _bold(document, HEADS[3])
    for text in CHECKS:
        document.add_paragraph(f"– {text}")
    _bold(document, HEADS[4])
    for row in PROBLEMS[1:]:
        document.add_paragraph(f"{row[0]}) {row[1]} : {row[2]} : {row[3]}")
    document.add_paragraph(" : ".join(PROBLEMS[0]))
    return _saved(document)


def boxed() -> bytes:
    """Text boxes, a frame made of a table of one cell, a content control, a table with lists in its cells."""
    document = docx.Document()
    _box(document, (TITLE, OFFICE, YEAR))
    frame = document.add_table(1, 1).cell(0, 0)
    frame.paragraphs[0].add_run(HEADS[0]).bold = True
    frame.add_paragraph(PREFACE)
    _bold(document, HEADS[1])
    _control(document, [f"{at}) {text}" for at, text in enumerate(DUTIES, 1)])
    _bold(document, HEADS[2])
    _table(document, [("ขั้น", "สิ่งที่ทำ"), *((text, "\n".join(parts) or "-") for text, parts in VISIT)])
    _bold(document, HEADS[3])
    _box(document, [f"□ {text}" for text in CHECKS])
    _bold(document, HEADS[4])
    _table(document, PROBLEMS)
    return _saved(document)


def document(lines: Iterable[tuple[str, str | None, bool]], table: int = 4) -> bytes:
    """Paragraphs of (text, style, bold); of so many the last is in a table."""
    made = docx.Document()
    for at, (text, style, bold) in enumerate(lines):
        if table and at % table == table - 1:
            _table(made, [(text, text)])
        else:
            made.add_paragraph(style=style).add_run(text).bold = bold
    return _saved(made)


TYPST = """
#set page(header: [คู่มือของสำนักงานตัวอย่าง], footer: context align(center)[#counter(page).display()], height: 12cm)
#set text(font: "Sarabun", size: 11pt, lang: "th", features: (mark: 0, mkmk: 0))
#set heading(numbering: none)
"""


def typst_source() -> str:
    """The handbook for typst: several small pages with a header and page numbers."""
    lists = "\n".join(f"+ {text}" for text in DUTIES)
    visit = "\n".join(f"+ {text}\n" + "".join(f"  + {part}\n" for part in parts) for text, parts in VISIT)
    checks = "\n".join(f"- {text}" for text in CHECKS)
    problems = "\n\n".join(" ".join(row[1:]) for row in PROBLEMS)
    return f"""{TYPST}
= {TITLE}
{OFFICE}

{YEAR}
#pagebreak()
= {HEADS[0]}
{PREFACE} {PREFACE}
#pagebreak()
= {HEADS[1]}
{lists}
= {HEADS[2]}
{visit}
#pagebreak()
= {HEADS[3]}
{checks}
= {HEADS[4]}
{problems}
"""


def _saved(document: Any) -> bytes:
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def _bold(document: Any, text: str, size: int = 16) -> None:
    run = document.add_paragraph().add_run(text)
    run.bold = True
    run.font.size = Pt(size)


def _table(document: Any, rows: Iterable[Iterable[str]]) -> None:
    cells = [list(row) for row in rows]
    table = document.add_table(0, len(cells[0]))
    for row in cells:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text


def _box(document: Any, texts: Iterable[str]) -> None:
    """A text box as Word writes it: once for new programs, once more for old ones."""
    inner = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in texts)
    content = f"<w:txbxContent>{inner}</w:txbxContent>"
    spaces = (
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
        'xmlns:v="urn:schemas-microsoft-com:vml"'
    )
    xml = (
        f"<w:r {nsdecls('w')} {spaces}><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>{content}"
        f"</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{content}</v:textbox></w:pict>"
        "</mc:Fallback></mc:AlternateContent></w:r>"
    )
    document.add_paragraph()._p.append(parse_xml(xml))


def _control(document: Any, texts: Iterable[str]) -> None:
    inner = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in texts)
    document.element.body.insert(-1, parse_xml(f"<w:sdt {nsdecls('w')}><w:sdtContent>{inner}</w:sdtContent></w:sdt>"))
