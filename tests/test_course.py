"""The course kit: a timetable that loses no minute, and papers, files and messages that a trainer can rely on."""

import csv
import io
import json
import re
import subprocess
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from html import unescape
from itertools import pairwise
from pathlib import Path

import docx
import icalendar
import openpyxl
import pypdfium2
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from judges import program
from playwright.sync_api import Browser

from coopkm.cli.main import cli
from coopkm.course.agenda import as_csv, as_page, day_titles
from coopkm.course.attendance import as_workbook, half_days
from coopkm.course.calendar import as_calendar
from coopkm.course.choice import Around, choose, parts
from coopkm.course.event import Event, course_name
from coopkm.course.kit import documents, kit
from coopkm.course.plan import PAUSES, Day, Frame, Part, Session, timetable
from coopkm.course.words import _load, words
from coopkm.documents import tree
from coopkm.documents.letters import one_line
from coopkm.documents.markdown import blocks
from coopkm.documents.typesetting import as_pdf
from coopkm.documents.word import as_docx
from coopkm.errors import CannotGoOn
from coopkm.library import Library, read_library
from coopkm.model.base import Text
from coopkm.model.kinds.module import Card
from coopkm.ownership import write_own

ROOT = Path(__file__).parent.parent
START = datetime(2027, 1, 12, 9)


@pytest.fixture(scope="module")
def library() -> Library:
    return read_library(ROOT)[0]


@pytest.fixture(scope="module")
def event(library: Library) -> Event:
    return made(library, "th")


def made(library: Library, lang: str, modules: tuple[str, ...] = (), frame: Frame | None = None) -> Event:
    chosen = choose(library, modules)
    days = timetable(parts(chosen, Around()), frame or Frame(START))
    return Event(library, lang, chosen, days, title=course_name(library, chosen, lang), people=5)


# The timetable


def some_parts() -> st.SearchStrategy[list[Part]]:
    rows = st.lists(st.tuples(st.integers(1, 240), st.booleans()), min_size=1, max_size=25)
    return rows.map(lambda found: [Part(f"p{n}", "activity", m, splits=s) for n, (m, s) in enumerate(found)])


def some_frames() -> st.SearchStrategy[Frame]:
    weekdays = st.dates(date(2026, 1, 1), date(2030, 1, 1)).filter(lambda day: day.weekday() < 5)
    clocks = st.builds(time, st.integers(7, 11), st.sampled_from([0, 30]))
    return st.builds(
        Frame,
        start=st.builds(datetime.combine, weekdays, clocks),
        end=st.builds(time, st.integers(15, 20), st.sampled_from([0, 30])),
        lunch=st.builds(time, st.just(12), st.sampled_from([0, 30])),
        lunch_minutes=st.integers(30, 75),
        break_minutes=st.integers(0, 30),
        half_days=st.booleans(),
    )


def planned(found: list[Part], frame: Frame) -> tuple[Day, ...]:
    """A timetable on every day that is no weekend but for the second one."""
    return timetable(found, replace(frame, skip=frozenset([frame.start.date() + timedelta(days=1)])))


@settings(max_examples=60, deadline=None)
@given(some_parts(), some_frames())
def test_every_part_has_all_its_minutes_in_its_order(found: list[Part], frame: Frame) -> None:
    sessions = [session for day in planned(found, frame) for session in day.sessions if session.part.kind == "activity"]
    minutes: dict[str, int] = {}
    for session in sessions:
        minutes[session.part.key] = minutes.get(session.part.key, 0) + session.minutes
    assert minutes == {part.key: part.minutes for part in found}
    assert list(minutes) == [part.key for part in found]
    assert all(session.minutes > 0 for session in sessions)


@settings(max_examples=60, deadline=None)
@given(some_parts(), some_frames())
def test_a_day_has_no_gap_no_overlap_and_stays_within_its_hours(found: list[Part], frame: Frame) -> None:
    for day in planned(found, frame):
        sessions = day.sessions
        assert sessions[0].begin == datetime.combine(day.date, frame.start.time())
        assert sessions[-1].end <= datetime.combine(day.date, frame.lunch if frame.half_days else frame.end)
        assert all(before.end == after.begin for before, after in pairwise(sessions))
        assert sessions[-1].part.kind not in PAUSES


