"""The contract of the commands that read, check and write knowledge."""

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from example_project import D1_TEXT, edit, lay, lay_base

from coopkm.cli.main import cli
from coopkm.model.kinds import KINDS
from coopkm.model.schema import schemas

D1 = "knowledge/duties/duty-01.yml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The sound project, its reviews long ahead."""
    root = lay_base(tmp_path / "project")
    for path in (root / "knowledge" / "duties").glob("*.yml"):
        edit(
            path,
            {
                "reviewed: 2026-11-22": "reviewed: 2020-01-01",
                "review_by: 2027-11-22": "review_by: 2199-01-01",
            },
        )
    return root


def run(root: Path, *arguments: str, lang: str = "en") -> Result:
    return CliRunner().invoke(cli, ["--project", str(root), "--lang", lang, *arguments], catch_exceptions=False)


def in_process(root: Path, *arguments: str, **environ: str) -> subprocess.CompletedProcess[bytes]:
    """The command as a program of its own, its output in a pipe."""
    return subprocess.run(
        [sys.executable, "-m", "coopkm", "--project", str(root), *arguments],
        env={**{key: value for key, value in os.environ.items() if key != "PYTHONUTF8"}, **environ},
        capture_output=True,
        check=False,
    )


# --- check


def test_a_sound_project_exits_0_and_says_how_much_was_read(root: Path) -> None:
    done = run(root, "check")
    assert (done.exit_code, done.stdout) == (0, "")
    assert done.stderr == "2 units, 2 sources, 1 terms: 0 errors, 0 warnings\n"


def test_warnings_alone_exit_0(root: Path) -> None:
    edit(root / D1, {"  en: Count the cash\n": ""})
    done = run(root, "check")
    assert done.exit_code == 0
    assert done.stdout.startswith("knowledge/duties/duty-01.yml:3:1: english-missing: ")
    assert done.stderr.endswith("0 errors, 1 warnings\n")


def test_an_error_exits_1_and_is_told_in_two_lines(root: Path) -> None:
    edit(root / D1, {"minutes: 3": "minuts: 3"})
    done = run(root, "check")
    assert done.exit_code == 1
    assert done.stdout.splitlines() == [
        "knowledge/duties/duty-01.yml:24:1: unknown-field: `minuts` is not a field of `duty`",
        "    fix: did you mean `minutes`?",
    ]


def test_the_json_form_is_that_of_the_contract(root: Path) -> None:
    edit(root / D1, {"minutes: 3": "minutes: ๑๒", "  en: Count the cash\n": ""})
    edit(
        root / "knowledge/duties/duty-02.yml",
        {"summary: {th: ฟังและบันทึก, en: Listen and note}": "summary: {th: ฟังและบันทึก}"},
    )
    done = run(root, "check", "--format", "json")
    assert done.exit_code == 1
    assert json.loads(done.stdout) == {
        "problems": [
            {
                "severity": "error",
                "path": "knowledge/duties/duty-01.yml",
                "line": 23,
                "column": 10,
                "code": "bad-number",
                "what": "`minutes` is `๑๒`, not a whole number from 1 to 600",
                "fix": "did you mean `12`?",
            },
            {
                "severity": "warning",
                "path": "knowledge/duties/duty-02.yml",
                "line": 4,
                "column": 1,
                "code": "english-missing",
                "what": "`summary` has no English yet",
                "fix": "add `en:` (until then the English page shows the Thai)",
            },
        ],
        "counts": {"units": 1, "questions": 6, "sources": 2, "terms": 1},
    }
    assert done.stderr == ""


def test_the_json_form_of_a_sound_project_has_no_problems(root: Path) -> None:
    done = run(root, "check", "--format", "json")
    assert done.exit_code == 0
    assert json.loads(done.stdout)["problems"] == []


def test_the_github_form_marks_the_line(root: Path) -> None:
    edit(root / D1, {"minutes: 3": "minutes: ๑๒"})
    done = run(root, "check", "--format", "github")
    assert done.exit_code == 1
    assert done.stdout.startswith("::error file=knowledge/duties/duty-01.yml,line=24,col=10,title=bad-number::")


def test_messages_come_in_the_language_asked_for(root: Path) -> None:
    edit(root / D1, {"minutes: 3": "minutes: ๑๒"})
    thai = run(root, "check", lang="th")
    assert "วิธีแก้: หมายถึง `12` ใช่หรือไม่" in thai.stdout
    assert thai.stderr.startswith("1 หน่วยความรู้")
    english = run(root, "check", lang="en")
    assert thai.stdout.split(": bad-number: ")[0] == english.stdout.split(": bad-number: ")[0]


@pytest.mark.parametrize(
    ("environ", "words"),
    [
        ({"COOPKM_LANG": "th", "LANG": "en_GB.UTF-8"}, "หน่วยความรู้"),
        ({"COOPKM_LANG": "en", "LANG": "th_TH.UTF-8"}, "units"),
        ({"COOPKM_LANG": "", "LC_ALL": "en_GB.UTF-8"}, "units"),
        ({"COOPKM_LANG": "", "LC_ALL": "th_TH.UTF-8"}, "หน่วยความรู้"),
    ],
)
def test_without_the_option_the_environment_decides_the_language(
    root: Path, environ: dict[str, str], words: str
) -> None:
    done = in_process(root, "check", **environ)
    assert words in done.stderr.decode("utf-8")


