"""Whoosh behind its adapter: the same lists, made anew when the content changes, and never in a project."""

from pathlib import Path

import pytest

from coopkm.search.analysis import Analysis
from coopkm.search.engine import opened_or_made
from coopkm.search.entries import Entry
from coopkm.search.postings import index

ANALYSIS = Analysis()


def entry(name: str, text: str) -> Entry:
    return Entry(f"unit:{name}", "duty", name, "", f"{name}.html", (text,))


LISTED = [entry("loan", "สหกรณ์ขอกู้เงินกองทุน 14 วัน"), entry("meeting", "ประชุมใหญ่สามัญ general meeting")]

THERE = index(LISTED, ANALYSIS).postings("14")


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of caches of its own."""
    folder = tmp_path / "caches"
    monkeypatch.setattr("coopkm.search.engine.user_cache_path", lambda *_, **__: folder)
    return folder


def kept(cache: Path) -> list[Path]:
    return sorted((cache / "search").iterdir())


def test_it_holds_the_lists_that_memory_holds(tmp_path: Path) -> None:
    made, memory = opened_or_made(tmp_path, LISTED, ANALYSIS, "th"), index(LISTED, ANALYSIS)
    assert made.size == 2
    for token in memory.lists:
        assert list(made.postings(token)) == memory.postings(token)
    assert list(made.postings("ไม่มี")) == []


def test_the_second_run_opens_what_the_first_one_made(tmp_path: Path, cache: Path) -> None:
    opened_or_made(tmp_path, LISTED, ANALYSIS, "th")
    before = [(file, file.stat().st_mtime_ns) for file in sorted(cache.rglob("*"))]
    assert (
        list(opened_or_made(tmp_path, LISTED, ANALYSIS, "th").postings("14"))
        == index(LISTED, ANALYSIS).postings("14")
        != []
    )
    assert [(file, file.stat().st_mtime_ns) for file in sorted(cache.rglob("*"))] == before


def test_changed_content_makes_a_new_index_in_place_of_the_old(tmp_path: Path, cache: Path) -> None:
    opened_or_made(tmp_path, LISTED, ANALYSIS, "th")
    (old,) = kept(cache)
    changed = opened_or_made(tmp_path, [LISTED[0], entry("meeting", "ประชุม 150 วัน")], ANALYSIS, "th")
    assert [number for number, _ in changed.postings("150")] == [1]
    (new,) = kept(cache)
    assert new != old


def test_another_project_and_another_language_keep_theirs(tmp_path: Path, cache: Path) -> None:
    for project, lang in (("a", "th"), ("a", "en"), ("b", "th")):
        opened_or_made(tmp_path / project, LISTED, ANALYSIS, lang)
    assert len(kept(cache)) == 3


# Whoosh leaves a file open that it cannot read.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_damaged_index_is_made_anew(tmp_path: Path, cache: Path) -> None:
    opened_or_made(tmp_path, LISTED, ANALYSIS, "th")
    for file in kept(cache)[0].iterdir():
        file.write_bytes(b"\x80damaged")
    assert (
        list(opened_or_made(tmp_path, LISTED, ANALYSIS, "th").postings("14"))
        == index(LISTED, ANALYSIS).postings("14")
        != []
    )


def test_an_index_in_the_project_is_never_opened(tmp_path: Path, cache: Path) -> None:
    project = tmp_path / "project"
    opened_or_made(project, LISTED, ANALYSIS, "th")
    assert not project.exists()
    assert all(path.is_relative_to(cache / "search") for path in kept(cache))


def test_without_a_folder_for_caches_it_works_in_memory(tmp_path: Path, cache: Path) -> None:
    cache.write_text("a file where the folder should be", "utf-8")
    assert (
        list(opened_or_made(tmp_path, LISTED, ANALYSIS, "th").postings("14"))
        == index(LISTED, ANALYSIS).postings("14")
        != []
    )
