"""The built site in a browser, under the policy that the build wrote: read, printed, by keyboard, offline."""

import json
import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from browser_pages import (
    CHECKLISTS,
    LANGS,
    PAGES,
    PHONE,
    REPORT_VIOLATIONS,
    WIDE,
    Watch,
    path_of,
    policy,
    visitor,
)
from conftest import Site
from playwright.sync_api import Browser, Page, expect

FACTS = (Path(__file__).parent / "page_facts.js").read_text("utf-8")
SMALLEST = {"width": 320, "height": 640}
Facts = dict[str, dict[str, Any]]
Serve = Callable[..., Site]


@pytest.fixture
def site(serve: Serve, real_site: Path) -> Site:
    """The real site under a path of a server that sends the policy, as an office's would."""
    return serve(real_site, under="/km/2570/", policy=policy(real_site))


@pytest.fixture(scope="module")
def facts(browser: Browser, real_site: Path) -> Facts:
    """What page_facts.js gathers on every kind of page at 320 pixels; once for all tests that ask."""
    gathered = {}
    with visitor(browser, viewport=SMALLEST) as page:
        for path in PAGES:
            # The page for lost addresses finds its style at the root of a server only.
            if path != "404.html":
                page.goto((real_site / path).as_uri())
                gathered[path] = page.evaluate(FACTS)
    return gathered


def of_all(facts: Facts, name: str) -> dict[str, Any]:
    """One fact of all pages, where there is something to tell."""
    return {path: found[name] for path, found in facts.items() if found[name]}


# What a page asks for, keeps and reports


@pytest.mark.parametrize("path", PAGES[:-1])
def test_a_page_asks_no_other_origin_keeps_nothing_and_obeys_the_policy(
    browser: Browser, site: Site, path: str
) -> None:
    watch = Watch(site.url)
    with visitor(browser) as page:
        page.add_init_script(REPORT_VIOLATIONS)
        watch.follow(page)
        page.goto(site.url + path)
        page.evaluate("document.fonts.ready.then(() => document.fonts.size)")
        kept = page.evaluate("[Object.keys(localStorage), Object.keys(sessionStorage), document.cookie]")
        cookies = page.context.cookies()
    assert watch.wrong == []
    assert (kept, cookies) == ([[], [], ""], [])
    assert site.paths(status=404) == []


