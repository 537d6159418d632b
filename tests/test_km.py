"""The KM record of a year: what an office keeps, what it shows on its site, what it hands in."""

import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import icalendar
import pytest
import yaml
from browser_pages import PHONE, visitor
from conftest import Site
from playwright.sync_api import Browser
from projects import library_of, run, small_project
from test_axe import findings

from coopkm.documents.tree import Cell, Document, Paragraph, Table
from coopkm.km.calendar import as_ics
from coopkm.km.report import evidence_sheet, report
from coopkm.km.skeleton import km_skeleton
from coopkm.library import read_library
from coopkm.model.base import LANGS, Lang, Text
from coopkm.model.km import KmYear, Participation
from coopkm.views.km import km_years, standing

RECORD = (Path(__file__).parent / "km_record.yml").read_text("utf-8")
TODAY = date(2026, 11, 29)


def with_record(folder: Path, text: str = RECORD, year: int = 2570) -> Path:
    """A small project with a KM record."""
    project = small_project(folder)
    (project / "km").mkdir()
    (project / f"km/{year}.yml").write_text(text, "utf-8")
    return project


@pytest.fixture
def year(tmp_path: Path) -> KmYear:
    return km_years(library_of(with_record(tmp_path)))[0]


def cells(document: Document) -> list[str]:
    """The text of every cell of every table."""
    return [
        "".join(span.text for span in block.line)
        for section in document.sections
        for table in section.blocks
        if isinstance(table, Table)
        for row in table.rows
        for cell in row
        for block in cell.blocks
        if isinstance(cell, Cell) and isinstance(block, Paragraph)
    ]


@pytest.mark.parametrize(
    ("staff", "took_part", "asked", "reached", "missing"),
    [(20, 16, 80, True, 0), (20, 15, 80, False, 1), (3, 2, 80, False, 1), (0, 0, 80, False, 0), (7, 6, 80, True, 0)],
)
def test_the_share_that_took_part_is_held_against_the_order_without_rounding(
    staff: int, took_part: int, asked: int, reached: bool, missing: int
) -> None:
    people = Participation(staff, took_part, asked)
    assert (people.reached, people.missing) == (reached, missing)


def test_a_duty_is_late_from_the_day_after_it_was_due(year: KmYear) -> None:
    select = year.duties[1]
    assert standing(select, date(2026, 11, 15)) == "doing"
    assert standing(select, date(2026, 11, 16)) == "late"
    assert standing(year.duties[0], date(2030, 1, 1)) == "done"


