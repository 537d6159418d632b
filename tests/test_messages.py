"""Messages: the same in both languages, in the author's words, one line each, in every form of the report."""

import json
import re
import string

import pytest
from example_project import cases, lay_case, load, problems_of

from coopkm.problems import CATALOGUE, Place, Problem, has_errors, problem
from coopkm.problems.report import as_github, as_json, as_text

LANGS = ("th", "en")
LIBRARY_WORDS = re.compile(
    r"pydantic|libyaml|yaml\.|traceback|exception|error:|input should|mapping values"
    r"|block (?:mapping|sequence)|expected (?:key|token)|extra_forbidden|literal_error|utf-8' codec"
    r"|(?-i:\bNone\b)|invalid",
    re.IGNORECASE,
)


def wordings(code: str, lang: str) -> list[str]:
    rule = CATALOGUE[code]
    return [rule.what[lang], rule.fix[lang], rule.fix_guess[lang]]


def placeholders(text: str) -> set[str]:
    return {re.sub(r"_(th|en)$", "", name) for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("code", CATALOGUE)
def test_both_languages_say_the_same_values(code: str) -> None:
    assert [placeholders(text) for text in wordings(code, "th")] == [
        placeholders(text) for text in wordings(code, "en")
    ]


@pytest.mark.parametrize("code", CATALOGUE)
@pytest.mark.parametrize("lang", LANGS)
def test_a_wording_is_one_line_without_a_full_stop(code: str, lang: str) -> None:
    for text in wordings(code, lang):
        assert text == text.strip()
        assert text.isprintable()
        assert not text.endswith((".", "!", "。")) or text.endswith("'...'")
        assert not LIBRARY_WORDS.search(text)


@pytest.mark.parametrize("code", CATALOGUE)
def test_thai_is_thai_and_english_is_english(code: str) -> None:
    assert all(re.search("[\u0e01-\u0e2e]", text) for text in wordings(code, "th"))
    assert not any(re.search("[\u0e01-\u0e2e]", text) for text in wordings(code, "en"))


@pytest.mark.parametrize("code", CATALOGUE)
def test_a_code_is_kebab_case_and_has_a_severity(code: str) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", code)
    assert CATALOGUE[code].severity in ("error", "warning")


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> list[Problem]:
    """Every problem of every example that needs no symbolic link."""
    found = []
    for number, path in enumerate(cases()):
        case = load(path)
        if not case.get("links"):
            root = lay_case(tmp_path_factory.mktemp("case") / str(number), case)
            found += problems_of(root)
    return found


@pytest.mark.parametrize("lang", LANGS)
def test_every_message_can_be_said_and_is_one_printable_line(told: list[Problem], lang: str) -> None:
    for found in told:
        for text in (found.what(lang), found.fix(lang)):
            assert text.isprintable(), found
            assert not LIBRARY_WORDS.search(text), text
            assert "{" not in re.sub(r"`[^`]*`|\{[\w: .,]*\}", "", text), text


def test_every_fault_names_something_to_look_for(told: list[Problem]) -> None:
    assert {found.code for found in told} >= CATALOGUE.keys() - {"link-outside", "unreadable-file"}
    assert all(found.place.line >= 1 and found.place.column >= 1 for found in told)


NASTY = problem(Place("knowledge/a,b:c%.yml", 3, 7), "ref-missing", id="50%\r\nx: y, z\x1b[31m\u200b", guess="")


def test_a_value_is_shown_as_one_printable_line() -> None:
    assert NASTY.what("en") == "no unit has the id `50%\\u000d\\u000ax: y, z\\u001b[31m\\u200b`"


def test_a_long_value_is_cut_and_a_list_of_values_is_not() -> None:
    names = [f"field-{number}" for number in range(60)]
    found = problem(Place("a"), "unknown-field", name="x" * 500, kind="duty", allowed=names, guess="")
    assert len(found.what("en")) < 200
    assert found.fix("en").endswith("field-58, field-59")


def test_braces_in_a_value_are_left_alone() -> None:
    assert problem(Place("a"), "ref-missing", id="{guess} {0}", guess="").what("en").count("{guess} {0}") == 1


def test_the_text_form_is_two_lines_with_a_place_that_editors_follow() -> None:
    found = problem(Place("knowledge/x.yml", 3, 1), "ref-missing", id="skill-01", guess="skill-001")
    assert as_text([found], "en") == (
        "knowledge/x.yml:3:1: ref-missing: no unit has the id `skill-01`\n    fix: did you mean `skill-001`?\n"
    )
    assert as_text([found], "th") == (
        "knowledge/x.yml:3:1: ref-missing: ไม่มีหน่วยความรู้รหัส `skill-01`\n    วิธีแก้: หมายถึง `skill-001` ใช่หรือไม่\n"
    )


def test_the_json_form_has_the_fields_of_the_contract() -> None:
    form = json.loads(as_json([NASTY], {"units": 1}, "en"))
    assert list(form) == ["problems", "counts"]
    assert list(form["problems"][0]) == ["severity", "path", "line", "column", "code", "what", "fix"]
    assert form["problems"][0]["path"] == "knowledge/a,b:c%.yml"


def test_the_github_form_escapes_what_would_end_a_value() -> None:
    assert as_github([NASTY], "en") == (
        "::error file=knowledge/a%2Cb%3Ac%25.yml,line=3,col=7,title=ref-missing::"
        "no unit has the id `50%25\\u000d\\u000ax: y, z\\u001b[31m\\u200b`"
        "%0Acheck the id, or delete the reference\n"
    )


def test_warnings_alone_are_no_errors() -> None:
    warning = problem(Place("a"), "review-due", day="2026-01-01")
    assert not has_errors([warning])
    assert has_errors([warning, NASTY])


def test_problems_sort_by_place_then_code() -> None:
    places = [Place("b"), Place("a", 2), Place("a", 1, 9), Place("a", 1, 10)]
    rows = [problem(place, code) for place in places for code in ("empty-file", "control-character")]
    assert [(str(row.place), row.code) for row in sorted(rows)] == [
        (place, code) for place in ("a:1:9", "a:1:10", "a:2:1", "b:1:1") for code in ("control-character", "empty-file")
    ]
