"""Same input, same bytes: on another machine, on another day, and with what the last build kept."""

import json
import os
import re
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from projects import (
    edit_unit,
    edit_yaml,
    library_of,
    run,
    small_project,
    text,
    tree,
    unit,
    unit_file,
    write,
    write_unit,
)

from coopkm.site import bulk
from coopkm.site.assembly import CACHE
from coopkm.site.mkdocs import build_site

PAGES = "pages.sqlite"
Edit = Callable[[Path], object]


def built(project: Path) -> dict[str, str]:
    return tree(build_site(library_of(project), project / "site", "en"))


def clean(project: Path, folder: Path) -> dict[str, str]:
    """The site as it comes from the project's own files alone."""
    shutil.copytree(project, folder, ignore=shutil.ignore_patterns("site", PAGES))
    return built(folder)


@pytest.fixture(scope="module")
def warm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that has been built; tests take copies of it."""
    project = linked_project(tmp_path_factory.mktemp("warm") / "project")
    built(project)
    return project


def linked_project(folder: Path) -> Path:
    """A project whose pages show something of each other in every way that there is."""
    small_project(folder, duties=6)
    english_only = {"th": "ไม่มีลิงก์", "en": "See [the second](unit:duty-2)"}
    write_unit(folder, unit("guide-2", "guideline", body=english_only))
    write_unit(folder, unit("prepare-1", "preparation"))
    meaning = {"th": "ดู [หน่วย](unit:duty-3)", "en": "see [the unit](unit:duty-3)"}
    edit_yaml(folder / "knowledge" / "glossary.yml", lambda content: content["terms"][0].update(meaning=meaning))
    return folder


def copy(project: Path, folder: Path) -> Path:
    shutil.copytree(project, folder, ignore=shutil.ignore_patterns("site"))
    return folder


def glossary(change: Callable[[list[dict[str, object]]], object]) -> Edit:
    return lambda folder: edit_yaml(folder / "knowledge" / "glossary.yml", lambda content: change(content["terms"]))


def sources(part: str, **fields: object) -> Edit:
    return lambda folder: edit_yaml(
        folder / "knowledge" / "sources.yml", lambda content: content[part][0].update(fields)
    )


def of_project(**fields: object) -> Edit:
    return lambda folder: edit_yaml(folder / "knowledge" / "project.yml", lambda content: content.update(fields))


def of_unit(name: str, **fields: object) -> Edit:
    return lambda folder: edit_unit(folder, name, **fields)


def settings_line(line: str) -> Edit:
    return lambda folder: write(
        folder / "mkdocs.yml", (folder / "mkdocs.yml").read_text("utf-8").replace("site_url:", f"{line}\n#")
    )


def stale(name: str) -> Edit:
    """The record says that this English was written for another Thai."""

    def edit(folder: Path) -> None:
        path = folder / "knowledge" / "english.json"
        record = json.loads(path.read_text("utf-8"))
        record[name] = f"{'0' * 12} {record[name].split()[1]}"
        write(path, json.dumps(record))

    return edit


def without_english(folder: Path) -> None:
    """MkDocs builds Thai only, whatever the project says."""
    settings = (folder / "mkdocs.yml").read_text("utf-8")
    write(folder / "mkdocs.yml", re.sub(r"\n.*locale: en.*", "", settings))


EDITS: dict[str, Edit] = {
    "title-of-a-linked-unit": of_unit("duty-1", title=text("another title")),
    "title-of-a-unit-that-links-here": of_unit("duty-6", title=text("another title")),
    "summary": of_unit("duty-1", summary=text("another summary")),
    "kind-of-a-linked-unit": of_unit("duty-1", kind="preparation"),
    "kind-of-a-unit-linked-in-english-only": of_unit("duty-2", kind="preparation"),
    "kind-of-a-unit-linked-from-a-term": of_unit("duty-3", kind="preparation"),
    "order": of_unit("duty-6", order=0),
    "new-unit": lambda folder: write_unit(folder, unit("duty-9", requires=["duty-1"])),
    "removed-unit": lambda folder: unit_file(folder, "duty-4").unlink(missing_ok=True),
    "drafted-unit": of_unit("duty-2", status="draft"),
    "retired-unit": of_unit("duty-5", status="retired"),
    "last-unit-of-a-kind-retired": of_unit("km-1", status="retired"),
    "new-link": of_unit("duty-5", related=["guide-1"]),
    "newer-review": of_unit("duty-3", reviewed="2026-02-02"),
    "endorsed": of_unit("list-1", endorsed={"by": text("the office"), "date": "2026-02-02"}),
    "source-label": sources("items", label=text("another label"), cite=text("another cite")),
    "document": sources("documents", short=text("another book")),
    "meaning-of-a-term": glossary(lambda terms: terms[1].update(meaning=text("another meaning"))),
    "name-of-a-term": glossary(lambda terms: terms[1].update(term={"th": "ประธาน", "en": "meets"})),
    "term-of-a-unit": glossary(lambda terms: terms[1].update(unit="guide-1")),
    "removed-term": glossary(lambda terms: terms.pop(1) if len(terms) > 1 else None),
    "project-name": of_project(name=text("another name")),
    "office": of_project(office=text("another office")),
    "one-language": of_project(languages=["th"]),
    "one-language-of-mkdocs": without_english,
    "english-of-a-unit-stale": stale("duty-4#points.point-a.text"),
    "english-of-a-title-stale": stale("duty-1#title"),
    "english-of-a-term-stale": stale("term:board#meaning"),
    "english-of-a-source-stale": stale("source:book.one#label"),
    "article-title": lambda folder: write(folder / "docs" / "th" / "about.md", "# ชื่อใหม่\n"),
    "new-article": lambda folder: write(folder / "docs" / "en" / "new.md", "# New\n"),
    "address": settings_line("site_url: https://example.org/km/"),
    "repository": settings_line("repo_url: https://example.org/code"),
}


@pytest.mark.parametrize("name", EDITS)
def test_after_an_edit_a_warm_build_equals_a_clean_one(warm: Path, tmp_path: Path, name: str) -> None:
    project = copy(warm, tmp_path / "project")
    EDITS[name](project)
    after = built(project)
    assert after == clean(project, tmp_path / "clean")
    assert after != tree(warm / "site")  # else the edit would prove nothing


@settings(max_examples=4, deadline=None, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names=st.lists(st.sampled_from(sorted(EDITS)), min_size=2, max_size=5))
def test_after_any_series_of_edits_a_warm_build_equals_a_clean_one(
    warm: Path, tmp_path_factory: pytest.TempPathFactory, names: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("series")
    project = copy(warm, folder / "project")
    for name in names:
        EDITS[name](project)
        after = built(project)
    assert after == clean(project, folder / "clean")


def test_when_nothing_changed_no_unit_page_is_drawn_again(
    warm: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = copy(warm, tmp_path / "project")
    monkeypatch.delattr(bulk, "unit_page")
    assert built(project) == tree(warm / "site")


def test_after_an_edit_only_the_pages_that_show_it_are_drawn_again(
    warm: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = copy(warm, tmp_path / "project")
    edit_unit(project, "duty-4", title=text("another title"))
    drawn = []
    draw = bulk.unit_page
    monkeypatch.setattr(bulk, "unit_page", lambda shelf, unit: drawn.append(unit.id) or draw(shelf, unit))
    built(project)
    assert set(drawn) == {"duty-3", "duty-4", "duty-5"}  # itself, and those that lead on to it


def overwritten(path: Path) -> None:
    path.write_bytes(b"not a database" * 1000)


def cut_off(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def scribbled_over(path: Path) -> None:
    raw = path.read_bytes()
    path.write_bytes(raw[:4096] + bytes(len(raw) - 4096))


def made_a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def of_another_shape(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE pages (something TEXT)")
    db.close()


@pytest.mark.parametrize("harm", [overwritten, cut_off, scribbled_over, made_a_folder, of_another_shape])
def test_a_broken_cache_does_no_harm(warm: Path, tmp_path: Path, harm: Callable[[Path], None]) -> None:
    project = copy(warm, tmp_path / "project")
    harm(project / CACHE / PAGES)
    assert built(project) == tree(warm / "site")


def test_a_cache_that_is_in_use_does_no_harm_and_takes_none(warm: Path, tmp_path: Path) -> None:
    project = copy(warm, tmp_path / "project")
    other = sqlite3.connect(project / CACHE / PAGES, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    kept = other.execute("SELECT count(*) FROM pages").fetchone()
    assert built(project) == tree(warm / "site")
    assert other.execute("SELECT count(*) FROM pages").fetchone() == kept
    other.close()


def reordered(project: Path, folder: Path) -> Path:
    """The same files, made in the opposite order, with times of long ago that run backwards."""
    files = sorted(path for path in project.rglob("*") if path.is_file() and ".cache" not in path.parts)
    for age, path in enumerate(reversed([path for path in files if "site" not in path.parts])):
        copied = folder / path.relative_to(project)
        copied.parent.mkdir(parents=True, exist_ok=True)
        copied.write_bytes(path.read_bytes())
        os.utime(copied, (10**9 - age, 10**9 - age))
    return folder


OTHER_MACHINES = {
    "hash-seed-1": {"PYTHONHASHSEED": "1"},
    "hash-seed-2": {"PYTHONHASHSEED": "2"},
    "far-east": {
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "th_TH.UTF-8",
        "LANG": "th_TH.UTF-8",
        "COOPKM_LANG": "",
    },
    "bare": {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "TZ": "US/Hawaii"},
}


@pytest.mark.parametrize("machine", OTHER_MACHINES)
def test_on_another_machine_the_site_has_the_same_bytes(warm: Path, tmp_path: Path, machine: str) -> None:
    project = reordered(warm, tmp_path / "another" / "place")
    done = run("build", "--out", tmp_path / "public" / "site", cwd=project, environ=OTHER_MACHINES[machine])
    assert done.returncode == 0, done.stderr
    assert tree(tmp_path / "public" / "site") == tree(warm / "site")


def test_no_page_tells_where_it_was_built(warm: Path) -> None:
    place = str(warm).encode()
    assert [path for path in (warm / "site").rglob("*") if path.is_file() and place in path.read_bytes()] == []
