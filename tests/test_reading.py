"""From bytes to nodes that keep their places."""

import os
from collections.abc import Callable
from pathlib import Path
from time import process_time

import pytest
from example_project import D1_TEXT, edit, lay, lay_base, problems_of

from coopkm.library import read_library
from coopkm.problems import Problem
from coopkm.reading import MAX_BYTES, Document, decode, find_files, parse

Link = Callable[[Path, str | Path], None]


@pytest.fixture
def link() -> Link:
    """Makes a symbolic link; where that is impossible, the test is skipped."""

    def make(path: Path, target: str | Path) -> None:
        try:
            path.symlink_to(target)
        except (OSError, NotImplementedError) as error:
            pytest.skip(f"symbolic links cannot be made here: {error}")

    return make


def document(text: str) -> Document:
    found, problems = parse(text, "a.yml")
    assert found is not None, problems
    assert problems == []
    return found


def codes(text: str) -> list[str]:
    return [found.code for found in parse(text, "a.yml")[1]]


# --- values


@pytest.mark.parametrize(
    "written",
    ["10:30", "no", "NO", "010", "1.10", "0x1F", "1e3", "2026-11-22", "true", "null2", "-", "1_000"],
)
def test_a_value_without_quotes_stays_the_text_that_was_written(written: str) -> None:
    assert document(f"a: {written} \n" if written != "-" else "a: '-'\n").root.data() == {"a": written}


@pytest.mark.parametrize("written", ["", "~", "null", "# a comment"])
def test_nothing_written_is_no_text(written: str) -> None:
    assert document(f"a: {written}\nb: 1\n").root.data() == {"a": None, "b": "1"}


@pytest.mark.parametrize("written", ["''", '""', "'~'", '"null"'])
def test_an_empty_or_quoted_value_is_a_text(written: str) -> None:
    assert document(f"a: {written}\n").root.data() == {"a": written[1:-1]}


# --- refusals


def test_32_levels_are_read_and_33_are_refused() -> None:
    assert document("a: " + "[" * 31 + "]" * 31).root.data()
    assert codes("a: " + "[" * 32 + "]" * 32) == ["too-deep"]


@pytest.mark.parametrize("opening", ["[", "{", "- ", "? ", "a: {", '"', "&a ", "!!x ", "*"])
def test_a_million_openings_end_at_once(opening: str) -> None:
    began = process_time()
    assert codes("a: " + opening * (1_000_000 // len(opening)))
    assert process_time() - began < 5


def test_laughs_that_would_unfold_into_billions_end_at_once() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
    began = process_time()
    assert codes("\n".join(lines)) == ["yaml-anchor"]
    assert process_time() - began < 1


def test_a_file_of_one_mebibyte_is_read_and_one_byte_more_is_not() -> None:
    assert decode(b"#" * MAX_BYTES, "a.yml") == "#" * MAX_BYTES
    found = decode(b"#" * (MAX_BYTES + 1), "a.yml")
    assert isinstance(found, Problem)
    assert found.code == "file-too-large"


def test_a_syntax_fault_does_not_hide_a_field_written_twice_before_it() -> None:
    assert codes('a: 1\na: 2\nb: "\n') == ["duplicate-key", "yaml-quote"]


# --- encodings


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("สหกรณ์".encode("cp874"), "Windows-874 (TIS-620)"),
        ("a: สหกรณ์ ออมทรัพย์ 2566\n".encode("tis-620"), "Windows-874 (TIS-620)"),
        ("a: caf\xe9 na\xefve\n".encode("cp1252"), "Windows-1252"),
        ("a: ก".encode("utf-16"), "UTF-16"),
        ("a: ก".encode("utf-16-be"), "UTF-16"),
        ("a: b".encode("utf-16-le"), "UTF-16"),
    ],
)
def test_an_encoding_is_named(raw: bytes, name: str) -> None:
    found = decode(raw, "a.yml")
    assert isinstance(found, Problem)
    assert (found.code, dict(found.values)["name"]) == ("encoding", name)


