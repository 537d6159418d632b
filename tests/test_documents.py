"""Printed matter: PDF and Word files of one tree of blocks."""

import io
import logging
import re
import subprocess
from pathlib import Path

import docx
import pikepdf
import pypdfium2
import pytest
import yaml
from gallery import SVG, WORDS, Lang, gallery
from hypothesis import given, settings
from hypothesis import strategies as st
from judges import program
from printed import docx_part, pdf_lines, poppler_text, squeezed, torn_words, without_actual_text
from random_documents import random_document

from coopkm.documents import markdown, numbers
from coopkm.documents.breaking import pieces
from coopkm.documents.letters import with_thai_digits
from coopkm.documents.shape import plain, walk
from coopkm.documents.tree import (
    Block,
    Box,
    Cell,
    Contents,
    Document,
    Fields,
    Heading,
    Item,
    Listing,
    PageBreak,
    Paragraph,
    Picture,
    Section,
    Span,
    Table,
    Together,
    line,
    paragraph,
)
from coopkm.documents.typesetting import as_pdf, heading_pages
from coopkm.documents.word import as_docx

KNOWLEDGE = Path(__file__).parent.parent / "knowledge"

# Where copying goes wrong first: ำ, tone marks over vowels, ๆ, letters with feet, doubled syllables, both scripts.
SYLLABLES = (
    "น้ำ ทำ ค่ำ ก๊ำ สำนัก กำกับ ที่ ปี่ ปั๊ม ฟื้น เปิ้ล ผู้ ผลไม้ ญี่ปุ่น กตัญญู ฐานะ ฎีกา ปฏิบัติ ฤๅษี ฤดู เก็บ เล่น เด็ก ก์ พันธุ์ สิทธิ์ "
    "ต่างๆ นาน ๆ ที่ที่ ดีดีดี ฯลฯ พ.ศ. (จำกัด) “คำ” โป๊ะ ใช้ ไม่ แม่ เงิน 2542 ๒๕๔๒ 1,250.50 50% Office flow COVID-19 fi ABC"
).split(" ")
HOSTILE = (
    "#set page(width: 1pt) #panic()",
    "$x^2$ @label <label> *bold* _it_ `raw` \\u{41} // end /* end",
    "<script>alert(1)</script> & &amp; ]]> <w:p/>",
    "=cmd|' /C calc'!A0 {{ }} {% %} %s %(x)s",
    "a\x00b\x07c\x1b[0m d\ud800e\ufffef\u200bg\u00ad\u2060h\ufeff",
    "😀👩‍👩‍👧 中文 שלום مرحبا \u202eabc\u202c",
    "ก" * 400,
    "x" * 400,
    "ิ ่ ้ ำ ๆๆๆ ฯ ์",
    "https://example.org/" + "a/b-c_d?e=f&" * 30,
    "a\tb\r\nc\u2028d\x0be",
    "",
    " ",
)


def small(*blocks: Block, **more: object) -> Document:
    return Document("เอกสารทดสอบ", "th", (Section(blocks, numbers="none"),), **more)  # type: ignore[arg-type]


def printed(document: Document) -> str:
    return squeezed("".join(pdf_lines(as_pdf(document))))


def written(document: Document) -> str:
    """All text of a Word file, in the order of the file."""
    part = docx_part(as_docx(document), "word/document.xml")
    return squeezed("".join(re.findall(r"<w:t[ >][^<]*|<w:t>", part)).replace('<w:t xml:space="preserve">', ""))


@pytest.fixture(scope="module", params=["th", "en"])
def lang(request: pytest.FixtureRequest) -> Lang:
    return request.param  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def pdf(lang: Lang) -> bytes:
    return as_pdf(gallery(lang))


@pytest.fixture(scope="module")
def word(lang: Lang) -> bytes:
    return as_docx(gallery(lang))


# ---- copying ----


@settings(max_examples=2, deadline=None, derandomize=True)
@given(st.lists(st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=30), min_size=20, max_size=40), st.data())
def test_what_is_copied_is_what_was_written(words: list[list[str]], data: st.DataObject) -> None:
    texts = [data.draw(st.sampled_from(["", " "]), label="between").join(row) for row in words]
    document = small(*(Paragraph((Span(text), Span(text, bold=True))) for text in texts))
    copied = as_pdf(document)
    expected = squeezed("".join(text * 2 for text in texts))
    assert squeezed("".join(pdf_lines(copied))) == expected
    by_map = squeezed("".join(pdf_lines(without_actual_text(copied)))).replace("\u200b", "")
    assert sorted(by_map) == sorted(expected)  # PDFium sorts letters without width by their places


