"""Slides: what a trainer shows and reads, judged by python-pptx, which reads the files back."""

import re
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from itertools import chain, cycle
from pathlib import Path
from typing import Any

import every_field
import pytest
import yaml
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from pptx import Presentation

from coopkm.cli.main import cli
from coopkm.library import Library, read_library
from coopkm.model.kinds.module import Module
from coopkm.slides.deck import Deck, Para, Run, Slide
from coopkm.slides.markup import paragraphs
from coopkm.slides.measure import height, lines_of, pages, width
from coopkm.slides.module import module_deck, modules
from coopkm.slides.places import LAYOUTS, SMALLEST, place, size_at
from coopkm.slides.powerpoint import as_pptx
from coopkm.slides.words import WORDS

ROOT = Path(__file__).parent.parent
HOSTILE = yaml.safe_load((ROOT / "tests" / "hostile.yml").read_text("utf-8"))
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
LANGS = ("th", "en")
THAI = re.compile("[\u0e00-\u0e7f]")


@cache
def real() -> Library:
    return read_library(ROOT)[0]


@cache
def decks() -> tuple[Deck, ...]:
    return tuple(module_deck(real(), module, lang) for module in modules(real()) for lang in LANGS)


@cache
def opened(name: str, lang: str) -> Any:
    deck = next(deck for deck in decks() if (deck.name, deck.lang) == (name, lang))
    return Presentation(BytesIO(as_pptx(deck)))


def every_slide() -> Iterator[Slide]:
    return chain.from_iterable(deck.slides for deck in decks())


def words_of(slide: Slide) -> str:
    return "\n".join([slide.title, *(para.text for box in slide.boxes.values() for para in box)])


def notes_of(slide: Slide) -> str:
    return "\n".join(line for note in slide.notes for line in (note.heading, *note.lines))


def too_large(slide: Slide) -> list[str]:
    """The boxes of a slide whose text, measured with Sarabun's own letters, is higher or longer than they are."""
    rows = [(place(slide.layout, name), paras) for name, paras in slide.boxes.items()]
    return [
        f"{slide.title}: {box.name}"
        for box, paras in rows
        if box.name not in ("label", "minutes", "number", "course")
        and (height(paras, box) > box.height or sum(len(lines_of(para, box)) for para in paras) > box.lines)
    ]


def test_no_text_of_the_course_is_larger_than_its_box() -> None:
    assert [found for slide in every_slide() for found in too_large(slide)] == []


def test_no_letter_is_too_small_for_the_last_row() -> None:
    sizes = {size_at(box, level) for boxes in LAYOUTS.values() for box in boxes for level in (0, 1)}
    assert min(sizes) >= SMALLEST == 20
    looks = chain.from_iterable(slide._element.iter(f"{A}rPr") for slide in opened("module-4", "th").slides)
    written = {int(look.get("sz")) for look in looks if look.get("sz")}
    assert all(size >= SMALLEST * 100 for size in written)


def test_every_slide_has_a_title_in_a_real_title_placeholder() -> None:
    for lang in LANGS:
        show = opened("module-4", lang)
        assert all(slide.shapes.title is not None and slide.shapes.title.text_frame.text for slide in show.slides)


def test_every_text_stands_in_a_named_placeholder_of_one_of_our_six_layouts() -> None:
    show = opened("module-5", "th")
    assert len(show.slide_layouts) == len(LAYOUTS) == 6
    for slide in show.slides:
        assert all(shape.is_placeholder for shape in slide.shapes)
        assert {shape.name for shape in slide.shapes} <= {box.name for boxes in LAYOUTS.values() for box in boxes} | {
            "footer",
            "slide-number",
        }
    assert show.slide_width * 9 == show.slide_height * 16


def test_slides_have_numbers_and_a_footer_with_the_course() -> None:
    course = real().units["smart-officer"].value.name.th
    for slide in list(opened("module-1", "th").slides)[1:]:
        shapes = {shape.name: shape for shape in slide.shapes}
        assert course in shapes["footer"].text_frame.text
        assert shapes["slide-number"]._element.find(f".//{A}fld").get("type") == "slidenum"