def test_a_broken_policy_would_be_reported(browser: Browser, serve: Serve, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<!doctype html><script>document.title = 'ran'</script>", "utf-8")
    broken = serve(tmp_path, policy="default-src 'none'")
    watch = Watch(broken.url)
    with visitor(browser) as page:
        page.add_init_script(REPORT_VIOLATIONS)
        watch.follow(page)
        page.goto(broken.url)
        assert page.title() == ""
    assert any("policy: script-src" in line for line in watch.wrong)


def test_the_policy_allows_no_inline_code_and_no_other_host(real_site: Path) -> None:
    rules = dict(rule.split(maxsplit=1) for rule in policy(real_site).split("; "))
    assert rules["default-src"] == "'none'"
    assert rules["base-uri"] == "'none'"
    assert not re.search(r"unsafe|https?:|\*", policy(real_site))


def test_only_the_colour_scheme_is_remembered(browser: Browser, site: Site) -> None:
    with visitor(browser) as page:
        page.goto(site.url + path_of("checklist", "th"))
        page.locator("[data-scheme-button]").click()
        page.locator("[data-scheme-button]").click()
        page.locator(".tick").first.click()
        page.locator("[data-menu-button]").click()
        page.goto(site.url + path_of("glossary", "en"))
        assert page.evaluate("({...localStorage})") == {"coopkm-scheme": "dark"}
        assert page.context.cookies() == []


# From a folder


@pytest.mark.parametrize("path", PAGES[:-1])
def test_a_page_opens_from_a_folder_without_a_server(browser: Browser, real_site: Path, path: str) -> None:
    watch = Watch(real_site.as_uri())
    with visitor(browser) as page:
        watch.follow(page)
        page.goto((real_site / path).as_uri())
        page.evaluate("document.fonts.ready.then(() => document.fonts.size)")
        assert page.evaluate("getComputedStyle(document.body).fontFamily").startswith("Sarabun")
    assert watch.wrong == []


class Links(HTMLParser):
    """Addresses that a page refers to, and the places in it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.targets: list[str] = []
        self.ids: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in ("href", "src") and value:
                self.targets.append(value)
            elif name == "id" and value:
                self.ids.add(value)


def test_every_link_of_every_page_leads_to_a_file_and_a_place_in_it(real_site: Path) -> None:
    pages = {path: Links(path.read_text("utf-8")) for path in real_site.rglob("*.html")}
    assert len(pages) > 100
    broken = []
    for path, links in pages.items():
        for target in links.targets:
            parts = urlsplit(target)
            if parts.scheme:
                continue
            file = unquote(parts.path)
            start = real_site if file.startswith("/") else path.parent
            goal = (start / file.lstrip("/")).resolve() if file else path
            if not goal.is_file() or (parts.fragment and unquote(parts.fragment) not in pages[goal].ids):
                broken.append(f"{path.relative_to(real_site)}: {target}")
    assert broken == []


def test_only_the_page_for_lost_addresses_has_links_from_the_root(real_site: Path) -> None:
    rooted = {
        path.name
        for path in real_site.rglob("*.html")
        if any(target.startswith("/") for target in Links(path.read_text("utf-8")).targets)
    }
    assert rooted == {"404.html"}


@pytest.mark.parametrize("where", ["from a folder", "from a server"])
def test_the_language_switch_leads_to_the_same_page_and_back(
    browser: Browser, site: Site, real_site: Path, where: str
) -> None:
    root = site.url if where == "from a server" else f"{real_site.as_uri()}/"
    with visitor(browser) as page:
        for name in ("home", "guideline", "document"):
            page.goto(root + path_of(name, "th"))
            page.locator(".tools [hreflang=en]").click()
            assert page.url == root + path_of(name, "en")
            assert page.locator("html").get_attribute("lang") == "en"
            page.locator(".tools [hreflang=th]").click()
            assert page.url == root + path_of(name, "th")
    assert site.paths(status=404) == []


def test_a_lost_address_gets_a_page_with_a_way_home_in_both_languages(
    browser: Browser, serve: Serve, real_site: Path
) -> None:
    site = serve(real_site, policy=policy(real_site))
    with visitor(browser) as page:
        answer = page.goto(site.url + "en/guidelines/no-such-page.html")
        assert answer is not None
        assert answer.status == 404
        ways = page.locator("main a")
        assert [ways.nth(index).get_attribute("href") for index in range(ways.count())] == [
            "/index.html",
            "/en/index.html",
        ]
        assert page.evaluate("getComputedStyle(document.body).fontFamily").startswith("Sarabun")
        ways.last.click()
        expect(page.locator("html[lang=en] body.home")).to_have_count(1)


# Colours


def test_the_colour_button_goes_round_and_the_choice_stays(browser: Browser, site: Site) -> None:
    ground = "getComputedStyle(document.body).backgroundColor"
    with visitor(browser, color_scheme="dark") as page:
        page.goto(site.url)
        button = page.locator("[data-scheme-button]")
        auto = page.evaluate(ground)
        label = button.inner_text()
        button.click()
        light = page.evaluate(ground)
        assert (light != auto, button.inner_text() != label) == (True, True)
        page.goto(site.url + path_of("duty", "th"))
        assert page.evaluate(ground) == light
        button.click()
        assert page.evaluate(ground) == auto
        button.click()
        assert page.evaluate("[document.documentElement.dataset.scheme, localStorage.length]") == [None, 0]
        assert button.inner_text() == label


# Keyboard


def focused(page: Page) -> dict[str, Any]:
    """What has the focus and how it shows."""
    found: dict[str, Any] = page.evaluate(
        """() => {
            const at = document.activeElement, style = getComputedStyle(at), box = at.getBoundingClientRect();
            const shape = at.querySelector("rect");
            return { href: at.getAttribute("href"), id: at.id, name: at.localName,
                menu: !!at.closest("[data-menu]"), text: (at.textContent ?? "").trim().slice(0, 40),
                outline: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth),
                stroke: shape ? parseFloat(getComputedStyle(shape).strokeWidth) : 0,
                inside: box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth };
        }"""
    )
    return found


def tab_stops(page: Page, most: int = 400) -> Iterator[dict[str, Any]]:
    """Every place the Tab key comes to, from the top of the page."""
    for _ in range(most):
        page.keyboard.press("Tab")
        stop = focused(page)
        if stop["name"] == "body":
            return
        yield stop


def test_the_first_tab_stop_skips_to_the_content(browser: Browser, site: Site) -> None:
    with visitor(browser) as page:
        page.goto(site.url + path_of("guideline", "th"))
        page.keyboard.press("Tab")
        first = focused(page)
        assert (first["href"], first["inside"]) == ("#_content", True)
        page.keyboard.press("Enter")
        assert focused(page)["id"] == "_content"
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('main') !== null")


@pytest.mark.parametrize("screen", [PHONE, WIDE], ids=["phone", "wide"])
@pytest.mark.parametrize("name", ["home", "picture", "checklist", "procedure"])
def test_every_tab_stop_can_be_seen(browser: Browser, site: Site, name: str, screen: dict[str, int]) -> None:
    with visitor(browser, viewport=screen) as page:
        page.goto(site.url + path_of(name, "th"))
        stops = list(tab_stops(page))
    assert len(stops) > 10
    assert [stop for stop in stops if max(stop["outline"], stop["stroke"]) < 3 or not stop["inside"]] == []


def test_a_closed_menu_takes_no_tab_stop(browser: Browser, site: Site) -> None:
    with visitor(browser) as page:
        page.goto(site.url + path_of("guideline", "th"))
        stops = list(tab_stops(page))
        assert [stop["text"] for stop in stops if stop["menu"]] == []
        page.locator("[data-menu-button]").click()
        page.keyboard.press("Tab")
        assert focused(page)["menu"]


@pytest.mark.parametrize("path", ["index.html", path_of("guideline", "en")])
def test_the_menu_button_opens_the_menu_and_escape_gives_the_focus_back(
    browser: Browser, site: Site, path: str
) -> None:
    with visitor(browser) as page:
        page.goto(site.url + path)
        button, menu = page.locator("[data-menu-button]"), page.locator("[data-menu]")
        expect(menu).to_be_hidden()
        button.focus()
        page.keyboard.press("Enter")
        expect(menu).to_be_visible()
        expect(button).to_have_attribute("aria-expanded", "true")
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        assert focused(page)["menu"]
        page.keyboard.press("Escape")
        expect(menu).to_be_hidden()
        expect(button).to_be_focused()
        expect(button).to_have_attribute("aria-expanded", "false")


# Terms


@pytest.fixture
def term_page(browser: Browser, site: Site) -> Iterator[Page]:
    """A unit page that explains a term, on a wide screen."""
    with visitor(browser, viewport=WIDE) as page:
        page.goto(site.url + path_of("procedure", "th"))
        yield page


def meaning(page: Page) -> str:
    """The meaning of the first term of the page, as the list at its end has it."""
    term = page.locator("main a.term").first.get_attribute("data-term")
    return page.locator(f"#term_{term}").inner_text()


def test_a_term_is_explained_on_hover_and_stays_while_the_pointer_is_on_the_explanation(
    term_page: Page,
) -> None:
    tip = term_page.locator(".term-tip")
    expect(tip).to_be_hidden()
    term_page.locator("main a.term").first.hover()
    expect(tip).to_have_text(meaning(term_page))
    tip.hover()
    # Longer than the pause after which it would go away.
    term_page.evaluate("new Promise((done) => setTimeout(done, 400))")
    expect(tip).to_be_visible()
    term_page.mouse.move(2, 2)
    expect(tip).to_be_hidden()


def test_a_term_is_explained_on_focus_and_escape_puts_it_away(term_page: Page) -> None:
    tip, term = term_page.locator(".term-tip"), term_page.locator("main a.term").first
    term.focus()
    expect(tip).to_have_text(meaning(term_page))
    term_page.keyboard.press("Escape")
    expect(tip).to_be_hidden()
    expect(term).to_be_focused()


def test_a_term_is_described_to_those_who_hear_the_page(term_page: Page) -> None:
    term = term_page.locator("main a.term").first
    expect(term).to_have_accessible_description(meaning(term_page))


def test_a_tap_explains_a_term_and_the_next_tap_follows_it(browser: Browser, site: Site) -> None:
    with visitor(browser, has_touch=True, is_mobile=True) as page:
        page.goto(site.url + path_of("procedure", "th"))
        here, tip, term = page.url, page.locator(".term-tip"), page.locator("main a.term").first
        name = term.get_attribute("data-term")
        term.tap()
        expect(tip).to_have_text(meaning(page))
        assert page.url == here
        box = tip.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= PHONE["width"]
        term.tap()
        page.wait_for_url(f"**/glossary.html#{name}")


# Without JavaScript


@pytest.mark.parametrize("lang", LANGS)
def test_without_javascript_the_menu_the_terms_and_the_contents_are_there(
    browser: Browser, site: Site, lang: str
) -> None:
    with visitor(browser, java_script_enabled=False) as page:
        page.goto(site.url + path_of("procedure", lang))
        expect(page.locator("[data-menu]")).to_be_visible()
        expect(page.locator("button:visible")).to_have_count(0)
        page.locator(".tools a[href='#_menu']").click()
        assert page.url.endswith("#_menu")
        term = page.locator("main a.term").first
        name = term.get_attribute("data-term")
        expect(page.locator(f"#term_{name}")).to_be_visible()
        term.click()
        expect(page.locator(f".entry#{name}")).to_be_visible()
        page.goto(site.url + path_of("picture", lang))
        page.locator(".toc summary").click()
        expect(page.locator(".toc a").first).to_be_visible()
        page.goto(site.url + path_of("checklist", lang))
        box = page.locator(".tick input").first
        box.check()
        expect(box).to_be_checked()


# Room, size and type


def test_no_page_scrolls_sideways_at_320_pixels(facts: Facts) -> None:
    assert of_all(facts, "overflow") == {}
    assert of_all(facts, "beyond") == {}


def test_no_page_scrolls_sideways_at_twice_the_size(browser: Browser, real_site: Path) -> None:
    wide = {}
    # A screen of 1280 pixels at 200%, and a phone on which only the letters are twice as large.
    with visitor(browser, viewport={"width": 640, "height": 450}, device_scale_factor=2) as page:
        for path in PAGES[:-1]:
            page.goto((real_site / path).as_uri())
            zoomed = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            page.evaluate("document.documentElement.style.fontSize = '200%'")
            larger = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            wide[path] = (max(0, zoomed), max(0, larger))
    assert {path: by for path, by in wide.items() if any(by)} == {}


def test_every_control_can_be_hit_with_a_finger(facts: Facts) -> None:
    assert of_all(facts, "smallControls") == {}


def test_every_control_has_a_name(facts: Facts) -> None:
    assert of_all(facts, "unnamed") == {}


def test_thai_lines_leave_room_for_tone_marks(facts: Facts) -> None:
    assert all(found["thai"] > 5 for path, found in facts.items() if not path.startswith("en/"))
    assert of_all(facts, "tight") == {}
    assert of_all(facts, "cut") == {}


def test_thai_text_asks_for_sarabun(facts: Facts) -> None:
    assert of_all(facts, "otherFont") == {}


@pytest.mark.parametrize("selector", ["h1", ".lede", ".point > p", ".menu-title", ".unit-foot dd"])
def test_thai_letters_are_drawn_with_the_sarabun_of_the_site(browser: Browser, real_site: Path, selector: str) -> None:
    with visitor(browser, viewport=WIDE) as page:
        page.goto((real_site / path_of("guideline", "th")).as_uri())
        assert page.evaluate("document.fonts.ready.then(() => document.fonts.check('1rem Sarabun', 'ที่'))")
        tools = page.context.new_cdp_session(page)
        tools.send("DOM.enable")
        tools.send("CSS.enable")
        root = tools.send("DOM.getDocument")["root"]["nodeId"]
        node = tools.send("DOM.querySelector", {"nodeId": root, "selector": selector})["nodeId"]
        used = tools.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
    assert {(font["familyName"], font["isCustomFont"]) for font in used} == {("Sarabun", True)}


# Order


def test_every_page_has_one_heading_of_the_first_level_and_skips_no_level(facts: Facts) -> None:
    wrong = {}
    for path, found in facts.items():
        levels = [level for level, _ in found["headings"]]
        skips = any(after - before > 1 for before, after in pairwise(levels))
        if levels[:1] != [1] or levels.count(1) != 1 or skips:
            wrong[path] = found["headings"]
    assert wrong == {}


def test_every_page_has_one_main_part_its_language_and_no_id_twice(facts: Facts) -> None:
    assert {path: found["mains"] for path, found in facts.items() if found["mains"] != 1} == {}
    languages = {path: "en" if path.startswith("en/") else "th" for path in facts}
    assert {path: found["lang"] for path, found in facts.items()} == languages
    assert of_all(facts, "duplicateIds") == {}


# The picture of CPS

PICTURE = """() => [...document.querySelectorAll(".diagram svg")].filter((svg) => svg.checkVisibility())
  .map((svg) => {
    const view = svg.viewBox.baseVal, scale = svg.getBoundingClientRect().width / view.width;
    const box = (element) => {
        const { x, y, width, height } = element.getBBox();
        return [x, y, x + width, y + height];
    };
    const size = (text) => parseFloat(getComputedStyle(text).fontSize) * scale;
    return {
        name: svg.getAttribute("class"),
        size: Math.min(...[...svg.querySelectorAll("text")].map(size)),
        view: [view.x, view.y, view.x + view.width, view.y + view.height],
        free: [...svg.querySelectorAll(":scope > text")].map(box),
        boxes: [...svg.querySelectorAll("a")].map((link) => ({
            href: link.getAttribute("href"), frame: box(link.querySelector("rect")),
            texts: [...link.querySelectorAll("text")].map((text) => [text.textContent, ...box(text)]) })),
    };
})"""


def within(inner: list[float], outer: list[float]) -> bool:
    return inner[0] >= outer[0] and inner[1] >= outer[1] and inner[2] <= outer[2] and inner[3] <= outer[3]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(("layout", "screen"), [("narrow", SMALLEST), ("narrow", PHONE), ("wide", WIDE)])
def test_every_text_of_the_picture_stands_inside_its_box_and_can_be_read(
    browser: Browser, real_site: Path, lang: str, layout: str, screen: dict[str, int]
) -> None:
    with visitor(browser, viewport=screen) as page:
        page.goto((real_site / path_of("picture", lang)).as_uri())
        page.evaluate("document.fonts.ready.then(() => document.fonts.size)")
        pictures = page.evaluate(PICTURE)
    assert [picture["name"] for picture in pictures] == [f"diagram-{layout}"]
    [picture] = pictures
    assert picture["size"] >= 13
    assert len(picture["boxes"]) >= 10
    outside = [text[0] for box in picture["boxes"] for text in box["texts"] if not within(text[1:], box["frame"])]
    assert outside == []
    assert all(within(text, picture["view"]) for text in picture["free"])
    assert all(box["texts"] for box in picture["boxes"])


@pytest.mark.parametrize("lang", LANGS)
def test_the_picture_says_in_words_what_it_shows(browser: Browser, real_site: Path, lang: str) -> None:
    with visitor(browser) as page:
        page.goto((real_site / path_of("picture", lang)).as_uri())
        picture = page.locator(".diagram-narrow")
        for number in ("1.1", "2.3", "3.3"):
            assert number in (picture.locator("desc").text_content() or "")
        assert picture.get_attribute("aria-labelledby")
        picture.locator("a", has_text="2.3").click()
        page.wait_for_url("**/cps/cps-phase-2.html#*")
        expect(page.locator(":target .step-number")).to_have_text("2.3")


# Paper


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("path", CHECKLISTS)
def test_a_checklist_is_one_sheet_of_paper(browser: Browser, real_site: Path, path: str, lang: str) -> None:
    with visitor(browser, viewport=WIDE) as page:
        page.goto((real_site / (path if lang == "th" else f"en/{path}")).as_uri())
        sheet = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", sheet)) == 1
    width, height = map(float, re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)", sheet)[0])
    assert (round(width), round(height)) == (595, 842)  # A4 in points


def test_a_long_page_takes_more_than_one_sheet(browser: Browser, real_site: Path) -> None:
    with visitor(browser, viewport=WIDE) as page:
        page.goto((real_site / path_of("procedure", "th")).as_uri())
        assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True))) > 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_printed_boxes_are_black_squares_and_what_only_a_screen_needs_is_gone(
    browser: Browser, real_site: Path, scheme: Any
) -> None:
    with visitor(browser, viewport=WIDE, color_scheme=scheme) as page:
        page.goto((real_site / path_of("checklist", "th")).as_uri())
        page.emulate_media(media="print", color_scheme=scheme)
        for gone in (".menu", ".tools", ".breadcrumbs", ".pager", "button", ".link-groups", ".skip"):
            expect(page.locator(gone).first).to_be_hidden()
        expect(page.locator(".sheet-head")).to_be_visible()
        boxes = page.evaluate(
            """() => [...document.querySelectorAll(".tick input")].map((box) => {
                const style = getComputedStyle(box), { width, height } = box.getBoundingClientRect();
                const square = Math.abs(width - height) < 1 && width > 12;
                return [square, style.borderTopColor, style.borderTopStyle,
                    parseFloat(style.borderTopWidth) >= 1, style.borderTopLeftRadius];
            })"""
        )
        items = page.locator(".tick-item").count()
        ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert json.dumps(boxes) == json.dumps([[True, "rgb(0, 0, 0)", "solid", True, "0px"]] * items)
    assert items > 5
    assert ground == "rgb(255, 255, 255)"


def test_ticks_are_counted_in_words(browser: Browser, site: Site) -> None:
    with visitor(browser) as page:
        page.goto(site.url + path_of("checklist", "en"))
        count, boxes = page.locator(".tick-count"), page.locator(".tick input")
        expect(count).to_have_text(re.compile(rf"^0 \D+ {boxes.count()}\b"))
        boxes.first.check()
        boxes.last.check()
        expect(count).to_have_text(re.compile(rf"^2 \D+ {boxes.count()}\b"))
