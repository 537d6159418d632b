"""The search box in a browser: by keyboard and by finger, in both languages, with a server, a folder or no script."""

import json
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from browser_pages import LANGS, PHONE, REPORT_VIOLATIONS, ROOT, WIDE, Watch, path_of, policy, visitor
from conftest import Site
from every_field import Filler, library, unit
from every_field import source as made_source
from playwright.sync_api import Browser, Locator, Page, Route, expect
from projects import keep_fonts
from test_axe import findings

from coopkm.library import read_library
from coopkm.site.frame import STRINGS
from coopkm.site.mkdocs import build_site

Serve = Callable[..., Site]
UNDER = "/km/2570/"
STORE = "coopkm-searches"
INDEX = "assets/coopkm/search"
HOME = {"th": "index.html", "en": "en/index.html"}
RESULTS = {"th": "search.html", "en": "en/search.html"}
# Something that the site knows much of, in each language.
PLAIN = {"th": "ทุจริต", "en": "fraud"}


@pytest.fixture
def site(serve: Serve, real_site: Path) -> Site:
    """The real site under a path of a server that sends the policy, as an office's would."""
    return serve(real_site, under=UNDER, policy=policy(real_site))


@contextmanager
def reader(browser: Browser, own: str, path: str, **options: Any) -> Iterator[Page]:
    """A reader at a page. Whatever is asked of another origin, refused by the policy or thrown is a failure."""
    watch = Watch(own)
    with visitor(browser, **{"viewport": WIDE, **options}) as page:
        page.add_init_script(REPORT_VIOLATIONS)
        watch.follow(page)
        page.goto(own + path)
        yield page
    assert watch.wrong == []


def box(page: Page) -> Locator:
    return page.locator("#_q")


def results(page: Page) -> Locator:
    return page.locator("a.result")


def status(page: Page) -> Locator:
    return page.get_by_role("status")


def open_box(page: Page) -> None:
    """Open the dialog and wait for the script of the box."""
    page.keyboard.press("/")
    ready(page)


def ready(page: Page) -> None:
    expect(page.locator("coopkm-search:defined")).to_have_count(1)


def ask(page: Page, query: str) -> None:
    """Put a query into the box at hand and wait for what is said of it."""
    box(page).fill("")
    expect(status(page)).to_have_text("")
    box(page).fill(query)
    expect(status(page)).not_to_have_text("")
    expect(box(page)).to_have_value(query)


def units(page: Page, most: int = 5) -> list[str]:
    """The first results that are units."""
    found = results(page).evaluate_all("(links) => links.map((link) => link.dataset.unit)")
    return [name for name in found[:most] if name]


def searched(page: Page, query: str) -> None:
    """Ask without the keyboard, for the tests of many queries."""
    page.evaluate("(query) => document.querySelector('coopkm-search').search(query)", query)


def kept(page: Page) -> Any:
    return json.loads(page.evaluate(f"localStorage.getItem('{STORE}')") or "[]")


def said(lang: str, name: str, value: str = "") -> str:
    return STRINGS[lang][f"search_{name}"].replace("{}", value)


# Opening and closing

# The place on the keyboard counts: on the Thai layout the same key gives another letter.
CONTROL_AND_THAI_LETTER = """() => !document.activeElement.dispatchEvent(new KeyboardEvent("keydown",
    { key: "า", code: "KeyK", ctrlKey: true, bubbles: true, cancelable: true }))"""


@pytest.mark.parametrize("lang", LANGS)
def test_a_key_opens_the_dialog_with_the_box_at_hand(browser: Browser, site: Site, lang: str) -> None:
    with reader(browser, site.url, HOME[lang]) as page:
        dialog = page.get_by_role("dialog", name=STRINGS[lang]["search"])
        for key in ("/", "Control+k", "Meta+k"):
            page.keyboard.press(key)
            expect(dialog).to_be_visible()
            expect(box(page)).to_be_focused()
            page.keyboard.press("Escape")
            expect(dialog).to_be_hidden()
        assert page.evaluate(CONTROL_AND_THAI_LETTER), "the browser's own use of the key is not held back"
        expect(dialog).to_be_visible()


def test_the_link_in_the_header_opens_the_dialog_and_another_key_does_not(browser: Browser, site: Site) -> None:
    with reader(browser, site.url, HOME["th"]) as page:
        page.keyboard.press("k")
        page.keyboard.press("Control+Shift+k")
        page.keyboard.press("Alt+/")
        expect(page.locator("dialog")).to_have_count(0)
        page.locator("[data-search-open]").click()
        expect(box(page)).to_be_focused()
        assert page.url == site.url + HOME["th"]


def test_a_slash_in_a_text_is_a_slash(browser: Browser, site: Site) -> None:
    with reader(browser, site.url, RESULTS["th"]) as page:
        ready(page)
        box(page).press_sequentially("2569/2570")
        expect(box(page)).to_have_value("2569/2570")
    with reader(browser, site.url, HOME["th"]) as page:
        open_box(page)
        page.keyboard.press("/")
        expect(box(page)).to_have_value("/")