def test_every_unit_of_the_module_and_every_activity_has_its_slide() -> None:
    for module in modules(real()):
        deck = next(deck for deck in decks() if deck.name == module.id and deck.lang == "th")
        titles = "\n".join(slide.title for slide in deck.slides)
        named = [*(real().units[name].value for name in module.units), *module.activities]
        for title in (record.title for record in named):
            assert title.th in titles


def test_hint_solution_and_cards_are_in_the_notes_and_never_on_a_slide() -> None:
    for module in modules(real()):
        deck = next(deck for deck in decks() if deck.name == module.id and deck.lang == "th")
        tasks = [slide for slide in deck.slides if slide.layout in ("activity", "card")]
        shown, said = "\n".join(map(words_of, tasks)), "\n".join(map(notes_of, tasks))
        for activity in module.activities:
            for text in filter(None, (activity.hint, activity.solution, activity.notes)):
                for line in paragraphs(text.th):
                    assert line.text in said
                    assert line.text not in shown
            assert all(card.title.th in said for card in activity.cards)


def test_what_rests_on_a_source_names_it_in_the_notes() -> None:
    heading = {lang: WORDS[lang]["cites"] for lang in LANGS}
    for deck in decks():
        for module in modules(real()):
            for name in module.units if module.id == deck.name else ():
                unit = real().units[name].value
                slides = [slide for slide in deck.slides if slide.title.startswith(unit.title.shown(deck.lang))]
                assert slides
                assert all(any(note.heading == heading[deck.lang] for note in slide.notes) for slide in slides)


def test_the_trainers_notes_are_the_speaker_notes_of_the_cover() -> None:
    module = next(module for module in modules(real()) if module.id == "module-4")
    cover = opened("module-4", "th").slides[0].notes_slide.notes_text_frame.text
    assert all(note.text.th in cover for note in module.notes)


def test_the_answer_to_a_question_stands_in_the_notes_alone() -> None:
    for deck in decks():
        asked = [slide for slide in deck.slides if slide.title == WORDS[deck.lang]["question"]]
        assert 1 <= len(asked) <= 2
        for slide in asked:
            assert any(note.heading == WORDS[deck.lang]["answer"] for note in slide.notes)


def test_no_deck_asks_a_question_of_the_exam_pool() -> None:
    exam = {
        asked.stem.shown(deck.lang)
        for placed in real().banks.values()
        if placed.document.path.startswith("quizzes/exam/")
        for asked in placed.value.questions
        for deck in decks()
    }
    assert not [slide for slide in every_slide() if any(stem in words_of(slide) for stem in exam)]


@pytest.mark.parametrize("lang", LANGS)
def test_thai_is_marked_as_thai_and_has_letters_for_complex_scripts(lang: str) -> None:
    for slide in opened("module-2", lang).slides:
        for run in slide._element.iter(f"{A}r"):
            look = run.find(f"{A}rPr")
            assert look.get("lang") == ("th-TH" if THAI.search(run.findtext(f"{A}t")) else "en-GB")
            assert look.find(f"{A}cs").get("typeface") in ("+mn-cs", "+mj-cs")
    theme = opened("module-2", lang).slide_master.part.part_related_by(_theme()).blob.decode()
    assert 'a:cs typeface="Sarabun"' in theme
    assert 'script="Thai"' in theme


def test_the_same_deck_gives_the_same_bytes() -> None:
    deck = decks()[0]
    assert as_pptx(deck) == as_pptx(deck)


def test_numbers_of_a_list_go_on_upon_the_next_slide() -> None:
    box = place("activity", "body")
    paras = paragraphs("\n".join(f"{n}. {'งาน ' * 30}" for n in range(1, 8)))
    dealt = pages(paras, box)
    assert len(dealt) > 1
    assert [para.number for page in dealt for para in page] == list(range(1, 8))