def test_the_state_is_told_to_people_and_to_programs(tmp_path: Path) -> None:
    project = with_record(tmp_path)
    told = run("km", cwd=project).stdout
    assert "15/20 took part, 75.0%" in told
    assert "Select the knowledge" in told
    state = json.loads(run("km", "2570", "--json", cwd=project).stdout)
    assert [duty["id"] for duty in state["duties"]] == ["review", "select", "transfer"]
    assert state["days_left"] == (date(2027, 7, 15) - date.today()).days
    assert (state["share"], state["reached"]) == (75.0, False)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("km", "2571"), "there is no record of 2571, only of 2570"),
        (("km", "--new"), "name the year"),
        (("km", "2570", "--new"), "left as it was"),
        (("km", "2570", "--out", "out", "--format", "odt"), "no format is called 'odt'"),
    ],
)
def test_a_wrong_question_ends_in_one_clear_line(tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    project = with_record(tmp_path)
    done = run(*arguments, cwd=project)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert (project / "km/2570.yml").read_text("utf-8") == RECORD


def test_the_skeleton_of_a_year_passes_every_check_also_with_all_that_it_keeps_for_later(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    assert run("km", "2571", "--new", cwd=project).returncode == 0
    done = run("check", "--format", "json", cwd=project)
    assert json.loads(done.stdout)["problems"] == []
    made = project / "km/2571.yml"
    assert yaml.safe_load(made.read_text("utf-8"))["report_by"] == date(2028, 9, 30)

    begun = re.sub(r"^# (meeting|corrections|uses|stores|  )", r"\1", made.read_text("utf-8"), flags=re.MULTILINE)
    made.write_text(begun, "utf-8")
    done = run("check", "--format", "json", cwd=project)
    assert {found["code"] for found in json.loads(done.stdout)["problems"]} == {"english-missing"}
    assert KmYear.model_fields.keys() == yaml.safe_load(begun).keys()


def test_the_skeleton_lists_every_duty_that_the_knowledge_explains() -> None:
    library, _ = read_library(Path(__file__).parent.parent)
    steps = {name for name, unit in library.units.items() if unit.value.kind == "km-step"}
    assert {duty["step"] for duty in yaml.safe_load(km_skeleton(library, 2570))["duties"]} == steps


@pytest.mark.parametrize("lang", LANGS)
def test_the_report_tells_plan_and_result_of_every_duty(year: KmYear, lang: Lang) -> None:
    told = cells(report(year, "office", lang, TODAY))
    for duty in year.duties:
        assert duty.title.shown(lang) in told
    assert any("14" in cell and ("เลยกำหนด" in cell or "late" in cell) for cell in told)
    assert "75.0" in told
    assert year.uses[0].text.shown(lang) in told


@pytest.mark.parametrize("lang", LANGS)
def test_the_evidence_sheet_says_where_each_proof_is_kept_and_where_none_is(year: KmYear, lang: Lang) -> None:
    told = cells(evidence_sheet(year, "office", lang, TODAY))
    assert "https://office.example/km/minutes-1.pdf" in told
    assert told.count({"th": "ยังไม่มี", "en": "none yet"}[lang]) == 2


def test_a_calendar_takes_every_day_that_is_still_to_come_and_reminds_before(year: KmYear) -> None:
    raw = as_ics(year, "th")
    assert raw == as_ics(year, "th")
    events = icalendar.Calendar.from_ical(raw).walk("VEVENT")
    assert [event["DTSTART"].dt for event in events] == [date(2026, 11, 15), date(2027, 3, 31), date(2027, 7, 15)]
    assert len({event["UID"] for event in events}) == 3
    assert [alarm["TRIGGER"].dt.days for alarm in events[0].walk("VALARM")] == [-30, -7]


def test_no_title_breaks_out_of_its_line_of_the_calendar(year: KmYear) -> None:
    title = Text(th="a\rb\r\nEND:VEVENT\nBEGIN:VALARM\u2028ACTION:PROCEDURE\x1b")
    hostile = year.model_copy(update={"duties": [row.model_copy(update={"title": title}) for row in year.duties]})
    raw = as_ics(hostile, "th")
    assert len(icalendar.Calendar.from_ical(raw).walk()) == len(icalendar.Calendar.from_ical(as_ics(year, "th")).walk())
    assert not set("\x1b\u2028") & set(raw.decode("utf-8"))


def test_the_files_that_an_office_hands_in_are_written_in_both_languages(tmp_path: Path) -> None:
    project = with_record(tmp_path)
    done = run("km", "2570", "--out", "out", cwd=project)
    assert done.returncode == 0, done.stderr
    made = {path.name for path in (project / "out").iterdir()}
    names = ("report-{}.pdf", "report-{}.docx", "evidence-{}.pdf", "evidence-{}.docx", "{}.ics")
    assert made - {".coopkm-km.json"} == {f"km-2570-{name.format(lang)}" for name in names for lang in LANGS}


def test_a_report_that_people_changed_is_never_overwritten(tmp_path: Path) -> None:
    project, write = with_record(tmp_path), ("km", "2570", "--out", "out", "--format", "ics")
    assert run(*write, cwd=project).returncode == 0
    assert run(*write, cwd=project).returncode == 0
    (project / "out/km-2570-en.ics").write_text("mine", "utf-8")
    done = run(*write, cwd=project)
    assert done.returncode == 2
    assert "km-2570-en.ics" in done.stderr
    assert (project / "out/km-2570-en.ics").read_text("utf-8") == "mine"


def test_the_page_shows_counts_and_evidence_and_its_days_count_down(
    browser: Browser, serve: Callable[..., Site], tmp_path: Path
) -> None:
    project = with_record(tmp_path)
    done = run("build", "--out", tmp_path / "site", cwd=project)
    assert done.returncode == 0, done.stderr
    site = serve(tmp_path / "site")
    with visitor(browser, viewport=PHONE) as page:
        for path, late in (("km-2570.html", "เลยกำหนด"), ("en/km-2570.html", "days late")):
            page.clock.install(time="2026-11-29T08:00:00")
            page.goto(site.url + path)
            assert f"14 {late}" in (note := page.locator("#duty-select .due-note").inner_text()) or f"{late} 14" in note
            assert page.locator("#duty-review .due-note").count() == 0
            assert "75.0" in page.locator("main").inner_text()
            assert findings(page) == []
        page.goto(site.url + "office.html")
        page.locator("[data-menu-button]").click()
        assert page.locator("nav a[href='km-2570.html']").is_visible()


def test_no_file_named_as_evidence_goes_onto_the_site(tmp_path: Path) -> None:
    project = with_record(tmp_path, re.sub("https://office.example/km/minutes-1.pdf", "km/2570/minutes.pdf", RECORD))
    (project / "km/2570").mkdir()
    (project / "km/2570/minutes.pdf").write_bytes(b"%PDF secret")
    done = run("build", "--out", tmp_path / "site", cwd=project)
    assert done.returncode == 0, done.stderr
    assert not list((tmp_path / "site").rglob("minutes*"))