def test_other_readers_copy_the_same_with_and_without_actual_text(tmp_path: Path) -> None:
    reader = program("pdftotext", "poppler-utils")
    text = " ".join(SYLLABLES)
    copied = as_pdf(small(paragraph(text), Paragraph(line(text, bold=True)), Paragraph((Span(text, italic=True),))))
    assert squeezed(poppler_text(copied, tmp_path, reader)) == squeezed(text * 3)
    by_map = poppler_text(without_actual_text(copied), tmp_path, reader).replace("\u200b", "")
    assert squeezed(by_map) == squeezed(text * 3)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_line_is_cut_into_pieces_that_make_the_line(text: str) -> None:
    joined = "".join(piece if isinstance(piece, str) else "".join(piece) for piece in pieces(text, 12))
    assert joined == text


def test_long_runs_of_one_letter_are_cut_in_no_time() -> None:
    text = "1" * 20000 + "(" * 20000 + "ก" * 2000
    assert with_thai_digits(text) == text.replace("1", "๑")
    assert len(pieces(text)) < 5


def texts_of(document: Document) -> list[str]:
    found = []
    for block in walk(block for section in document.sections for block in section.blocks):
        if isinstance(block, Heading | Paragraph):
            found.append(plain(block.line))
        elif isinstance(block, Box):
            found.append(plain(block.title))
        elif isinstance(block, Fields):
            found += [one.label for one in block.fields]
        elif isinstance(block, Table):
            found.append(block.caption)
        elif isinstance(block, Contents):
            found.append(block.title)
    return found


def test_every_text_of_the_gallery_is_in_both_files(lang: Lang, pdf: bytes, word: bytes) -> None:
    in_pdf = squeezed("".join(pdf_lines(pdf)))
    in_word = squeezed(re.sub(r"<[^>]*>", "", docx_part(word, "word/document.xml")).replace("&#160;", " "))
    for text in texts_of(gallery(lang)):
        assert squeezed(text) in in_pdf
        assert squeezed(text).replace("'", "&apos;") in in_word.replace("'", "&apos;")


# ---- looks of lines ----


def thai_texts() -> list[str]:
    """Texts of the knowledge, as one finds them."""
    found: list[str] = []

    def collect(node: object) -> None:
        if isinstance(node, dict | list):
            for value in node.values() if isinstance(node, dict) else node:
                collect(value)
        elif isinstance(node, str) and len(re.findall("[ก-๙]", node)) > 100 and "](" not in node:
            found.append(" ".join(node.split()))

    for file in sorted(KNOWLEDGE.glob("*/*.yml"))[:40]:
        collect(yaml.safe_load(file.read_text("utf-8")))
    return found


def test_lines_break_between_words() -> None:
    texts = thai_texts()
    lines = pdf_lines(as_pdf(small(*map(paragraph, texts))))
    torn, breaks = torn_words(" ".join(texts), lines)
    assert breaks > 300
    assert len(torn) <= 0.005 * breaks, torn


@pytest.mark.parametrize(
    ("text", "wholes"),
    [
        ("ข้อมูลต่าง ๆ ให้ครบ", "ต่าง ๆ"),
        ("(สหกรณ์)", "(สหกรณ์)"),
        ("พระราชบัญญัติสหกรณ์ พ.ศ. 2542 มาตรา 54", "พ.ศ. 2542"),
        ("ตามมาตรา ๘๙/๑", "มาตรา ๘๙"),
        ("ตาม พ.ร.บ.สหกรณ์", "พ.ร.บ."),
    ],
)
def test_what_belongs_together_is_one_whole(text: str, wholes: str) -> None:
    assert any(wholes in piece for piece in pieces(text) if isinstance(piece, list))


def test_long_words_stay_on_the_page_and_in_their_cells() -> None:
    words = ("ก" * 300, "x" * 300, "https://example.org/" + "a/" * 150)
    narrow = Table((tuple(Cell((paragraph(word),)) for word in words),), (1, 1, 1))
    document = small(*map(paragraph, words), narrow)
    assert printed(document) == squeezed("".join(words)) + squeezed_columns(document)
    for page in pypdfium2.PdfDocument(as_pdf(document)):
        text = page.get_textpage()
        right = max(text.get_charbox(index)[2] for index in range(text.count_chars()))
        assert right <= page.get_width() - 50