def test_on_the_page_of_results_the_key_leads_to_its_own_box(browser: Browser, site: Site) -> None:
    with reader(browser, site.url, RESULTS["en"]) as page:
        page.keyboard.press("/")
        expect(box(page)).to_be_focused()
        expect(box(page)).to_have_value("")
        expect(page.locator("dialog")).to_have_count(0)


@pytest.mark.parametrize("query", ["", "ทวงหนี้"])
def test_escape_closes_the_dialog_and_gives_the_focus_back(browser: Browser, site: Site, query: str) -> None:
    with reader(browser, site.url, HOME["th"]) as page:
        link = page.locator("main a").nth(1)
        link.focus()
        open_box(page)
        if query:
            ask(page, query)
            page.keyboard.press("ArrowDown")
        page.keyboard.press("Escape")
        expect(page.locator("dialog")).to_be_hidden()
        expect(link).to_be_focused()
        page.keyboard.press("Control+k")
        expect(box(page)).to_be_focused()
        expect(box(page)).to_have_value(query)  # and what was found is still there
        expect(results(page).first).to_be_visible(visible=bool(query))


def test_escape_in_the_dialog_leaves_the_open_menu_behind_it_alone(browser: Browser, site: Site) -> None:
    with reader(browser, site.url, HOME["th"], viewport=PHONE) as page:
        page.locator("[data-menu-button]").click()
        open_box(page)
        page.keyboard.press("Escape")
        expect(page.locator("dialog")).to_be_hidden()
        expect(page.locator("[data-menu]")).to_be_visible()


def test_the_button_and_a_click_beside_it_close_the_dialog(browser: Browser, site: Site) -> None:
    with reader(browser, site.url, HOME["en"]) as page:
        open_box(page)
        page.get_by_role("button", name=STRINGS["en"]["search_close"]).click()
        expect(page.locator("dialog")).to_be_hidden()
        page.locator("[data-search-open]").click()
        page.mouse.click(5, WIDE["height"] - 5)
        expect(page.locator("dialog")).to_be_hidden()
        expect(page.locator("[data-search-open]")).to_be_focused()


# Results

PLAIN_QUERIES = {
    "th": {
        "ทวงหนี้": "guideline-15",
        "เยี่ยมสหกรณ์ครั้งแรก": "checklist-first-visit",
        "ประชุมใหญ่สามัญประจำปี": "checklist-annual-meeting",
        "การควบคุมภายใน": "guideline-12",
        "ซ่อมเครื่องจักร": "guideline-17",
    },
    "en": {
        "remind borrowers of debts": "guideline-15",
        "first visit to a cooperative": "checklist-first-visit",
        "packaging": "guideline-10",
        "documents to carry": "documents-to-carry",
    },
}


@pytest.mark.parametrize("lang", LANGS)
def test_a_plain_query_finds_the_unit_that_answers_it(browser: Browser, site: Site, lang: str) -> None:
    missed = {}
    with reader(browser, site.url, RESULTS[lang]) as page:
        ready(page)
        for query, wanted in PLAIN_QUERIES[lang].items():
            searched(page, query)
            if wanted not in units(page):
                missed[query] = units(page)
    assert missed == {}


def test_results_come_while_a_query_is_being_typed(browser: Browser, site: Site) -> None:
    with reader(browser, site.url, HOME["th"]) as page:
        open_box(page)
        for typed in ("ประ", "ประชุม", "ประชุมใหญ่"):
            box(page).press_sequentially(typed.removeprefix(box(page).input_value()))
            expect(results(page).locator("mark", has_text=typed).first).to_be_visible()
        assert "checklist-annual-meeting" in units(page)


def test_what_was_typed_before_the_script_had_come_is_asked_all_the_same(browser: Browser, site: Site) -> None:
    waiting: list[Route] = []
    with reader(browser, site.url, HOME["th"]) as page:
        page.route("**/search.js", lambda route: waiting.append(route))
        with page.expect_request("**/search.js"):
            page.keyboard.press("/")
        page.keyboard.insert_text("ทวงหนี้")
        expect(box(page)).to_have_value("ทวงหนี้")
        waiting[0].continue_()
        expect(results(page).first).to_be_visible()
        assert "guideline-15" in units(page)


@pytest.mark.parametrize("lang", LANGS)
def test_a_result_is_a_link_with_title_place_and_passage(
    browser: Browser, site: Site, real_site: Path, lang: str
) -> None:
    with reader(browser, site.url, path_of("guideline", lang)) as page:
        open_box(page)
        ask(page, PLAIN[lang])
        found = results(page)
        assert 5 <= found.count() <= 10
        for part in (".result-title", ".result-place", ".result-text"):
            texts = found.locator(part).all_inner_texts()
            assert len([text for text in texts if text.strip()]) == found.count()
        goals: list[str] = found.evaluate_all("(links) => links.map((link) => link.href.split('#')[0])")
        assert [goal for goal in goals if not (real_site / goal.removeprefix(site.url)).is_file()] == []
        first = found.and_(page.locator("[data-unit]")).first
        name, title = first.get_attribute("data-unit"), first.locator(".result-title").inner_text()
        first.click()
        page.wait_for_url(f"**/{name}.html*")
        expect(page.locator("h1")).to_contain_text(title)


