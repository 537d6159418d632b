"""The yearly handbook: what stands in it, and that people and their programs can read it."""

import io
import re
import struct
import subprocess
import zipfile
import zlib
from pathlib import Path

import docx
import pytest
from judges import program
from printed import pdf_lines, poppler_text, squeezed, torn_inside
from projects import edit_unit, library_of, run, small_project, unit, write_unit, write_yaml

from coopkm.documents.epub import as_epub
from coopkm.documents.shape import walk
from coopkm.documents.tree import Block, Document, Heading, Listing, Paragraph, Picture, Section, line, paragraph
from coopkm.documents.typesetting import as_pdf
from coopkm.documents.word import as_docx
from coopkm.handbook.book import book
from coopkm.library import Library, read_library
from coopkm.model.base import LANGS, Lang
from coopkm.model.handbook import Handbook
from coopkm.reading.pictures import fault_of
from coopkm.views.catalog import shown_units

ROOT = Path(__file__).parent.parent
FRONT = 5  # pages before the first chapter
PLAIN = {
    "title": {"th": "คู่มือ", "en": "Handbook"},
    "year": "2570",
    "date": "2026-11-29",
    "languages": ["th", "en"],
    "chapters": [{"id": "duties", "title": {"th": "หน้าที่", "en": "Duties"}, "kinds": ["duty"]}],
}


@pytest.fixture(scope="module")
def library() -> Library:
    return read_library(ROOT)[0]


@pytest.fixture(scope="module")
def handbook(library: Library) -> Handbook:
    return library.handbooks["handbook"].value


@pytest.fixture(scope="module")
def thai(library: Library, handbook: Handbook) -> Document:
    return book(library, handbook, "th")


@pytest.fixture(scope="module")
def pdf(thai: Document) -> bytes:
    return as_pdf(thai)


def blocks_of(document: Document) -> list[Block]:
    return list(walk(block for section in document.sections for block in section.blocks))


def headings(document: Document, level: int) -> list[Heading]:
    return [block for block in blocks_of(document) if isinstance(block, Heading) and block.level == level]


def lines_of(document: Document) -> list[str]:
    found = [block for block in blocks_of(document) if isinstance(block, Heading | Paragraph)]
    return ["".join(span.text for span in block.line) for block in found]


def words(document: Document) -> str:
    return squeezed("".join(lines_of(document)))


# What stands in it


def test_a_chapter_holds_the_units_that_were_chosen_in_their_order_and_counts_them(library: Library) -> None:
    chapters = [
        {"id": "one", "title": {"th": "ก"}, "units": ["skill-02", "duty-01"], "kinds": ["duty"]},
        {"id": "two", "title": {"th": "ข"}, "kinds": ["skill"]},
    ]
    document = book(library, Handbook.model_validate({**PLAIN, "chapters": chapters}), "th")
    made = [(heading.number, heading.id) for heading in headings(document, 2)]
    assert made[:3] == [("1.1", "skill-02"), ("1.2", "duty-01"), ("1.3", "duty-02")]
    assert made[6][0] == "2.1"
    assert [heading.number for heading in headings(document, 1)] == ["บทที่ 1", "บทที่ 2"]


def test_a_unit_stands_where_it_is_named_and_only_there(library: Library) -> None:
    parts = {
        "chapters": [
            {"id": "one", "title": {"th": "ก"}, "kinds": ["duty", "skill"]},
            {"id": "two", "title": {"th": "ข"}, "kinds": ["skill", "problem"]},
        ],
        "appendices": [{"id": "one", "title": {"th": "ค"}, "units": ["duty-02"]}],
    }
    document = book(library, Handbook.model_validate({**PLAIN, **parts}), "th")
    made = [heading.id for heading in headings(document, 2)]
    assert len(made) == len(set(made))
    assert {"duty-01", "skill-02"} <= set(made)
    assert made[-1] == "duty-02"