@settings(max_examples=60, deadline=None)
@given(some_parts(), some_frames())
def test_no_day_is_a_weekend_or_a_day_to_skip_and_lunch_is_at_lunch_time(found: list[Part], frame: Frame) -> None:
    days = planned(found, frame)
    assert len({day.date for day in days}) == len(days)
    for day in days:
        assert day.date.weekday() < 5
        assert day.date != frame.start.date() + timedelta(days=1)
        lunches = [session for session in day.sessions if session.part.kind == "lunch"]
        assert len(lunches) <= (0 if frame.half_days else 1)
        assert all(lunch.end.time() == later(frame.lunch, frame.lunch_minutes) for lunch in lunches)


def later(clock: time, minutes: int) -> time:
    return (datetime.combine(date(2027, 1, 1), clock) + timedelta(minutes=minutes)).time()


@settings(max_examples=40, deadline=None)
@given(some_parts(), some_frames())
def test_pieces_of_a_part_are_counted(found: list[Part], frame: Frame) -> None:
    pieces: dict[str, list[Session]] = {}
    for day in planned(found, frame):
        for session in day.sessions:
            pieces.setdefault(session.part.key, []).append(session)
    for rows in pieces.values():
        assert [row.piece for row in rows] == list(range(1, len(rows) + 1))
        assert {row.pieces for row in rows} == {len(rows)}


def test_too_few_days_are_refused_with_the_minutes_that_are_over(library: Library) -> None:
    found = [Part("long", "activity", 400, splits=True)]
    with pytest.raises(CannotGoOn) as stop:
        timetable(found, Frame(START, days=1))  # 165 minutes before lunch, 195 after it
    assert stop.value.lines["en"].startswith("40 minutes too many")
    assert "--days 2" in stop.value.lines["en"]
    assert "เกินเวลาไป 40 นาที" in stop.value.lines["th"]


def test_activities_are_cut_only_where_the_days_asked_for_would_not_do() -> None:
    found = [Part(f"p{n}", "activity", 100) for n in range(3)]
    free = timetable(found, Frame(START, half_days=True))
    pressed = timetable(found, Frame(START, half_days=True, days=2))
    assert [len(free), len(pressed)] == [3, 2]
    assert {session.part.key for day in pressed for session in day.sessions if session.part.kind == "activity"} == {
        "p0",
        "p1",
        "p2",
    }


def test_a_break_stands_between_two_parts_where_one_ends_near_the_middle() -> None:
    morning = timetable([Part(f"p{n}", "activity", 55) for n in range(3)], Frame(START))[0].halves[0]
    assert [session.part.key for session in morning[:4]] == ["p0", "break", "p1", "p2"]


def test_a_course_ends_a_little_after_noon_rather_than_after_lunch() -> None:
    day = timetable([Part(f"p{n}", "activity", 60) for n in range(3)], Frame(START))[0]
    assert [session.part.kind for session in day.sessions].count("lunch") == 0
    assert day.sessions[-1].end.time() == time(12, 15)


# What is chosen


def test_single_activities_may_be_chosen_and_keep_the_order_of_their_module(library: Library) -> None:
    every = choose(library, ["module-2"])[0].activities
    wanted = [f"module-2/{activity.id}" for activity in reversed(every[:2])]
    assert choose(library, ["module-4", *wanted])[1].activities == every[:2]


@pytest.mark.parametrize(
    ("entry", "said"),
    [("modul-2", "module-2"), ("module-2/pack-the-bags", "pack-the-bag"), ("module-2,module-2", "twice")],
)
def test_a_wrong_name_is_answered_with_what_there_is(library: Library, entry: str, said: str) -> None:
    with pytest.raises(CannotGoOn, match=said):
        choose(library, entry.split(","))


def test_talks_may_be_kept_short(library: Library) -> None:
    short = list(parts(choose(library, ["module-4/hostile-board"], talk=15), Around(0, 0, 0)))
    assert [(part.kind, part.minutes) for part in short] == [("teaching", 15), ("activity", 60)]
    assert [part.kind for part in parts(choose(library, ["module-4/hostile-board"], talk=0), Around(0, 0, 0))] == [
        "activity"
    ]


def test_everything_chosen_is_in_the_timetable(event: Event) -> None:
    held = {session.part.activity for session in event.sessions}
    assert {activity.id for row in event.chosen for activity in row.activities} <= held
    kinds = [session.part.kind for session in event.sessions]
    assert kinds[:2] == ["opening", "pretest"]
    assert kinds[-1] == "closing"
    assert "posttest" in kinds


