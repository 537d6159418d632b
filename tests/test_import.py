"""Bringing in what an office has: nothing is lost, nothing is changed unsaid, the drafts can be worked with."""

import html
import io
import re
import shutil
import zipfile
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import fontpkg_sarabun
import import_files
import pikepdf
import pytest
import typst
import yaml
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from coopkm.checks import check_library
from coopkm.cli.main import cli
from coopkm.errors import CannotGoOn
from coopkm.imports.folder import Brought, bring_in, read_source
from coopkm.imports.labels import label_of
from coopkm.imports.outline import Outline, outline_of
from coopkm.imports.plain import read_plain
from coopkm.imports.project import Known
from coopkm.imports.sections import Piece
from coopkm.imports.word_package import W
from coopkm.library import read_library
from coopkm.model.terms import Misprint
from coopkm.problems import has_errors

DAY = date(2026, 11, 29)
MISPRINTS = (Misprint(id="coop", wrong="สภรณ์", right="สหกรณ์", certainty="sure"),)


def brought(raw: bytes | str, name: str = "book.txt", lang: str = "en", known: Known | None = None) -> Brought:
    raw = raw.encode("utf-8") if isinstance(raw, str) else raw
    return bring_in(read_source(raw, name), "book", known or Known(MISPRINTS, listed=True), DAY, lang)


def outline(text: str) -> Outline:
    return outline_of(read_plain(text.encode("utf-8"), "book.txt"))


def shape(text: str) -> list[tuple[str, list[str]]]:
    """Each heading with its points; parts of a point are indented."""
    return [(section.title, points(section.pieces)) for section in outline(text).sections]


def points(pieces: Iterable[Piece]) -> list[str]:
    return [line for piece in pieces for line in (piece.text, *(f"  {part.text}" for part in piece.parts))]


def drafts(done: Brought) -> dict[str, dict[str, Any]]:
    """Id of a draft without the document's name -> its fields."""
    found = [yaml.safe_load(text) for path, text in done.files.items() if path.startswith("drafts/")]
    return {fields["id"].removeprefix("book-"): fields for fields in found}


