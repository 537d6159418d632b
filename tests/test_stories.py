"""What people come to do, walked as they would: on a phone, from the home page, by links, with no signal.

The numbers are those of the stories of use; a page must show the sources, by key, that the story rests on.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser_pages import PHONE, REPORT_VIOLATIONS, Watch, visitor
from playwright.sync_api import Browser, Page, expect

HANDBOOK = "kpp2566"


class Walk:
    """A person with a phone. Only what can be seen can be clicked."""

    def __init__(self, page: Page, site: Path) -> None:
        self.page = page
        self.site = site
        self.clicks = 0
        page.goto((site / "index.html").as_uri())

    def follow(self, path: str) -> None:
        """Click the first visible link that leads to a page of the site; unfold lists until there is one."""
        address = (self.site / path).as_uri()
        folded = self.page.locator("details.stage:not([open]) > summary")
        while (index := self._find(address)) < 0:
            assert folded.count(), f"{self.page.url} shows no link to {path}"
            folded.first.click()
            self.clicks += 1
        self.page.locator("a:visible").nth(index).click()
        self.page.wait_for_url(re.compile(re.escape(address)))
        self.clicks += 1

    def _find(self, address: str) -> int:
        """The place of the first visible link to an address among all visible links, or -1."""
        return int(
            self.page.locator("a:visible").evaluate_all(
                """(links, address) => links.findIndex((link) =>
                    new URL(link.getAttribute("href"), location).href.split("#")[0] === address)""",
                address,
            )
        )

    def open_menu(self) -> None:
        self.page.locator("[data-menu-button]").click()
        self.clicks += 1

    def sees_sources(self, *keys: str, document: str = HANDBOOK) -> None:
        """Each key is cited where the person can see it."""
        for key in keys:
            expect(self.page.locator(f'main [data-source="{document}.{key}"]:visible').first).to_be_visible()

    def statement(self, key: str, document: str = HANDBOOK) -> str:
        """The text of the points, steps or items that cite the key."""
        cited = self.page.locator(f'[data-source="{document}.{key}"]')
        places = self.page.locator(".point, .step, .tick-item, .sub > li").filter(has=cited)
        return " ".join(places.all_inner_texts())


@pytest.fixture
def walk(browser: Browser, real_site: Path) -> Iterator[Walk]:
    watch = Watch(real_site.as_uri())
    with visitor(browser, viewport=PHONE, offline=True) as page:
        page.add_init_script(REPORT_VIOLATIONS)
        watch.follow(page)
        yield Walk(page, real_site)
    assert watch.wrong == []


# A newly appointed officer


def test_officer_1_takes_one_checklist_to_the_monthly_board_meeting(walk: Walk) -> None:
    walk.follow("documents/checklist-monthly-meeting.html")
    walk.sees_sources(*(f"document.{number}" for number in range(1, 7)), "document.6.a", "document.6.b")
    expect(walk.page.locator(".tick input:visible").first).to_be_enabled()
    walk.page.evaluate("window.print = () => { document.title = 'printed'; }")
    walk.page.locator("button[data-print]:visible").first.click()
    assert walk.page.title() == "printed"


@pytest.mark.parametrize("lang", ["th", "en"])
def test_officer_2_finds_the_ninety_days_their_source_and_what_they_count_from(walk: Walk, lang: str) -> None:
    root = "" if lang == "th" else "en/"
    if lang == "en":
        walk.follow("en/index.html")
    before = walk.clicks
    walk.follow(f"{root}officer.html")
    walk.follow(f"{root}paths/first-month.html")
    walk.follow(f"{root}guidelines/guideline-19-1.html")
    assert walk.clicks - before <= 3
    walk.sees_sources("guideline.19.1.a")
    assert "90" in walk.page.locator("h1").inner_text()
    assert "90" in walk.statement("guideline.19.1.a")
    count_from = {"th": "จดทะเบียน", "en": "registration"}[lang]
    assert count_from in walk.statement("first-meeting", document="public2569")
    expect(walk.page.locator(".mark-law:visible").first).to_be_visible()


def test_officer_3_knows_what_to_read_what_to_aim_at_and_whose_leave_to_ask_before_a_visit(
    walk: Walk,
) -> None:
    walk.follow("documents/checklist-first-visit.html")
    walk.sees_sources("cps.1.2.2", "cps.1.2.3", "cps.1.2.4", "cps.2.1", "cps.2.2", "cps.2.3")
    walk.follow("cps/cps-phase-2.html")
    leave = walk.page.locator(".step").filter(has=walk.page.locator(f'[data-source="{HANDBOOK}.cps.2.3"]'))
    expect(leave.locator(".approves dd")).not_to_be_empty()


def test_officer_4_sees_what_to_write_in_cps_and_who_approves(walk: Walk) -> None:
    walk.open_menu()
    walk.follow("cps/index.html")
    walk.follow("cps/cps-phase-3.html")
    walk.sees_sources("cps.3.1", "cps.3.2", "cps.3.3")
    assert walk.page.locator(".step .approves:visible").count() >= 1
    assert walk.clicks <= 3


def test_officer_5_gets_the_points_of_advice_for_accounts_that_are_behind(walk: Walk) -> None:
    walk.follow("officer.html")
    walk.follow("guidelines/guideline-06.html")
    walk.sees_sources("guideline.6.a", "guideline.6.b", "guideline.6.c", "guideline.6.d")


def test_officer_6_sees_a_known_problem_and_that_orders_come_from_the_deputy_registrar(walk: Walk) -> None:
    walk.open_menu()
    walk.follow("problems/index.html")
    walk.follow("problems/problem-4.html")
    walk.sees_sources("problem.4", document="sisaket2562")
    walk.follow("guidelines/guideline-07.html")
    walk.sees_sources("guideline.7")
    assert "รองนายทะเบียน" in walk.statement("guideline.7")


def test_officer_7_knows_what_to_check_before_a_loan_and_who_follows_repayment(walk: Walk) -> None:
    walk.follow("officer.html")
    walk.follow("guidelines/guideline-14.html")
    walk.sees_sources("guideline.14")
    walk.page.go_back()
    walk.follow("guidelines/guideline-15.html")
    walk.sees_sources("guideline.15")


def test_officer_8_knows_which_notifications_to_carry_to_the_annual_general_meeting(walk: Walk) -> None:
    walk.follow("documents/checklist-annual-meeting.html")
    walk.sees_sources("document.4.a", "document.4.b", "document.4.c")
    assert walk.clicks == 1


@pytest.mark.parametrize("word", ["กพส.", "CPS", "ระดับชั้น"])
def test_officer_9_gets_the_meaning_of_a_word_in_one_line(walk: Walk, word: str) -> None:
    walk.open_menu()
    walk.follow("glossary.html")
    entry = walk.page.locator(".entry").filter(has=walk.page.locator("dt").get_by_text(word)).first
    entry.scroll_into_view_if_needed()
    expect(entry.locator("dd p").first).not_to_be_empty()
    assert len(entry.locator("dd p").first.inner_text()) < 300


def test_officer_9_gets_the_meaning_where_the_word_stands(walk: Walk) -> None:
    walk.follow("officer.html")
    walk.follow("cps/cps-phase-1.html")
    word = walk.page.locator("main a.term").first
    word.focus()
    expect(walk.page.locator(".term-tip")).to_be_visible()
    expect(walk.page.locator(".term-tip")).not_to_be_empty()


# A trainer


def test_trainer_4_shows_the_whole_of_cps_as_one_picture_then_each_step(walk: Walk) -> None:
    walk.follow("trainer.html")
    walk.follow("cps/cps-phase-1.html")
    walk.follow("cps/index.html")
    picture = walk.page.locator(".diagram svg:visible")
    expect(picture).to_have_count(1)
    for phase in (1, 2, 3):
        box = picture.locator(f"a[href='cps-phase-{phase}.html']")
        box.click()
        walk.page.wait_for_url(f"**/cps-phase-{phase}.html")
        walk.sees_sources(f"cps.{phase}")
        walk.page.go_back()


def test_trainer_9_tells_law_from_source_from_advice_and_from_what_holds_only_locally(walk: Walk) -> None:
    walk.follow("officer.html")
    walk.follow("guidelines/guideline-19-1.html")
    for mark in ("source", "law", "practice"):
        seen = walk.page.locator(f"main .mark-{mark}:visible").first
        expect(seen).to_be_visible()
        expect(seen).not_to_be_empty()
    walk.open_menu()
    walk.follow("cps/index.html")
    expect(walk.page.locator("main .mark-scope:visible").first).not_to_be_empty()


# A provincial KM team


def test_km_team_2_sees_seven_duties_each_with_owner_due_date_and_evidence(walk: Walk) -> None:
    walk.follow("office.html")
    for number in range(1, 8):
        walk.follow(f"km/km-step-{number}.html")
        walk.sees_sources(f"km.{number}")
        about = walk.page.locator(".unit-foot")
        expect(about.locator("dd").first).not_to_be_empty()
        expect(about.locator("time")).to_have_count(2)
        assert walk.page.locator("section[aria-labelledby$=evidence] .point:visible").count() >= 1
        walk.page.go_back()


def test_km_team_9_sees_every_item_of_the_handbook_with_the_pages_that_use_it(walk: Walk) -> None:
    walk.open_menu()
    walk.follow("sources/index.html")
    walk.follow(f"sources/{HANDBOOK}.html")
    items = walk.page.locator(".source-item")
    assert items.count() >= 209
    expect(walk.page.locator(".source-item .unused")).to_have_count(0)
    assert items.filter(has=walk.page.locator(".used-by a")).count() == items.count()


def test_a_source_leads_to_its_item_and_the_item_back_to_the_page(walk: Walk) -> None:
    walk.follow("documents/checklist-annual-meeting.html")
    cite = walk.page.locator(f'[data-source="{HANDBOOK}.document.4.a"]').first
    cite.click()
    walk.page.wait_for_url(f"**/sources/{HANDBOOK}.html#*")
    item = walk.page.locator(":target")
    expect(item).to_be_in_viewport()
    item.locator("a[href*='checklist-annual-meeting']").click()
    walk.page.wait_for_url("**/documents/checklist-annual-meeting.html")