MARKS = """() => [...document.querySelectorAll(".result-text")].flatMap((row) => {
    let at = 0;
    return [...row.childNodes].flatMap((node) => {
        const start = at;
        at += node.textContent.length;
        return node.nodeName === "MARK" ? [[row.textContent, start, at]] : [];
    });
})"""
FOLLOWING, LEADING = "ะัาำิีึืฺุูๅ็่้๊๋์ํ๎", "เแโใไ"


def splits(text: str, at: int) -> bool:
    """Whether a cut here would part a vowel or tone mark from its letter."""
    return text[at : at + 1] in tuple(FOLLOWING) or text[at - 1 : at] in tuple(LEADING)


def test_a_mark_never_parts_a_vowel_or_a_tone_from_its_letter(browser: Browser, site: Site) -> None:
    with reader(browser, site.url, RESULTS["th"]) as page:
        ready(page)
        marks = []
        for query in ("ทวงหนี้", "ที่ประชุม", "เจ้าหน้าที่", "กำไร", "น้ำ", "ผู้สอบบัญชี", "เเผนงาน", "กู้เงิน", "ใบเสร็จ"):
            searched(page, query)
            marks += page.evaluate(MARKS)
    assert len(marks) > 60
    assert [(text[start:end], text) for text, start, end in marks if splits(text, start) or splits(text, end)] == []


def test_more_results_are_shown_on_demand_and_the_focus_is_not_lost(browser: Browser, site: Site) -> None:
    with reader(browser, site.url, HOME["th"]) as page:
        open_box(page)
        ask(page, "ประชุมใหญ่")
        count = int(re.sub(r"\D", "", status(page).inner_text()))
        assert count > 20
        more = page.get_by_role("button", name=STRINGS["th"]["search_more"])
        before = results(page).count()
        while before < count:
            more.focus()
            page.keyboard.press("Enter")
            expect(results(page)).not_to_have_count(before)
            before = results(page).count()
            assert page.evaluate("document.activeElement.closest('dialog') !== null")
        expect(more).to_be_hidden()


# For those who use the keyboard or hear the page


@pytest.mark.parametrize("lang", LANGS)
def test_the_box_is_a_combobox_over_a_list_of_options(browser: Browser, site: Site, lang: str) -> None:
    with reader(browser, site.url, HOME[lang]) as page:
        open_box(page)
        combobox = page.get_by_role("combobox", name=STRINGS[lang]["search_label"])
        expect(combobox).to_have_attribute("aria-expanded", "false")
        ask(page, PLAIN[lang])
        expect(combobox).to_have_attribute("aria-expanded", "true")
        listbox = page.get_by_role("listbox", name=STRINGS[lang]["search_results"])
        assert combobox.get_attribute("aria-controls") == listbox.get_attribute("id")
        assert listbox.get_by_role("option", selected=False).count() == results(page).count() > 0
        combobox.fill("")
        expect(combobox).to_have_attribute("aria-expanded", "false")


def active(page: Page) -> int:
    """The number of the active option; -1 for none. Box and options must say the same."""
    name = box(page).get_attribute("aria-activedescendant")
    chosen: list[str] = page.locator("[aria-selected=true]").evaluate_all("(rows) => rows.map((row) => row.id)")
    assert chosen == ([name] if name else [])
    names: list[str] = page.get_by_role("option").evaluate_all("(rows) => rows.map((row) => row.id)")
    return names.index(name) if name else -1


def test_the_arrows_go_round_the_options_while_the_box_keeps_the_focus(browser: Browser, site: Site) -> None:
    with reader(browser, site.url, HOME["th"]) as page:
        open_box(page)
        ask(page, "ทวงหนี้")
        last = page.get_by_role("option").count() - 1
        seen = [active(page)]
        for key in ("ArrowDown", "ArrowDown", "ArrowUp", "ArrowUp", "ArrowUp", "ArrowDown", "ArrowDown"):
            page.keyboard.press(key)
            seen.append(active(page))
        assert seen == [-1, 0, 1, 0, last, last - 1, last, 0]
        expect(box(page)).to_be_focused()


def test_the_active_option_can_be_seen(browser: Browser, site: Site) -> None:
    with reader(browser, site.url, HOME["th"], viewport={"width": 700, "height": 420}) as page:
        open_box(page)
        ask(page, "ประชุมใหญ่")
        page.keyboard.press("ArrowUp")
        chosen = page.locator("[aria-selected=true]")
        expect(chosen).to_be_in_viewport()
        other = page.locator("[aria-selected=false]").first
        look = "(row) => [getComputedStyle(row).backgroundColor, getComputedStyle(row).borderTopColor]"
        assert chosen.evaluate(look) != other.evaluate(look)