# Agenda


def test_the_page_brings_everything_along_and_runs_nothing(event: Event) -> None:
    page = as_page(replace(event, title="<script>alert(1)</script>"))
    assert "<script" not in page
    assert "http://" not in page.replace("http-equiv", "")
    assert "https://" not in page
    style = re.search("<style>(.*)</style>", page, re.DOTALL)
    assert style
    allowed = b64encode(sha256(style[1].encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{allowed}'; font-src data:" in unescape(page)
    assert "พ.ศ. 2570" in page
    assert all(row.title in page for _, rows in day_titles(event) for row in rows if "'" not in row.title)


def test_a_browser_shows_the_page_without_a_complaint_or_a_request(
    browser: Browser, event: Event, tmp_path: Path
) -> None:
    (tmp_path / "agenda.html").write_text(as_page(event), encoding="utf-8")
    page = browser.new_page()
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("request", lambda request: asked.append(request.url.split(":")[0]))
    page.goto((tmp_path / "agenda.html").as_uri())
    assert page.evaluate("document.fonts.ready.then(() => document.fonts.check('16px Sarabun', 'ก'))")
    assert said == []
    assert set(asked) <= {"file", "data"}
    assert asked.count("file") == 1
    page.close()


def test_the_table_opens_in_excel_and_holds_no_formula(event: Event) -> None:
    text = as_csv(event)
    assert text.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert len(rows) == len(event.sessions)
    assert sum(int(row["นาที"]) for row in rows) == sum(session.minutes for session in event.sessions)
    first = event.chosen[0]
    evil = first.module.title.model_copy(update={"th": '=HYPERLINK("http://example.test")'})
    activity = first.activities[0].model_copy(update={"title": evil})
    bad = replace(event, chosen=(replace(first, activities=(activity, *first.activities[1:])), *event.chosen[1:]))
    cells = [cell for row in csv.reader(io.StringIO(as_csv(bad).removeprefix("\ufeff"))) for cell in row]
    assert any("HYPERLINK" in cell for cell in cells)
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)


def test_a_calendar_reads_the_sessions_in_the_time_of_bangkok(event: Event) -> None:
    calendar = icalendar.Calendar.from_ical(as_calendar(event))
    entries = calendar.walk("VEVENT")
    held = [session for session in event.sessions if session.part.kind not in PAUSES]
    assert [entry.decoded("dtstart").replace(tzinfo=None) for entry in entries] == [row.begin for row in held]
    assert [entry.decoded("dtend").replace(tzinfo=None) for entry in entries] == [row.end for row in held]
    assert {entry.decoded("dtstart").utcoffset() for entry in entries} == {timedelta(hours=7)}
    assert {f"{entry.decoded('dtstamp'):%Y-%m-%d %H:%M %Z}" for entry in entries} == {"2027-01-12 02:00 UTC"}
    assert len({str(entry["uid"]) for entry in entries}) == len(entries)


def test_a_calendar_entry_keeps_its_id_when_something_is_put_before_it(library: Library) -> None:
    def ids(*modules: str) -> set[str]:
        found = icalendar.Calendar.from_ical(as_calendar(made(library, "th", modules))).walk("VEVENT")
        return {str(entry["uid"]) for entry in found if "module-7" in str(entry["uid"])}

    few, more = ids("module-7/goat-keepers"), ids("module-6/banana-figures", "module-7/goat-keepers")
    assert {name for name in few if "goat" in name} <= more


# Attendance


def test_the_attendance_file_computes_shares_of_time_and_of_staff(event: Event, tmp_path: Path) -> None:
    """LibreOffice Calc works the formulas out; where it is not installed their cells are still looked at."""
    book = openpyxl.load_workbook(io.BytesIO(as_workbook(event)))
    sheet, count = book.active, len(list(half_days(event)))
    assert sheet["B8"].value is None
    marks = [[1] * count, [1] * (count - 1) + [0], [1, 1] + [0] * (count - 2), [0] * count]
    for row, values in enumerate(marks, start=8):
        sheet.cell(row, 2, f"ผู้เรียน {row}")
        for column, value in enumerate(values, start=4):
            sheet.cell(row, column, value)
    staff = next(row for row in range(13, 30) if sheet.cell(row, 2).value == words("th")["sum_staff"])
    sheet.cell(staff, 4, 35)  # 80% of 35 is 28, not 29 by a rounding error
    minutes = [minutes for _, minutes in half_days(event)]
    present = [sum(m for m, value in zip(minutes, row, strict=True) if value) for row in marks]
    office = program("soffice", "libreoffice-calc-nogui")
    book.save(tmp_path / "filled.xlsx")
    home = (tmp_path / "office").as_uri()
    command = [office, f"-env:UserInstallation={home}", *"--headless --convert-to xlsx --outdir".split()]
    command += [str(tmp_path / "out"), str(tmp_path / "filled.xlsx")]
    done = subprocess.run(
        command,
        capture_output=True,
        check=False,
    )
    if not (tmp_path / "out" / "filled.xlsx").exists():
        pytest.skip(f"LibreOffice has no Calc: {done.stderr.decode(errors='replace')[-80:]}")
    seen = openpyxl.load_workbook(tmp_path / "out" / "filled.xlsx", data_only=True).active
    assert [seen.cell(row, 4 + count).value for row in range(8, 12)] == present
    assert [round(seen.cell(row, 5 + count).value, 6) for row in range(8, 12)] == [
        round(value / sum(minutes), 6) for value in present
    ]
    reached = [value * 100 >= 80 * sum(minutes) for value in present]
    assert [seen.cell(row, 6 + count).value for row in range(8, 12)] == ["ถึง" if yes else "ไม่ถึง" for yes in reached]
    assert seen.cell(12, 4 + count).value in (None, "")
    result = {seen.cell(row, 2).value: seen.cell(row, 4).value for row in range(staff - 3, staff + 5)}
    w = words("th")
    assert result[w["sum_names"]] == 4
    assert result[w["sum_reached"]] == sum(reached)
    assert [result[w[key]] for key in ("sum_needed", "sum_came", "sum_result")] == [28, 3, "ไม่ถึง"]


def test_only_what_is_to_be_filled_in_can_be_changed(event: Event) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(as_workbook(event))).active
    assert sheet.protection.sheet
    formulas = [cell for row in sheet.iter_rows() for cell in row if str(cell.value).startswith("=")]
    assert formulas
    assert all(cell.protection.locked for cell in formulas)
    names = [sheet.cell(row, 2) for row in range(8, 13)]
    assert all(cell.value is None and not cell.protection.locked for cell in names)
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.print_title_rows == "$6:$7"


