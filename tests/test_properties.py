"""What holds whatever an author writes: nothing crashes, order is nothing, every place is in its file."""

import string
from pathlib import Path
from typing import Any

import pytest
import yaml
from example_project import BASE, TODAY, lay, lay_base, problems_of, record
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coopkm.library import read_library
from coopkm.problems import Place, Problem
from coopkm.reading import Document, decode, parse

ROOT = Path(__file__).parent.parent
UNITS = sorted(path for path in (ROOT / "knowledge").rglob("*.yml") if path.parent.name != "knowledge")
REGISTRIES = [BASE / "knowledge" / f"{name}.yml" for name in ("sources", "glossary", "misprints")]

settings.register_profile(
    "coopkm",
    deadline=None,
    derandomize=True,  # the same run everywhere; a failure can be repeated
    max_examples=150,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
settings.load_profile("coopkm")

thai = st.text("กขคงจฉชญฐณดตถทนบปผพภมยรลวศสหอะาิีึืุูเแโใไ่้๊๋็์ำฯๆ๐๑๒", min_size=1, max_size=12)
words = st.one_of(
    thai,
    st.text(string.ascii_lowercase + "-", min_size=1, max_size=8),
    st.sampled_from(
        [
            "no",
            "10:30",
            "010",
            "1.10",
            "~",
            "null",
            "2569-11-22",
            "-",
            "&a",
            "*a",
            "!x",
            "<b>",
            "[x](y)",
            "#",
            "<<",
        ]
    ),
    st.text(max_size=10),
)
data = st.recursive(
    words | st.none() | st.integers() | st.booleans(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(words, inner, max_size=4),
    max_leaves=25,
)
yaml_texts = st.one_of(
    st.text(max_size=300),
    st.text("ab:- \n\t'\"[]{}|>#&*!%@`,?~<=กข\u0e49\u200b\u00a0", max_size=200),
    st.builds(
        lambda value, flow: yaml.safe_dump(value, allow_unicode=True, default_flow_style=flow, sort_keys=False),
        data,
        st.booleans(),
    ),
)


def assert_sound(problems: list[Problem], root: Path) -> None:
    """Problems can be said in both languages, are in order, and stand within their files."""
    assert problems == sorted(problems)
    for found in problems:
        for lang in ("th", "en"):
            assert found.what(lang).isprintable()
            assert found.fix(lang).isprintable()
        raw = (root / found.place.path).read_bytes() if (root / found.place.path).is_file() else b""
        text = decode(raw, found.place.path)
        if isinstance(text, str):
            assert_within(found.place, text)


def assert_within(place: Place, text: str) -> None:
    lines = text.split("\n")
    assert 1 <= place.line <= len(lines), place
    assert 1 <= place.column <= len(lines[place.line - 1]) + 1, place


# --- reading


@given(st.binary(max_size=400))
def test_no_bytes_make_the_reader_crash(raw: bytes) -> None:
    text = decode(raw, "a.yml")
    if isinstance(text, str):
        document, problems = parse(text, "a.yml")
        assert document is not None or problems


@given(yaml_texts)
def test_no_text_makes_the_reader_crash_and_every_place_is_in_the_text(text: str) -> None:
    decoded = decode(text.encode("utf-8", "replace"), "a.yml")
    text = decoded if isinstance(decoded, str) else text
    document, problems = parse(text, "a.yml")
    assert document is not None or problems
    for found in problems:
        assert_within(found.place, text)
        assert found.what("th").isprintable()


@given(st.dictionaries(words.filter(str.strip), data, min_size=1, max_size=5), st.booleans())
def test_data_written_and_read_again_is_the_same(value: dict[str, Any], flow: bool) -> None:
    plain = as_text(value)
    text = yaml.safe_dump(plain, allow_unicode=True, default_flow_style=flow, sort_keys=False, width=40)
    document, problems = parse(text, "a.yml")
    if document is not None and not problems:
        assert document.root.data() == plain
    else:
        assert {row.code for row in problems} <= {
            "key-not-text",
            "yaml-anchor",
            "control-character",
            "too-deep",
        }


def as_text(value: Any) -> Any:
    """The same data with every single value as text, and no name that is blank."""
    if isinstance(value, dict):
        return {str(key): as_text(inner) for key, inner in value.items() if str(key).strip()}
    if isinstance(value, list):
        return [as_text(inner) for inner in value]
    return None if value is None else str(value)


def block(lines: list[str], mark: str, indent: int) -> str:
    pad = " " * indent
    return f"{mark}\n" + "".join(f"{pad}{line}\n" if line else "\n" for line in lines)


prose_line = st.lists(
    st.text("กขคabcเู่-.,;'\"\\#&*!|>%@`:[]{}", min_size=1, max_size=6).filter(lambda word: not word.endswith(":")),
    min_size=1,
    max_size=5,
).map(" ".join)
plain_word = st.text("กขคabcเู่.", min_size=1, max_size=6)


@st.composite
def scalars(draw: st.DrawFn) -> str:
    """A YAML text `a:` with one scalar, in any style that authors use, somewhere in it an X."""
    style = draw(st.sampled_from(["plain", "single", "double", "|", ">", "|-", ">+", "| # mark"]))
    lines = draw(st.lists(prose_line if style[0] in "|>" else plain_word, min_size=1, max_size=4))
    at = draw(st.integers(0, len(lines) - 1))
    cut = draw(st.integers(0, len(lines[at])))
    lines[at] = lines[at][:cut] + "X" + lines[at][cut:]
    head = draw(st.sampled_from(["", "# first\n", "b: 1\n\n"]))
    if style[0] in "|>":
        return head + "a: " + block(lines, style, draw(st.integers(1, 4)))
    joined = draw(st.sampled_from([" ", "\n  ", "\n\n   "])).join(lines)
    if style == "single":
        return f"{head}a: '{joined.replace('X', chr(39) * 2 + 'X')}'\n"
    if style == "double":
        escape = draw(st.sampled_from(["\\t", "\\u0e01", "\\x41", '\\"', "\\\\", "\\\n   ", "\\U0001F600 "]))
        return f'{head}a: "{joined.replace("X", escape + "X")}"\n'
    return f"{head}a: {joined}\n"


@given(scalars())
def test_the_place_of_a_character_is_where_it_stands(text: str) -> None:
    document, problems = parse(text, "a.yml")
    if document is None:  # a line of a block that YAML takes for less indented, and the like
        assert problems
        return
    value = document.root.data()["a"]
    place = document.place_in(("a",), value.strip().index("X"))
    assert text.split("\n")[place.line - 1][place.column - 1] == "X"


@given(yaml_texts, st.integers(0, 50))
def test_no_place_leaves_its_file(text: str, offset: int) -> None:
    document, _ = parse(text, "a.yml")
    if document is None:
        return
    for loc in locations(document.root.data()):
        for place in (document.place(loc), document.place(loc, key=True), document.place_in(loc, offset)):
            assert_within(place, document.text)


def locations(value: Any, loc: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    rows = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [loc, *(deep for step, inner in rows for deep in locations(inner, (*loc, step)))]


# --- whole projects


@st.composite
def mutated(draw: st.DrawFn, paths: list[Path]) -> str:
    """A real file after a few accidents."""
    lines = draw(st.sampled_from(paths)).read_text("utf-8").split("\n")
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(lines) - 1))
        line = lines[at]
        indent = line[: len(line) - len(line.lstrip())]
        key = line.partition(":")[0]
        lines[at : at + 1] = draw(
            st.sampled_from(
                [
                    [],
                    [line, line],
                    [f"{key}: {draw(words)}"],
                    [f"{key}: [{draw(words)}, a]"],
                    [f"{key}: {{th: x, {draw(words)}: y}}"],
                    [f"{key}:"],
                    [f"{key}: {'[' * 40}{']' * 40}"],
                    [f"{key}: {'ก' * 21_000}"],
                    [f"{key}: '{'ข' * 50_000}"],
                    [indent + draw(words)],
                    [" " + line],
                    [line[1:]],
                    ["\t" + line],
                    [line.replace(": ", ":")],
                    [line.replace("  - ", "  ")],
                    [line + " [x](unit:nothing) <script> # ก"],
                    [
                        line
                        + draw(st.sampled_from(["'", '"', "\u200b", "e\u0301", "\u2028", "\x07", "สภรณ์", ":", " :"]))
                    ],
                ]
            )
        )
    return "\n".join(lines)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return lay_base(tmp_path_factory.mktemp("base"))


@given(text=mutated(UNITS))
def test_no_accident_in_a_unit_makes_the_checks_crash(base: Path, text: str) -> None:
    path = base / "knowledge" / "duties" / "duty-03.yml"
    lay(path, text)
    assert_sound(problems_of(base), base)


@given(text=mutated(REGISTRIES), name=st.sampled_from([path.name for path in REGISTRIES]))
def test_no_accident_in_a_registry_makes_the_checks_crash(tmp_path_factory: Any, text: str, name: str) -> None:
    root = lay_base(tmp_path_factory.mktemp("registry"))
    lay(root / "knowledge" / name, text)
    assert_sound(problems_of(root), root)


@given(
    text=yaml_texts,
    name=st.sampled_from(["duties/duty-03.yml", "project.yml", "english.json", "../docs/th/about.md"]),
)
@settings(max_examples=100)
def test_no_text_in_any_file_makes_the_checks_crash(tmp_path_factory: Any, text: str, name: str) -> None:
    root = lay_base(tmp_path_factory.mktemp("any"))
    lay(root / "knowledge" / name, text.encode("utf-8", "replace"))
    assert_sound(problems_of(root), root)


@given(st.permutations(["duty-01", "duty-02", "a-1", "b-2", "c-3"]))
@settings(max_examples=15)
def test_the_order_in_which_files_are_made_changes_nothing(tmp_path_factory: Any, names: list[str]) -> None:
    root = lay_base(tmp_path_factory.mktemp("order"))
    text = (BASE / "knowledge/duties/duty-01.yml").read_text("utf-8")
    (root / "knowledge/duties/duty-01.yml").unlink()
    for number, name in enumerate(names):
        needed = "b-2" if name == "a-1" else "a-1"
        lay(
            root / f"knowledge/duties/{name}.yml",
            text.replace("duty-01", name).replace("requires: []", f"requires: [{needed}]"),
        )
        (root / "knowledge" / f"{number}-{name}").mkdir()
    record(root)
    library, found = read_library(root)
    told = [f"{row.place} {row.code}" for row in problems_of(root)]
    assert found == []
    assert list(library.units) == ["a-1", "b-2", "c-3", "duty-01", "duty-02"]
    assert told == ["knowledge/duties/a-1.yml:25:12 requires-cycle"]


def test_a_text_read_twice_gives_the_same_problems(base: Path) -> None:
    lay(base / "knowledge/duties/duty-03.yml", "id: x\nkind: duty\nminuts: 3\n")
    assert problems_of(base, TODAY) == problems_of(base, TODAY)


def test_a_document_without_fields_has_places(base: Path) -> None:
    document, _ = parse("{}", "a.yml")
    assert isinstance(document, Document)
    assert document.place(("a", 0)) == document.place_in(("a",), 5) == Place("a.yml", 1, 1)