# --- cannot go on


@pytest.mark.parametrize(
    "command",
    [
        ["check"],
        ["coverage"],
        ["translated", "all"],
        ["new", "duty", "duty-03"],
        ["schema"],
        ["schema", "--check"],
    ],
)
@pytest.mark.parametrize("lang", ["th", "en"])
def test_a_missing_folder_is_one_line_and_exit_code_2(tmp_path: Path, command: list[str], lang: str) -> None:
    done = in_process(tmp_path / "nowhere", "--lang", lang, *command)
    lines = done.stderr.decode("utf-8").splitlines()
    assert (done.returncode, done.stdout, len(lines)) == (2, b"", 1)
    assert lines[0].startswith("coopkm: ไม่พบโฟลเดอร์ " if lang == "th" else "coopkm: there is no folder ")
    assert not (tmp_path / "nowhere").exists()


def test_a_file_in_place_of_a_folder_is_one_line_and_exit_code_2(tmp_path: Path) -> None:
    lay(tmp_path / "file", "x")
    done = run(tmp_path / "file", "check")
    assert (done.exit_code, len(done.stderr.splitlines())) == (2, 1)


def test_a_folder_without_knowledge_is_one_line_and_exit_code_2(tmp_path: Path) -> None:
    done = run(tmp_path, "check")
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith("coopkm: there is no folder knowledge/ in ")
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("encoding", ["cp1252", "cp874", "ascii", "utf-8"])
@pytest.mark.parametrize("form", ["text", "json", "github"])
def test_a_pipe_that_lacks_thai_letters_does_not_end_the_run(root: Path, encoding: str, form: str) -> None:
    edit(root / D1, {"minutes: 3": "minutes: ๑๒"})
    done = in_process(root, "--lang", "th", "check", "--format", form, PYTHONIOENCODING=encoding)
    assert done.returncode == 1
    assert "bad-number" in done.stdout.decode("utf-8")
    assert "๑๒" in done.stdout.decode("utf-8")
    assert b"Traceback" not in done.stderr


# --- coverage


def test_the_json_form_of_coverage_is_that_of_the_contract(root: Path) -> None:
    edit(root / D1, {"  en: Count the cash\n": "", "  th: นับทุกครั้งที่เข้าสหกรณ์": "  th: นับเสมอ"})
    done = run(root, "coverage", "--json")
    assert done.exit_code == 0
    assert json.loads(done.stdout) == {
        "sources": 2,
        "covered": 1,
        "uncovered": ["act.23"],
        "units": 2,
        "units_without_question": ["duty-01", "duty-02"],
        "english": {"fields": 53, "missing": 1, "stale": 1},
    }


def test_a_source_that_only_a_draft_cites_is_not_covered(root: Path) -> None:
    edit(root / D1, {"    basis: practice\n": "    sources: [act.23]\n", "status: ready": "status: draft"})
    assert json.loads(run(root, "coverage", "--json").stdout)["uncovered"] == ["act.23"]


@pytest.mark.parametrize(("lang", "words"), [("th", "แหล่งที่มา 2 ข้อ"), ("en", "1 of 2 source items")])
def test_coverage_for_people_lists_what_is_missing(root: Path, lang: str, words: str) -> None:
    done = run(root, "coverage", lang=lang)
    assert words in done.stdout
    assert "  act.23  " in done.stdout


# --- new


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_unit_of_a_kind_is_a_draft_without_errors(root: Path, kind: str) -> None:
    done = run(root, "new", kind, "visit-plan")
    assert done.exit_code == 0
    text = (root / "knowledge" / KINDS[kind].folder / "visit-plan.yml").read_text("utf-8")
    assert "status: draft" in text
    assert f"reviewed: {date.today()}" in text
    found = json.loads(run(root, "check", "--format", "json").stdout)["problems"]
    assert [row for row in found if row["severity"] == "error"] == []
    assert {row["code"] for row in found} <= {"english-unrecorded"}


def test_a_new_unit_never_overwrites(root: Path) -> None:
    done = run(root, "new", "duty", "duty-01")
    assert done.exit_code == 2
    assert "is there already" in done.stderr
    assert (root / D1).read_text("utf-8") == D1_TEXT.replace("2026-11-22", "2020-01-01").replace(
        "2027-11-22", "2199-01-01"
    )


def test_an_id_that_a_unit_of_another_kind_has_is_not_given_again(root: Path) -> None:
    done = run(root, "new", "skill", "duty-01")
    assert done.exit_code == 2
    assert not (root / "knowledge" / "skills").exists()


@pytest.mark.parametrize("name", ["Visit", "../escape", "a/b", "ก", "1a", "a" * 65, "a\n"])
def test_an_id_that_cannot_be_one_writes_nothing(root: Path, name: str) -> None:
    before = sorted(root.rglob("*"))
    done = run(root, "new", "duty", name)
    assert (done.exit_code, len(done.stderr.splitlines())) == (2, 1)
    assert sorted(root.rglob("*")) == before