# Papers


def test_what_learners_hold_has_no_hint_and_no_solution(library: Library) -> None:
    for lang in ("th", "en"):
        event = made(library, lang)
        papers = dict(documents(event))
        learners = "\n".join(said for name, paper in papers.items() if "trainer/" not in name for said in texts(paper))
        for row in event.chosen:
            secret = "\n".join(texts(papers[f"trainer/guide-{row.module.id}"]))
            for activity in row.activities:
                for hidden in filter(None, (activity.hint, activity.solution)):
                    for paragraph in lines_of(blocks(event.say(hidden))):
                        assert paragraph in secret
                        assert paragraph not in learners


def with_cards(event: Event) -> Event:
    """The same course, its first activity with three cards."""
    first = event.chosen[0]
    cards = [
        Card(id=f"role-{n}", title=Text(th=f"บทบาท {n}"), text=Text(th=f"ท่านเป็นกรรมการคนที่ {n}")) for n in (1, 2, 3)
    ]
    activity = first.activities[0].model_copy(update={"cards": cards})
    return replace(event, chosen=(replace(first, activities=(activity, *first.activities[1:])), *event.chosen[1:]))


def test_cards_are_framed_one_by_one_and_only_the_trainer_holds_them(event: Event) -> None:
    papers = dict(documents(with_cards(event)))
    boxes = [one for one in parts_of(papers["trainer/cards"].sections) if isinstance(one, tree.Box)]
    assert len(boxes) >= 3
    assert {box.kind for box in boxes} == {"card"}
    assert "ท่านเป็นกรรมการคนที่ 3" in "\n".join(texts(papers["trainer/cards"]))
    learners = [said for name, paper in papers.items() if "trainer/" not in name for said in texts(paper)]
    assert not any("ท่านเป็นกรรมการคนที่" in said for said in learners)


