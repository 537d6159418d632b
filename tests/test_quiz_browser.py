"""Quizzes as a learner uses them: by keyboard and touch, in both languages, with progress that survives edits."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import yaml
from axe_playwright_python.sync_playwright import Axe
from conftest import ROOT
from example_project import lay, lay_base
from playwright.sync_api import Browser, Locator, Page, expect

from coopkm.library import read_library
from coopkm.model.questions import Part
from coopkm.model.result import ResultFile
from coopkm.quizzes.script import browser_script
from coopkm.site.mkdocs import build_site as build
from coopkm.views.questions import ready_questions

TYPES = "single multiple truefalse match order short numeric cloze case reflect".split()
PHONE = {"width": 390, "height": 844}
SPACE = "coopkm-quiz:"


@contextmanager
def learner(browser: Browser, **options: Any) -> Iterator[Page]:
    """A learner on a phone with an empty browser."""
    with browser.new_context(viewport=PHONE, **options) as context:
        page = context.new_page()
        faults: list[str] = []
        page.on("pageerror", lambda error: faults.append(str(error)))
        yield page
        assert faults == []


def of_types() -> dict[str, tuple[str, Part]]:
    """The topic and the first practice question of each type."""
    found: dict[str, tuple[str, Part]] = {}
    for asked in ready_questions(read_library(ROOT)[0], "practice"):
        found.setdefault(asked.question.type, (asked.bank.id, asked.question))
    return found


ASKED = of_types()


def go(page: Page, site: Path, lang: str, topic: str, mode: str = "") -> None:
    folder = site if lang == "th" else site / lang
    page.goto((folder / f"quizzes/{topic}.html").as_uri() + mode)


def answer(page: Page, box: Locator, part: Part, how: str) -> None:
    """Answer rightly, by keys alone or by taps."""
    act = _BY[part.type]
    act(page, box, part, how)


def press(page: Page, place: Locator, key: str, how: str) -> None:
    if how == "touch":
        place.tap()
    else:
        place.focus()
        page.keyboard.press(key)


def _options(page: Page, box: Locator, part: Part, how: str) -> None:
    for option in part.options:
        if option.correct:
            press(page, box.locator(f'input[value="{option.id}"]'), "Space", how)


def _truth(page: Page, box: Locator, part: Part, how: str) -> None:
    value = "true" if part.answer in ("yes", "true") else "false"
    press(page, box.locator(f'input[value="{value}"]'), "Space", how)


def _match(page: Page, box: Locator, part: Part, how: str) -> None:
    for pair in part.pairs:
        select = box.locator(f'select[name$="{pair.id}"]').first
        if how == "touch":  # the list that a phone opens is its own
            select.select_option(pair.id)
            continue
        select.focus()
        for _ in range(len(part.pairs) + len(part.others)):
            if select.input_value() == pair.id:
                break
            page.keyboard.press("ArrowDown")
        assert select.input_value() == pair.id


def _order(page: Page, box: Locator, part: Part, how: str) -> None:
    for place, item in enumerate(part.items):
        row = box.locator(f'li[data-item="{item.id}"]')
        while (at := row.evaluate("(item) => [...item.parentElement.children].indexOf(item)")) != place:
            press(page, row.locator("button").nth(0 if at > place else 1), "Enter", how)


def _typed(page: Page, box: Locator, part: Part, how: str) -> None:
    text = part.accept.th[0] if part.accept else str(part.answer)
    box.locator(".fields :is(input, textarea)").first.focus()
    page.keyboard.insert_text(text)


def _cloze(page: Page, box: Locator, part: Part, how: str) -> None:
    for gap in part.gaps:
        field = box.locator(f'.fields [name$=".{gap.id}"]')
        if gap.options:
            field.select_option(next(option.id for option in gap.options if option.correct))
        else:
            field.focus()
            page.keyboard.insert_text((gap.accept.th or gap.accept.en)[0] if gap.accept else str(gap.answer))


def _case(page: Page, box: Locator, part: Any, how: str) -> None:
    for inner in part.parts:
        answer(page, box.locator(f'[data-part="{inner.id}"]'), inner, how)


def _reflect(page: Page, box: Locator, part: Part, how: str) -> None:
    box.locator("textarea").focus()
    page.keyboard.insert_text("ฟังก่อน แล้วถาม")


_BY = {
    "single": _options,
    "multiple": _options,
    "truefalse": _truth,
    "match": _match,
    "order": _order,
    "short": _typed,
    "numeric": _typed,
    "cloze": _cloze,
    "case": _case,
    "reflect": _reflect,
}


@pytest.mark.parametrize("lang", ["th", "en"])
@pytest.mark.parametrize("how", ["keyboard", "touch"])
def test_every_type_is_answered_rightly_by_keyboard_alone_and_by_touch(
    browser: Browser, real_site: Path, lang: str, how: str
) -> None:
    with learner(browser, has_touch=how == "touch") as page:
        for name in TYPES:
            topic, part = ASKED[name]
            go(page, real_site, lang, topic)
            box = page.locator(f'[data-question="{part.id}"]')
            answer(page, box, part, how)
            press(page, box.locator(":scope > .question-do button").first, "Enter", how)
            expect(box, name).to_have_attribute("data-state", "open" if name == "reflect" else "right")
            expect(page.locator(".quiz-head > [role=status].hide")).not_to_be_empty()
            assert page.evaluate("document.activeElement.closest('.question-do') !== null"), name


def answered(page: Page, site: Path) -> tuple[Locator, str]:
    """A question answered rightly and checked in practice: its box and id."""
    topic, part = ASKED["truefalse"]
    go(page, site, "th", topic)
    box = page.locator(f'[data-question="{part.id}"]')
    answer(page, box, part, "keyboard")
    box.locator(".question-do button").click()
    return box, part.id


def rows(page: Page) -> dict[str, Any]:
    stored = page.evaluate("({...localStorage})")
    return {key.removeprefix(f"{SPACE}q:"): json.loads(text) for key, text in stored.items() if f"{SPACE}q:" in key}


def test_thai_and_english_share_answers_and_progress(browser: Browser, real_site: Path) -> None:
    with learner(browser) as page:
        _, name = answered(page, real_site)
        page.locator("header a[hreflang=en]").click()
        expect(page.locator("html")).to_have_attribute("lang", "en")
        expect(page.locator(f'[data-question="{name}"]')).to_have_attribute("data-state", "right")
        assert list(rows(page)) == [name]


def test_a_test_goes_on_in_the_other_language(browser: Browser, real_site: Path) -> None:
    with learner(browser) as page:
        go(page, real_site, "th", "problems", "#mode-test")
        page.get_by_role("button", name="ข้อถัดไป").click()
        here = str(page.locator("[data-question]:visible").get_attribute("data-question"))
        page.locator("header a[hreflang=en]").click()
        expect(page.locator("html")).to_have_attribute("lang", "en")
        expect(page.locator("[data-question]:visible")).to_have_attribute("data-question", here)


def test_a_test_is_left_taken_up_finished_and_saved_as_a_result_file(
    browser: Browser, real_site: Path, tmp_path: Path
) -> None:
    with learner(browser) as page:
        go(page, real_site, "th", "problems", "#mode-test")
        expect(page.locator("[data-question]:visible")).to_have_count(1)
        first = page.locator("[data-question]:visible").get_attribute("data-question")
        page.get_by_role("button", name="ข้อถัดไป").click()
        second = page.locator("[data-question]:visible").get_attribute("data-question")
        assert second != first
        page.reload()
        expect(page.locator("[data-question]:visible")).to_have_attribute("data-question", str(second))
        page.get_by_text("ดูทุกข้อและส่งคำตอบ").click()
        page.locator(".quiz-all .button").click()
        page.get_by_role("button", name="ส่งเท่าที่ตอบ").click()
        expect(page.locator(".quiz-result h2")).to_be_focused()
        expect(page.locator(".quiz-result h2")).to_be_in_viewport()
        expect(page.locator(".quiz-result .objectives a").first).to_be_visible()
        assert rows(page) == {}, "what was not answered was not forgotten either"
        page.get_by_text("บันทึกผลเป็นไฟล์ให้วิทยากร").click()
        page.locator("#_learner").fill("17")
        with page.expect_download() as download:
            page.get_by_role("button", name="บันทึกไฟล์ผล").click()
        download.value.save_as(tmp_path / "result.json")
        result = ResultFile.model_validate_json((tmp_path / "result.json").read_text("utf-8"))
        assert (result.topic, result.learner, result.success) == ("problems", "17", False)
        assert len(result.answers) == page.locator("[data-question]").count()


def test_what_was_answered_comes_back_for_review_when_its_day_has_come(browser: Browser, real_site: Path) -> None:
    topic, part = ASKED["truefalse"]
    with learner(browser) as page:
        page.clock.install(time="2026-11-20T09:00:00")
        answered(page, real_site)
        go(page, real_site, "th", topic, "#mode-review")
        page.reload()
        expect(page.locator("[data-question]:visible")).to_have_count(0)
        page.clock.set_system_time("2026-12-20T09:00:00")
        page.reload()
        expect(page.locator("[data-question]:visible")).to_have_attribute("data-question", part.id)


def edited(bank: dict[str, Any], edit: str) -> dict[str, Any]:
    first, *others = bank["questions"]
    match edit:
        case "inserted":
            new = {**deepcopy(first), "id": "quite-new"}  # else YAML writes an alias, which is refused
            return {**bank, "questions": [new, first, *others]}
        case "moved":
            return {**bank, "questions": [*others, first]}
        case "reworded":
            return {**bank, "questions": [{**first, "stem": {"th": "ถามใหม่", "en": "Asked anew"}}, *others]}
        case _:
            return {**bank, "questions": [{**first, "status": "retired"}, *others]}


def test_progress_is_kept_through_every_edit_of_a_bank(browser: Browser, tmp_path: Path) -> None:
    root = lay_base(tmp_path / "project")
    lay(root / "mkdocs.yml", (ROOT / "mkdocs.yml").read_text("utf-8"))
    file = root / "quizzes/money.yml"
    bank = yaml.safe_load(file.read_text("utf-8"))
    key = f"{SPACE}q:{bank['questions'][0]['id']}"
    kept = {"v": 1, "topic": "money", "n": 1, "share": 1, "last": 1, "card": None, "log": [[1, 1, 3]]}
    with learner(browser) as page:
        for edit in ("inserted", "moved", "reworded", "retired"):
            lay(file, yaml.safe_dump(edited(bank, edit), allow_unicode=True))
            site = build(read_library(root)[0], tmp_path / edit, "th")
            page.goto((site / "quizzes/money.html").as_uri())
            page.evaluate("([key, row]) => localStorage.setItem(key, row)", [key, json.dumps(kept)])
            page.goto((site / "my-progress.html").as_uri())
            assert json.loads(page.evaluate("(key) => localStorage.getItem(key)", key)) == kept, edit
            count = len([row for row in edited(bank, edit)["questions"] if row.get("status") != "retired"])
            expect(page.locator("[data-topic=money] .desk-row")).to_contain_text(
                f"ทำแล้ว 1 จาก {count}" if edit != "retired" else f"ยังไม่ได้เริ่ม ({count}"
            )


def test_progress_is_saved_erased_and_brought_back(browser: Browser, real_site: Path, tmp_path: Path) -> None:
    with learner(browser) as page:
        answered(page, real_site)
        before = rows(page)
        page.goto((real_site / "my-progress.html").as_uri())
        with page.expect_download() as download:
            page.get_by_role("button", name="บันทึกความก้าวหน้าเป็นไฟล์").click()
        download.value.save_as(tmp_path / "mine.json")
        page.get_by_role("button", name="ลบความก้าวหน้าทั้งหมด").click()
        page.get_by_role("button", name="ลบทั้งหมด", exact=True).click()
        expect(page.locator(".desk-said")).to_have_text("ลบแล้ว")
        assert rows(page) == {}
        (tmp_path / "other.json").write_text('{"format": "else"}', encoding="utf-8")
        page.locator("input[type=file]").set_input_files(tmp_path / "other.json")
        expect(page.locator(".desk-said")).to_contain_text("ไม่ใช่ไฟล์ความก้าวหน้า")
        page.locator("input[type=file]").set_input_files(tmp_path / "mine.json")
        expect(page.locator(".desk-said")).to_contain_text("1 ข้อ")
        assert rows(page) == before


@pytest.mark.parametrize(
    ("trouble", "told"),
    [
        ("Object.defineProperty(window, 'localStorage', {get() { throw new Error('no') }})", "ไม่ยอมให้เก็บ"),
        ("Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError') }", "เต็ม"),
    ],
)
def test_full_or_blocked_storage_is_said_and_the_quiz_goes_on(
    browser: Browser, real_site: Path, trouble: str, told: str
) -> None:
    with learner(browser) as page:
        page.add_init_script(trouble)
        box, _ = answered(page, real_site)
        expect(page.locator(".quiz-notice")).to_contain_text(told)
        expect(box).to_have_attribute("data-state", "right")


def test_what_a_newer_edition_has_kept_is_left_as_it_is(browser: Browser, real_site: Path) -> None:
    topic, part = ASKED["truefalse"]
    with learner(browser) as page:
        go(page, real_site, "th", topic)
        page.evaluate(f"localStorage.setItem('{SPACE}q:{part.id}', '{{\"v\": 99}}')")
        page.reload()
        expect(page.locator(".quiz-notice")).to_contain_text("รุ่นใหม่กว่า")
        answered(page, real_site)
        assert page.evaluate(f"localStorage.getItem('{SPACE}q:{part.id}')") == '{"v": 99}'


def test_progress_of_an_earlier_version_is_taken_along(browser: Browser) -> None:
    """With a version that is made up: rows of version 1 become rows of version 3, one step at a time."""
    code = browser_script("schedule", "store", "progress").rstrip().removesuffix("})();")
    body = """
        const steps = {1: (row) => ({...row, v: 2, topic: row.topic + "!"}), 2: (row) => ({...row, v: 3})};
        const progress = new Progress(new Store(null), steps, 3);
        const row = {v: 1, topic: "money", n: 1, share: 1, last: 5, card: null, log: []};
        const file = {format: "coopkm-progress", version: 1, questions: {old: row, "not an id": row, odd: {v: 1}}};
        return [progress.imported(JSON.stringify(file)), progress.row("old"), [...progress.rows().keys()]];})()"""
    with learner(browser) as page:
        taken, row, names = page.evaluate(f"{code}{body}")
    assert (taken, row["v"], row["topic"], row["last"], names) == (1, 3, "money!", 5, ["old"])


def test_two_tabs_do_not_write_over_each_other(browser: Browser, real_site: Path) -> None:
    with learner(browser) as page:
        go(page, real_site, "th", "problems")
        other = page.context.new_page()
        go(other, real_site, "th", "problems")
        ids = page.locator("[data-question]:has(input[type=radio])").evaluate_all(
            "(boxes) => boxes.slice(0, 2).map((box) => box.dataset.question)"
        )
        for tab, name in ((page, ids[0]), (other, ids[1])):
            box = tab.locator(f'[data-question="{name}"]')
            box.locator("input").first.check()
            box.locator(".question-do button").first.click()
        expect(page.locator(f'[data-question="{ids[1]}"] input').first).to_be_checked()
        assert sorted(rows(page)) == sorted(ids)
        kept = json.loads(page.evaluate(f"localStorage.getItem('{SPACE}attempt:problems:practice')"))
        assert sorted(kept["answers"]) == sorted(ids)


@pytest.mark.parametrize(("lang", "scheme"), [("th", "light"), ("th", "dark"), ("en", "light")])
def test_axe_finds_nothing_in_any_state(browser: Browser, real_site: Path, lang: str, scheme: Any) -> None:
    found = []
    with learner(browser, color_scheme=scheme) as page:

        def look(state: str) -> None:
            violations = Axe().run(page).response["violations"]
            found.extend((state, row["id"], row["nodes"][0]["html"][:120]) for row in violations)

        go(page, real_site, lang, "problems")
        singles = [
            asked.question
            for asked in ready_questions(read_library(ROOT)[0], "practice")
            if asked.bank.id == "problems" and asked.question.type in ("single", "multiple")
        ]
        for place, part in enumerate(
            singles
        ):  # the first rightly, several in part, of the others the first that is wrong
            box = page.locator(f'[data-question="{part.id}"]')
            if place == 0:
                answer(page, box, part, "keyboard")
            else:
                chosen = next(option.id for option in part.options if option.correct == (part.type == "multiple"))
                box.locator(f'input[value="{chosen}"]').check()
            box.locator(".question-do button").first.click()
        states = page.locator("[data-state]").evaluate_all("(boxes) => boxes.map((box) => box.dataset.state)")
        assert set(states) == {"wrong", "right", "partly"}
        look("checked")
        go(page, real_site, lang, "problems", "#mode-test")
        page.reload()
        page.locator(".quiz-all summary").click()
        look("test")
        page.locator(".quiz-all .button").click()
        page.locator(".quiz-after .button-quiet").click()
        look("result")
        go(page, real_site, lang, "problems", "#mode-review")
        page.reload()
        look("review")
        page.goto(((real_site if lang == "th" else real_site / lang) / "my-progress.html").as_uri())
        look("progress")
    assert found == []


def test_the_words_of_scripts_are_those_that_scripts_ask_for() -> None:
    folder = ROOT / "src/coopkm/quizzes/browser"
    code = "".join(path.read_text("utf-8") for path in sorted(folder.glob("*.js")))
    asked = set(re.findall(r"words\.([a-z_]+)\b(?!\()", code))
    words = yaml.safe_load((ROOT / "src/coopkm/pages/quiz_words.yml").read_text("utf-8"))
    assert asked <= words.keys()
    assert all(row["th"].count("{}") == row["en"].count("{}") for row in words.values())