def thai(value: Any) -> Iterable[str]:
    """All Thai texts, as a reader sees them."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name == "th":
                yield re.sub(r"\\([^\w\s])", r"\1", html.unescape(inner))
            else:
                yield from thai(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from thai(inner)


def holds(done: Brought) -> str:
    """Everything that a person finds in drafts, registry and report, without spaces."""
    texts = [text for fields in drafts(done).values() for text in thai(fields)]
    texts += thai(yaml.safe_load(done.files["sources.yml"]))
    return "".join("".join([*texts, done.files["report.md"]]).split())


def lay(done: Brought, root: Path) -> Path:
    """A fresh project that has nothing but what was brought in."""
    for path, text in done.files.items():
        target = root / "knowledge" / path
        if path == "sources.yml" or path.startswith("drafts/"):
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
    return root


def errors(root: Path) -> list[str]:
    library, found = read_library(root)
    problems = [*found, *check_library(library, DAY)]
    return [f"{one.place} {one.code}" for one in problems if has_errors([one])]


@cache
def handbook(name: str) -> bytes:
    if name == "paged.pdf":
        fonts = str(Path(fontpkg_sarabun.__file__).parent)
        return bytes(typst.compile(import_files.typst_source().encode(), font_paths=[fonts]))
    makers = {"styled.docx": import_files.styled, "bare.docx": import_files.bare, "boxed.docx": import_files.boxed}
    return makers[name]() if name in makers else import_files.plain().encode("utf-8")


HANDBOOKS = ("styled.docx", "bare.docx", "boxed.docx", "plain.txt", "paged.pdf")


# --- handbooks of different make


@pytest.mark.parametrize("name", HANDBOOKS)
def test_every_line_of_a_handbook_is_found_again(name: str) -> None:
    done = brought(handbook(name), name)
    found = holds(done)
    assert [line for line in import_files.LINES if "".join(line.split()) not in found] == []


@pytest.mark.parametrize("name", HANDBOOKS)
def test_headings_become_drafts_of_the_kind_that_they_name(name: str) -> None:
    kinds = {fields["kind"] for fields in drafts(brought(handbook(name), name)).values()}
    assert kinds == {"background", "duty", "guideline", "checklist", "problem"}


@pytest.mark.parametrize("name", HANDBOOKS)
def test_points_and_their_parts_keep_their_order(name: str) -> None:
    guideline = drafts(brought(handbook(name), name))["guideline-1"]
    texts = [text for point in guideline["points"] for text in thai(point)]
    texts = [text.removeprefix("สิ่งที่ทำ: ") for text in texts]
    assert texts == [line for text, parts in import_files.VISIT for line in (text, *parts)]


@pytest.mark.parametrize("name", HANDBOOKS)
def test_the_drafts_pass_the_checks_of_a_fresh_project(name: str, tmp_path: Path) -> None:
    assert errors(lay(brought(handbook(name), name), tmp_path)) == []


@pytest.mark.parametrize("name", ["styled.docx", "boxed.docx", "plain.txt"])
def test_a_row_of_a_table_of_problems_is_a_problem_with_its_cause_and_cure(name: str) -> None:
    first = drafts(brought(handbook(name), name))["problem-1"]
    assert first["title"]["th"] == "เงินสดขาดบัญชี"
    assert [list(thai(first[field])) for field in ("causes", "remedy")] == [
        ["ไม่ได้ตรวจนับทุกวัน"],
        ["ให้กรรมการตรวจนับแบบไม่บอกล่วงหน้า"],
    ]


@pytest.mark.parametrize("name", HANDBOOKS)
def test_title_office_and_year_are_taken_from_the_cover(name: str) -> None:
    registry = yaml.safe_load(brought(handbook(name), name).files["sources.yml"])
    document = registry["documents"][0]
    assert document["title"]["th"].startswith(import_files.TITLE)
    assert (document["publisher"]["th"], document["year"]) == (import_files.OFFICE, 2568)


def test_a_point_cites_the_line_and_page_that_it_came_from() -> None:
    done = brought(handbook("paged.pdf"), "paged.pdf")
    point = drafts(done)["duty-1"]["points"][1]
    items = {row["key"]: row for row in yaml.safe_load(done.files["sources.yml"])["items"]}
    item = items[point["sources"][0]]
    assert done.files["text.txt"].splitlines()[item["line"] - 1].endswith(point["text"]["th"])
    assert "หน้า 3" in item["cite"]["th"]
    assert "page 3" in done.files["report.md"]


def test_headers_and_page_numbers_go_to_the_report_and_into_no_draft() -> None:
    done = brought(handbook("paged.pdf"), "paged.pdf")
    assert done.files["report.md"].count("คู่มือของสำนักงานตัวอย่าง") == 4
    assert "### Page numbers" in done.files["report.md"]
    assert "คู่มือของสำนักงานตัวอย่าง" not in "".join(text for fields in drafts(done).values() for text in thai(fields))


def test_the_same_document_makes_the_same_files() -> None:
    raw = import_files.styled()
    assert brought(raw, "a.docx").files == brought(raw, "a.docx").files


def test_a_tracked_deletion_is_not_brought_in_and_told() -> None:
    old = b"<w:del><w:r><w:delText>xxx</w:delText></w:r></w:del><w:ins><w:r><w:t>new words</w:t></w:r></w:ins>"
    done = brought(changed(handbook("styled.docx"), b"<w:sectPr", b"<w:p>" + old + b"</w:p><w:sectPr"), "a.docx")
    assert "newwords" in holds(done)
    assert "xxx" not in holds(done)
    assert "deleted under change tracking" in done.files["report.md"]


def test_numbers_that_word_counts_are_written_out() -> None:
    text = brought(handbook("styled.docx"), "a.docx").files["text.txt"]
    assert [f"{at}. {duty}" in text for at, duty in enumerate(import_files.DUTIES, 1)] == [True] * 3


# --- text files


@pytest.mark.parametrize(
    ("codec", "mark", "shown"),
    [
        ("utf-8", b"", "UTF-8"),
        ("utf-8", b"\xef\xbb\xbf", "UTF-8 (BOM)"),
        ("utf-16-le", b"\xff\xfe", "UTF-16"),
        ("utf-16-be", b"\xfe\xff", "UTF-16"),
        ("utf-16-le", b"", "UTF-16"),
        ("utf-16-be", b"", "UTF-16"),
        ("cp874", b"", "Windows-874"),
        ("tis-620", b"", "TIS-620"),
    ],
)
def test_a_text_file_is_read_in_any_encoding_of_thai_offices(codec: str, mark: bytes, shown: str) -> None:
    quoted = "“ข้อความ”" if codec != "tis-620" else '"ข้อความ"'
    text = import_files.plain().replace("☐", "-") + quoted + "\n"
    source = read_source(mark + text.encode(codec), "a.txt")
    assert (source.edition().rstrip(), source.encoding) == (text.rstrip(), shown)


def test_broken_lines_are_joined_thai_without_a_space_and_latin_without_its_hyphen() -> None:
    words = "เจ้าหน้าที่ส่งเสริมสหกรณ์ออกไปเยี่ยมสหกรณ์ในพื้นที่ของตนเป็นประจำทุกเดือนและ"
    lines = [f"{words}นำเรื่องที่พบไป", *[f"{words}ทำต่อไปอีก"] * 8, f"{words}ใช้ระบบ coopera-", "tive ได้"]
    [section] = outline("หัวเรื่อง\n\n" + "\n".join(lines) + "\n").sections
    [piece] = section.pieces
    assert " ".join(piece.text.split()) == "".join(lines[:-2]) + f"{words}ใช้ระบบ cooperative ได้"


def test_lines_that_became_paragraphs_of_word_are_joined() -> None:
    words = "เจ้าหน้าที่ส่งเสริมสหกรณ์ออกไปเยี่ยมสหกรณ์ในพื้นที่ของตนเป็นประจำทุกเดือนและ"
    lines = ["งานที่ทำ", "", *[words] * 9, "จบ"]
    draft = drafts(brought(import_files.document([(line, None, False) for line in lines], table=0), "a.docx"))
    assert list(thai(draft["background-1"]["points"])) == [words * 9 + "จบ"]


def test_page_numbers_and_headers_of_a_text_file_are_told_by_their_order() -> None:
    pages = [f"คู่มือสำนักงาน\n\nข้อความของหน้านี้ซึ่งไม่เหมือนหน้าอื่น {word}\n\n- {at} -\n" for at, word in enumerate("กขคง", 1)]
    found = outline("\n".join(pages))
    assert sorted(found.aside.values()) == ["header"] * 3 + ["page-number"] * 4


def test_the_contents_are_set_aside_and_show_which_lines_are_headings() -> None:
    text = "สารบัญ\nงานแรก ........ 1\nงานหลัง ........ 2\n\nงานแรก\nทำอย่างนี้\nงานหลัง\nทำอย่างนั้น\n"
    assert shape(text) == [("งานแรก", ["ทำอย่างนี้"]), ("งานหลัง", ["ทำอย่างนั้น"])]


@pytest.mark.parametrize(
    ("line", "shown", "rest"),
    [
        ("๑. ตรวจ", "๑.", "ตรวจ"),
        ("1.ตรวจ", "1.", "ตรวจ"),
        ("12) ตรวจ", "12)", "ตรวจ"),
        ("(๓) ตรวจ", "(๓)", "ตรวจ"),
        ("๒.๑ ตรวจ", "๒.๑", "ตรวจ"),
        ("ข้อ ๔ ตรวจ", "ข้อ ๔", "ตรวจ"),
        ("ก. ตรวจ", "ก.", "ตรวจ"),
        ("ก) ตรวจ", "ก)", "ตรวจ"),
        ("(ก) ตรวจ", "(ก)", "ตรวจ"),
        ("• ตรวจ", "•", "ตรวจ"),
        ("– ตรวจ", "–", "ตรวจ"),
        ("-ตรวจ", "-", "ตรวจ"),
        ("☐ ตรวจ", "☐", "ตรวจ"),
        ("- 2) ตรวจ", "- 2)", "ตรวจ"),
    ],
)
def test_the_label_of_an_item_is_told_from_its_text(line: str, shown: str, rest: str) -> None:
    label = label_of(line)
    assert label is not None
    assert (label.shown, label.rest) == (shown, rest)


@pytest.mark.parametrize("line", ["90 วันนับจากวันจดทะเบียน", "2566 เป็นปีแรก", "ตรวจ", "-5 องศา", "(ตรวจ) แล้ว"])
def test_a_sentence_that_begins_with_a_number_is_no_item(line: str) -> None:
    assert label_of(line) is None


def test_an_abbreviation_is_not_taken_for_the_next_letter_of_a_list() -> None:
    text = "งานที่ทำ\n\nก. นับเงิน\nข. ตรวจบัญชี\nพ. ศ. ของเอกสารเขียนไว้ท้ายเล่มทุกเล่มที่จัดทำขึ้นโดยสำนักงาน\n"
    assert [piece.label for piece in outline(text).sections[0].pieces] == ["ก.", "ข.", ""]


def test_lists_in_lists_are_parts_of_their_point() -> None:
    text = "งานที่ทำ\n\n1. หนึ่ง\n1) ก่อน\n2) หลัง\n2. สอง\n"
    assert shape(text) == [("งานที่ทำ", ["หนึ่ง", "  ก่อน", "  หลัง", "สอง"])]


def test_a_list_that_runs_on_in_a_sentence_is_taken_apart() -> None:
    text = "ข่าวประชุม\n\nเรื่องสำคัญ ได้แก่ 1. หลักประกัน 2. หนี้ค้าง 3. เงินสดขาดบัญชี\n"
    assert shape(text) == [("ข่าวประชุม", ["เรื่องสำคัญ ได้แก่", "  หลักประกัน", "  หนี้ค้าง", "  เงินสดขาดบัญชี"])]


def test_numbers_that_are_left_out_are_told() -> None:
    report = brought("งานที่ทำ\n\n1. หนึ่ง\n2. สอง\n5. ห้า\n").files["report.md"]
    assert "the numbering jumps: `5.` (line 5)" in report


def test_thai_that_only_looks_right_is_put_right_and_counted() -> None:
    done = brought("งานที่ทำ\n\n1. น\u0e4d\u0e49าเเละกา\u200bรท\u0e4d\u0e32งาน\n2. ท\uf70bวไป\n")
    assert list(thai(drafts(done)["background-1"]["points"])) == ["น้ำและการทำงาน", "ท\u0e49วไป"]
    for told in ("sara e twice: 1", "sara am typed as two letters: 2", "invisible characters taken out: 1"):
        assert told in done.files["report.md"]


# --- misprints


def test_a_misprint_is_proposed_and_stays_in_the_draft(tmp_path: Path) -> None:
    done = brought("งานที่ทำ\n\n1. ไปสภรณ์\n2. กลับ\n")
    draft = done.files["drafts/book-background-1.yml"]
    assert "th: ไปสภรณ์" in draft
    assert "# อาจพิมพ์ผิด: สภรณ์ → สหกรณ์" in draft
    [one] = yaml.safe_load(done.files["misprints.yml"])["proposals"]
    assert (one["wrong"], one["right"], one["line"], one["draft"]) == ("สภรณ์", "สหกรณ์", 3, "book-background-1")
    root = lay(done, tmp_path)
    listed = yaml.safe_dump({"misprints": [{**MISPRINTS[0].model_dump(exclude_none=True)}]}, allow_unicode=True)
    (root / "knowledge/misprints.yml").write_text(listed, encoding="utf-8")
    library, _ = read_library(root)
    codes = [one.code for one in check_library(library, DAY) if "misprint" in one.code]
    assert codes == ["misprint-draft"]


def test_a_misprint_that_a_line_break_divided_is_proposed() -> None:
    words = "เจ้าหน้าที่ส่งเสริมสหกรณ์ออกไปเยี่ยมสหกรณ์ในพื้นที่ของตนเป็นประจำทุกเดือนและ"
    lines = [f"{words}ไปสภ", f"รณ์{words}", *[words] * 8]
    [one] = yaml.safe_load(brought("หัวเรื่อง\n\n" + "\n".join(lines)).files["misprints.yml"])["proposals"]
    assert (one["wrong"], one["line"]) == ("สภรณ์", 3)


def test_without_a_list_of_misprints_the_report_says_that_none_was_looked_for() -> None:
    report = brought("งานที่ทำ\n\n1. ไปสภรณ์\n2. กลับ\n", known=Known()).files["report.md"]
    assert "Not looked for" in report


def test_names_of_persons_are_told_and_signatures_stay_out() -> None:
    done = brought("งานที่ทำ\n\n1. นายสมชาย ใจดี เป็นผู้ตรวจ\n2. ส่งรายงาน\n\n(นางสมหญิง ใจงาม)\n")
    assert "may hold the name of a person: นายสมชาย ใจดี" in done.files["report.md"]
    assert "สมหญิง" not in "".join(text for fields in drafts(done).values() for text in thai(fields))
    assert "สมหญิง" in done.files["report.md"]


# --- nothing is lost, whatever the document says

WORDS = (
    "สหกรณ์ ตรวจนับเงินสด ปัญหา แนวทาง สารบัญ คำนำ หน้า coopera- tive <b>หนา</b> [ลิงก์](x:y) [ก]: # ## **เน้น** _ _ ` | "
    "นายสมชาย ใจดี ........ --- 12 ๑๒ สภรณ์ น\u0e4d\u0e49า เเละ \u200b \ue000 & &lt; : 'คำ' \"คำ\" - ? ! {} %"
).split(" ")
STARTS = "||1. |2. |๓. |1) |(ก) |ก. |ข. |1.1 |• |– |☐ |- 2) |บทที่ 1 |\t|  |5. ".split("|")
ENDS = ["", "", "\t1", "ก" * 90]
LINES = st.builds(
    lambda start, words, end: start + " ".join(words) + end,
    st.sampled_from(STARTS),
    st.lists(st.sampled_from(WORDS), max_size=12),
    st.sampled_from(ENDS),
)
TEXTS = st.lists(st.one_of(LINES, st.sampled_from(["", "\f", "- 7 -", "ก\tข\tค"])), min_size=1, max_size=40)


@given(TEXTS)
@settings(max_examples=70, deadline=None)
def test_every_line_of_any_text_is_in_a_draft_or_in_the_report(lines: list[str]) -> None:
    text = "\n".join(["สหกรณ์", *lines])
    done = brought(text)
    kept = done.files["text.txt"]
    assert all(line.strip() in kept for line in re.split("[\n\f]", text) if line.strip(" \t\u200b"))
    assert lost(text, done) == []


STYLES = st.sampled_from([None, "Heading 1", "Heading 2", "List Bullet", "List Number", "Title"])


@given(st.lists(st.tuples(LINES, STYLES, st.booleans()), min_size=1, max_size=20))
@settings(max_examples=15, deadline=None)
def test_every_paragraph_of_any_word_file_is_in_a_draft_or_in_the_report(lines: list[tuple[str, str, bool]]) -> None:
    done = brought(import_files.document([("สหกรณ์", None, False), *lines]), "a.docx")
    assert lost("\n".join(line for line, _, _ in lines), done) == []


def lost(text: str, done: Brought) -> list[str]:
    """Words of a text that are neither in a draft nor in the registry nor in the report."""
    found = letters(holds(done))
    return [word for word in re.split(r"[\s().]+", text) if letters(word.removesuffix("-")) not in found]


@given(TEXTS)
@settings(max_examples=40, deadline=None)
def test_drafts_of_any_text_pass_the_checks(tmp_path_factory: pytest.TempPathFactory, lines: list[str]) -> None:
    root = tmp_path_factory.mktemp("any")
    try:
        lay(brought("สหกรณ์\n" + "\n".join(lines)), root)
        assert errors(root) == []
    finally:
        shutil.rmtree(root)


def letters(text: str) -> str:
    """Letters and digits in one way of writing, without those that the import puts right."""
    text = re.sub("\u0e4d([\u0e48-\u0e4b]?)\u0e32", r"\1ำ", text.replace("\u200b", "")).replace("เเ", "แ")
    return re.sub(r"[^0-9A-Za-z\u0e01-\u0e4e๐-๙]", "", text)


# --- what cannot be read


def changed(raw: bytes, old: bytes, new: bytes, part: str = "word/document.xml") -> bytes:
    """A DOCX file with another text in one of its parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as before, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            content = before.read(name)
            after.writestr(name, content.replace(old, new, 1) if name == part else content)
    return made.getvalue()