def parts_of(value: object) -> Iterator[object]:
    """Every block anywhere in blocks."""
    yield value
    inner = value if isinstance(value, tuple) else ()
    for name in getattr(value, "__dataclass_fields__", ()):
        inner += (getattr(value, name),)
    for one in inner:
        yield from parts_of(one)


def test_every_activity_is_in_handout_and_guide(event: Event) -> None:
    papers = dict(documents(event))
    for row in event.chosen:
        for name in (f"handout-{row.module.id}", f"trainer/guide-{row.module.id}"):
            said = "\n".join(texts(papers[name]))
            for activity in row.activities:
                assert event.say(activity.title) in said
                assert all(paragraph in said for paragraph in lines_of(blocks(event.say(activity.text))))


def test_the_sheets_for_groups_have_one_page_a_problem_and_name_their_source(event: Event) -> None:
    paper = dict(documents(event))["group-work"]
    breaks = [one for one in paper.sections[0].blocks if isinstance(one, tree.PageBreak)]
    assert len(breaks) == 6
    said = "\n".join(texts(paper))
    assert "วิธีการ 1" in said
    assert all(f"ปัญหา {number}" in said for number in range(1, 7))


def test_the_self_rating_has_the_attributes_and_the_skills(event: Event) -> None:
    said = "\n".join(texts(dict(documents(event))["self-rating"]))
    rated = [placed.value for placed in event.library.units.values() if placed.value.kind in ("attribute", "skill")]
    assert len(rated) == 10
    assert all(unit.title.th in said for unit in rated)


def test_papers_without_problems_or_ratings_are_left_out(library: Library) -> None:
    event = made(library, "th", ("module-1",))
    bare = replace(library, units={name: row for name, row in library.units.items() if name.startswith("module-1")})
    names = [name for name, _ in documents(replace(event, library=bare))]
    assert "group-work" not in names
    assert "self-rating" not in names


def texts(document: tree.Document) -> Iterator[str]:
    for section in document.sections:
        yield from lines_of(section.blocks)


def lines_of(value: object) -> Iterator[str]:
    """Every line of letters anywhere in blocks."""
    if isinstance(value, tuple) and value and all(isinstance(one, tree.Span) for one in value):
        yield "".join(span.text for span in value)
    elif isinstance(value, tuple):
        for one in value:
            yield from lines_of(one)
    elif hasattr(value, "__dataclass_fields__"):
        for name in value.__dataclass_fields__:
            yield from lines_of(getattr(value, name))


def test_every_paper_can_be_written_as_pdf_and_as_word_file(library: Library) -> None:
    papers = dict(documents(made(library, "th", ("module-5/six-problems",))))
    for name in ("attendance", "trainer/cards", "trainer/guide-module-5"):
        paper = papers[name]
        pdf = pypdfium2.PdfDocument(as_pdf(paper))
        assert len(pdf) >= 1, name
        assert docx.Document(io.BytesIO(as_docx(paper))).core_properties.title == paper.title


# The files


def test_every_word_exists_in_both_languages() -> None:
    rows = [
        *_load("words.yml").values(),
        *(item for part in _load("setup.yml") for item in (part["title"], *part["items"])),
    ]
    assert all(set(row) == {"th", "en"} and all(isinstance(text, str) for text in row.values()) for row in rows)


@pytest.mark.parametrize(
    "text", ["a\r\nEND:VEVENT\r\nBEGIN:VEVENT", "a\nb", "a\rb", "a\u2028\x0b\x1b\x85b", "a;b,c\\n:d"]
)
def test_no_text_breaks_out_of_its_line_of_the_calendar(event: Event, text: str) -> None:
    raw = as_calendar(replace(event, title=text, place=text))
    calendar = icalendar.Calendar.from_ical(raw)
    assert len(calendar.walk("VEVENT")) == len(icalendar.Calendar.from_ical(as_calendar(event)).walk("VEVENT"))
    assert not re.search("[\x00-\x09\x0b\x0c\x0e-\x1f\x7f\x85\u2028]", raw.decode("utf-8"))
    assert {str(entry["LOCATION"]) for entry in calendar.walk("VEVENT")} == {one_line(text)}


def test_the_same_course_has_the_same_bytes(library: Library) -> None:
    first, second = (made(library, "th", ("module-3/map-partners",)) for _ in range(2))
    formats = ("html", "csv", "ics", "xlsx")
    assert dict(kit(first, formats)) == dict(kit(second, formats))
    assert dict(documents(first)) == dict(documents(second))