def test_a_mark_and_windows_lines_are_taken_away() -> None:
    assert decode("\ufeffa: ก\r\nb: 1\rc: 2\n".encode(), "a.yml") == "a: ก\nb: 1\nc: 2\n"


def test_a_file_of_zeros_is_told_as_control_characters(tmp_path: Path) -> None:
    root = lay_base(tmp_path)
    lay(root / "knowledge/duties/duty-03.yml", b"\0" * 500)
    assert [found.code for found in problems_of(root)] == ["control-character"]


# --- places


def test_the_place_of_a_key_a_value_and_an_item() -> None:
    found = document("a:\n  - {b: 1,  c: ก}\n")
    assert str(found.place(("a",), key=True)) == "a.yml:1:1"
    assert str(found.place(("a",))) == "a.yml:2:3"
    assert str(found.place(("a", 0, "c"))) == "a.yml:2:16"
    assert str(found.place(("a", 0, "c"), key=True)) == "a.yml:2:13"


def test_the_place_of_what_is_absent_is_the_nearest_outer_place() -> None:
    found = document("# first\na:\n  - b: 1\n")
    assert str(found.place(("a", 0, "missing"))) == "a.yml:3:5"
    assert str(found.place(("a", 7))) == "a.yml:3:3"
    assert str(found.place(("nothing", "here"))) == "a.yml:2:1"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a: กขค X", "1:8"),
        ("a: 'it''s ''X'''", "1:13"),
        ('a: "\\u0e01\\t\\x41\\"X"', "1:19"),
        ('a: "one \\\n    two X"', "2:9"),
        ("a: one\n  two\n\n  X", "4:3"),
        ("a: |\n  one\n\n    two X\n", "4:9"),
        ("a: |2-  # mark\n\n   X\n", "3:4"),
        ("a: >-\n  one\n  two X\n", "3:7"),
        ("b:\n  - a: |\n      one\n      X\n", "4:7"),
        ("a: {b: [one, 'X']}", "1:15"),
    ],
)
def test_the_place_of_a_character_within_a_value(text: str, place: str) -> None:
    found = document(text)
    loc, value = next((loc, value) for loc, value in scalars(found.root.data()) if "X" in value)
    assert str(found.place_in(loc, value.strip().index("X"))) == f"a.yml:{place}"


def scalars(data: object, loc: tuple[str | int, ...] = ()) -> list[tuple[tuple[str | int, ...], str]]:
    if isinstance(data, dict):
        return [row for key, value in data.items() for row in scalars(value, (*loc, key))]
    if isinstance(data, list):
        return [row for index, value in enumerate(data) for row in scalars(value, (*loc, index))]
    return [(loc, data)] if isinstance(data, str) else []


# --- files


def test_files_come_sorted_without_hidden_ones_and_whatever_the_case_of_their_ending(tmp_path: Path) -> None:
    for name in ("k/b.yml", "k/a/z.YML", "k/.git/x.yml", "k/.x.yml", "k/c.yaml", "k/d.txt", "k/e.yml.txt"):
        lay(tmp_path / name, "")
    found = [
        path.relative_to(tmp_path).as_posix()
        for path in find_files(tmp_path, "k", (".yml", ".yaml"))
        if isinstance(path, Path)
    ]
    assert found == ["k/a/z.YML", "k/b.yml", "k/c.yaml"]


def test_a_missing_folder_has_no_files(tmp_path: Path) -> None:
    assert list(find_files(tmp_path, "nowhere", (".yml",))) == []


def test_a_knowledge_folder_that_is_a_link_out_of_the_project_is_refused(tmp_path: Path, link: Link) -> None:
    lay(tmp_path / "elsewhere" / "a.yml", "a: 1")
    (tmp_path / "project").mkdir()
    link(tmp_path / "project" / "knowledge", "../elsewhere")
    assert [row.code for row in problems_of(tmp_path / "project")] == ["link-outside"]


