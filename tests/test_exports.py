"""What goes out to other programs comes back as it was, less what the table of limits says."""

import io
import itertools
import json
import random
import re
import zipfile
from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, get_args
from xml.etree import ElementTree as ET

import openpyxl
import pytest
from click.testing import CliRunner, Result
from conftest import ROOT
from example_project import lay, lay_base, record
from test_grading import QUESTIONS

from coopkm.cli import export
from coopkm.cli.main import cli
from coopkm.exports import machine, moodle, packages, scorm, told
from coopkm.exports.fractions_of_moodle import weight
from coopkm.exports.items import drawn, said_in
from coopkm.exports.limits import FORMATS, Format, lost_in, table
from coopkm.exports.packages import NotTheSame, Package, package
from coopkm.exports.told import files_in, losses_shown, losses_text, support_table
from coopkm.library import read_library
from coopkm.model.base import LANGS, Record, Text
from coopkm.model.questions import TYPES, Bank, Question, QuestionType
from coopkm.model.terms import Words
from coopkm.views.questions import Asked, ready_questions

DAY = date(2026, 11, 25)


@pytest.fixture(scope="module")
def asked() -> list[Asked]:
    """Every question of the repository that is ready, of both pools."""
    library, _ = read_library(ROOT)
    return list(ready_questions(library))


def of_pool(asked: Sequence[Asked], pool: str) -> list[Asked]:
    return [one for one in asked if one.pool == pool]


@cache
def whole(name: Format, pool: str = "practice") -> Package:
    """The package of a whole pool of the repository."""
    library, _ = read_library(ROOT)
    return package(of_pool(list(ready_questions(library)), pool), name, DAY)


def some(asked: Sequence[Asked]) -> list[Asked]:
    """A question of each type."""
    return list({one.question.type: one for one in asked}.values())


@pytest.mark.parametrize("name", FORMATS)
def test_the_whole_bank_goes_out_and_comes_back(name: Format) -> None:
    for pool in ("practice", "exam"):
        made = whole(name, pool)
        assert made.files
        assert min(made.counts.values()) > 0


def bank(title: str = "เรื่อง") -> Bank:
    return Bank.model_construct(id="topic", title=Text(th=title, en=title), pass_mark=70, reviewed=DAY)


NASTY = [
    *"<>&\"'~=#{}:*%[]|`/\\_\n",
    *("<script>alert(1)</script>", "]]>", "&#126;", "&amp;lt;", "{1:SHORTANSWER:=x}", "{{c1::x}}", "=1+1", "\\n", "->"),
    *(
        "%50%",
        "[html]",
        "####",
        "::",
        "$CATEGORY: x",
        "// [id:x]",
        "**ข**",
        "\n\n",
        "- ก\n- ข",
        "\u200b",
        "😀",
        "ๆ",
        "กำ",
        " ",
    ),
]


def changed(value: Any, write: Any) -> Any:
    """A record with something put around every text and word of it."""
    if isinstance(value, Text):
        return Text(th=f"ก{write()}ข", en=f"a{write()}b")
    if isinstance(value, Words):
        return Words(th=[word + write() for word in value.th], en=[word + write() for word in value.en])
    if isinstance(value, Record):
        names = type(value).model_fields
        update = {name: changed(getattr(value, name), write) for name in names}
        if update.get("text") and update.get("gaps"):
            marks = " ".join(f"{{{{{gap.id}}}}}" for gap in value.gaps)  # type: ignore[attr-defined]
            update["text"] = Text(th=f"{update['text'].th} {marks}", en=f"{update['text'].en} {marks} x")
        return value.model_copy(update=update)
    return [changed(one, write) for one in value] if isinstance(value, list) else value


def hostile(write: Callable[[], str]) -> list[Asked]:
    """A question of each form, with something in all its texts."""
    questions = [changed(question, write) for question in QUESTIONS.values()]
    return [Asked(bank("ก/ข: “ค” & <ง>"), question, "practice") for question in questions]


@pytest.mark.parametrize("name", FORMATS)
def test_no_text_breaks_a_format(name: Format) -> None:
    signs = itertools.cycle(NASTY)  # goes on where the last round ended
    for seed in range(3):
        chance = random.Random(seed)
        package(hostile(lambda: next(signs)), name, DAY, ("th",))  # raises where it comes back otherwise
        package(hostile(lambda chance=chance: "".join(chance.choices(NASTY, k=3))), name, DAY, ("en",))