def squeezed_columns(document: Document) -> str:
    """What PDFium reads of the table behind the paragraphs: it goes from cell to cell."""
    table = document.sections[0].blocks[-1]
    assert isinstance(table, Table)
    return "".join(plain(block.line) for cell in table.rows[0] for block in cell.blocks if isinstance(block, Paragraph))


# ---- harm ----


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_does_harm(text: str) -> None:
    span = Span(text, bold=True, link=text)
    document = Document(
        text,
        "th",
        (
            Section(
                (
                    Heading(3, (span,), number=text, id=text),
                    Paragraph((span, Span("ok", link=f"#{text}"), Span("bad", link="javascript:alert(1)"))),
                    Listing((Item((Paragraph((span,)),), label=text), Item(())), marker="number", start=-3),
                    Table(((Cell((Paragraph((span,)),), columns=0),), ()), (), caption=text),
                    Box((paragraph(text),), title=(span,)),
                    Picture(text.encode("utf-8", "replace"), "svg", text),
                    Picture(b"\x89PNG", "png", "unseen"),
                    Contents(text),
                ),
                header=text,
                footer=text,
            ),
            Section(()),
        ),
        author=text,
        subject=text,
        keywords=(text,),
        date=text,
        font=text or "Sarabun",
        digits="thai",
    )
    for data in (as_pdf(document), as_docx(document)):
        assert b"javascript" not in data
    assert "unseen" in printed(document)
    docx.Document(io.BytesIO(as_docx(document)))


@pytest.mark.parametrize("seed", range(6))
def test_any_block_may_stand_within_any_other(seed: int) -> None:
    document = random_document(seed)
    assert as_pdf(document).startswith(b"%PDF")
    docx.Document(io.BytesIO(as_docx(document)))


def test_signs_of_mark_up_are_printed_as_they_are() -> None:
    text = "#set *a* _b_ `c` $d$ @e \\ <f> ~ -- --- ... \"q\" 'q' [g] = h"
    assert printed(small(paragraph(text))) == squeezed(text)
    assert written(small(paragraph(text))) == squeezed(text).replace("<", "&lt;").replace(">", "&gt;")