def test_typing_on_leaves_no_option_active(browser: Browser, site: Site) -> None:
    with reader(browser, site.url, HOME["en"]) as page:
        open_box(page)
        ask(page, "general")
        page.keyboard.press("ArrowDown")
        assert active(page) == 0
        box(page).press_sequentially(" meeting")
        expect(box(page)).not_to_have_attribute("aria-activedescendant", re.compile(""))
        assert active(page) == -1


@pytest.mark.parametrize("lang", LANGS)
def test_enter_goes_to_the_active_option(browser: Browser, site: Site, lang: str) -> None:
    with reader(browser, site.url, path_of("guideline", lang)) as page:
        open_box(page)
        ask(page, PLAIN[lang])
        page.keyboard.press("ArrowDown")
        wanted = units(page, 1)[0]
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/{wanted}.html*")
        expect(page.locator("html")).to_have_attribute("lang", lang)


@pytest.mark.parametrize("lang", LANGS)
def test_how_many_were_found_is_announced(browser: Browser, site: Site, lang: str) -> None:
    with reader(browser, site.url, HOME[lang]) as page:
        open_box(page)
        # What is not there before it speaks is not listened to.
        assert status(page).evaluate("(line) => getComputedStyle(line).display") != "none"
        ask(page, PLAIN[lang])
        count = int(re.sub(r"\D", "", status(page).inner_text()))
        assert status(page).inner_text() == said(lang, "found", str(count))
        assert count >= results(page).count() > 0


# One kind only


@pytest.mark.parametrize("lang", LANGS)
def test_choosing_a_kind_leaves_only_that_kind_and_all_brings_all_back(browser: Browser, site: Site, lang: str) -> None:
    with reader(browser, site.url, HOME[lang]) as page:
        open_box(page)
        ask(page, PLAIN[lang])
        chips = page.get_by_role("group", name=STRINGS[lang]["search_kinds"]).get_by_role("button")
        names = chips.all_inner_texts()
        everything = units(page, 10)
        assert names[0] == STRINGS[lang]["search_all"]
        expect(chips.first).to_have_attribute("aria-pressed", "true")
        kind, count = next(name.rsplit(" ", 1) for name in names[1:] if not name.endswith(" 1"))
        chips.filter(has_text=kind).click()
        expect(status(page)).to_have_text(said(lang, "found", count))
        expect(results(page)).to_have_count(int(count))
        assert page.locator(".chip[aria-pressed=true]").all_inner_texts() == [f"{kind} {count}"]
        expect(page.locator(".result-place", has_text=kind)).to_have_count(int(count))
        assert chips.all_inner_texts() == names, "the other kinds are still to be chosen"
        assert page.evaluate("document.activeElement.closest('dialog') !== null"), "the focus is lost"
        chips.first.click()
        expect(chips.first).to_have_attribute("aria-pressed", "true")
        assert units(page, 10)[: len(everything)] == everything  # more, if more files have come in the meantime


def test_a_new_query_begins_with_all_kinds(browser: Browser, site: Site) -> None:
    with reader(browser, site.url, HOME["th"]) as page:
        open_box(page)
        ask(page, "ทวงหนี้")
        page.locator(".chip[aria-pressed]").last.click()
        expect(page.locator(".chip[aria-pressed]").last).to_have_attribute("aria-pressed", "true")
        ask(page, "ทุจริต")
        expect(page.locator(".chip[aria-pressed]").first).to_have_attribute("aria-pressed", "true")


# Own last queries


def test_the_last_queries_stand_in_the_empty_box_of_any_page_the_newest_first(browser: Browser, site: Site) -> None:
    with reader(browser, site.url, HOME["th"]) as page:
        for query in ("ทวงหนี้", "ทุจริต", "ทวงหนี้"):
            open_box(page)
            ask(page, query)
            results(page).first.click()
            page.wait_for_url("**/guidelines/*")
        open_box(page)
        past = page.get_by_role("option")
        expect(past).to_have_text(["ทวงหนี้", "ทุจริต"])
        expect(page.locator("[data-part=past]")).to_contain_text(STRINGS["th"]["search_past"])
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        expect(box(page)).to_have_value("ทุจริต")
        expect(results(page).first).to_be_visible()
        expect(page.locator("[data-part=past]")).to_be_hidden()
        box(page).fill("")
        expect(past).to_have_text(["ทวงหนี้", "ทุจริต"])
        past.first.click()
        expect(box(page)).to_have_value("ทวงหนี้")
        expect(results(page).first).to_be_visible()


