"""Every kind of mistake, as authors make it: adding a case file adds a test (see example_project.py)."""

from datetime import date
from pathlib import Path

import pytest
from example_project import EXAMPLES, TODAY, cases, lay_base, lay_case, load, problems_of

from coopkm.problems import CATALOGUE


def name_of(path: Path) -> str:
    return path.relative_to(EXAMPLES).with_suffix("").as_posix()


def test_the_base_project_is_sound(tmp_path: Path) -> None:
    assert problems_of(lay_base(tmp_path)) == []


@pytest.mark.parametrize("path", cases(), ids=name_of)
def test_a_mistake_is_told_at_its_place(path: Path, tmp_path: Path) -> None:
    case = load(path)
    (tmp_path / "outside.yml").write_text("id: outside\n", encoding="utf-8")
    try:
        root = lay_case(tmp_path / "project", case)
    except (OSError, NotImplementedError) as error:
        if case.get("links"):
            pytest.skip(f"symbolic links cannot be made here: {error}")
        raise
    today = date.fromisoformat(str(case.get("today", TODAY)))
    assert [f"{found.place} {found.code}" for found in problems_of(root, today)] == case["problems"]


@pytest.mark.parametrize("path", cases(), ids=name_of)
def test_a_case_says_what_it_shows(path: Path) -> None:
    case = load(path)
    known = {"about", "edit", "files", "raw", "links", "record", "today", "problems"}
    assert case["about"]
    assert case.keys() <= known
    codes = {row.split(" ")[1] for row in case["problems"]}
    assert codes <= CATALOGUE.keys()
    assert path.parent.name in codes or path.parent.name == "_none"


@pytest.mark.parametrize("code", CATALOGUE)
def test_a_code_has_an_example(code: str) -> None:
    assert list((EXAMPLES / code).glob("*.yml"))
