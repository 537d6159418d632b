"""Checks of content: what a single example file does not show."""

import json
from datetime import date
from pathlib import Path

import pytest
from example_project import D1_TEXT, TODAY, codes_of, edit, lay, lay_base, problems_of, record

from coopkm.checks import CHECKS, check_library
from coopkm.library import ENGLISH_RECORD, read_library
from coopkm.problems import Problem
from coopkm.translations import EVERYTHING, confirmed
from coopkm.views.coverage import coverage

D1, D2 = "knowledge/duties/duty-01.yml", "knowledge/duties/duty-02.yml"
THAI = {"  th: ตรวจนับเงินสด\n": "  th: ตรวจนับเงินสดทุกวัน\n"}
ENGLISH = {"  en: Count the cash\n": "  en: Count the cash daily\n"}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return lay_base(tmp_path)


def confirm(root: Path, *owners: str) -> None:
    library, _ = read_library(root)
    lay(root / ENGLISH_RECORD, confirmed(library, set(owners)))


def whats(root: Path) -> list[str]:
    return [f"{row.code}: {row.what('en')}" for row in problems_of(root)]


# --- English


def test_thai_alone_changed_makes_the_english_stale(root: Path) -> None:
    edit(root / D1, THAI)
    assert codes_of(root) == ["english-stale"]
    library, _ = read_library(root)
    assert library.units["duty-01"].value.title.shown("en") == "ตรวจนับเงินสดทุกวัน"
    assert coverage(library)["english"]["stale"] == 1


def test_stale_english_never_settles_by_itself(root: Path) -> None:
    edit(root / D1, THAI)
    for _ in range(3):
        assert codes_of(root) == ["english-stale"]
        confirm(root, "duty-02")


def test_an_editors_word_settles_what_was_stale(root: Path) -> None:
    edit(root / D1, THAI)
    confirm(root, "duty-01")
    assert codes_of(root) == []


def test_thai_changed_back_is_no_longer_stale(root: Path) -> None:
    edit(root / D1, THAI)
    edit(root / D1, {new: old for old, new in THAI.items()})
    assert codes_of(root) == []


@pytest.mark.parametrize("changes", [ENGLISH, {**THAI, **ENGLISH}])
def test_english_that_changed_is_off_the_record_until_confirmed(root: Path, changes: dict[str, str]) -> None:
    edit(root / D1, changes)
    assert codes_of(root) == ["english-unrecorded"]
    confirm(root, "duty-01")
    assert codes_of(root) == []


def test_stale_english_that_is_then_mended_must_still_be_confirmed(root: Path) -> None:
    edit(root / D1, THAI)
    assert codes_of(root) == ["english-stale"]
    edit(root / D1, ENGLISH)
    assert codes_of(root) == ["english-unrecorded"]


def test_a_point_moved_to_another_place_keeps_its_record(root: Path) -> None:
    first = D1_TEXT[D1_TEXT.index("  - id: count") : D1_TEXT.index("  - id: note")]
    second = D1_TEXT[D1_TEXT.index("  - id: note") : D1_TEXT.index("sources: [book.duty.1]\nbasis")]
    lay(root / D1, D1_TEXT.replace(first + second, second + first))
    assert codes_of(root) == []


def test_a_record_of_a_text_that_is_gone_goes_with_the_next_word_and_others_stay(root: Path) -> None:
    (root / D2).unlink()
    edit(root / D1, {"related: [duty-02]": "related: []", **THAI})
    confirm(root)
    kept = json.loads((root / ENGLISH_RECORD).read_text("utf-8"))
    assert not [name for name in kept if name.startswith("duty-02#")]
    assert codes_of(root) == ["english-stale"]


def test_a_broken_file_does_not_lose_its_record(root: Path) -> None:
    before = (root / ENGLISH_RECORD).read_text("utf-8")
    edit(root / D1, {"minutes: 3": "minutes: many"})
    lay(root / "knowledge/glossary.yml", "terms: [\n")
    confirm(root, "duty-02")
    assert (root / ENGLISH_RECORD).read_text("utf-8") == before


def test_the_path_of_a_file_confirms_what_stands_in_it_and_nothing_else(root: Path) -> None:
    edit(root / "knowledge/glossary.yml", {"en: board}": "en: the board}"})
    edit(root / D1, THAI)
    [unrecorded, _] = sorted(problems_of(root), key=lambda row: row.code, reverse=True)
    assert unrecorded.fix("en").endswith("run `coopkm translated knowledge/glossary.yml`")
    confirm(root, "knowledge/glossary.yml")
    assert codes_of(root) == ["english-stale"]


