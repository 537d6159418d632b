"""What makes builds fast changes nothing in what they make; and the projects that measurements are taken with."""

import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from example_project import TODAY, cases, lay_case, load
from mkdocs.commands.build import build
from mkdocs.config import load_config
from projects import edit_unit, run, text, tree, unit_file, write
from test_reproducible import EDITS, copy, linked_project

from coopkm.checks import check_library
from coopkm.library import Library, Reading, mark_stale, read_library
from coopkm.problems import has_errors
from coopkm.site.stage import MARKER

sys.path.append(str(Path(__file__).parent.parent / "scripts"))

from bench_project import write_project
from bench_stock import write_stock

Preview = Callable[[Path, Path], None]


@pytest.fixture(scope="module")
def linked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project whose units lead to each other; tests take copies of it."""
    return linked_project(tmp_path_factory.mktemp("linked") / "project")


def said(library: Library) -> dict[str, object]:
    """Everything that a library says, and where."""
    return {
        "records": {name: (placed.value.fingerprint, placed.place()) for name, placed in library.bilingual()},
        "stale": (library.stale, {row.name for row in library.wordings if row.text.stale}),
        "rest": (library.project, library.articles, library.english, library.broken, library.unusable),
    }


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS.keys())
def test_reading_again_only_what_changed_reads_the_same(
    linked: Path, tmp_path: Path, edit: Callable[[Path], object]
) -> None:
    root = copy(linked, tmp_path / "project")
    readings: dict[str, Reading] = {}
    read_library(root, readings)
    edit(root)
    (again, problems), (fresh, expected) = read_library(root, readings), read_library(root)
    assert said(again) == said(fresh)
    assert problems == expected


def test_a_file_that_is_as_it_was_is_not_read_again(linked: Path, tmp_path: Path) -> None:
    root = copy(linked, tmp_path / "project")
    readings: dict[str, Reading] = {}
    before, _ = read_library(root, readings)
    edit_unit(root, "duty-2", title=text("another title"))
    after, _ = read_library(root, readings)
    kept = {name for name in before.units if after.units[name].value is before.units[name].value}
    assert before.units.keys() - kept == {"duty-2"}


def test_a_fault_is_told_again_and_a_mended_file_read_again(linked: Path, tmp_path: Path) -> None:
    root = copy(linked, tmp_path / "project")
    readings: dict[str, Reading] = {}
    sound = unit_file(root, "duty-2").read_text("utf-8")
    write(unit_file(root, "duty-2"), sound.replace("minutes:", "minuts:"))
    told = [read_library(root, readings)[1] for _ in range(2)]
    assert told[0] == told[1] != []
    write(unit_file(root, "duty-2"), sound)
    library, problems = read_library(root, readings)
    assert (problems, library.broken) == ([], set())


def test_an_earlier_library_can_be_used_again_after_marking(linked: Path, tmp_path: Path) -> None:
    root = copy(linked, tmp_path / "project")
    readings: dict[str, Reading] = {}
    before, _ = read_library(root, readings)
    EDITS["english-of-a-title-stale"](root)
    after, _ = read_library(root, readings)
    assert after.stale
    mark_stale(before)
    assert not any(row.text.stale for row in before.wordings)


@pytest.mark.parametrize("path", cases(), ids=lambda path: path.stem)
def test_what_is_left_out_without_advice_stops_no_build(path: Path, tmp_path: Path) -> None:
    (tmp_path / "outside.yml").write_text("id: outside\n", encoding="utf-8")
    library, _ = read_library(lay_case(tmp_path / "project", load(path)))
    left_out = {*check_library(library, TODAY)} - {*check_library(library, TODAY, advice=False)}
    assert not has_errors(left_out)


@pytest.fixture
def preview() -> Iterator[Preview]:
    """One build of `coopkm serve` after another: `preview(root, folder)`; MkDocs keeps the plugins in between."""
    configs = []

    def build_once(root: Path, shown: Path) -> None:
        config = load_config(str(root / "mkdocs.yml"), site_dir=str(shown))
        config.plugins.on_startup(command="serve", dirty=False)
        configs.append(config)
        build(config)

    yield build_once
    configs[-1].plugins.on_shutdown()


def test_a_preview_shows_after_edits_what_a_build_makes(linked: Path, tmp_path: Path, preview: Preview) -> None:
    root = copy(linked, tmp_path / "project")
    shown = tmp_path / "shown"
    preview(root, shown)
    edit_unit(root, "duty-1", title=text("another title"))
    preview(root, shown)
    sound = unit_file(root, "duty-2").read_text("utf-8")
    write(unit_file(root, "duty-2"), "kind: nothing\n")
    preview(root, shown)
    write(unit_file(root, "duty-2"), sound)
    unit_file(root, "guide-2").unlink()
    EDITS["english-of-a-title-stale"](root)
    preview(root, shown)
    assert run("build", cwd=root).returncode == 0
    made = tree(root / "site")
    del made[MARKER]
    assert without_index(tree(shown)) == without_index(made)


def without_index(files: dict[str, str]) -> dict[str, str]:
    """Search in a preview is that of its first build."""
    return {name: content for name, content in files.items() if not name.startswith("assets/coopkm/search/")}


def test_a_measured_project_is_sound_and_always_the_same(tmp_path: Path) -> None:
    for name in ("once", "again"):
        write_project(tmp_path / name, 30)
    assert tree(tmp_path / "once") == tree(tmp_path / "again")
    library, problems = read_library(tmp_path / "once")
    assert [*problems, *check_library(library, date.today())] == []
    assert len(library.units) == 30


def test_the_stock_site_has_the_same_pages_and_texts(tmp_path: Path) -> None:
    write_project(tmp_path / "ours", 30)
    library, _ = read_library(tmp_path / "ours")
    write_stock(library, tmp_path / "stock")
    for name, placed in library.units.items():
        for lang in ("th", "en"):
            (page,) = (tmp_path / "stock" / "docs" / lang).rglob(f"{name}.md")
            written = page.read_text("utf-8")
            said = [
                text.shown(lang)
                for _, text, path, _ in placed.value.wordings
                if path != "body" and not path.endswith("short")
            ]
            assert [words for words in said if words not in written] == []