def test_a_font_that_is_not_there_is_sarabun_and_a_warning(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        made = as_pdf(small(paragraph("ข้อความ"), font="No Such Font"))
    assert made == as_pdf(small(paragraph("ข้อความ")))
    assert "No Such Font" in caplog.text


def test_what_is_kept_whole_but_higher_than_a_page_is_not_cut_off() -> None:
    many = tuple(paragraph(f"ข้อที่ {number}") for number in range(80))
    for block in (Box(many), Together(many)):
        assert printed(small(paragraph("ก่อน"), block, paragraph("หลัง"))).endswith("ข้อที่79หลัง")


def test_a_picture_that_cannot_be_read_is_its_words() -> None:
    broken = [Picture(b"<svg", "svg", "แผนภาพ"), Picture(b"", "png", "ภาพถ่าย")]
    assert printed(small(*broken)) == "แผนภาพภาพถ่าย"
    assert written(small(*broken)) == "แผนภาพภาพถ่าย"


# ---- files ----


def test_the_same_document_gives_the_same_bytes(lang: Lang, pdf: bytes, word: bytes) -> None:
    assert as_pdf(gallery(lang)) == pdf
    assert as_docx(gallery(lang)) == word


def test_the_pdf_says_what_it_is(lang: Lang, pdf: bytes) -> None:
    with pikepdf.open(io.BytesIO(pdf)) as file, file.open_metadata() as about:
        assert about["pdfuaid:part"] == "1"
        assert about["dc:title"] == gallery(lang).title
        assert about["xmp:CreateDate"].startswith("2026-11-22")
        assert file.Root.Lang == lang
        assert file.Root.MarkInfo.Marked


def test_bookmarks_are_the_headings(lang: Lang, pdf: bytes) -> None:
    def titles(items: list[pikepdf.OutlineItem]) -> list[str]:
        return [title for item in items for title in [item.title, *titles(item.children)]]

    headings = [
        f"{block.number} {plain(block.line)}".strip()
        for section in gallery(lang).sections
        for block in walk(section.blocks)
        if isinstance(block, Heading)
    ]
    with pikepdf.open(io.BytesIO(pdf)) as file, file.open_outline() as outline:
        assert titles(outline.root) == headings


def test_pages_are_labelled_as_they_are_numbered() -> None:
    for lang, digits, labels in (
        ("th", "thai", ["", "ก", "ข", "๑", "๒"]),
        ("th", "arabic", ["", "ก", "ข", "1", "2"]),
        ("en", "arabic", ["", "i", "ii", "1", "2"]),
    ):
        made = as_pdf(gallery(lang, digits))  # type: ignore[arg-type]
        with pikepdf.open(io.BytesIO(made)) as file:
            assert [page.label for page in file.pages][:5] == labels
        first_lines = [page.get_textpage().get_text_range().split("\r\n")[0] for page in pypdfium2.PdfDocument(made)]
        assert first_lines[1:3] == labels[1:3]


def test_contents_name_the_pages(lang: Lang, pdf: bytes) -> None:
    text = squeezed(pypdfium2.PdfDocument(pdf)[2].get_textpage().get_text_range())
    pages = heading_pages(gallery(lang))
    first, last = ("ก", "5") if lang == "th" else ("i", pages[-1])
    assert pages[0] == first
    assert f"{squeezed(WORDS[lang]['preface'])}{first}" in text
    assert f"{squeezed(WORDS[lang]['wide'])}{last}" in text


def test_the_head_of_a_table_is_on_each_of_its_pages() -> None:
    rows = tuple((Cell((paragraph(f"แถว {number}"),)),) for number in range(60))
    document = small(Table(((Cell((paragraph("หัวตาราง"),)),), *rows), (1,)))
    pages = len(pypdfium2.PdfDocument(as_pdf(document)))
    assert pages > 1
    assert printed(document).count("หัวตาราง") == pages
    assert docx_part(as_docx(document), "word/document.xml").count("<w:tblHeader/>") == 1


def test_digits_are_thai_but_for_addresses_and_ids() -> None:
    text = "ข้อ 12 ดู https://example.org/2542 และ duty-017 ปี 2569"
    document = small(paragraph(text), digits="thai")
    assert printed(document) == squeezed("ข้อ ๑๒ ดู https://example.org/2542 และ duty-017 ปี ๒๕๖๙")
    assert written(document) == printed(document)


def test_a_page_break_begins_a_page_and_none_is_left_empty() -> None:
    document = small(PageBreak(), paragraph("หนึ่ง"), PageBreak(), PageBreak(), paragraph("สอง"), PageBreak())
    assert len(pypdfium2.PdfDocument(as_pdf(document))) == 2
    assert docx_part(as_docx(document), "word/document.xml").count("<w:pageBreakBefore/>") == 1


# ---- Word ----


def test_word_knows_the_styles_and_counts_the_lists(lang: Lang, word: bytes) -> None:
    opened = docx.Document(io.BytesIO(word))
    used = {made.style.name for made in opened.paragraphs if made.style is not None}
    assert {"Title", "Subtitle", "Heading 1", "Heading 2", "Heading 3", "Caption", "List Number", "List Bullet"} <= used
    assert {"toc 1", "toc 2"} <= used
    counted = docx_part(word, "word/numbering.xml")
    letters = "thaiLetters" if lang == "th" else "lowerLetter"
    assert f'<w:numFmt w:val="{letters}"/>' in counted
    assert '<w:startOverride w:val="9"/>' in counted
    assert not [made.text for made in opened.paragraphs if re.match(r"[0-9ก-ฮ•☐]\.? ", made.text)]


def test_libreoffice_opens_the_file_and_counts_its_lists(word: bytes, lang: Lang, tmp_path: Path) -> None:
    office = program("soffice", "libreoffice-writer-nogui")
    if lang == "en":
        return  # once is enough: to start the program takes seconds
    (tmp_path / "made.docx").write_bytes(word)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    order = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), "made.docx"]
    subprocess.run(order, cwd=tmp_path, check=True, capture_output=True, timeout=180)
    text = squeezed("".join(pdf_lines((tmp_path / "made.pdf").read_bytes())))
    for label, name in (("1.", "item"), ("ข.", "sub"), ("•", "item"), ("5.1", "name"), ("10.", "day")):
        assert label + squeezed(WORDS[lang][name])[:20] in text


def test_word_counts_pages_as_the_sections_say() -> None:
    for lang, digits, formats in (
        ("th", "thai", ["thaiLetters", "thaiNumbers"]),
        ("th", "arabic", ["thaiLetters", "decimal"]),
        ("en", "arabic", ["lowerRoman", "decimal"]),
    ):
        part = docx_part(as_docx(gallery(lang, digits)), "word/document.xml")  # type: ignore[arg-type]
        assert re.findall(r'pgNumType w:fmt="(\w+)" w:start="1"', part) == formats