def test_no_more_than_eight_queries_are_kept_and_nothing_else(browser: Browser, site: Site) -> None:
    with reader(browser, site.url, HOME["en"]) as page:
        queries = [f"query {number}" for number in range(8)]
        page.evaluate(f"(queries) => localStorage.setItem('{STORE}', JSON.stringify(queries))", queries)
        open_box(page)
        expect(page.get_by_role("option")).to_have_text(queries)
        ask(page, "fraud")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.wait_for_url("**/guidelines/*")
        assert kept(page) == ["fraud", *queries[:7]]
        stored = page.evaluate("[Object.keys(localStorage), sessionStorage.length, document.cookie]")
        assert stored == [[STORE], 0, ""]
        assert page.context.cookies() == []
        assert page.evaluate("indexedDB.databases()") == []


def test_what_was_only_typed_is_not_kept(browser: Browser, site: Site) -> None:
    with reader(browser, site.url, HOME["en"]) as page:
        open_box(page)
        ask(page, "fraud")
        page.keyboard.press("Escape")
        assert page.evaluate("localStorage.length") == 0


def test_the_last_queries_are_forgotten_at_a_press(browser: Browser, site: Site) -> None:
    with reader(browser, site.url, HOME["th"]) as page:
        page.evaluate(f"localStorage.setItem('{STORE}', JSON.stringify(['ทวงหนี้', 'ทุจริต']))")
        open_box(page)
        page.get_by_role("button", name=STRINGS["th"]["search_forget"]).click()
        expect(page.get_by_role("option")).to_have_count(0)
        expect(page.locator("[data-part=past]")).to_be_hidden()
        expect(box(page)).to_be_focused()
        assert page.evaluate("localStorage.length") == 0


REFUSED = """Object.defineProperty(window, "localStorage",
    { get() { throw new DOMException("refused", "SecurityError"); } });"""
NOT_OURS = f"""localStorage.setItem("{STORE}", '{{"not": "ours"')"""


@pytest.mark.parametrize("storage", [REFUSED, NOT_OURS], ids=["refused", "not-ours"])
def test_without_a_store_all_else_works(browser: Browser, site: Site, storage: str) -> None:
    with reader(browser, site.url, HOME["th"]) as page:
        page.add_init_script(storage)
        page.reload()
        open_box(page)
        ask(page, "ทวงหนี้")
        results(page).first.click()
        page.wait_for_url("**/guidelines/*")
        open_box(page)
        ask(page, "ทุจริต")
        expect(results(page).first).to_be_visible()


# The page of results


@pytest.mark.parametrize("lang", LANGS)
def test_an_address_with_a_query_shows_its_results_at_once(browser: Browser, site: Site, lang: str) -> None:
    with reader(browser, site.url, f"{RESULTS[lang]}?q={PLAIN[lang]}") as page:
        expect(box(page)).to_have_value(PLAIN[lang])
        expect(results(page).first).to_be_visible()
        assert "guideline-07" in units(page)


@pytest.mark.parametrize("lang", LANGS)
def test_enter_in_the_dialog_leads_to_the_page_of_results(browser: Browser, site: Site, lang: str) -> None:
    with reader(browser, site.url, path_of("guideline", lang)) as page:
        open_box(page)
        ask(page, PLAIN[lang])
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/{RESULTS[lang]}?q=*")
        expect(results(page).first).to_be_visible()
        assert "guideline-07" in units(page)
        assert kept(page) == [PLAIN[lang]]


def test_the_address_follows_the_query_so_that_it_can_be_shared(browser: Browser, site: Site) -> None:
    with reader(browser, site.url, f"{RESULTS['th']}?q=ทุจริต") as page:
        expect(results(page).first).to_be_visible()
        ask(page, "ทวงหนี้")
        assert page.evaluate("new URLSearchParams(location.search).get('q')") == "ทวงหนี้"
        page.reload()
        expect(results(page).first).to_be_visible()
        assert "guideline-15" in units(page)
        box(page).fill("")
        expect(page).to_have_url(site.url + RESULTS["th"])


def ready_units() -> set[str]:
    found, _ = read_library(ROOT)
    return {name for name, placed in found.units.items() if placed.value.status == "ready"}


@pytest.mark.parametrize("lang", LANGS)
def test_without_javascript_every_ready_unit_can_be_reached_by_topic(
    browser: Browser, site: Site, real_site: Path, lang: str
) -> None:
    with reader(browser, site.url, path_of("guideline", lang), java_script_enabled=False) as page:
        page.locator("[data-search-open]").click()
        page.wait_for_url(f"**/{RESULTS[lang]}")
        expect(page.get_by_text(STRINGS[lang]["search_without"])).to_be_visible()
        expect(box(page)).to_be_hidden()
        rows = page.locator(".topic .topic-list a")
        goals: list[str] = rows.evaluate_all("(links) => links.map((link) => link.getAttribute('href'))")
        assert {Path(goal).stem for goal in goals} == ready_units()
        folder = (real_site / RESULTS[lang]).parent
        assert [goal for goal in goals if not (folder / goal).is_file()] == []
        expect(page.locator(".topic h3")).to_have_count(page.locator(".topic").count())
        rows.last.click()
        page.wait_for_url(f"**/{goals[-1]}")


# Anywhere


EITHER_LANGUAGE = {"ทวงหนี้": "guideline-15", "annual general meeting": "checklist-annual-meeting"}