def document(xml: bytes) -> bytes:
    """A DOCX file with this document and nothing else."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        package.writestr("word/document.xml", xml)
    return made.getvalue()


def body(inner: bytes) -> bytes:
    return b'<w:document xmlns:w="' + W[1:-1].encode() + b'"><w:body>' + inner + b"</w:body></w:document>"


def locked_pdf() -> bytes:
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(handbook("paged.pdf"))) as pdf:
        pdf.save(made, encryption=pikepdf.Encryption(owner="a", user="b"))
    return made.getvalue()


def picture_pdf() -> bytes:
    made = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(made)
    return made.getvalue()


PARAGRAPH = b"<w:p><w:r><w:t>x</w:t></w:r></w:p>"
ENTITY = b'<!DOCTYPE w:document [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
BAD: dict[str, tuple[str, Any, str]] = {
    "no zip": ("a.docx", lambda: b"PK but not really", "is no .docx file or is damaged"),
    "cut off": ("a.docx", lambda: handbook("styled.docx")[:9000], "is no .docx file or is damaged"),
    "no document": ("a.docx", lambda: changed(document(b""), b"", b""), "is no .docx file or is damaged"),
    "bad xml": ("a.docx", lambda: document(body(b"<w:p>")[:-20]), "is no .docx file or is damaged"),
    "entities": ("a.docx", lambda: document(ENTITY + body(b"<w:p><w:r><w:t>&b;</w:t></w:r></w:p>")), "is damaged"),
    "password": ("a.docx", lambda: b"\xd0\xcf\x11\xe0" + bytes(600), "behind a password"),
    "bomb": ("a.docx", lambda: document(body(b" " * 40_000_000)), "is too large unpacked"),
    "10^6 paragraphs": (
        "a.docx",
        lambda: document(body(PARAGRAPH * 1_000_000)),
        "too large",
    ),
    "30,000 paragraphs": (
        "a.docx",
        lambda: document(body(PARAGRAPH * 30_000)),
        "too large",
    ),
    "no text": ("a.docx", lambda: document(body(b"<w:p/>")), "holds no text"),
    "10^6 lines": ("a.txt", lambda: b"x\n" * 1_000_000, "is too large"),
    "binary": ("a.txt", lambda: bytes(range(256)) * 4, "is not a text file"),
    "half a letter": (
        "a.txt",
        lambda: "ก\nสหกรณ์".encode()[:-1],
        "its letters are damaged or in an unknown encoding (line 2)",
    ),
    "Latin 1": ("a.txt", lambda: "déjà vu, voilà".encode("latin-1"), "in an unknown encoding (line 1)"),
    "nothing": ("a.txt", lambda: b"", "is an empty file"),
    "blank": ("a.txt", lambda: b" \n\t\n", "holds no text"),
    "no pdf": ("a.pdf", lambda: b"%PDF-1.7 nothing", "is no PDF file or is damaged"),
    "locked pdf": ("a.pdf", locked_pdf, "is behind a password"),
    "pictures": ("a.pdf", picture_pdf, "holds pictures and no text"),
    "old Word": ("a.doc", lambda: b"\xd0\xcf\x11\xe0", "only .docx, .pdf and .txt can be read"),
}


@pytest.mark.parametrize("case", BAD)
def test_what_cannot_be_read_ends_in_one_line(case: str) -> None:
    name, make, told = BAD[case]
    with pytest.raises(CannotGoOn) as stop:
        brought(make(), name)
    assert stop.value.lines["en"].startswith(f"{name}: ")
    assert told in stop.value.lines["en"]
    assert all("\n" not in line for line in stop.value.lines.values())


# --- the command


def run(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(
        cli, ["--project", str(root), "--lang", "en", "import", *arguments], catch_exceptions=False
    )


def test_one_bad_file_does_not_keep_the_others_out(tmp_path: Path) -> None:
    (tmp_path / "bad.docx").write_bytes(b"PK")
    (tmp_path / "คู่มือ ๒๕๖๘.txt").write_text(import_files.plain(), encoding="utf-8")
    done = run(tmp_path, *(str(tmp_path / name) for name in ("bad.docx", "none.txt", "คู่มือ ๒๕๖๘.txt")))
    assert done.exit_code == 2
    assert [line.partition(": ")[0] for line in done.stderr.splitlines()] == ["coopkm", "coopkm", "คู่มือ ๒๕๖๘.txt"]
    folder = tmp_path / "import/handbook-2568"
    assert {path.name for path in folder.iterdir()} == {
        "drafts",
        "sources.yml",
        "misprints.yml",
        "text.txt",
        "report.md",
    }
    assert not (tmp_path / "knowledge").exists()


def test_a_folder_that_is_there_is_never_written_to(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(import_files.plain(), encoding="utf-8")
    (tmp_path / "out/book").mkdir(parents=True)
    out = ("--out", str(tmp_path / "out"))
    done = run(tmp_path, str(tmp_path / "a.txt"), *out, "--name", "book")
    assert (done.exit_code, list((tmp_path / "out/book").iterdir())) == (2, [])
    assert "was left as it is" in done.stderr
    assert run(tmp_path, str(tmp_path / "a.txt"), *out).exit_code == 0
    assert run(tmp_path, str(tmp_path / "a.txt"), *out).exit_code == 0
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["a", "a-2", "book"]


def test_the_name_of_a_document_that_the_project_has_is_not_given_again(tmp_path: Path) -> None:
    lay(brought(import_files.plain()), tmp_path)
    (tmp_path / "book.txt").write_text(import_files.plain(), encoding="utf-8")
    done = run(tmp_path, str(tmp_path / "book.txt"), "--name", "book")
    assert (done.exit_code, "has a document book already" in done.stderr) == (2, True)
    assert run(tmp_path, str(tmp_path / "book.txt")).exit_code == 0
    assert [path.name for path in (tmp_path / "import").iterdir()] == ["book-2"]


@pytest.mark.parametrize("name", ["Book", "2566", "a/b", "..", "ก"])
def test_a_name_that_is_no_id_is_refused(tmp_path: Path, name: str) -> None:
    done = run(tmp_path, "a.txt", "--name", name)
    assert (done.exit_code, done.stderr.count("\n")) == (2, 1)