@pytest.mark.parametrize("lang", LANGS)
def test_every_point_of_every_chosen_unit_stands_in_the_book(library: Library, handbook: Handbook, lang: Lang) -> None:
    told = words(book(library, handbook, lang))
    kinds = {kind for chapter in handbook.chapters for kind in chapter.kinds}
    units = [unit for unit in shown_units(library).values() if unit.kind in kinds]
    assert len(units) > 50
    for one in units:
        for text in (one.title, one.summary, *(point.text for point in one.points)):
            plain = re.sub(r"\*\*|\[([^\]]*)\]\([^)]*\)", r"\1", text.shown(lang))
            assert squeezed(plain) in told, f"{one.id}: {plain}"


def test_advice_is_marked_and_statements_say_where_they_come_from(thai: Document) -> None:
    told = words(thai)
    assert squeezed("คำแนะนำของบรรณาธิการ ยังไม่ได้รับการรับรอง") in told
    assert squeezed("ที่มา: คู่มือกำแพงเพชร 2566") in told


def test_a_book_without_sources_says_none(library: Library) -> None:
    told = words(book(library, Handbook.model_validate({**PLAIN, "cite": "no"}), "th"))
    assert squeezed("ที่มา:") not in told


def test_a_checklist_is_a_form_to_tick_off(library: Library) -> None:
    chapters = [{"id": "one", "title": {"th": "ก"}, "units": ["checklist-first-visit"]}]
    document = book(library, Handbook.model_validate({**PLAIN, "chapters": chapters}), "th")
    boxes = [block for block in blocks_of(document) if isinstance(block, Listing) and block.marker == "box"]
    items = library.units["checklist-first-visit"].value.items  # type: ignore[attr-defined]
    assert sum(len(listing.items) for listing in boxes) == len(items)


def test_a_module_is_printed_without_hints_and_solutions(library: Library) -> None:
    chapters = [{"id": "one", "title": {"th": "ก"}, "kinds": ["module"]}]
    told = words(book(library, Handbook.model_validate({**PLAIN, "chapters": chapters}), "th"))
    activities = [
        activity
        for placed in library.units.values()
        if placed.value.kind == "module"
        for activity in placed.value.activities  # type: ignore[attr-defined]
    ]
    assert squeezed(activities[0].text.th)[:80] in told
    for activity in activities:
        for text in (activity.hint, activity.solution):
            assert text is None or squeezed(text.th)[:80] not in told


def test_pages_are_counted_by_letters_before_the_first_chapter_and_by_digits_from_it(thai: Document) -> None:
    assert [(section.numbers, section.restart) for section in thai.sections] == [
        ("none", False),
        ("letters", True),
        ("digits", True),
    ]