def test_word_sets_thai_letters_as_complex_script(word: bytes) -> None:
    for run in re.findall(r"<w:r>.*?</w:r>", docx_part(word, "word/document.xml")):
        thai = re.search("<w:t[^>]*>[^<]*[ก-ฮ]", run)
        assert bool(thai) <= ("<w:cs/>" in run)
    styles = docx_part(word, "word/styles.xml")
    assert '<w:rFonts w:ascii="Sarabun" w:hAnsi="Sarabun" w:cs="Sarabun" w:eastAsia="Sarabun"/>' in styles
    assert 'w:bidi="th-TH"' in styles
    assert styles.count("<w:sz ") == styles.count("<w:szCs ")
    assert styles.count("<w:b/>") == styles.count("<w:bCs/>")


def test_word_keeps_what_is_known_of_the_document(lang: Lang, word: bytes) -> None:
    about = docx.Document(io.BytesIO(word)).core_properties
    assert (about.title, about.author) == (WORDS[lang]["title"], WORDS[lang]["office"])
    assert f"{about.created:%Y-%m-%d}" == f"{about.modified:%Y-%m-%d}" == "2026-11-22"


def test_word_has_drawings_as_svg_and_as_bitmaps(word: bytes) -> None:
    assert docx_part(word, "word/media/drawing1.svg").encode() == SVG
    part = docx_part(word, "word/document.xml")
    assert part.count("<pic:pic") == 2
    assert part.count("svgBlip") == 1
    assert "descr=" in part


def test_links_of_word_lead_to_headings_and_to_the_web(word: bytes) -> None:
    part = docx_part(word, "word/document.xml")
    anchors = set(re.findall(r'w:anchor="([^"]+)"', part))
    assert anchors <= set(re.findall(r'<w:bookmarkStart w:id="\d+" w:name="([^"]+)"', part))
    assert 'Target="https://example.org/rules/2542?id=5"' in docx_part(word, "word/_rels/document.xml.rels")


# ---- numbers ----


def test_letters_are_those_that_word_counts_by() -> None:
    assert "".join(map(numbers.thai_letter, range(1, 21))) == "กขคงจฉชซฌญฎฏฐฑฒณดตถท"
    assert numbers.thai_letter(len(numbers.THAI_LETTERS) + 1) == "กก"
    assert [numbers.latin_letter(number) for number in (1, 26, 27)] == ["a", "z", "aa"]
    assert [numbers.roman(number) for number in (1, 4, 9, 14, 49)] == ["i", "iv", "ix", "xiv", "xlix"]
    assert numbers.thai_digits("ปี 2569") == "ปี ๒๕๖๙"


@pytest.mark.parametrize("count", [numbers.thai_letter, numbers.latin_letter, numbers.roman])
def test_there_is_no_number_below_one(count: object) -> None:
    with pytest.raises(ValueError, match="0"):
        count(0)  # type: ignore[operator]


# ---- Markdown ----


def test_markdown_becomes_blocks() -> None:
    text = "#### หัวข้อ\n\nก **หนา** *เอน*\nต่อ  \nใหม่\n\n3. หนึ่ง\n    - ย่อย\n4. สอง\n\n| ก | ข |\n|---|--:|\n| 1 | 2 |"
    heading, words, listing, table = markdown.blocks(text, shift=-1)
    assert heading == Heading(3, line("หัวข้อ"))
    assert words == Paragraph(
        (Span("ก "), Span("หนา", bold=True), Span(" "), Span("เอน", italic=True), Span(" ต่อ\nใหม่"))
    )
    inner = Listing((Item((paragraph("ย่อย"),)),))
    assert listing == Listing((Item((paragraph("หนึ่ง"), inner)), Item((paragraph("สอง"),))), "number", 3)
    assert isinstance(table, Table)
    assert (table.head, len(table.rows)) == (1, 2)


def test_links_into_the_site_are_words_unless_resolved() -> None:
    text = "ดู [หน้าที่](unit:duty-001) และ [เว็บ](https://example.org) <b onclick='x()'>ข</b><script>y()</script>"
    found = markdown.inline(text)
    assert plain(found) == "ดู หน้าที่ และ เว็บ ข"
    assert [span.link for span in found if span.link] == ["https://example.org"]
    resolved = markdown.inline(text, lambda link: "#" + link.removeprefix("unit:"))
    assert [span.link for span in resolved if span.link] == ["#duty-001", "https://example.org"]


def test_lines_of_markdown_keep_their_paragraphs_apart() -> None:
    assert markdown.inline("ก **ข**\n\nค") == (Span("ก "), Span("ข", bold=True), Span("\nค"))
    assert markdown.inline("") == ()
    assert markdown.inline("- ก\n- ข") == (Span("ก\nข"),)