# --- translated


def test_translated_puts_units_on_record(root: Path) -> None:
    edit(root / D1, {"  th: ตรวจนับเงินสด": "  th: ตรวจเงินสด"})
    assert "english-stale" in run(root, "check").stdout
    assert run(root, "translated", "duty-01").exit_code == 0
    assert run(root, "check").stdout == ""


def test_translated_takes_the_path_of_a_file(root: Path) -> None:
    edit(root / "knowledge/glossary.yml", {"en: board}": "en: the board}"})
    fix = run(root, "check").stdout.splitlines()[1]
    assert fix.endswith("run `coopkm translated knowledge/glossary.yml`")
    assert run(root, "translated", "knowledge/glossary.yml").exit_code == 0
    assert run(root, "check").stdout == ""


def test_translated_all_puts_everything_on_record(root: Path) -> None:
    (root / "knowledge/english.json").unlink()
    assert run(root, "translated", "all").exit_code == 0
    assert run(root, "check").stdout == ""


def test_translated_leaves_a_damaged_record_as_it_is(root: Path) -> None:
    record = root / "knowledge/english.json"
    record.write_text("<<<<<<< HEAD\n" + record.read_text("utf-8"), "utf-8")
    before = record.read_bytes()
    done = run(root, "translated", "duty-01")
    assert (done.exit_code, len(done.stderr.splitlines())) == (2, 1)
    assert record.read_bytes() == before


def test_a_file_that_cannot_be_written_ends_in_one_line(root: Path) -> None:
    (root / "knowledge/skills").write_text("a file where a folder should be", "utf-8")
    done = run(root, "new", "skill", "skill-9")
    assert (done.exit_code, len(done.stderr.splitlines())) == (2, 1)


def test_translated_of_an_unknown_id_changes_nothing(root: Path) -> None:
    before = (root / "knowledge/english.json").read_bytes()
    done = run(root, "translated", "duty-01", "duty-99")
    assert (done.exit_code, len(done.stderr.splitlines())) == (2, 1)
    assert (root / "knowledge/english.json").read_bytes() == before


# --- schema


def test_schemas_are_written_and_then_current(root: Path) -> None:
    assert run(root, "schema", "--check").exit_code == 1
    done = run(root, "schema")
    assert (done.exit_code, len(done.stdout.splitlines())) == (0, len(schemas()))
    assert run(root, "schema", "--check").stdout == ""
    assert run(root, "schema").stdout == ""


def test_a_schema_that_is_not_current_is_named_and_left_alone(root: Path) -> None:
    run(root, "schema")
    lay(root / "schemas/duty.json", "{}")
    done = run(root, "schema", "--check")
    assert (done.exit_code, done.stdout) == (1, "schemas/duty.json\n")
    assert (root / "schemas/duty.json").read_text("utf-8") == "{}"


# --- help


def test_every_command_helps_in_both_languages() -> None:
    for name, command in cli.commands.items():
        text = CliRunner().invoke(cli, [name, "--help"]).stdout
        assert any("\u0e01" <= letter <= "\u0e2e" for letter in text), name
        assert command.help


# --- without the extra `documents`


@pytest.mark.parametrize(("missing", "told"), [("icalendar", True), ("dateutil.tz", True), ("coopkm.nothing", False)])
def test_a_library_that_is_missing_is_named_in_one_line_with_what_mends_it(
    root: Path, monkeypatch: pytest.MonkeyPatch, missing: str, told: bool
) -> None:
    def import_module(_: str) -> None:
        raise ModuleNotFoundError(name=missing)

    monkeypatch.setattr("coopkm.extras.import_module", import_module)
    if not told:  # a fault of our own is no want of a library
        with pytest.raises(ModuleNotFoundError):
            run(root, "review", "--format", "ics")
        return
    done = run(root, "review", "--format", "ics")
    assert (done.exit_code, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert f"`{missing}` is missing" in done.stderr
    assert "scripts/build.py --documents" in done.stderr


def test_a_library_that_does_not_load_is_told_with_the_reason(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def import_module(_: str) -> None:
        raise ImportError("DLL load failed")

    monkeypatch.setattr("coopkm.extras.import_module", import_module)
    done = run(root, "review", "--format", "ics")
    assert (done.exit_code, done.stderr.count("\n")) == (2, 1)
    assert "icalendar" in done.stderr
    assert "DLL load failed" in done.stderr


@pytest.mark.parametrize("folder", ["docs/th/kit", "site", "knowledge", "quizzes/exam"])
@pytest.mark.parametrize(
    "arguments",
    [
        ["exam", "any"],
        ["export", "moodle", "--pool", "exam"],
        ["course", "--start", "2027-01-12T09:00"],
        ["analyse", "results.json"],
    ],
    ids=lambda arguments: arguments[0],
)
def test_what_learners_must_not_see_is_never_written_where_it_would_be_published(
    root: Path, arguments: list[str], folder: str
) -> None:
    done = run(root, *arguments, "--out", str(root / folder))
    assert done.exit_code == 2
    assert "which is published" in done.stderr
