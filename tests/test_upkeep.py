"""Keeping the knowledge true: what is to be reviewed, and what changed between two editions."""

import json
import shutil
import subprocess
from datetime import date
from pathlib import Path

import icalendar
import pytest
import yaml
from every_field import Filler, library
from every_field import unit as full_unit
from projects import edit_unit, library_of, run, small_project, unit, unit_file, write_yaml

from coopkm.library import Library, read_library
from coopkm.model.base import Text
from coopkm.model.editions import UnitChange
from coopkm.model.kinds import KINDS
from coopkm.upkeep.changes import changes
from coopkm.views.reviews import reviews

TODAY = date(2026, 11, 29)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return small_project(tmp_path)


@pytest.fixture
def kept(project: Path, tmp_path: Path) -> Path:
    """A copy of the project as it was."""
    shutil.copytree(project, tmp_path / "kept")
    return tmp_path / "kept"


def told(old: Path, new: Path) -> dict[str, tuple[str, list[str]]]:
    """Id of a unit to what happened to it and to what is said of it in English."""
    return {
        row.unit: (row.change, [note.shown("en") for note in row.notes])
        for row in changes(library_of(old), library_of(new))
    }


# Reviews


def test_what_falls_due_is_told_by_owner_and_the_soonest_first(project: Path) -> None:
    edit_unit(project, "duty-1", review_by="2026-12-10", owner={"th": "กลุ่ม ก", "en": "Group A"})
    edit_unit(project, "duty-2", review_by="2026-12-01", owner={"th": "กลุ่ม ก", "en": "Group A"})
    edit_unit(project, "guide-1", review_by="2026-12-05", owner={"th": "กลุ่ม ข", "en": "Group B"})
    found = reviews(library_of(project), date(2026, 12, 31))
    assert [(group.owner.en, [row.id for row in group.rows if row.what == "review"]) for group in found] == [
        ("Group A", ["duty-2", "duty-1"]),
        ("Group B", ["guide-1"]),
    ]


def test_nothing_of_a_retired_unit_is_to_be_reviewed(project: Path) -> None:
    edit_unit(project, "duty-1", review_by="2026-12-10", status="retired")
    assert "duty-1" not in [row.id for group in reviews(library_of(project), TODAY) for row in group.rows]


def test_english_that_is_missing_or_behind_is_counted_for_the_owner(project: Path) -> None:
    edit_unit(project, "duty-1", summary={"th": "ใหม่"})
    edit_unit(project, "duty-2", title={"th": "ชื่อใหม่", "en": "Text title of duty-2"})
    rows = {(row.id, row.what): row.count for group in reviews(library_of(project), TODAY) for row in group.rows}
    assert rows["duty-1", "english-missing"] == 1
    assert rows["duty-2", "english-stale"] == 1


def test_the_list_is_given_as_text_json_and_calendar(project: Path) -> None:
    edit_unit(project, "duty-1", reviewed="2020-01-01", review_by="2020-12-10")
    assert "review overdue by" in run("review", cwd=project).stdout
    rows = json.loads(run("review", "--format", "json", cwd=project).stdout)
    assert [(row["id"], row["overdue"]) for row in rows if row["what"] == "review"] == [("duty-1", True)]
    calendar = icalendar.Calendar.from_ical(run("review", "--format", "ics", cwd=project).stdout)
    assert [event["DTSTART"].dt for event in calendar.walk("VEVENT")] == [date(2020, 12, 10)]


def test_an_owner_that_is_not_there_is_told_with_those_who_are(project: Path) -> None:
    done = run("review", "--owner", "nobody", cwd=project)
    assert done.returncode == 2
    assert "there are Text owner" in done.stderr


def test_units_are_listed_whose_newest_source_is_of_a_year_or_before(project: Path) -> None:
    edit_unit(project, "duty-2", sources=["book.one", "page.one"])  # the page was read in 2569
    rows = json.loads(run("review", "--sources-until", "2566", "--format", "json", cwd=project).stdout)
    listed = {row["id"]: row["count"] for row in rows}
    assert listed["duty-1"] == 2566
    assert "duty-2" not in listed
    assert "every unit" in run("review", "--sources-until", "2565", cwd=project).stdout
    assert "its newest source is of 2566 B.E." in run("review", "--sources-until", "2568", cwd=project).stdout
    assert run("review", "--sources-until", "2566", "--owner", "nobody", cwd=project).returncode == 2


# Changes


def test_an_edition_that_is_the_same_has_no_changes(project: Path, kept: Path) -> None:
    assert told(kept, project) == {}


def test_new_units_and_those_that_went_are_told(project: Path, kept: Path) -> None:
    write_yaml(unit_file(project, "duty-1").with_name("duty-9.yml"), unit("duty-9"))
    edit_unit(project, "duty-2", status="retired")
    found = told(kept, project)
    assert found["duty-9"] == ("added", [])
    assert found["duty-2"] == ("retired", [])


