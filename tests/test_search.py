"""What officers type, and what they find: on the real knowledge, without a browser."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from conftest import ROOT

from coopkm.cli.main import cli
from coopkm.library import read_library
from coopkm.search.aliases import years_beside
from coopkm.search.build import finder_of, in_memory
from coopkm.search.finder import Finder


@pytest.fixture(scope="module")
def finder() -> Finder:
    return finder_of(read_library(ROOT)[0], in_memory)


def units(finder: Finder, text: str, lang: str = "th") -> list[str]:
    return [found.entry.id for found in finder.find(text, lang).results if found.entry.key.startswith("unit:")]


@pytest.mark.parametrize(
    ("typed", "unit"),
    [
        ("ตรวจนับเงินสด", "guideline-06"),
        ("ตรวจนับเงิน", "guideline-06"),
        ("ตรวจนบเงินสด", "guideline-06"),
        ("ต ร ว จ นับ เงินสด", "guideline-06"),
        ("90 วัน", "guideline-19-1"),
        ("๙๐ วัน", "guideline-19-1"),
        ("ค.ศ. 2023", "km-handbook"),
        ("พ.ศ. ๒๕๖๖", "km-handbook"),
        ("กพส.", "guideline-15"),
        ("กพส", "guideline-15"),
        ("กองทุนพัฒนาสหกรณ์", "guideline-15"),
        ("cooperative development fund", "guideline-15"),
        ("packaging", "guideline-10"),
        ("ใครเป็นคนตรวจนับเงินสดครับ", "guideline-06"),
        ("9i;0oy[g'bol", "guideline-06"),
    ],
)
def test_it_is_among_the_first_five(finder: Finder, typed: str, unit: str) -> None:
    assert unit in units(finder, typed)[:5]


def test_english_words_find_thai_pages_and_thai_words_english_ones(finder: Finder) -> None:
    thai, english = finder.find("packaging", "th").results[0], finder.find("บรรจุภัณฑ์", "en").results[0]
    assert (thai.lang, english.lang) == ("th", "en")
    assert thai.entry.id == english.entry.id == "guideline-10"


def test_the_passage_of_another_language_says_so(finder: Finder) -> None:
    found = finder.find("packaging", "th").results[0]
    assert (found.lang, found.matched_lang) == ("th", "en")


def test_the_wrong_keyboard_layout_is_understood_and_said(finder: Finder) -> None:
    answer = finder.find("lsdiIN", "th")
    assert answer.reading == "สหกรณ์"
    assert units(finder, "lsdiIN") == units(finder, "สหกรณ์")


def test_english_is_not_taken_for_a_wrong_layout(finder: Finder) -> None:
    for typed in ("problem solving", "good governance", "CPS", "Smart Officer", "work flow"):
        assert finder.find(typed, "th").reading == ""


def test_one_or_two_letters_find_what_begins_with_them(finder: Finder) -> None:
    assert all(found.entry.title.startswith("ทั") for found in finder.find("ทั", "th").results[:1])
    assert finder.find("ก", "th").results
    assert "km" in " ".join(units(finder, "KM")[:5])


def test_a_slip_brings_a_suggestion(finder: Finder) -> None:
    assert finder.find("ข้อบังคัย", "th").suggestion == "ข้อบังคับ"


def test_a_word_that_is_right_brings_no_suggestion(finder: Finder) -> None:
    assert finder.find("ข้อบังคับ", "th").suggestion == ""


def test_what_fits_badly_is_called_near(finder: Finder) -> None:
    assert finder.find("การเลี้ยงผึ้งบนดาวอังคาร", "th").near
    assert not finder.find("ประชุมใหญ่สามัญประจำปี", "th").near


@pytest.mark.parametrize("typed", ["", " ", "​", "!!!", "…", "\x00", "😀", "ๆ", "(" * 500, "ก" * 5_000])
def test_nothing_to_look_for_is_no_fault(finder: Finder, typed: str) -> None:
    assert finder.find(typed, "th").reading == ""


def test_a_passage_is_marked_in_whole_clusters(finder: Finder) -> None:
    for typed in ("ทวงหนี", "ระชุมใหญ", "สหกร", "ผู้จัดกา"):
        answer = finder.find(typed, "th")
        for found in answer.results[:10]:
            text, marks = finder.snippet(answer, found)
            for start, end in marks:
                assert text[start] not in "ะัาำิีึืฺุู็่้๊๋์ํ"
                assert text[end : end + 1] not in tuple("ะัาำิีึืฺุู็่้๊๋์ํ")


def test_years_are_known_in_both_eras() -> None:
    assert years_beside("ปี 2566 และ ค.ศ. 2012") == ("ค.ศ. 2023", "พ.ศ. 2555")
    assert years_beside("3,000 บาท 1200 แห่ง 25660") == ()


# The command


def run(*arguments: str, given: str | None = None) -> Any:
    return CliRunner().invoke(cli, ["--project", str(ROOT), "--lang", "th", "search", *arguments], input=given)


def test_the_machine_form_is_that_of_the_contract() -> None:
    rows = json.loads(run("ตรวจนับเงินสด", "--json", "--limit", "3").stdout)
    assert len(rows) == 3
    assert list(rows[0]) == ["id", "kind", "title", "url", "score", "sources", "snippet"]
    assert (rows[0]["id"], rows[0]["kind"], rows[0]["url"]) == (
        "guideline-06",
        "guideline",
        "guidelines/guideline-06.html",
    )
    assert "kpp2566.guideline.6.d" in rows[0]["sources"]
    assert [row["score"] for row in rows] == sorted((row["score"] for row in rows), reverse=True)


def test_a_dash_reads_a_query_a_line_and_answers_a_line_each() -> None:
    lines = run("-", "--json", "--limit", "1", given="ทวงหนี้\n\nzzzzqqqq\nกพส\r\n").stdout.splitlines()
    assert [bool(json.loads(line)) for line in lines] == [True, False, False, True]


def test_english_addresses_are_those_of_english_pages() -> None:
    (row,) = json.loads(run("fraud", "--lang", "en", "--json", "--limit", "1").stdout)
    assert row["url"].startswith("en/")


def test_a_person_reads_title_passage_and_address() -> None:
    done = run("ตรวจนับเงินสด", "--limit", "1")
    assert done.exit_code == 0
    assert "guidelines/guideline-06.html" in done.stdout
    assert "เงินสด" in done.stdout


def test_nothing_found_is_said(capfd: pytest.CaptureFixture[str]) -> None:
    done = run("zzzzqqqq")
    assert done.exit_code == 0
    assert "ไม่พบ" in done.output


def test_a_broken_unit_does_not_stop_the_search(tmp_path: Path) -> None:
    folder = tmp_path / "knowledge" / "duties"
    folder.mkdir(parents=True)
    (folder / "broken.yml").write_text("id: [", "utf-8")
    done = CliRunner().invoke(cli, ["--project", str(tmp_path), "search", "อะไร", "--json"])
    assert (done.exit_code, done.stdout) == (0, "[]\n")


def judged(queries: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "scripts" / "search_quality.py"), str(queries)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


def test_the_judge_reads_a_file_and_prints_its_table(tmp_path: Path) -> None:
    queries = tmp_path / "queries.yml"
    queries.write_text('- {id: a, class: exact, q: "ตรวจนับเงินสด", keys: [kpp2566.guideline.6.d]}\n', "utf-8")
    script = str(ROOT / "scripts" / "search_quality.py")
    done = subprocess.run(
        [sys.executable, script, str(queries)], capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert "| exact | 1 | 1.00 | 1.00 | 1.000 | 0.00 |" in done.stdout, done.stderr


def test_the_judge_names_a_query_that_is_not_of_the_form(tmp_path: Path) -> None:
    queries = tmp_path / "queries.yml"
    queries.write_text("- {id: a, q: b}\n", "utf-8")
    script = str(ROOT / "scripts" / "search_quality.py")
    done = subprocess.run(
        [sys.executable, script, str(queries)], capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 1
    assert "query 1 lacks" in done.stderr