def test_what_people_changed_is_never_overwritten(event: Event, tmp_path: Path) -> None:
    files = dict(kit(event, ["csv", "xlsx"]))
    assert write_own(tmp_path, files, "course") == (2, [])
    assert write_own(tmp_path, files, "course") == (0, [])
    (tmp_path / "attendance.xlsx").write_bytes(b"names filled in")
    with pytest.raises(CannotGoOn, match=r"attendance\.xlsx"):
        write_own(tmp_path, files | {"agenda.csv": b"new"}, "course")
    assert (tmp_path / "attendance.xlsx").read_bytes() == b"names filled in"
    assert (tmp_path / "agenda.csv").read_bytes() == files["agenda.csv"]


def test_our_own_files_are_brought_up_to_date(event: Event, tmp_path: Path) -> None:
    write_own(tmp_path, {"agenda.csv": b"old"}, "course")
    assert write_own(tmp_path, {"agenda.csv": b"new"}, "course") == (1, [])


def test_what_is_left_of_an_earlier_run_is_named(tmp_path: Path) -> None:
    write_own(tmp_path, {"agenda.csv": b"a", "handout-module-1.pdf": b"b"}, "course")
    assert write_own(tmp_path, {"agenda.csv": b"a"}, "course") == (0, ["handout-module-1.pdf"])


def test_a_run_that_was_broken_off_can_be_run_again(tmp_path: Path) -> None:
    files = {"a.csv": b"one", "b.csv": b"one"}
    write_own(tmp_path, files, "course")
    (tmp_path / "a.csv").write_bytes(b"two")  # the second run wrote this one, and its intent, and no more
    digests = {name: [sha256(words).hexdigest() for words in (b"one", b"two")] for name in files}
    (tmp_path / ".coopkm-course.json").write_text(json.dumps(digests), "utf-8")
    assert write_own(tmp_path, {"a.csv": b"three", "b.csv": b"two"}, "course") == (2, [])


# The command


def run(*options: str) -> tuple[int, str]:
    done = CliRunner().invoke(cli, ["--project", str(ROOT), "--lang", "en", "course", *options])
    return done.exit_code, done.output


def test_the_command_writes_the_kit(tmp_path: Path) -> None:
    out = tmp_path / "kit"
    code, said = run(
        *("--start", "2027-01-12T09:00", "--modules", "module-2/pack-the-bag,module-4/hostile-board"),
        *(
            "--half-days",
            "--days",
            "1",
            "--talk",
            "15",
            "--opening",
            "15",
            "--test",
            "0",
            "--closing",
            "15",
            "--format",
            "csv,ics,html",
            "--out",
            str(out),
        ),
    )
    assert code == 0, said
    assert {path.name for path in out.iterdir()} == {"agenda.csv", "agenda.ics", "agenda.html", ".coopkm-course.json"}


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--start", "12/1/2570"), "such as 2027-01-12T09:00"),
        (("--start", "2570-01-12T09:00"), "2570 is a Buddhist year: write 2027"),
        (("--start", "2027-02-30T09:00"), "there is no day"),
        (("--start", "2027-01-12T25:00"), "24 hours"),
        (("--start", "2027-01-16T09:00"), "a Saturday"),
        (("--start", "2027-01-12T09:00", "--skip", "2027-01-12"), "a day to skip"),
        (("--start", "2027-01-12T16:20"), "less than 30 minutes"),
        (("--start", "2027-01-12T17:00"), "less than 30 minutes"),
        (("--start", "2027-01-12T09:00", "--lunch", "noon"), "there is no hour"),
        (("--start", "2027-01-12T09:00", "--days", "1"), "minutes too many"),
        (("--start", "2027-01-12T09:00", "--format", "odt"), "no format is called 'odt'"),
        (("--start", "2027-01-12T09:00", "--modules", "module-9"), "there is no module module-9"),
    ],
)
def test_bad_input_is_answered_in_one_line_and_writes_nothing(
    tmp_path: Path, options: tuple[str, ...], said: str
) -> None:
    code, output = run(*options, "--out", str(tmp_path / "kit"))
    assert code == 2
    assert said in output
    assert len(output.strip().splitlines()) == 1
    assert not (tmp_path / "kit").exists()