def test_a_link_to_a_unit_of_the_book_leads_to_it_and_to_no_other(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    text = {"th": "อ่าน [หนึ่ง](unit:duty-2) และ [สอง](unit:guide-1)", "en": "See [one](unit:duty-2), [two](unit:guide-1)"}
    edit_unit(project, "duty-1", summary=text)
    document = book(library_of(project), Handbook.model_validate(PLAIN), "en")
    links = [span.link for block in blocks_of(document) if isinstance(block, Paragraph) for span in block.line]
    assert [link for link in links if link] == ["#duty-2"]


def test_the_record_of_the_year_gives_order_and_participants(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    (project / "km").mkdir()
    (project / "km/2570.yml").write_bytes((ROOT / "tests/km_record.yml").read_bytes())
    parts = [
        {"id": name, "title": {"th": name}, "part": name}
        for name in ("order", "participants", "changes", "glossary", "sources")
    ]
    told = words(book(library_of(project), Handbook.model_validate({**PLAIN, "appendices": parts}), "en"))
    assert squeezed("Order appointing the office's KM working group, dated 5 October 2026") in told
    assert squeezed("15 of 20 people took part, 75.0 %") in told
    assert squeezed("No changes are on record yet.") in told


# The files


def test_copied_text_is_the_text_of_the_book_in_both_readers(thai: Document, pdf: bytes, tmp_path: Path) -> None:
    by_pdfium = squeezed("".join(pdf_lines(pdf)))
    by_poppler = squeezed(poppler_text(pdf, tmp_path, program("pdftotext", "poppler-utils")))
    heads = re.compile(squeezed("คู่มือการจัดการความรู้") + r"[0-9]+")  # header and number, where a page begins
    for text in lines_of(thai):
        for piece in map(squeezed, text.split("\n")):
            if len(piece) < 400:  # longer ones may go over two pages
                assert piece in by_pdfium or piece in heads.sub("", by_pdfium), piece
                assert piece in by_poppler or piece in heads.sub("", by_poppler), piece


def test_hardly_a_word_of_the_whole_book_is_broken(thai: Document, pdf: bytes) -> None:
    # PDFium takes words of the table of contents apart where a dotted line begins: those are no breaks.
    torn, breaks = torn_inside("\n".join(lines_of(thai)), pdf_lines(pdf, first=FRONT))
    assert breaks > 500
    assert len(torn) < 0.005 * breaks, torn


def test_the_word_file_has_the_same_headings(thai: Document) -> None:
    made = docx.Document(io.BytesIO(as_docx(thai)))
    found = [squeezed(row.text) for row in made.paragraphs if row.style and row.style.name == "Heading 2"]
    expected = [squeezed(heading.number + "".join(s.text for s in heading.line)) for heading in headings(thai, 2)]
    assert found == expected


def test_epubcheck_finds_nothing(thai: Document, tmp_path: Path) -> None:
    check = program("epubcheck", "epubcheck")
    java = program("java", "default-jre-headless")
    path = tmp_path / "book.epub"
    path.write_bytes(as_epub(thai))
    done = subprocess.run([java, "-jar", check, "--failonwarnings", path], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_book_for_screens_holds_no_mark_up_of_a_text_and_gives_the_same_bytes() -> None:
    text = '<script>alert(1)</script> & "x" \x00 ]]>'
    document = Document(text, "th", (Section((Heading(1, line(text), id="a"), paragraph(text))),))
    raw = as_epub(document)
    assert raw == as_epub(document)
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        assert archive.namelist()[0] == "mimetype"
        pages = "".join(archive.read(name).decode() for name in archive.namelist() if name.endswith(".xhtml"))
    assert "<script" not in pages
    assert "\x00" not in pages


# The command


def test_the_command_writes_all_formats_in_the_languages_of_the_book(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    write_yaml(project / "handbook.yml", PLAIN)
    done = run("handbook", "--out", "out", cwd=project)
    assert done.returncode == 0, done.stderr
    made = {path.name for path in (project / "out").iterdir()}
    books = {f"handbook-2570-{lang}.{ending}" for lang in LANGS for ending in ("pdf", "docx", "epub")}
    assert made - {".coopkm-handbook.json"} == books
    # What people changed since is never written over.
    (project / "out/handbook-2570-en.epub").write_text("mine", "utf-8")
    done = run("handbook", "--format", "epub", "--out", "out", cwd=project)
    assert done.returncode == 2
    assert "handbook-2570-en.epub" in done.stderr
    assert (project / "out/handbook-2570-en.epub").read_text("utf-8") == "mine"


def test_a_book_may_be_described_anywhere_and_is_checked_there(tmp_path: Path) -> None:
    project = small_project(tmp_path / "project")
    wrong = {**PLAIN, "chapters": [{"id": "one", "title": {"th": "ก"}, "units": ["duty-11"]}]}
    write_yaml(tmp_path / "mine.yml", wrong)
    done = run("handbook", tmp_path / "mine.yml", "--format", "epub", "--out", "out", cwd=project)
    assert done.returncode == 1
    assert "no unit has the id `duty-11`" in done.stderr
    write_yaml(tmp_path / "mine.yml", PLAIN)
    assert run("handbook", tmp_path / "mine.yml", "--format", "epub", "--out", "out", cwd=project).returncode == 0


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("handbook",), 2, "there is no handbook.yml in the project"),
        (("handbook", "--format", "odt"), 2, "no format is called 'odt'"),
        (("handbook", "nowhere.yml"), 2, "there is no file nowhere.yml"),
    ],
)
def test_a_wrong_question_ends_in_a_clear_line(
    tmp_path: Path, arguments: tuple[str, ...], code: int, said: str
) -> None:
    done = run(*arguments, cwd=small_project(tmp_path))
    assert (done.returncode, said in done.stderr, "Traceback" in done.stderr) == (code, True, False)


def test_an_emblem_of_the_office_stands_on_the_cover(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    write_unit(project, unit("duty-8"))
    (project / "emblem.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>', "utf-8")
    write_yaml(project / "handbook.yml", {**PLAIN, "emblem": "emblem.svg"})
    done = run("handbook", "--format", "epub", "--out", "out", cwd=project)
    assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(project / "out/handbook-2570-th.epub") as archive:
        assert b'viewBox="0 0 9 9"' in archive.read("book/picture-0.svg")


def svg(inside: str, head: str = "", size: str = 'viewBox="0 0 9 9"') -> bytes:
    spaces = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    return f"{head}<svg {spaces} {size}>{inside}</svg>".encode()


def png(width: int, height: int) -> bytes:
    """The head of a PNG file that says it is so large, and no pixels."""
    rows = (b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0), b"IDAT" + zlib.compress(b""), b"IEND")
    chunks = [struct.pack(">I", len(row) - 4) + row + struct.pack(">I", zlib.crc32(row)) for row in rows]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


PICTURES: list[tuple[str, bytes, str | None]] = [
    ("png", png(10, 10), None),
    ("png", png(60_000, 60_000), "large"),
    ("png", png(3, 300), "large"),
    ("png", png(0, 10), "unreadable"),
    ("png", png(10, 10)[:-9], "unreadable"),
    ("png", b"", "unreadable"),
    ("png", b"\xff\xd8\xff\xe0 JPEG", "unreadable"),
    ("svg", svg('<style>.a{fill:url(#b)}</style><circle class="a" r="5"/><use href="#c"/>'), None),
    ("svg", svg('<image href="data:image/png;base64,AAAA" width="9" height="9"/>'), None),
    ("svg", svg("", head='<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/x.dtd">'), None),
    ("svg", b"MZ", "unreadable"),
    ("svg", b"<html/>", "unreadable"),
    ("svg", svg("", size=""), "unreadable"),
    ("svg", svg("", size='viewBox="0 0 1 100000"'), "large"),
    ("svg", svg("<g>" * 5000 + "</g>" * 5000), "large"),
    ("svg", svg("".join(f'<g id="a{n}">' + f'<use href="#a{n - 1}"/>' * 10 + "</g>" for n in range(9))), "large"),
    ("svg", svg("<script>x</script>"), "active"),
    ("svg", svg('<circle r="5" onload="x"/>'), "active"),
    ("svg", svg('<a href="https://evil.test/"><circle r="5"/></a>'), "active"),
    ("svg", svg('<image xlink:href="file:///etc/passwd"/>'), "active"),
    ("svg", svg('<image href="data:image/svg+xml;base64,AAAA"/>'), "active"),
    ("svg", svg("<style>@import 'https://evil.test/x.css'</style>"), "active"),
    ("svg", svg('<circle style="fill: url( &quot;https://evil.test/x&quot;)"/>'), "active"),
    ("svg", svg('<circle fill="u&#x72;l(//evil.test/x)"/>'), "active"),
    ("svg", svg('<foreignObject><p xmlns="http://www.w3.org/1999/xhtml"/></foreignObject>'), "active"),
    ("svg", svg('<set attributeName="href" to="javascript:x"/>'), "active"),
    ("svg", svg("", head='<?xml-stylesheet href="https://evil.test/x.css"?>'), "active"),
    ("svg", svg("&x;", head='<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>'), "active"),
]


@pytest.mark.parametrize(("kind", "raw", "fault"), PICTURES)
def test_an_emblem_is_a_picture_that_can_be_drawn_and_does_nothing(kind: str, raw: bytes, fault: str | None) -> None:
    assert fault_of(raw, kind) == fault


def test_a_picture_that_is_refused_goes_into_no_file() -> None:
    active = Picture(svg("<script>x</script>"), "svg", "the emblem")
    document = Document("x", "en", (Section((Heading(1, line("x")), active)),))
    for raw in (as_epub(document), as_docx(document)):
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            assert not [name for name in archive.namelist() if name.endswith((".svg", ".png"))]
    assert "the emblem" in " ".join(pdf_lines(as_pdf(document)))