def test_text_without_english_is_never_put_on_record(root: Path) -> None:
    edit(root / D1, {"  en: Count the cash\n": ""})
    record(root)
    assert "duty-01#title" not in json.loads((root / ENGLISH_RECORD).read_text("utf-8"))
    assert codes_of(root) == ["english-missing"]


def test_the_record_of_everything_names_every_english_text(root: Path) -> None:
    library, _ = read_library(root)
    everything = json.loads(confirmed(library, EVERYTHING))
    assert len(everything) == sum(wording.text.en is not None for wording in library.wordings)
    assert {name.split("#")[0] for name in everything} >= {
        "duty-01",
        "term:board",
        "document:book",
        "source:act.23",
    }


@pytest.mark.parametrize(
    "text", ["[]", "null", "3", "", "{", "[" * 100_000, '{"a": 1}', '{"a": "b"}', '{"a": "b c d"}']
)
def test_a_damaged_record_is_one_problem_and_no_flood(root: Path, text: str) -> None:
    lay(root / ENGLISH_RECORD, text)
    assert codes_of(root) == ["english-record"]


# --- references


def test_a_circle_is_told_once_at_the_item_that_leads_round(root: Path) -> None:
    names = [f"duty-0{number}" for number in range(3, 8)]
    for name, needed in zip(names, [*names[1:], names[0]], strict=True):
        text = D1_TEXT.replace("duty-01", name).replace("requires: []", f"requires: [duty-01, {needed}]")
        lay(root / f"knowledge/duties/{name}.yml", text)
    record(root)
    [found] = problems_of(root)
    assert str(found.place) == "knowledge/duties/duty-03.yml:25:21"
    assert found.what("en").endswith("duty-03 → duty-04 → duty-05 → duty-06 → duty-07 → duty-03")


def test_two_circles_are_told_both(root: Path) -> None:
    for name, needed in (("a", "b"), ("b", "a"), ("c", "d"), ("d", "c")):
        text = D1_TEXT.replace("duty-01", name).replace("requires: []", f"requires: [{needed}]")
        lay(root / f"knowledge/duties/{name}.yml", text)
    record(root)
    assert codes_of(root) == ["requires-cycle", "requires-cycle"]


def test_a_chain_of_thousands_is_no_circle_and_needs_no_deep_stack(root: Path) -> None:
    library, _ = read_library(root)
    placed = library.units["duty-01"]
    chain = {
        f"u{number}": type(placed)(
            placed.value.model_copy(update={"id": f"u{number}", "requires": [f"u{number + 1}"]}),
            placed.document,
        )
        for number in range(5000)
    }
    library.units = {**library.units, **chain}
    found = [row for row in check_library(library, TODAY) if row.code in ("requires-cycle", "ref-missing")]
    assert [(row.code, dict(row.values)["id"]) for row in found] == [("ref-missing", "u5000")]


@pytest.mark.parametrize(("status", "codes"), [("ready", ["ref-retired"]), ("draft", []), ("retired", [])])
def test_only_what_readers_see_may_not_lead_to_the_retired(root: Path, status: str, codes: list[str]) -> None:
    edit(root / D1, {"status: ready": f"status: {status}"})
    edit(root / D2, {"status: ready": "status: retired", "requires: [duty-01]": "requires: []"})
    edit(root / "knowledge/glossary.yml", {"    unit: duty-01\n": ""})
    assert codes_of(root) == codes


def test_a_retired_unit_is_never_due_for_review(root: Path) -> None:
    edit(root / D2, {"status: ready": "status: retired"})
    edit(root / D1, {"related: [duty-02]": "related: []"})
    due = [row.place.path for row in problems_of(root, date(2030, 1, 1))]
    assert due == [D1]


@pytest.mark.parametrize(("day", "codes"), [(date(2027, 11, 22), []), (date(2027, 11, 23), ["review-due"] * 2)])
def test_a_review_is_due_after_its_day(root: Path, day: date, codes: list[str]) -> None:
    assert codes_of(root, day) == codes


def test_a_law_read_on_a_day_carries_what_cites_it(root: Path) -> None:
    edit(root / D1, {"    basis: practice\n": "    basis: law\n    sources: [act.23]\n"})
    edit(
        root / "knowledge/sources.yml",
        {"    heading: หมวด 1\n": "    heading: หมวด 1\n    read: 2026-01-02\n"},
    )
    assert codes_of(root) == []


def test_a_unit_rests_on_what_its_points_cite(root: Path) -> None:
    edit(root / D1, {"sources: [book.duty.1]\nbasis": "basis"})
    assert codes_of(root) == []


# --- Markdown