def test_bold_stays_and_links_become_their_words() -> None:
    (para,) = paragraphs("ดู[แนวทาง](unit:guideline-06) แล้ว**นับ** <script>x</script>")
    assert para.text.startswith("ดูแนวทาง แล้วนับ")
    assert [run.text for run in para.runs if run.bold] == ["นับ"]
    assert "script" not in para.text


def test_hostile_texts_are_only_texts(tmp_path: Path) -> None:
    deck = _deck_of(tmp_path, [f"{text}" for text in HOSTILE.values()])
    assert not [found for slide in deck.slides for found in too_large(slide)]
    show = Presentation(BytesIO(as_pptx(deck)))
    kinds = {row.reltype.rsplit("/", 1)[1] for slide in show.slides for row in slide.part.rels.values()}
    assert kinds <= {"slideLayout", "notesSlide"}


@pytest.mark.parametrize("text", ["ก" * 900, "word " * 200, "W" * 700, "ก้ำ" * 90, "**" * 90, "a\n\n- b\n  - c"])
def test_a_text_of_any_length_goes_on_upon_further_slides(tmp_path: Path, text: str) -> None:
    deck = _deck_of(tmp_path, [text])
    assert not [found for slide in deck.slides for found in too_large(slide)]
    Presentation(BytesIO(as_pptx(deck)))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(st.sampled_from("กขา่ำเ แabW \n"), min_size=1, max_size=200), min_size=1, max_size=9))
def test_nothing_is_lost_when_texts_are_dealt_out(texts: list[str]) -> None:
    box = place("content", "body")
    paras = [Para((Run(text),), marker="bullet") for text in texts]
    dealt = pages(paras, box)
    assert all(height(page, box) <= box.height for page in dealt)
    kept = "".join(para.text for page in dealt for para in page)
    assert re.sub(r"\s", "", kept) == re.sub(r"\s", "", "".join(texts))


def test_widths_are_those_of_the_font() -> None:
    assert width("ก่ำ", 20) == pytest.approx(width("กำ", 20))
    assert width("บ้าน", 20, bold=True) > width("บ้าน", 20) > 0


def test_the_command_writes_a_deck_and_leaves_an_edited_one_alone(tmp_path: Path) -> None:
    run = CliRunner().invoke
    wanted = ["--project", str(ROOT), "--lang", "en", "slides", "module-3", "--out", str(tmp_path)]
    assert run(cli, wanted).exit_code == 0
    file = tmp_path / "module-3-en.pptx"
    assert run(cli, wanted).exit_code == 0
    file.write_bytes(b"edited")
    refused = run(cli, wanted)
    assert refused.exit_code == 2
    assert "--replace" in refused.output
    assert file.read_bytes() == b"edited"
    assert run(cli, [*wanted, "--replace"]).exit_code == 0


@pytest.mark.parametrize(
    ("names", "said"), [(["module-33"], "module-3"), ([], "--all"), (["module-1", "--all"], "--all")]
)
def test_a_wrong_name_is_told_in_one_line(tmp_path: Path, names: list[str], said: str) -> None:
    done = CliRunner().invoke(cli, ["--project", str(ROOT), "--lang", "en", "slides", *names, "--out", str(tmp_path)])
    assert done.exit_code == 2
    assert said in done.output
    assert not list(tmp_path.iterdir())


def _theme() -> str:
    return "http://schemas.openxmlformats.org/officeDocument/2006/relationships/theme"


def _deck_of(root: Path, texts: list[str]) -> Deck:
    """The deck of a module whose texts are these, over and over."""
    turn = cycle(texts)
    filler = every_field.Filler(lambda lang: next(turn) if lang == "th" else "other", each=3)
    other = every_field.unit("problem", "other", filler)
    filler.links = ["other"]
    made = every_field.unit("module", "made", filler)
    assert isinstance(made, Module)
    return module_deck(every_field.library(root, [made, other]), made, "th")