def test_what_comes_back_otherwise_stops_everything(
    asked: list[Asked], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = packages._ROWS["moodle"]
    bent = packages._Row(row.suffix, row.write, lambda raw: row.read(raw.replace(b"33.33333", b"25")))
    monkeypatch.setitem(packages._ROWS, "moodle", bent)
    with pytest.raises(NotTheSame, match="options"):
        package(of_pool(asked, "practice"), "moodle", DAY)
    monkeypatch.setitem(packages._ROWS, "moodle", packages._Row(row.suffix, row.write, lambda raw: row.read(raw)[1:]))
    assert isinstance(ran(lay_base(tmp_path), "moodle").exception, NotTheSame)
    assert not (tmp_path / "out").exists()


def ran(project: Path, *arguments: str) -> Result:
    """`coopkm export` in a project, into its folder `out`."""
    command = ["--project", str(project), "--lang", "en", "export", *arguments, "--out", str(project / "out")]
    return CliRunner().invoke(cli, command)


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_questions_give_the_same_bytes(asked: list[Asked], name: Format) -> None:
    rows = some(of_pool(asked, "practice"))
    first, second = package(rows, name, DAY), package(rows, name, DAY)
    assert first.files == second.files
    for raw in first.files.values():
        if zipfile.is_zipfile(io.BytesIO(raw)):
            with zipfile.ZipFile(io.BytesIO(raw)) as archive:
                assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
                if name == "kahoot":
                    assert b"2026-11-25T00:00:00Z</dcterms:modified>" in archive.read("docProps/core.xml")


def test_the_exam_pool_goes_out_only_when_it_is_asked_for(tmp_path: Path) -> None:
    project = lay_base(tmp_path)
    practice = (project / "quizzes" / "money.yml").read_text("utf-8")
    lay(project / "quizzes" / "exam" / "exam.yml", practice.replace("id: money", "id: exam"))
    record(project)
    done = ran(project, "json")
    assert done.exit_code == 0, done.output
    assert ids_in(project / "out" / "coopkm-json.json") == set(re.findall(r"  - id: (money-\S+)", practice))
    done = ran(project, "json", "--pool", "exam")
    assert "do not publish" in done.output
    assert {name.partition("-")[0] for name in ids_in(project / "out" / "coopkm-json-exam.json")} == {"exam"}


def ids_in(path: Path) -> set[str]:
    return {row["id"] for row in json.loads(path.read_text("utf-8"))["questions"]}


def test_a_file_of_somebody_else_is_left_alone_and_our_own_is_renewed(tmp_path: Path) -> None:
    project = lay_base(tmp_path)
    foreign = project / "out" / "coopkm-gift-th.txt"
    lay(foreign, "mine")
    done = ran(project, "gift")
    assert (done.exit_code, foreign.read_text("utf-8")) == (2, "mine")
    assert "was not made by this command" in done.output
    foreign.unlink()
    assert ran(project, "gift").exit_code == 0
    assert ran(project, "gift", "--date", "2027-01-12").exit_code == 0
    assert "CoopKM 2027-01-12/" in foreign.read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [(["--topic", "mony"], "money"), (["--lang", "de"], "th,en"), (["--date", "2569-13-01"], "2569-13-01")],
)
def test_a_slip_in_the_command_is_told(tmp_path: Path, arguments: list[str], told: str) -> None:
    done = ran(lay_base(tmp_path), "gift", *arguments)
    assert done.exit_code == 2
    assert told in done.output
    assert not (tmp_path / "out").exists()


# Moodle


@pytest.fixture(scope="module")
def quiz() -> ET.Element:
    """The Moodle XML of the whole bank in Thai."""
    return ET.fromstring(whole("moodle").files["coopkm-moodle-th.xml"])


def test_moodle_gets_only_fractions_that_it_knows(quiz: ET.Element) -> None:
    for row in quiz.findall("question[@type='multichoice']"):
        shares = [weight(answer.get("fraction", "")) for answer in row.findall("answer")]
        assert shares
        if row.findtext("single") == "true":
            assert sorted(shares) == sorted(["1"] + ["0"] * (len(shares) - 1)), row.findtext("idnumber")


def test_moodle_gets_a_dated_category_for_each_topic_and_an_id_for_each_question(
    quiz: ET.Element, asked: list[Asked]
) -> None:
    categories = [row.findtext("category/text") or "" for row in quiz.findall("question[@type='category']")]
    assert len(categories) == len({one.bank.id for one in of_pool(asked, "practice")})
    assert all(path.startswith("$course$/top/CoopKM 2026-11-25/") for path in categories)
    ids = [row.findtext("idnumber") for row in quiz.findall("question") if row.get("type") != "category"]
    assert len(set(ids)) == len(ids)


def test_moodle_gets_combined_feedback_where_it_refuses_a_question_without(quiz: ET.Element) -> None:
    orders = quiz.findall("question[@type='ordering']")
    assert orders
    for row in orders:
        for tag in ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback"):
            assert row.findtext(f"{tag}/text"), row.findtext("idnumber")


def test_a_gap_keeps_signs_that_mean_something_to_moodle() -> None:
    gaps = [{"id": "one", "options": [{"id": "a", "text": {"th": "ก~ข#ค}=ง", "en": "x"}, "correct": "yes"}]}]
    fields = {"id": "q", "type": "cloze", "stem": {"th": "เติม"}, "text": {"th": "คือ {{one}}"}, "gaps": gaps}
    about = {"level": "apply", "objective": {"th": "ตอบได้"}, "basis": "practice"}
    question = said_in(drawn(Asked(bank(), Question.model_validate({**fields, **about}), "practice")), "th")
    html = ET.fromstring(moodle.write([question], DAY, "th")).findtext("question[2]/questiontext/text") or ""
    (inside,) = re.findall(r"\{1:MULTICHOICE_S:=(.*?)\}", html)
    assert not set("~}=") & set(inside)
    assert not re.search(r"(?<!&)#", inside)