@pytest.mark.parametrize("where", ["from a folder", "from a server"])
@pytest.mark.parametrize("lang", LANGS)
def test_search_works_from_a_folder_and_under_a_path_in_either_language(
    browser: Browser, site: Site, real_site: Path, where: str, lang: str
) -> None:
    own = site.url if where == "from a server" else f"{real_site.as_uri()}/"
    with reader(browser, own, path_of("guideline", lang)) as page:
        for query, wanted in EITHER_LANGUAGE.items():
            open_box(page)
            ask(page, query)
            assert wanted in units(page)
            # In the reader's own language, whatever the query's; the passage where the query stands.
            found = page.locator(f"a[data-unit={wanted}]")
            assert found.get_attribute("lang") is None
            assert is_thai(found.locator(".result-title")) == (lang == "th")
            passage = found.locator(".result-text")
            assert passage.get_attribute("lang") == ("th" if is_thai(passage) else "en")
            found.click()
            page.wait_for_url(f"**/{wanted}.html*")
            expect(page.locator("html")).to_have_attribute("lang", lang)
        page.goto(f"{own}{RESULTS[lang]}?q={query}")
        expect(results(page).first).to_be_visible()
        assert wanted in units(page)
    assert site.paths(status=404) == []


def is_thai(text: Locator) -> bool:
    return bool(re.search("[ก-๛]", text.inner_text()))


def test_nothing_of_the_index_is_loaded_before_somebody_searches(browser: Browser, site: Site) -> None:
    with reader(browser, site.url, HOME["th"]) as page:
        page.wait_for_load_state("networkidle")
        assert [path for path in site.paths() if "assets/coopkm/search" in path] == []


# Never an empty page


@pytest.mark.parametrize("lang", LANGS)
def test_thai_typed_on_the_english_layout_is_understood_and_said(browser: Browser, site: Site, lang: str) -> None:
    with reader(browser, site.url, HOME[lang]) as page:
        open_box(page)
        ask(page, "m;'souh")
        expect(status(page)).to_contain_text(said(lang, "reading", "ทวงหนี้"))
        assert "guideline-15" in units(page)


@pytest.mark.parametrize(("lang", "query", "wanted"), [("th", "กฎ", "guideline-02"), ("en", "km", "km-order")])
def test_two_letters_are_enough(browser: Browser, site: Site, lang: str, query: str, wanted: str) -> None:
    with reader(browser, site.url, HOME[lang]) as page:
        open_box(page)
        ask(page, query)
        assert wanted in units(page)


@pytest.mark.parametrize(
    ("lang", "missed", "meant"), [("th", "กรรมการดำเนนการ", "กรรมการดำเนินการ"), ("en", "auditer", "auditor")]
)
def test_what_was_probably_meant_is_offered_and_asked_at_a_press(
    browser: Browser, site: Site, lang: str, missed: str, meant: str
) -> None:
    with reader(browser, site.url, HOME[lang]) as page:
        open_box(page)
        ask(page, missed)
        page.get_by_role("button", name=said(lang, "meant", meant)).click()
        expect(box(page)).to_have_value(meant)
        expect(page.locator("[data-part=meant]")).to_be_hidden()
        expect(results(page).locator("mark", has_text=meant).first).to_be_visible()
        expect(box(page)).to_be_focused()


@pytest.mark.parametrize("lang", LANGS)
def test_where_nothing_fits_it_is_said_and_the_list_by_topic_is_offered(
    browser: Browser, site: Site, lang: str
) -> None:
    with reader(browser, site.url, path_of("guideline", lang)) as page:
        open_box(page)
        by_topic = page.get_by_role("link", name=STRINGS[lang]["search_page"])
        for query in ("zzzzqqqq", "zqzq<img src=x>zqzq", "???", "ซฌ"):
            ask(page, query)
            near = said(lang, "near")
            expect(status(page)).to_contain_text(near if results(page).count() else query)
            expect(by_topic).to_be_visible()
        by_topic.click()
        page.wait_for_url(f"**/{RESULTS[lang]}")
        expect(page.locator(".topic-list a").first).to_be_visible()


# A site that changes or is damaged while it is read


@pytest.fixture
def copied(real_site: Path, tmp_path: Path) -> Path:
    """A copy of the real site that a test may change: the pages it needs, and all that they load."""
    folder = tmp_path / "site"
    shutil.copytree(real_site / "assets", folder / "assets")
    for path in (*HOME.values(), *RESULTS.values()):
        (folder / path).parent.mkdir(exist_ok=True)
        shutil.copy(real_site / path, folder / path)
    return folder


def replace_index(folder: Path, lang: str, old: str, new: str) -> None:
    """Put another edition in place of an index: other words, and so another folder."""
    [data] = (folder / INDEX).glob(f"{lang}-*")
    start = folder / INDEX / f"{lang}.js"
    start.write_text(start.read_text("utf-8").replace(data.name, f"{lang}-0123456789ab"), "utf-8")
    for file in data.iterdir():
        file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")
    data.rename(data.with_name(f"{lang}-0123456789ab"))