def test_a_changed_point_is_told_with_its_old_and_its_new_words(project: Path, kept: Path) -> None:
    points = [{"id": "point-a", "text": {"th": "นับใหม่", "en": "Count anew"}, "sources": ["book.one"]}]
    edit_unit(project, "duty-1", points=points)
    assert told(kept, project)["duty-1"] == (
        "changed",
        ["A point changed from “A member meets the board” to “Count anew”"],
    )


def test_a_point_that_only_moved_is_not_told_as_new(project: Path, kept: Path) -> None:
    first = {"id": "point-a", "text": {"th": "ก", "en": "a"}, "sources": ["book.one"]}
    second = {"id": "point-b", "text": {"th": "ข", "en": "b"}, "sources": ["book.one"]}
    edit_unit(kept, "duty-1", points=[first, second])
    edit_unit(project, "duty-1", points=[second, first])
    assert told(kept, project)["duty-1"] == ("changed", ["Put in another order"])


def test_a_new_day_of_review_alone_is_no_change(project: Path, kept: Path) -> None:
    edit_unit(project, "duty-1", reviewed="2026-02-01", review_by="2101-01-01")
    assert told(kept, project) == {}


@pytest.mark.parametrize("kind", KINDS)
def test_no_text_of_any_kind_changes_in_silence(kind: str) -> None:
    def made(text: str, place: int) -> Library:
        """A library of one unit with `text` in its text number `place`."""
        count = iter(range(10_000))
        filler = Filler(lambda lang: text if next(count) // 2 == place else "same", links=[], sources=[])
        return library(Path(), [full_unit(kind, "one", filler)])

    texts = len(made("same", -1).units["one"].value.wordings)
    assert texts > 3
    for place in range(texts):
        assert changes(made("old", place), made("new", place)), f"text {place} of {kind}"


def test_an_edition_comes_from_git_too(project: Path) -> None:
    git = ["git", "-c", "user.name=x", "-c", "user.email=x@example.test", "-C", str(project)]
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "first"], ["tag", "edition-1"]):
        subprocess.run([*git, *command], check=True)
    edit_unit(project, "duty-1", title={"th": "ชื่อใหม่", "en": "New title"})
    done = run("changes", "--since", "edition-1", cwd=project)
    assert "The title changed from “Text title of duty-1” to “New title”" in done.stdout
    assert "0 new, 1 changed, 0 gone" in done.stdout


@pytest.mark.parametrize("since", ["no-such", "--output=x", ""])
def test_an_edition_that_is_not_there_ends_in_one_line(project: Path, since: str) -> None:
    done = run("changes", f"--since={since}", cwd=project)
    assert done.returncode == 2
    assert "there is no edition" in done.stderr
    assert "Traceback" not in done.stderr


def test_kept_changes_stand_on_the_page_and_are_never_overwritten(project: Path, kept: Path, tmp_path: Path) -> None:
    title = {"th": "ชื่อ: 'ใหม่' # \"<b>\"", "en": "A <b>new</b>: title"}
    edit_unit(project, "duty-1", title=title)
    arguments = ("changes", "--since", kept, "--keep", "--date", "2026-11-29")
    assert run(*arguments, cwd=project).returncode == 0
    path = project / "changes/2026-11-29.yml"
    written = yaml.safe_load(path.read_text("utf-8"))
    assert written["changes"][0]["title"] == title
    assert written["since"] == "kept"  # where it lies is nobody's business
    again = run(*arguments, cwd=project)
    assert again.returncode == 2
    assert "was left as it was" in again.stderr
    done = run("build", "--out", tmp_path / "site", cwd=project)
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "site/en/whats-new.html").read_text("utf-8")
    assert "Edition of 29 November 2026" in page
    assert "The title changed from “Text title of duty-1” to “A &lt;b&gt;new" in page


def test_what_cannot_be_read_is_neither_new_nor_gone(project: Path, kept: Path) -> None:
    unit_file(project, "duty-1").write_text("id: [", "utf-8")
    unit_file(kept, "duty-2").write_text("id: [", "utf-8")
    assert changes(read_library(kept)[0], read_library(project)[0]) == []
    done = run("changes", "--since", kept, cwd=project)
    assert (done.returncode, done.stdout) == (1, "")


def test_a_buddhist_year_is_no_day_of_an_edition(project: Path, kept: Path) -> None:
    done = run("changes", "--since", kept, "--keep", "--date", "2569-11-29", cwd=project)
    assert done.returncode == 2
    assert "2569 is a Buddhist year: write 2026" in done.stderr
    assert not (project / "changes").exists()


def test_a_change_names_a_unit_that_has_gone_without_a_link(tmp_path: Path, project: Path) -> None:
    gone = UnitChange(unit="gone", change="removed", title=Text(th="เรื่องเก่า", en="An old one"))
    write_yaml(
        project / "changes/2026-11-29.yml",
        {"date": "2026-11-29", "since": "2569", "changes": [gone.model_dump(exclude_none=True)]},
    )
    run("build", "--out", tmp_path / "site", cwd=project)
    page = (tmp_path / "site/whats-new.html").read_text("utf-8")
    assert "เรื่องเก่า" in page
    assert "gone.html" not in page
