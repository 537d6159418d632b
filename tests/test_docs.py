"""The documentation is under test: nothing is left untold, nothing told that is not there."""

import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import click
import pytest
from pydantic import TypeAdapter

import coopkm
from coopkm.cli.main import cli
from coopkm.model.base import LANGS, Record
from coopkm.model.fields import DESCRIPTIONS, about, describe, records_in
from coopkm.model.kinds import KINDS
from coopkm.model.schema import FILES, schemas
from coopkm.problems import CATALOGUE
from coopkm.reading import parse

ROOT = Path(__file__).parent.parent
PACKAGE = Path(coopkm.__file__).parent
THAI = re.compile("[\u0e00-\u0e7f]")
READMES = ("README.md", "README.th.md")
FOR_DEVELOPERS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/dev/**/*.md"), *ROOT.glob("quizzes/*.md")])
SITE_PAGES = sorted(ROOT.glob("docs/th/**/*.md"))

ROOTS = [*(kind.model for kind in KINDS.values()), *FILES.values()]
MODELS = sorted({record for root in ROOTS for record in records_in(root)}, key=lambda model: model.__name__)
FIELDS = [(model, name) for model in MODELS for name in model.model_fields]
OPTIONS = [
    (command, option)
    for command in (cli, *cli.commands.values())
    for option in command.params
    if isinstance(option, click.Option)
]


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def text(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def prose(markdown: str) -> str:
    """The Markdown without its code."""
    return re.sub(r"```.*?```|`[^`\n]*`", "", markdown, flags=re.DOTALL)


def headings(markdown: str) -> list[tuple[int, str]]:
    found = re.findall(r"^(#+) (.+)$", re.sub(r"```.*?```", "", markdown, flags=re.DOTALL), re.MULTILINE)
    return [(len(marks), re.sub(r" \{#.*\}$", "", title)) for marks, title in found]


def anchors(markdown: str) -> set[str]:
    return set(re.findall(r"\{#([\w-]+)\}", markdown)) | {title for _, title in headings(markdown)}


# Fields


@pytest.mark.parametrize(("model", "field"), FIELDS, ids=lambda value: getattr(value, "__name__", value))
def test_every_field_is_described_in_both_languages(model: type[Record], field: str) -> None:
    found = describe(model, field)
    assert THAI.search(found.th)
    assert found.en
    assert not THAI.search(found.en)


@pytest.mark.parametrize(("model", "field"), FIELDS, ids=lambda value: getattr(value, "__name__", value))
def test_the_example_of_every_field_is_right(model: type[Record], field: str) -> None:
    document, found = parse(describe(model, field).example + "\n", "example")
    assert not found
    assert document is not None
    assert list(document.root.entries) == [field]
    if field != "kind":  # each kind takes no other than its own
        declared = model.model_fields[field]
        annotation = Annotated[declared.annotation, *declared.metadata] if declared.metadata else declared.annotation
        TypeAdapter(annotation).validate_python(document.root.data()[field])


def test_no_description_is_left_of_a_field_that_is_gone() -> None:
    described = {(model, field) for model, row in DESCRIPTIONS.items() for field in row["fields"]}
    there = {(owner.__name__, field) for model, field in FIELDS for owner in model.__mro__}
    assert described <= there


@pytest.mark.parametrize("lang", LANGS)
def test_the_page_of_fields_has_every_kind_every_record_and_every_field(lang: str) -> None:
    page = text(f"docs/{lang}/reference/fields.md")
    assert {f"kind-{kind}" for kind in KINDS} <= anchors(page)
    for model, field in FIELDS:
        assert f"`{field}` (" in page
        assert getattr(describe(model, field), lang) in page
    for model in MODELS:
        if "is" in DESCRIPTIONS.get(model.__name__, {}):
            assert about(model)[lang].rstrip(".") in page


@pytest.mark.parametrize("file", sorted(schemas()))
def test_every_field_of_a_schema_is_described_in_both_languages(file: str) -> None:
    schema = json.loads(schemas()[file])
    for part in (schema, *schema.get("$defs", {}).values()):
        for field, row in part["properties"].items():
            if file != "unit.json":
                assert THAI.search(row["description"]), field
                assert re.search("[a-z]{3}", row["description"]), field


# Problems and commands


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("code", CATALOGUE)
def test_every_problem_code_has_its_place_on_the_page_of_problems(code: str, lang: str) -> None:
    assert (3, code) in headings(text(f"docs/{lang}/reference/problems.md"))


@pytest.mark.parametrize("lang", LANGS)
def test_messages_that_the_page_for_authors_shows_read_as_the_program_says_them(lang: str) -> None:
    shown = re.findall(r"^\[([a-z-]+)\]\(.*\n:   “(.+)” — ", text(f"docs/{lang}/authors.md"), re.MULTILINE)
    assert len(shown) > 10
    for code, message in shown:
        pattern = re.sub(r"\\\{\w+\\\}", ".+", re.escape(CATALOGUE[code].what[lang]))
        assert re.fullmatch(pattern, message), code


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("command", cli.commands)
def test_every_command_has_its_place_on_the_page_of_commands(command: str, lang: str) -> None:
    assert (2, f"coopkm {command}") in headings(text(f"docs/{lang}/reference/commands.md"))


@pytest.mark.parametrize("command", cli.commands.values(), ids=list(cli.commands))
def test_the_help_of_every_command_is_in_both_languages(command: click.Command) -> None:
    told = (command.help or "").split("\n\n")
    assert any(THAI.search(part) for part in told)
    assert any(not THAI.search(part) for part in told)


@pytest.mark.parametrize(("command", "option"), OPTIONS, ids=lambda value: value.name)
def test_every_option_is_told_in_both_languages(command: click.Command, option: click.Option) -> None:
    english, slash, thai = (option.help or "").partition(" / ")
    assert slash, "write the help as: English / Thai"
    assert THAI.search(thai)
    assert not THAI.search(english)
    for lang, told in (("th", thai), ("en", english)):
        page = text(f"docs/{lang}/reference/commands.md")
        assert re.search(rf"^`{option.opts[0]}[ `].*\n:   {re.escape(told)}$", page, re.MULTILINE)


def test_the_reference_pages_are_current() -> None:
    done = subprocess.run(
        [sys.executable, "scripts/reference.py", "--check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", ""), "run scripts/reference.py"


# Pages of the site


@pytest.mark.parametrize("page", SITE_PAGES, ids=name)
def test_every_page_of_the_site_has_its_twin_with_the_same_headings(page: Path) -> None:
    thai = text(name(page))
    english = text(name(page).replace("docs/th/", "docs/en/"))
    assert [level for level, _ in headings(thai)] == [level for level, _ in headings(english)]
    assert THAI.search(headings(thai)[0][1])
    assert not THAI.search(headings(english)[0][1])
    assert re.findall(r"^```.*$", thai, re.MULTILINE) == re.findall(r"^```.*$", english, re.MULTILINE)


def test_every_page_of_the_site_is_there_in_both_languages() -> None:
    english = {name(path).removeprefix("docs/en/") for path in ROOT.glob("docs/en/**/*.md")}
    assert {name(path).removeprefix("docs/th/") for path in SITE_PAGES} == english


@pytest.mark.parametrize("page", [*SITE_PAGES, *ROOT.glob("docs/en/**/*.md")], ids=name)
def test_every_page_of_the_site_has_a_description_for_search_engines(page: Path) -> None:
    assert re.match(r"---\ndescription: .{40,180}\n(menu: [a-z]+\n)?---\n", page.read_text(encoding="utf-8"))


# Pages for those who carry on


def links(page: Path) -> Iterator[str]:
    for target in re.findall(r"\]\(([^)\s]+)\)", prose(page.read_text(encoding="utf-8"))):
        if not re.match("[a-z]+:", target):
            yield target


@pytest.mark.parametrize("page", FOR_DEVELOPERS, ids=name)
def test_every_link_leads_to_a_file(page: Path) -> None:
    for target in links(page):
        path, _, anchor = target.partition("#")
        found = page.parent / path if path else page
        assert found.exists(), target
        assert not anchor or anchor in anchors(found.read_text(encoding="utf-8")), target


@pytest.mark.parametrize("page", [*FOR_DEVELOPERS, *ROOT.glob("docs/*/**/*.md")], ids=name)
def test_no_page_names_a_path_of_one_machine(page: Path) -> None:
    assert not re.search(r"(?<![\w.])/(?:home|root|tmp|work|Users)/|[A-Z]:\\Users", page.read_text("utf-8"))


@pytest.mark.parametrize("page", [*FOR_DEVELOPERS, *ROOT.glob("docs/*/**/*.md")], ids=name)
def test_every_command_named_is_there(page: Path) -> None:
    markdown = page.read_text(encoding="utf-8")
    for script in re.findall(r"\b(?:python3|py|python) (scripts[/\\][\w.]+)", markdown):
        assert (ROOT / script.replace("\\", "/")).is_file()
    code = "\n".join(re.findall(r"`+([^`]+)`+", markdown))
    for command in re.findall(r"^(?:\.venv[/\\](?:bin|Scripts)[/\\])?coopkm (?:--lang \w+ )?([a-z]+)", code, re.M):
        assert command in cli.commands
    for command, option in re.findall(r"^coopkm ([a-z]+) .*?(--[a-z-]+)", code, re.MULTILINE):
        assert option in {written for one in cli.commands[command].params for written in one.opts}


def test_both_readmes_have_the_same_shape() -> None:
    english, thai = (text(path) for path in READMES)
    assert [level for level, _ in headings(thai)] == [level for level, _ in headings(english)]
    assert re.findall(r"```.*?```", thai, re.DOTALL) == re.findall(r"```.*?```", english, re.DOTALL)
    there, here = ([target.replace("docs/th", "docs/en") for target in links(ROOT / path)] for path in READMES)
    assert there[1:] == here[1:]  # the first leads to the other


@pytest.mark.parametrize("readme", READMES)
def test_the_readmes_name_the_two_commands(readme: str) -> None:
    for script in ("build", "test"):
        assert f"```\npython3 scripts/{script}.py\n```" in text(readme)
        assert f"`py scripts\\{script}.py`" in text(readme)


def test_the_picture_is_small() -> None:
    assert (ROOT / "docs/dev/screenshot.png").stat().st_size < 150_000


def test_the_changelog_begins_with_this_version() -> None:
    versions = re.findall(r"^## \[(\d[^\]]*)\]", text("CHANGELOG.md"), re.MULTILINE)
    assert versions[0] == coopkm.__version__
    assert tomllib.loads(text("pyproject.toml"))["project"]["version"] == coopkm.__version__


def test_the_architecture_names_every_part_of_the_package_and_no_other() -> None:
    table = text("ARCHITECTURE.md").split("## Code map")[1].split("And around it")[0]
    named = re.findall(r"^\| `([\w./]+)`", table, re.MULTILINE)
    folders = {f"{path.parent.name}/" for path in PACKAGE.glob("*/__init__.py")}
    files = {path.name for path in PACKAGE.glob("*.py")} - {"__init__.py"}
    assert sorted(named) == sorted(folders | files)


@pytest.mark.parametrize("page", ["ARCHITECTURE.md", "CONTRIBUTING.md", "docs/dev/lock.md", "docs/dev/content.md"])
def test_every_file_named_is_there(page: str) -> None:
    made = {"site/", ".venv", ".cache/"}
    parts = [path for path in PACKAGE.iterdir() if path.is_dir()]
    bases = [ROOT, PACKAGE, ROOT / "docs", ROOT / "tests", *parts]
    for path in re.findall(r"`([\w./-]+(?:/|\.(?:py|yml|md|json|txt|toml)))`", text(page)):
        assert path in made or any((base / path).exists() for base in bases), path


# What is deliberately absent


def test_the_package_opens_no_connection() -> None:
    network = re.compile(
        r"^\s*(?:import|from) (socket|ssl|http|urllib\.request|urllib3|requests|ftplib|smtplib)\b", re.M
    )
    assert [name(path) for path in PACKAGE.rglob("*.py") if network.search(path.read_text("utf-8"))] == []


def test_there_is_no_front_end_build() -> None:
    made = {"package.json", "node_modules", "webpack.config.js", "vite.config.js", "tsconfig.json"}
    assert not [path for path in made if (ROOT / path).exists()]


def test_scripts_of_the_site_ask_nobody_and_keep_no_cookie() -> None:
    for script in PACKAGE.rglob("*.js"):
        assert not re.search(
            r"\bfetch\(|XMLHttpRequest|sendBeacon|WebSocket|cookie|https?://", script.read_text("utf-8")
        )


def test_templates_hold_no_inline_script_or_style() -> None:
    for template in [*PACKAGE.rglob("*.html"), *PACKAGE.rglob("*.j2")]:
        html = re.sub(r"\{#.*?#\}", "", template.read_text("utf-8"), flags=re.DOTALL)
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*(?:src=|ld\+json))", html), template.name