def test_a_link_within_the_project_is_read(tmp_path: Path, link: Link) -> None:
    root = lay_base(tmp_path)
    (root / "knowledge/duties/duty-02.yml").rename(root / "kept.yml")
    link(root / "knowledge/duties/duty-02.yml", "../../kept.yml")
    assert problems_of(root) == []
    assert "duty-02" in read_library(root)[0].units


def test_links_in_a_circle_end_the_reading_of_that_file_alone(tmp_path: Path, link: Link) -> None:
    root = lay_base(tmp_path)
    link(root / "knowledge/duties/x.yml", "y.yml")
    link(root / "knowledge/duties/y.yml", "x.yml")
    link(root / "knowledge/duties/round", ".")
    assert [str(row.place) for row in problems_of(root)] == [
        "knowledge/duties/x.yml:1:1",
        "knowledge/duties/y.yml:1:1",
    ]


def test_a_project_reached_through_a_link_is_read(tmp_path: Path, link: Link) -> None:
    lay_base(tmp_path / "real")
    link(tmp_path / "project", "real")
    assert problems_of(tmp_path / "project") == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes are a thing of POSIX")
def test_a_pipe_with_the_name_of_a_unit_is_not_waited_for(tmp_path: Path) -> None:
    root = lay_base(tmp_path)
    os.mkfifo(root / "knowledge/duties/pipe.yml")
    assert [row.code for row in problems_of(root)] == ["unreadable-file"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_folder_that_may_not_be_read_is_told(tmp_path: Path) -> None:
    root = lay_base(tmp_path)
    (root / "knowledge/closed").mkdir(mode=0)
    try:
        assert [row.code for row in problems_of(root)] == ["unreadable-file"]
    finally:
        (root / "knowledge/closed").chmod(0o755)


# --- one broken file among others


def test_a_broken_file_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    root = lay_base(tmp_path)
    edit(root / "knowledge/duties/duty-02.yml", {"minutes: 3": "minutes: ["})
    library, problems = read_library(root)
    assert [row.code for row in problems] == ["yaml-bracket"]
    assert list(library.units) == ["duty-01"]
    assert library.broken == {"duty-02"}


@pytest.mark.parametrize("change", [{"minutes: 3": "minutes: ["}, {"minutes: 3": "minutes: many"}])
def test_references_to_a_broken_unit_are_not_told_as_dangling(tmp_path: Path, change: dict[str, str]) -> None:
    root = lay_base(tmp_path)
    edit(root / "knowledge/duties/duty-01.yml", change)  # duty-02, a term and an article lead to it
    assert len(problems_of(root)) == 1


def test_a_broken_unit_is_known_by_its_id_where_the_file_has_another_name(tmp_path: Path) -> None:
    root = lay_base(tmp_path)
    (root / "knowledge/duties/duty-01.yml").unlink()
    lay(root / "knowledge/duties/other.yml", D1_TEXT.replace("minutes: 3", "minutes: many"))
    assert [row.code for row in problems_of(root)] == ["bad-number"]


@pytest.mark.parametrize("name", ["sources", "glossary", "misprints"])
def test_a_broken_registry_is_one_problem_not_a_flood(tmp_path: Path, name: str) -> None:
    root = lay_base(tmp_path)
    lay(root / f"knowledge/{name}.yml", "a: [\n")
    assert [row.code for row in problems_of(root)] == ["yaml-bracket"]


def test_without_a_source_registry_every_citation_is_told(tmp_path: Path) -> None:
    root = lay_base(tmp_path)
    (root / "knowledge/sources.yml").unlink()
    assert {row.code for row in problems_of(root)} == {"source-missing"}


def test_a_project_needs_nothing_but_a_knowledge_folder(tmp_path: Path) -> None:
    (tmp_path / "knowledge").mkdir()
    assert problems_of(tmp_path) == []