@pytest.mark.parametrize(
    "text",
    [
        "[x](unit:duty-02)",
        "[x](unit:duty-02#count)",
        "[x](#note)",
        "[x](term:board)",
        "[x](source:act.23)",
        "[x](https://example.org/a_(b))",
        "<https://example.org>",
        "[x](mailto:office@example.org)",
        "5 < 6 & 7 > 3, a <3",
        "H<sub>2</sub>O<br>",
        "`<script>` and `[x](y)`",
        "~~~\n<script>\n# no heading\n~~~",
        "### heading",
        "[x](#own)\n\n### heading {#own}",
    ],
)
def test_markdown_that_is_sound(root: Path, text: str) -> None:
    assert markdown(root, text) == []


@pytest.mark.parametrize(
    ("text", "code", "column"),
    [
        ("a [x](unit:nothing)", "link-broken", 11),
        ("a [x](unit:duty-02#nothing)", "anchor-broken", 11),
        ("a [x](term:bord)", "link-broken", 11),
        ("a [x](source:act.24)", "link-broken", 11),
        ("a ![x](javascript:a)", "link-scheme", 12),
        ("a <data:text/html,x>", "link-scheme", 8),
        ("a <vbscript:x>", "link-scheme", 8),
        ("[x]: file:///etc/passwd", "link-scheme", 10),
        ("a [x](\\\\server\\share)", "link-scheme", 11),
        ("a [x](page.html)", "link-broken", 11),
        ("a <img src=x onerror=y>", "html-not-allowed", 7),
        ("a <!-- b -->", "html-not-allowed", 7),
        ("a <SCRIPT", "html-not-allowed", 7),
        ("a <svg/onload=x>", "html-not-allowed", 7),
        ("# a", "heading-level", 5),
        ("## a", "heading-level", 5),
    ],
)
def test_markdown_that_is_not(root: Path, text: str, code: str, column: int) -> None:
    assert [(row.code, row.place.line, row.place.column) for row in markdown(root, text)] == [(code, 35, column)]


def markdown(root: Path, text: str) -> list[Problem]:
    """The problems of duty-01 with a body; its text begins on line 35, column 5."""
    body = "".join(f"    {line}\n" if line else "\n" for line in text.split("\n"))
    lay(root / D1, f"{D1_TEXT}body:\n  th: |\n{body}  en: ''\n".replace("  en: ''\n", ""))
    return [row for row in problems_of(root) if row.code != "english-missing"]


def test_an_article_links_to_pages_headings_and_files_beside_it(root: Path) -> None:
    lay(
        root / "docs/th/a/b.md",
        "[x](../about.md#contact) [y](../pic.png) [z](#ก-ข) [w](%E0%B8%81.md)\n\n## ก ข\n",
    )
    lay(root / "docs/th/a/ก.md", "# ก\n")
    lay(root / "docs/th/pic.png", "x")
    assert codes_of(root) == []


@pytest.mark.parametrize("target", ["../../../knowledge/sources.yml", "/etc/passwd", "../about.md#x", "pic.png"])
def test_an_article_may_not_lead_astray(root: Path, target: str) -> None:
    lay(root / "docs/th/a/b.md", f"[x]({target})\n")
    assert len(codes_of(root)) == 1


# --- words


def test_the_longer_misprint_is_told_in_place_of_the_shorter_within_it(root: Path) -> None:
    shorter = "  - {id: second, wrong: การสภรณ์, right: การสหกรณ์, certainty: likely}\n"
    path = root / "knowledge/misprints.yml"
    lay(path, path.read_text("utf-8") + shorter)
    edit(root / D1, {"นับทุกครั้งที่เข้าสหกรณ์": "การสภรณ์และสภรณ์"})
    record(root)
    assert [dict(row.values)["wrong"] for row in problems_of(root)] == ["การสภรณ์", "สภรณ์"]


def test_a_word_counts_as_the_same_in_capitals(root: Path) -> None:
    path = root / "knowledge/glossary.yml"
    term = "  - {id: b, term: {th: ก, en: BOARD}, meaning: {th: ก, en: a}, basis: practice}\n"
    lay(path, path.read_text("utf-8") + term)
    record(root)
    assert whats(root) == ["duplicate-term: the word `BOARD` is a name of `board` already"]


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_a_check_finds_nothing_in_an_empty_project(tmp_path: Path, check: object) -> None:
    (tmp_path / "knowledge").mkdir()
    library, _ = read_library(tmp_path)
    assert callable(check)
    assert list(check(library, TODAY)) == []


def test_all_checks_are_told_together_and_sorted(root: Path) -> None:
    edit(
        root / D1,
        {"related: [duty-02]": "related: [nothing]", "stage: first-week": "stage: first-week\nminutes: 4"},
    )
    edit(root / D2, {"  - id: count": "  - id: Count"})
    problems = problems_of(root)
    assert problems == sorted(problems)
    assert [row.code for row in problems] == ["duplicate-key", "ref-missing", "bad-id"]