@contextmanager
def unlucky(browser: Browser, url: str) -> Iterator[Page]:
    """A reader of a damaged site: files may be missing, but nothing is thrown and left."""
    thrown: list[str] = []
    with visitor(browser, viewport=WIDE) as page:
        page.on("pageerror", lambda error: thrown.append(str(error)))
        page.goto(url)
        yield page
    assert thrown == []


def test_a_box_begins_anew_when_the_site_is_replaced_under_it(browser: Browser, serve: Serve, copied: Path) -> None:
    with unlucky(browser, serve(copied).url + HOME["th"]) as page:
        open_box(page)
        ask(page, "ทวงหนี้")
        assert "guideline-15" in units(page)
        title = page.locator("a[data-unit=guideline-15] .result-title").inner_text()
        replace_index(copied, "th", json.dumps(title, ensure_ascii=False), '"ฉบับใหม่"')
        for query in ("ประชุมใหญ่", "ทุจริต", "ทวงหนี้"):
            ask(page, query)
            expect(results(page).first).to_be_visible()
            expect(status(page)).not_to_have_text(said("th", "failed"))
        expect(page.locator("a[data-unit=guideline-15] .result-title")).to_have_text("ฉบับใหม่")


@pytest.mark.parametrize("lang", LANGS)
def test_without_an_index_it_is_said_and_the_list_by_topic_is_offered(
    browser: Browser, serve: Serve, copied: Path, lang: str
) -> None:
    hidden = (copied / INDEX).rename(copied / "hidden")
    with unlucky(browser, serve(copied).url + HOME[lang]) as page:
        open_box(page)
        ask(page, PLAIN[lang])
        expect(status(page)).to_have_text(said(lang, "failed"))
        expect(results(page)).to_have_count(0)
        expect(page.get_by_role("link", name=STRINGS[lang]["search_page"])).to_be_visible()
        hidden.rename(copied / INDEX)
        ask(page, PLAIN[lang])  # and when it is there again
        expect(results(page).first).to_be_visible()
        expect(page.get_by_role("link", name=STRINGS[lang]["search_page"])).to_be_hidden()


def test_results_of_another_query_do_not_stay_under_the_words_that_the_index_is_gone(
    browser: Browser, serve: Serve, copied: Path
) -> None:
    with unlucky(browser, serve(copied).url + HOME["en"]) as page:
        open_box(page)
        ask(page, "fraud")
        expect(results(page).first).to_be_visible()
        shutil.rmtree(copied / INDEX)
        box(page).fill("packaging quality standards")
        expect(status(page)).to_have_text(said("en", "failed"))
        expect(results(page)).to_have_count(0)
        expect(page.locator("[data-part=kinds]")).to_be_hidden()


# Texts that would be more than texts

# As an author writes it, and as it is to be read: entities are letters, tags are taken out.
HOSTILE = {
    'ตรวจ &lt;img src=x onerror="window.hit()"&gt; หนา': 'ตรวจ <img src=x onerror="window.hit()"> หนา',
    "ตรวจ &lt;/script&gt;&lt;script&gt;window.hit()&lt;/script&gt;": "ตรวจ </script><script>window.hit()</script>",
    "ตรวจ '&gt;&lt;svg onload=window.hit()&gt; ${7*7} {} $&": "ตรวจ '><svg onload=window.hit()> ${7*7} {} $&",
    'ตรวจ <img src=x onerror="window.hit()"> <b>หนา</b> </script>': "ตรวจ หนา",
}


@pytest.fixture(scope="module")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("hostile-search")
    (root / "mkdocs.yml").write_bytes((ROOT / "mkdocs.yml").read_bytes())
    for lang in LANGS:
        (root / "docs" / lang).mkdir(parents=True)
    keep_fonts(root)
    fillers = [Filler(lambda lang, text=text: text, links=["hostile-0"], sources=["made.one"]) for text in HOSTILE]
    made = library(
        root,
        [unit("duty", f"hostile-{number}", filler) for number, filler in enumerate(fillers)],
        sources=[made_source("made.one", fillers[0])],
    )
    return build_site(made, root / "site", "en")


@pytest.mark.parametrize("lang", LANGS)
def test_a_text_of_a_unit_stays_a_text_in_results(browser: Browser, hostile_site: Path, lang: str) -> None:
    # From a folder: there is no policy that would hold a script back.
    with reader(browser, f"{hostile_site.as_uri()}/", HOME[lang]) as page:
        page.evaluate("() => { window.hit = () => console.error('a text has run'); }")
        open_box(page)
        for number, text in enumerate(HOSTILE.values()):
            ask(page, text)
            row = page.locator(f"[data-unit=hostile-{number}]")
            expect(row.locator(".result-title")).to_have_text(text)
            assert " ".join(row.locator(".result-text").inner_text().split()).startswith(text)
            expect(page.locator("coopkm-search").locator("img, svg, script, b, i")).to_have_count(0)


