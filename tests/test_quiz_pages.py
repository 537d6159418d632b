"""Pages of questions: what they show without a script, and that the exam pool never reaches the site."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from browser_pages import Watch, visitor
from conftest import ROOT
from example_project import lay, lay_base
from playwright.sync_api import Browser

from coopkm.library import Library, read_library
from coopkm.model.base import texts
from coopkm.pages import build_site
from coopkm.site.export import write_tree
from coopkm.site.mkdocs import build_site as build
from coopkm.views.keys import said_by
from coopkm.views.questions import ready_questions

AUDIT = (Path(__file__).parent / "page_audit.js").read_text("utf-8")
TOLD_APART = 25  # letters: a shorter text may stand anywhere


@pytest.fixture(scope="module")
def library() -> Library:
    return read_library(ROOT)[0]


def secrets(library: Library) -> set[str]:
    """Ids and texts of the exam pool that nothing else of the project says."""
    exam = [asked.question for asked in ready_questions(library, "exam")]
    said = {text for question in exam for _, text in _texts(question)}
    exam_banks = {f"bank:{asked.bank.id}" for asked in ready_questions(library, "exam")}
    others = [wording.text for wording in library.wordings if wording.owner not in exam_banks]
    open_texts = "\n".join(f"{text.th}\n{text.en}" for text in others)
    ids = {question.id for question in exam}
    return ids | {text for text in said if len(text) >= TOLD_APART and text not in open_texts}


def _texts(record: Any) -> Iterator[tuple[str, str]]:
    for _, text in texts(record):
        yield "th", text.th
        if text.en:
            yield "en", text.en


def test_there_is_an_exam_pool_to_keep(library: Library) -> None:
    assert len(secrets(library)) > 100


def test_no_question_of_the_exam_pool_is_in_any_file_of_the_site(library: Library, real_site: Path) -> None:
    leaked = []
    kept = secrets(library)
    for path in real_site.rglob("*"):
        if path.is_file() and path.suffix not in (".woff2", ".png", ".ico"):
            content = path.read_text("utf-8")
            leaked += [(path.name, secret) for secret in kept if secret in content]
    assert leaked == []


def test_no_question_of_the_exam_pool_is_in_the_page_tree(library: Library, tmp_path: Path) -> None:
    write_tree(library, tmp_path / "tree")
    kept = secrets(library)
    written = [path.read_text("utf-8") for path in (tmp_path / "tree").rglob("*.md")]
    assert not [secret for content in written for secret in kept if secret in content]


def test_a_private_folder_named_in_the_settings_is_of_the_exam_pool_and_stays_out_of_the_site(tmp_path: Path) -> None:
    root = lay_base(tmp_path / "project")
    lay(root / "knowledge/project.yml", "exam_folder: exam-private\n")
    bank = (root / "quizzes/money.yml").read_text("utf-8")
    private = bank.replace("id: money", "id: secret").replace("id: one", "id: only")
    lay(root / "exam-private/secret.yml", private)
    library, problems = read_library(root)
    assert [found for found in problems if found.place.path.startswith("exam-private")] == []
    assert {asked.bank.id: asked.pool for asked in ready_questions(library)} == {"money": "practice", "secret": "exam"}
    write_tree(library, tmp_path / "tree")
    assert not [
        path for path in (tmp_path / "tree").rglob("*") if path.is_file() and "secret" in path.read_text("utf-8")
    ]


def test_the_search_index_holds_no_question(library: Library, real_site: Path) -> None:
    stems = [asked.question.stem.th for asked in ready_questions(library, "practice")]
    index = "".join(path.read_text("utf-8") for path in real_site.glob("assets/coopkm/search/**/*.js"))
    units = "".join(text for placed in library.units.values() for _, text in _texts(placed.value))
    assert not [stem for stem in stems if len(stem) >= TOLD_APART and stem in index and stem not in units]


def test_every_ready_practice_question_stands_on_the_page_of_its_topic_in_both_languages(
    library: Library, real_site: Path
) -> None:
    for lang in ("", "en/"):
        for asked in ready_questions(library, "practice"):
            page = (real_site / f"{lang}quizzes/{asked.bank.id}.html").read_text("utf-8")
            assert f'data-question="{asked.question.id}"' in page


def test_what_is_said_to_an_answer_stands_in_the_page_under_the_name_that_grading_gives(
    library: Library, real_site: Path
) -> None:
    for asked in ready_questions(library, "practice"):
        page = (real_site / f"quizzes/{asked.bank.id}.html").read_text("utf-8")
        box = page.split(f'data-question="{asked.question.id}"')[1].split('data-question="')[0]
        parts = (asked.question, *asked.question.parts)
        assert sorted(re.findall(r'data-said="([^"]+)"', box)) == sorted(n for part in parts for n in said_by(part))


def test_a_unit_leads_to_the_questions_about_it(real_site: Path) -> None:
    assert 'href="../quizzes/cps.html"' in (real_site / "cps/cps-phase-2.html").read_text("utf-8")


def test_a_project_without_questions_has_no_such_pages(tmp_path: Path) -> None:
    root = lay_base(tmp_path)
    (root / "quizzes" / "money.yml").unlink()
    site = build_site(read_library(root)[0], "th")
    assert not [page.path for page in site.pages() if "quiz" in page.path]
    assert not [link for group in site.menu for link in group.items if "quiz" in link.path]


def test_answers_are_there_without_a_script(browser: Browser, real_site: Path) -> None:
    with visitor(browser, java_script_enabled=False) as page:
        page.goto((real_site / "quizzes/problems.html").as_uri())
        question = page.locator("[data-question]").first
        answer = question.locator("details.answer").last
        assert not answer.locator("p, ul").first.is_visible()
        answer.locator("summary").click()
        assert answer.locator("p, ul").first.is_visible()


def test_every_field_of_a_question_has_a_name_for_screen_readers(browser: Browser, real_site: Path) -> None:
    with visitor(browser) as page:
        for path in sorted((real_site / "quizzes").glob("*.html")):
            page.goto(path.as_uri())
            nameless = page.evaluate(
                """() => [...document.querySelectorAll(".questions :is(input, select, textarea)")]
                    .filter((field) => !field.ariaLabel && !field.labels.length).map((field) => field.outerHTML)"""
            )
            assert nameless == [], path.name


HOSTILE = [
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(1)</script>",
    "[a](javascript:alert(1))",
    "</fieldset></form><h1>x</h1>",
    '" onmouseover="alert(1)',
    "{{ config }} {% raw %}",
    "{{what}} {{constructor}}",
]


def test_hostile_texts_of_a_question_do_nothing(browser: Browser, tmp_path: Path) -> None:
    """Pages are made of a bank whose texts are hostile, whatever the check says of them."""
    root = lay_base(tmp_path / "project")
    bank = yaml.safe_load((root / "quizzes/money.yml").read_text("utf-8"))
    for question in bank["questions"]:
        _poison(question, iter(HOSTILE * 50))
    lay(root / "quizzes/money.yml", yaml.safe_dump(bank, allow_unicode=True))
    lay(root / "mkdocs.yml", (ROOT / "mkdocs.yml").read_text("utf-8"))
    library, _ = read_library(root)
    assert library.banks
    site = build(library, tmp_path / "site", "en")
    watch = Watch(site.as_uri())
    with visitor(browser) as page:
        watch.follow(page)
        page.goto((site / "quizzes/money.html").as_uri())
        assert page.evaluate(AUDIT) == []
        assert page.locator("[data-question]").count() == len(bank["questions"])
    assert watch.wrong == []


def _poison(value: Any, strings: Iterator[str]) -> None:
    """Every text of a question in Thai becomes a hostile one."""
    if isinstance(value, dict):
        if isinstance(value.get("th"), str):
            value["th"] = f"{value['th']} {next(strings)}"
        value.update(
            {name: "yes" if inner is True else "no" for name, inner in value.items() if isinstance(inner, bool)}
        )
        value.update({name: str(inner) for name, inner in value.items() if isinstance(inner, int)})
        for inner in value.values():
            _poison(inner, strings)
    elif isinstance(value, list):
        for inner in value:
            _poison(inner, strings)


def test_the_right_place_gives_nothing_away(real_site: Path) -> None:
    """Right-hand sides of a match and items of an order do not stand in the right order on every page."""
    pages = [path.read_text("utf-8") for path in (real_site / "quizzes").glob("*.html")]
    orders = [
        re.findall(r'<option value="([a-z][a-z0-9-]*)"', select)
        for page in pages
        for select in re.findall(r"<select name=\"[^\"]+\">(.*?)</select>", page, re.DOTALL)
    ]
    assert any(order != sorted(order) for order in orders if order)
