"""A document with every block in it, in Thai and in English: what tests and eyes look at."""

import struct
import zlib
from typing import Literal

from coopkm.documents.tree import (
    Blank,
    Block,
    Box,
    Cell,
    Contents,
    Document,
    Field,
    Fields,
    Heading,
    Item,
    Line,
    Listing,
    PageBreak,
    Paragraph,
    Picture,
    Rule,
    Section,
    Space,
    Span,
    Table,
    Together,
    line,
    paragraph,
)

Lang = Literal["th", "en"]

WORDS: dict[Lang, dict[str, str]] = {
    "th": {
        "title": "คู่มือการส่งเสริมสหกรณ์",
        "subtitle": "สำหรับนักวิชาการสหกรณ์ ฉบับทดสอบการพิมพ์",
        "office": "กรมส่งเสริมสหกรณ์",
        "contents": "สารบัญ",
        "preface": "คำนำ",
        "chapter": "การเข้าร่วมประชุมใหญ่สามัญประจำปีและการให้คำแนะนำแก่คณะกรรมการดำเนินการสหกรณ์",
        "number": "บทที่ 1",
        "section": "ก่อนวันประชุม",
        "deep": "เอกสารที่ต้องตรวจ",
        "body": "สหกรณ์ต้องจัดให้มีการประชุมใหญ่สามัญปีละหนึ่งครั้งภายใน 150 วันนับแต่วันสิ้นปีทางบัญชีของสหกรณ์ "
        "ตามมาตรา 54 แห่งพระราชบัญญัติสหกรณ์ พ.ศ. 2542 และที่แก้ไขเพิ่มเติม เจ้าหน้าที่ส่งเสริมสหกรณ์จึงควรทราบกำหนดวันล่วงหน้า "
        "และเตรียมข้อมูลต่าง ๆ ให้ครบถ้วน เช่น งบการเงิน รายงานของผู้สอบบัญชี ระเบียบวาระ และข้อสังเกตจากการตรวจการสหกรณ์ "
        "เพื่อให้ที่ประชุมรับทราบสิทธิและหน้าที่ของสมาชิก ทั้งนี้ ผู้เข้าประชุมไม่พึงชี้นำการลงมติ",
        "lead": "เรื่องนี้ช่วยให้ท่านเข้าร่วมประชุมใหญ่ของสหกรณ์ได้อย่างมั่นใจ",
        "note": "ข้อมูลปรับปรุงล่าสุด 22 พฤศจิกายน 2569",
        "small": "ตัวพิมพ์เล็กสำหรับหมายเหตุท้ายหน้า ปั๊มน้ำ ที่ปรึกษา ญี่ปุ่น ฐานะ กตัญญู",
        "item": "ตรวจว่าหนังสือเชิญประชุมส่งถึงสมาชิกไม่น้อยกว่า 7 วันก่อนวันประชุม และแนบเอกสารครบทุกฉบับ",
        "sub": "จำนวนสมาชิกที่ต้องมาประชุมจึงจะเป็นองค์ประชุม",
        "column": "รายการ",
        "amount": "จำนวนเงิน (บาท)",
        "remark": "หมายเหตุ",
        "row": "ค่าใช้จ่ายในการจัดประชุมใหญ่",
        "total": "รวมทั้งสิ้น",
        "caption": "ตารางที่ 1 ประมาณการค่าใช้จ่าย",
        "box": "ควรรู้",
        "warning": "ข้อควรระวัง: อย่าลงมติแทนสมาชิก",
        "answer": "แนวคำตอบ",
        "card": "บัตรคำ",
        "plain": "กรอบธรรมดา",
        "name": "ชื่อสหกรณ์",
        "day": "วันที่",
        "sign": "ลงชื่อ",
        "link": "ระเบียบนายทะเบียนสหกรณ์",
        "alt": "แผนภาพขั้นตอนสามขั้น",
        "wide": "ภาคผนวก: แบบบันทึกแนวนอน",
        "header": "คู่มือการส่งเสริมสหกรณ์",
        "footer": "กรมส่งเสริมสหกรณ์ กระทรวงเกษตรและสหกรณ์",
    },
    "en": {
        "title": "Cooperative promotion handbook",
        "subtitle": "For cooperative officers, printing test edition",
        "office": "Cooperative Promotion Department",
        "contents": "Contents",
        "preface": "Preface",
        "chapter": "Attending the annual general meeting and giving advice to the board of directors",
        "number": "Chapter 1",
        "section": "Before the day of the meeting",
        "deep": "Documents to check",
        "body": "A cooperative holds an ordinary general meeting once a year, within 150 days of the end of its "
        "accounting year, under section 54 of the Cooperatives Act B.E. 2542 (1999) as amended. The officer learns "
        "the date in advance and prepares what is needed: financial statements, the auditor's report, the agenda "
        "and the findings of the last inspection, so that members (สมาชิก) know their rights and duties.",
        "lead": "This page helps you attend a general meeting (ประชุมใหญ่) with confidence.",
        "note": "Last reviewed 22 November 2026",
        "small": "Small type for remarks at the foot of a page.",
        "item": "Check that the notice reached the members at least 7 days before the meeting, with all documents",
        "sub": "How many members make a quorum",
        "column": "Item",
        "amount": "Amount (baht)",
        "remark": "Remark",
        "row": "Cost of the general meeting",
        "total": "Total",
        "caption": "Table 1: Estimated cost",
        "box": "Good to know",
        "warning": "Caution: never vote for a member",
        "answer": "Model answer",
        "card": "Card",
        "plain": "A plain frame",
        "name": "Cooperative",
        "day": "Date",
        "sign": "Signature",
        "link": "Regulation of the Registrar",
        "alt": "Picture of three steps",
        "wide": "Annex: a wide form",
        "header": "Cooperative promotion handbook",
        "footer": "Cooperative Promotion Department, Ministry of Agriculture and Cooperatives",
    },
}

SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 80" width="300" height="80">'
    b'<g fill="#eef4f1" stroke="#1b6b4a" stroke-width="2"><rect x="5" y="15" width="80" height="50"/>'
    b'<rect x="110" y="15" width="80" height="50"/><rect x="215" y="15" width="80" height="50"/></g>'
    b'<g font-family="Sarabun" font-size="18" text-anchor="middle"><text x="45" y="46">1</text>'
    b'<text x="150" y="46">2</text><text x="255" y="46">3</text></g></svg>'
)


def png(width: int = 60, height: int = 20) -> bytes:
    """A small green picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + b"\x1b\x6b\x4a" * width for _ in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def gallery(lang: Lang, digits: Literal["arabic", "thai"] = "arabic") -> Document:
    """Every block of the tree at least once, in three sections that count their pages each in its way."""
    word = WORDS[lang]
    return Document(
        title=word["title"],
        lang=lang,
        sections=(
            Section(_cover(word), numbers="none"),
            Section(_front(word), numbers="letters", restart=True),
            Section(_main(word), numbers="digits", restart=True, header=word["header"], footer=word["footer"]),
            Section(_annex(word), numbers="digits", header=word["header"], footer=word["footer"], landscape=True),
        ),
        author=word["office"],
        subject=word["subtitle"],
        date="2026-11-22",
        digits=digits,
        keywords=(word["section"], word["column"]),
    )


def _cover(word: dict[str, str]) -> tuple[Block, ...]:
    return (
        Space(60),
        Paragraph(line(word["title"]), align="center", style="title"),
        Paragraph(line(word["subtitle"]), align="center", style="subtitle"),
        Space(80),
        Paragraph(line(word["office"]), align="center"),
    )


def _front(word: dict[str, str]) -> tuple[Block, ...]:
    return (
        Heading(1, line(word["preface"]), id="preface"),
        Paragraph(line(word["body"]), indent=True),
        Paragraph(line(word["office"]), align="right"),
        PageBreak(),
        Contents(word["contents"], depth=2),
    )


def _looks(word: dict[str, str]) -> Line:
    return (
        Span(word["section"], bold=True),
        Span(" "),
        Span(word["deep"], italic=True),
        Span(" "),
        Span(word["box"], bold=True, italic=True),
        Span("\n"),
        Span(word["link"], link="https://example.org/rules/2542?id=5"),
        Span(" "),
        Span(word["preface"], link="#preface"),
        Span(" "),
        Span(word["small"], small=True),
    )


def _main(word: dict[str, str]) -> tuple[Block, ...]:
    nested = Listing((Item((paragraph(word["sub"]),)), Item((paragraph(word["sub"]),))), marker="letter")
    return (
        Heading(1, line(word["chapter"]), number=word["number"], id="one"),
        Paragraph(line(word["lead"]), style="lead"),
        paragraph(word["body"]),
        Heading(2, line(word["section"]), number="1.1"),
        Paragraph(_looks(word)),
        Listing((Item((paragraph(word["item"]), nested)), Item((paragraph(word["sub"]),))), marker="number"),
        Heading(3, line(word["deep"])),
        Listing((Item((paragraph(word["item"]),)), Item((paragraph(word["sub"]),)))),
        Listing((Item((paragraph(word["item"]),)), Item((paragraph(word["sub"]),))), marker="box"),
        Listing((Item((paragraph(word["name"]),)), Item((paragraph(word["day"]),))), marker="radio"),
        Listing((Item((paragraph(word["name"]),), label="5.1"), Item((paragraph(word["day"]),))), marker="none"),
        Listing((Item((paragraph(word["name"]),)), Item((paragraph(word["day"]),))), marker="number", start=9),
        Paragraph(line(word["note"]), style="note"),
        Paragraph(line(word["small"]), style="small"),
        _table(word, 3),
        *(
            Box((paragraph(word["body"]),), title=line(word[kind]), kind=name)
            for kind, name in (
                ("plain", "plain"),
                ("box", "note"),
                ("warning", "warning"),
                ("answer", "answer"),
                ("card", "card"),
            )
        ),
        Rule(),
        Together((Fields((Field(word["name"], 0.6), Field(word["day"], 0.4))), Fields((Field(word["sign"], 0.5),)))),
        Blank(3),
        Picture(SVG, "svg", word["alt"], width=120),
        Picture(png(), "png", word["alt"], width=40, align="left"),
    )


def _table(word: dict[str, str], rows: int) -> Table:
    head = tuple(Cell((paragraph(word[name]),), align="center") for name in ("column", "amount", "remark"))
    body = tuple(
        (
            Cell((paragraph(word["row"]),)),
            Cell((paragraph(f"{1250 * number:,}.00"),), align="right"),
            Cell((paragraph(word["sub"]),)),
        )
        for number in range(1, rows + 1)
    )
    total = (Cell((paragraph(word["total"]),), columns=2), Cell())
    return Table((head, *body, total), (3, 1.6, 2), caption=word["caption"])


def _annex(word: dict[str, str]) -> tuple[Block, ...]:
    head = tuple(Cell((paragraph(word[name]),), align="center") for name in ("day", "column", "amount", "remark"))
    empty = (Cell(), Cell(), Cell(), Cell())
    layout = ((Cell((paragraph(word["name"]),)), Cell((paragraph(word["sign"]),), align="center")),)
    return (
        Heading(1, line(word["wide"])),
        Table((head, *[empty] * 14), (1, 3, 2, 2), row_height=10),
        Table(layout, (1, 1), head=0, ruled=False),
        _table(word, 14),
    )