def test_a_hostile_query_stays_a_text_also_among_the_last_ones(browser: Browser, real_site: Path) -> None:
    query = "<img src=x onerror=console.error(1)>$&"
    with reader(browser, f"{real_site.as_uri()}/", f"{RESULTS['th']}?q={query.replace('&', '%26')}") as page:
        expect(box(page)).to_have_value(query)
        expect(status(page)).not_to_have_text("")
        page.evaluate(f"(query) => localStorage.setItem('{STORE}', JSON.stringify([query]))", query)
        box(page).fill("")
        expect(page.get_by_role("option")).to_have_text([query])
        expect(page.locator("coopkm-search img")).to_have_count(0)


# axe


def at_rest(page: Page) -> None:
    """The dialog, empty."""
    open_box(page)


def with_results(page: Page) -> None:
    open_box(page)
    ask(page, "ทวงหนี้")


def with_an_active_option(page: Page) -> None:
    with_results(page)
    page.keyboard.press("ArrowDown")


def with_a_kind(page: Page) -> None:
    with_results(page)
    page.locator(".chip[aria-pressed]").nth(1).click()
    expect(page.locator(".chip[aria-pressed]").nth(1)).to_have_attribute("aria-pressed", "true")


def with_past(page: Page) -> None:
    page.evaluate(f"localStorage.setItem('{STORE}', JSON.stringify(['ทวงหนี้', 'fraud']))")
    open_box(page)
    expect(page.get_by_role("option")).to_have_count(2)


def with_nothing_found(page: Page) -> None:
    open_box(page)
    ask(page, "กรรมการดำเนนการ")
    expect(page.locator("[data-part=meant]")).to_be_visible()
    ask(page, "zzzzqqqq")


def on_its_page(page: Page) -> None:
    page.goto(page.url.replace("whats-new.html", "search.html?q=fraud"))
    expect(results(page).first).to_be_visible()


STATES = [
    (at_rest, "light", WIDE),
    (with_results, "light", WIDE),
    (with_results, "dark", PHONE),
    (with_an_active_option, "dark", WIDE),
    (with_a_kind, "dark", WIDE),
    (with_past, "light", PHONE),
    (with_nothing_found, "light", WIDE),
    (on_its_page, "light", PHONE),
    (on_its_page, "dark", WIDE),
]


@pytest.mark.parametrize(("state", "scheme", "screen"), STATES)
def test_axe_finds_nothing_in_the_box(
    browser: Browser, serve: Serve, real_site: Path, state: Callable[[Page], None], scheme: str, screen: dict[str, int]
) -> None:
    lang = LANGS[STATES.index((state, scheme, screen)) % 2]
    own = serve(real_site).url  # without the policy, which axe itself would break
    with reader(browser, own, path_of("news", lang), color_scheme=scheme, viewport=screen) as page:
        state(page)
        behind = [".topic-list", ".site-head", ".menu"] if state is on_its_page else [".site-head", ".frame"]
        assert findings(page, without=behind) == []


# A phone

WIDER = """() => [document.documentElement, ...document.querySelectorAll("dialog, dialog *")]
    .filter((part) => part.scrollWidth > part.clientWidth + 1 && getComputedStyle(part).display !== "inline"
        && !part.matches(".hide, input, coopkm-search")) // its head goes from edge to edge of the dialog
    .map((part) => `${part.outerHTML.slice(0, 80)}: ${part.scrollWidth} > ${part.clientWidth}`)"""
BEYOND = """() => [...document.querySelectorAll("dialog *")].map((part) => [part, part.getBoundingClientRect()])
    .filter(([part, at]) => at.width && !part.closest(".hide") && (at.left < 0 || at.right > innerWidth))
    .map(([part]) => part.outerHTML.slice(0, 80))"""

SMALL = """() => [...document.querySelectorAll("dialog :is(button, a, input)")]
    .map((control) => [control, control.getBoundingClientRect()])
    .filter(([, at]) => at.width && Math.min(at.width, at.height) < 24)
    .map(([control, at]) => `${control.outerHTML.slice(0, 80)}: ${at.width} x ${at.height}`)"""


@pytest.mark.parametrize("lang", LANGS)
def test_on_a_phone_nothing_stands_out_sideways_and_all_can_be_hit(browser: Browser, site: Site, lang: str) -> None:
    with reader(browser, site.url, HOME[lang], viewport=PHONE, has_touch=True, is_mobile=True) as page:
        page.locator("[data-search-open]").tap()
        ready(page)
        for query in ("z" * 60, "กรรมการดำเนนการ", PLAIN[lang]):
            searched(page, query)
            assert (page.evaluate(WIDER), page.evaluate(BEYOND)) == ([], [])
            assert page.evaluate(SMALL) == []
        expect(page.locator(".chip[aria-pressed]").first).to_be_visible()
        results(page).first.tap()
        page.wait_for_url("**/guidelines/*")