# Kahoot


def test_a_kahoot_sheet_keeps_to_its_limits_and_holds_no_formula() -> None:
    made = whole("kahoot")
    for raw in made.files.values():
        rows = list(openpyxl.load_workbook(io.BytesIO(raw)).active.iter_rows(min_row=8))
        assert str(rows[0][1].value).startswith("Question")
        for row in rows[1:]:
            assert len(str(row[1].value)) <= 120
            assert all(len(str(cell.value or "")) <= 75 for cell in row[2:6])
            assert all(cell.data_type in "sn" for cell in row)
            assert {int(place) for place in str(row[7].value).split(",")} <= {1, 2, 3, 4}


def test_what_does_not_fit_kahoot_is_named() -> None:
    made = whole("kahoot")
    kept = sum(made.counts[name] for name in made.files if name.endswith("-th.xlsx"))
    out = {one for ids in made.losses["th"].out.values() for one in ids}
    split_up = whole("gift").counts["coopkm-gift-th.txt"]
    assert kept + len(out) == split_up
    assert all(one in losses_text(made) for one in out)


def test_a_text_that_looks_like_a_formula_stays_a_text() -> None:
    options = [{"id": "a", "text": {"th": "=1+1"}, "correct": "yes"}, {"id": "b", "text": {"th": "@SUM(A1)"}}]
    about = {"level": "apply", "objective": {"th": "ตอบได้"}, "basis": "practice"}
    fields = {"id": "q", "type": "single", "stem": {"th": "=HYPERLINK(1)"}, "options": options, **about}
    (raw, *_) = package([Asked(bank(), Question.model_validate(fields), "practice")], "kahoot", DAY).files.values()
    row = openpyxl.load_workbook(io.BytesIO(raw)).active[9]
    assert [(cell.value, cell.data_type) for cell in row[1:4]] == [
        ("=HYPERLINK(1)", "s"),
        ("=1+1", "s"),
        ("@SUM(A1)", "s"),
    ]


# SCORM


def test_a_scorm_page_asks_for_nothing_from_elsewhere_and_runs_nothing_inline() -> None:
    rows = [Asked(bank("</script><b>"), question, "practice") for question in QUESTIONS.values()]
    raw = package(rows, "scorm12", DAY, ("th",)).files["coopkm-scorm12-topic-th.zip"]
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        page = archive.read("index.html").decode()
        listed = {row.get("href") for row in ET.fromstring(archive.read("imsmanifest.xml")).iter() if row.get("href")}
        assert listed == set(archive.namelist()) - {"imsmanifest.xml"}
    assert page.count("</script>") == 2
    assert "default-src 'none'" in page
    assert not re.search(r"https?://", page.partition('id="content"')[0])


# The table of limits


def test_what_is_lost_is_said_in_both_languages(asked: list[Asked]) -> None:
    made = package(some(of_pool(asked, "practice")), "gift", DAY)
    hinted = next(one.question.id for one in some(of_pool(asked, "practice")) if one.question.type == "order")
    text = losses_text(made)
    for lang in LANGS:
        assert table()["features"]["neighbours"][lang] in text
        assert table()["features"]["neighbours"][lang] in losses_shown(made, lang)
    assert hinted in text
    assert files_in(text) == set(made.files)


def test_every_row_of_the_table_is_of_use() -> None:
    tables = table()
    assert tuple(tables["formats"]) == FORMATS == export._FORMATS
    assert set(tables["types"]) == set(TYPES) == set(get_args(QuestionType))
    rows = [*tables["features"].values(), *tables["notes"], *tables["reasons"].values(), *tables["types"].values()]
    assert all(row["th"] and row["en"] for row in rows)
    for words in (scorm._words(), told._words()):  # a comma in the wrong place makes a key of half a sentence
        assert all(row.keys() == {"th", "en"} for row in words.values())
    assert all(set(row["lost"]) <= set(FORMATS) for row in tables["features"].values())
    assert lost_in("json") == []


def losses_of(made: Package) -> set[str]:
    return {name for losses in made.losses.values() for name in losses.features}


def test_json_and_scorm_lose_nothing_of_a_question() -> None:
    rows = [Asked(bank(), question, "practice") for question in QUESTIONS.values()]
    assert losses_of(package(rows, "json", DAY)) == set()
    assert losses_of(package(rows, "scorm12", DAY)) == set()


def test_the_support_table_and_the_schema_are_current() -> None:
    current = {"exports.md": support_table(), "questions.schema.json": machine.schema()}
    stale = [name for name, text in current.items() if (ROOT / "docs/dev" / name).read_text("utf-8") != text]
    assert stale == [], "run: .venv/bin/python scripts/reference.py"
