"""An office's own site on top of shared knowledge: made, added to, built, brought together with another's, kept up."""

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml
from click.testing import CliRunner, Result
from example_project import edit, lay, lay_base
from hypothesis import given
from hypothesis import strategies as st

from coopkm.bases.finding import find_base
from coopkm.bases.layering import lay_over, lay_together
from coopkm.cli.main import cli
from coopkm.errors import CannotGoOn
from coopkm.library import read_library
from coopkm.model.scalars import ID_PATTERN
from coopkm.offices.provinces import find_province, near_province, provinces
from coopkm.offices.starting import office_name, project_files, quoted

ROOT = Path(__file__).parent.parent
LONG = {"reviewed: 2026-11-22": "reviewed: 2020-01-01", "review_by: 2027-11-22": "review_by: 2199-01-01"}
UNIT = """\
id: {id}
kind: duty
title: {{th: {th}, en: {en}}}
summary: {{th: ทำทุกเดือน, en: Done every month}}
basis: practice
audience: [officer]
stage: first-week
minutes: 3
owner: {{th: กลุ่มส่งเสริมสหกรณ์, en: Promotion group}}
reviewed: 2020-01-01
review_by: 2199-01-01
status: ready
"""
EXAM = """\
id: secret
title: {th: ลับ, en: Secret}
owner: {th: กลุ่มส่งเสริม, en: Promotion group}
reviewed: 2020-01-01
review_by: 2199-01-01
status: ready
questions:
  - id: secret-count
    type: truefalse
    level: remember
    objective: {th: รู้ว่าต้องนับ, en: Know that it is counted}
    basis: practice
    stem: {th: ข้อสอบลับเรื่องเงิน, en: The secret question of cash}
    answer: yes
    if_true: {th: ใช่, en: Yes}
"""


def run(*arguments: object, project: Path | None = None, lang: str = "en") -> Result:
    where = ["--project", str(project)] if project else []
    return CliRunner().invoke(cli, [*where, "--lang", lang, *map(str, arguments)], catch_exceptions=False)


def lay_shared(root: Path) -> Path:
    """The knowledge that offices share, of an office that must not show in theirs."""
    lay_base(root)
    for path in (root / "knowledge" / "duties").glob("*.yml"):
        edit(path, LONG)
    edit(root / "quizzes" / "money.yml", {"reviewed: 2026-11-22": "reviewed: 2020-01-01"})
    lay(root / "quizzes" / "exam" / "secret.yml", EXAM)
    lay(root / "hidden" / "hidden-exam.yml", EXAM.replace("secret", "hidden-exam"))
    name = "name: {th: คลังกลาง, en: Shared <script>base()</script>}"
    lay(root / "knowledge" / "project.yml", f"{name}\nexam_folder: hidden\n")
    return root


def init(folder: Path, province: str, base: Path, *options: str) -> Path:
    done = run("init", folder, "--province", province, "--year", "2570", "--base", base, *options)
    assert done.exit_code == 0, done.output
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


@pytest.fixture
def shared(tmp_path: Path) -> Iterator[Path]:
    """A base; whatever a test does with projects that extend it, nothing in it may change by that."""
    root = lay_shared(tmp_path / "shared")
    yield root
    assert not [name for name in contents(root) if name.startswith((".cache", "site"))]


# --- the provinces


def test_there_are_77_provinces_each_found_by_all_its_names() -> None:
    rows = provinces()
    assert len(rows) == 77 == len({row.id for row in rows}) == len({row.th for row in rows})
    for row in rows:
        assert re.fullmatch(ID_PATTERN, row.id)
        names = (row.id, row.th, row.en, row.en.upper(), row.en.replace(" ", ""), f"จังหวัด{row.th}", f"จ. {row.th}")
        for name in (*names, f"{row.en} Province", *row.also):
            assert find_province(name) == row, name


@pytest.mark.parametrize(
    ("wrong", "meant"), [("ลำพุน", "lamphun"), ("เชียงไหม่", "chiang-mai"), ("Kamphangphet", "kamphaeng-phet")]
)
def test_a_misspelt_province_is_guessed(tmp_path: Path, shared: Path, wrong: str, meant: str) -> None:
    assert find_province(wrong) is None
    near = near_province(wrong)
    assert near is not None
    assert near.id == meant
    done = run("init", tmp_path / "new", "--province", wrong, "--year", "2570", "--base", shared)
    assert (done.exit_code, done.stderr) == (
        2,
        f"coopkm: there is no province {wrong}. Did you mean {near.en} ({near.th})?\n",
    )


# --- a new office


def test_a_new_office_checks_at_once_without_a_warning(tmp_path: Path, shared: Path) -> None:
    folder = init(tmp_path / "lamphun", "ลำพูน", shared)
    done = run("check", project=folder)
    assert (done.exit_code, done.stdout) == (0, "")
    assert done.stderr.startswith("3 units, 2 sources, 1 terms")
    assert {"README.md", "README.en.md", ".vscode/settings.json", "schemas/unit.json", "mkdocs.yml"} <= {
        *contents(folder)
    }


def test_an_office_edits_with_the_same_help_as_this_project(tmp_path: Path, shared: Path) -> None:
    folder = init(tmp_path / "lamphun", "Lamphun", shared)
    for name in ("settings.json", "extensions.json"):
        template = f"src/coopkm/offices/template/vscode/{name}.j2"
        ours = (ROOT / ".vscode" / name).read_bytes()
        assert (folder / ".vscode" / name).read_bytes() == ours, f"copy .vscode/{name} to {template}"
    named = json.loads((folder / ".vscode" / "settings.json").read_text("utf-8"))["yaml.schemas"]
    assert all((folder / schema).is_file() for schema in named)


@pytest.mark.parametrize("province", ["ลำพูน", "Bangkok"])
def test_a_new_office_holds_nothing_of_another_province_or_of_the_base(
    tmp_path: Path, shared: Path, province: str
) -> None:
    lay(
        shared / "knowledge" / "project.yml",
        "name: {th: คลังกลาง}\noffice: {th: สำนักงานสหกรณ์จังหวัดระยอง, en: Rayong Office}\n",
    )
    edit(shared / "knowledge" / "duties" / "duty-01.yml", {"  th: ตรวจนับเงินสด": "  th: ตรวจนับเงินสดที่ระยอง"})
    folder = init(tmp_path / "new", province, shared)
    own = find_province(province)
    assert own is not None
    others = [row for row in provinces() if row != own]
    # Some Thai names are words of their own, or parts of other words: those are looked for as names of provinces.
    thai = [f"จังหวัด{row.th}" if len(row.th) < 5 else row.th for row in others]
    for name, raw in contents(folder).items():
        text = raw.decode("utf-8")
        found = [word for word in thai if word in text]
        found += [row.en for row in others if row.en in text and re.search(rf"\b{row.en}\b", text)]
        assert not found, name
    assert own.th in (folder / "knowledge" / "project.yml").read_text("utf-8")


def test_without_a_terminal_nothing_is_asked_and_missing_options_are_named(tmp_path: Path) -> None:
    done = run("init", tmp_path / "new", "--year", "2570")
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr == "coopkm: something was not said: give the options --province --base\n"
    assert not (tmp_path / "new").exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pseudo-terminals to ask at")
def test_at_a_terminal_it_asks_again_until_the_answer_will_do(tmp_path: Path, shared: Path) -> None:
    import pty

    leader, terminal = pty.openpty()
    command = [sys.executable, "-m", "coopkm", "--lang", "en", "init", str(tmp_path / "new"), "--base", str(shared)]
    os.write(leader, "Lampun\nลำพูน\n\n\n2027\n2570\nth\n".encode())
    done = subprocess.run(command, stdin=terminal, capture_output=True, text=True, encoding="utf-8", check=False)
    os.close(leader)
    os.close(terminal)
    assert done.returncode == 0, done.stderr
    assert "Did you mean Lamphun" in done.stderr
    assert "write the fiscal year of the Buddhist era, such as 2570" in done.stderr
    project = yaml.safe_load((tmp_path / "new" / "knowledge" / "project.yml").read_text("utf-8"))
    assert project["office"]["th"] == "สำนักงานสหกรณ์จังหวัดลำพูน"
    assert project["languages"] == ["th"]


def test_a_folder_in_use_is_left_alone_and_a_new_repository_is_not_in_use(tmp_path: Path, shared: Path) -> None:
    lay(tmp_path / "used" / "notes.txt", "mine")
    options = ("--province", "Trang", "--year", "2570", "--base", shared)
    for taken in (tmp_path / "used", tmp_path / "used" / "notes.txt"):
        done = run("init", taken, *options)
        assert done.exit_code == 2
        assert "Nothing was written" in done.stderr
    assert contents(tmp_path / "used") == {"notes.txt": b"mine"}
    lay(tmp_path / "cloned" / ".git" / "HEAD", "ref")
    init(tmp_path / "cloned", "Trang", shared)


@pytest.mark.parametrize("name", ["สำนักงาน (สาขา 1) - O'Neil & Co.", "yes", "1.10", "  เว้นวรรค ", "null"])
def test_an_offices_name_stands_as_it_was_written(tmp_path: Path, shared: Path, name: str) -> None:
    folder = init(tmp_path / "new", "Trang", shared, f"--office={name}", f"--office-en={name}")
    library, problems = read_library(folder)
    assert problems == []
    assert library.project.office is not None
    assert library.project.office.th == name.strip()


@pytest.mark.parametrize(
    "name", ["", " ", "a\nb", "<script>", "{{ 1 }}", "`x`", "[a](b)", "x" * 121, "a\u202eb", "*a*"]
)
def test_a_name_that_could_be_taken_for_more_is_refused(name: str) -> None:
    with pytest.raises(CannotGoOn):
        office_name(name)


@pytest.mark.parametrize("text", ["it's", "a: b", "# c", "- d", "&e", "{f}"])
def test_a_quoted_text_is_that_text_to_yaml(text: str) -> None:
    assert yaml.safe_load(quoted(text)) == text


def test_the_same_answers_give_the_same_files() -> None:
    from datetime import date

    from coopkm.offices.starting import Start

    start = Start("ก", "a", ("../x",), province=find_province("Trang"), year=2570)
    assert project_files(start, date(2026, 11, 22)) == project_files(start, date(2026, 11, 22))


def test_a_base_that_is_not_there_is_named_before_anything_is_written(tmp_path: Path) -> None:
    done = run("init", tmp_path / "new", "--province", "Trang", "--year", "2570", "--base", tmp_path / "none")
    assert done.exit_code == 2
    assert "there is no base" in done.stderr
    assert not (tmp_path / "new").exists()


# --- how records come together


class Value(NamedTuple):
    """What stands in a record's place."""

    value: int


PROJECTS = st.lists(st.dictionaries(st.sampled_from("abcd"), st.builds(Value, st.integers(0, 1))), max_size=4)


@given(PROJECTS, st.dictionaries(st.sampled_from("abcd"), st.builds(Value, st.integers(0, 1))), st.data())
def test_the_order_of_bases_changes_neither_what_there_is_nor_whether_it_is_in_conflict(
    bases: list[dict[str, Value]], own: dict[str, Value], data: st.DataObject
) -> None:
    def laid(bases: list[dict[str, Value]]) -> tuple[dict[str, Value], set[str]]:
        into, conflicts = dict(own), set[str]()
        below = lay_together(bases, replaced, lambda name, *_: conflicts.add(name))
        lay_over(into, below, replaced, lambda name, *_: conflicts.add(name))
        return into, conflicts

    replaced = data.draw(st.sets(st.sampled_from("abcd"))) & own.keys()
    found, conflicts = laid(bases)
    again, same = laid(data.draw(st.permutations(bases)))
    assert (found.keys(), conflicts) == (again.keys(), same)
    assert found.keys() == {*own, *(name for base in bases for name in base)}
    assert all(found[name] == value for name, value in own.items())
    for name in found.keys() - conflicts - replaced:
        assert {base[name] for base in [own, *bases] if name in base} == {found[name]}


# --- a second office: added to, built, merged


def test_offices_sites_are_built_and_merged(tmp_path: Path, shared: Path) -> None:
    before = contents(shared)
    one = init(tmp_path / "one", "Lamphun", shared)
    lay(
        one / "knowledge" / "duties" / "lamphun-report.yml",
        UNIT.format(id="lamphun-report", th="ส่งรายงาน", en="Report"),
    )
    assert "coopkm base --own duty-02" in run("new", "duty", "duty-02", project=one).stderr
    assert run("base", "--own", "duty-02", project=one).exit_code == 0
    assert run("base", "--own", "duty-02", project=one).exit_code == 2
    assert run("check", project=one).exit_code == 0
    edit(
        one / "knowledge" / "duties" / "duty-02.yml",
        {"th: ร่วมประชุม, en: Attend meetings": "th: ประชุมแบบเรา, en: Our own"},
    )
    done = run("check", project=one)
    assert "knowledge/duties/duty-02.yml:1:5: base-conflict" in done.stdout
    assert "base:shared/knowledge/duties/duty-02.yml:1:5" in done.stdout
    edit(one / "knowledge" / "project.yml", {"replaces: []": "replaces: [duty-02]"})

    built = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "-q"], cwd=one, capture_output=True, text=True, check=False
    )
    assert built.returncode == 0, built.stderr
    site = one / "site"
    assert "Lamphun Provincial Cooperative Office" in article(site / "en" / "duties" / "lamphun-report.html")
    own = article(site / "en" / "duties" / "duty-02.html")
    assert "in place of “Attend meetings” of “Shared &lt;script&gt;base()&lt;/script&gt;”" in own
    assert "Cooperative Office" not in article(site / "en" / "duties" / "duty-01.html")
    everything = b"".join(contents(site).values()).decode("utf-8", "replace")
    assert "duty-01" in everything
    assert "<script>base()" not in everything
    assert "secret-count" not in everything
    assert "hidden-exam" not in everything
    assert "ข้อสอบลับ" not in everything

    two = init(tmp_path / "two", "ตรัง", shared)
    clash = run("merge", one, two, "--out", tmp_path / "clash", "--office", "เขต", "--office-en", "Region")
    assert clash.exit_code == 1
    assert "base:shared/knowledge/duties/duty-02.yml:1:5: base-conflict" in clash.stdout
    assert "base:one/knowledge/duties/duty-02.yml:1:5" in clash.stdout

    edit(one / "knowledge" / "project.yml", {"replaces: [duty-02]": "replaces: []"})
    (one / "knowledge" / "duties" / "duty-02.yml").unlink()
    named = ("--office", "เขต", "--office-en", "Region", "--languages", "th")
    done = run("merge", one, two, "--out", tmp_path / "region", *named)
    assert done.exit_code == 0, done.output
    assert run("build", project=tmp_path / "region").exit_code == 0
    assert not (tmp_path / "region" / "site" / "en").exists()
    merged = tmp_path / "region" / "site" / "background"
    assert "สำนักงานสหกรณ์จังหวัดลำพูน" in article(merged / "lamphun-own.html")
    assert "สำนักงานสหกรณ์จังหวัดตรัง" in article(merged / "trang-own.html")
    assert contents(shared) == before


def article(page: Path) -> str:
    """The text of a page's article, without tags."""
    found = re.search(r"<article.*?</article>", page.read_text("utf-8"), re.DOTALL)
    assert found
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", found.group()))


# --- later versions of the base


def test_what_changed_in_the_base_is_listed_and_local_files_stay(tmp_path: Path, shared: Path) -> None:
    folder = init(tmp_path / "one", "Lamphun", shared)
    before = contents(folder)
    duties = shared / "knowledge" / "duties"
    edit(duties / "duty-01.yml", {"จดยอดและลงชื่อ": "จดยอด ลงชื่อ และลงวันที่", "minutes: 3": "minutes: 4"})
    lay(duties / "duty-07.yml", UNIT.format(id="duty-07", th="ของใหม่", en="New"))
    lay(shared / "knowledge" / "glossary.yml", "terms: []\n")

    done = run("check", project=folder)
    assert done.exit_code == 0
    assert "knowledge/base.lock.json:1:1: base-changed" in done.stdout
    assert "1 new, 1 changed, 1 removed" in done.stdout
    rows = json.loads(run("base", "--json", project=folder).stdout)["changes"]
    assert [(row["id"], row["state"], row["changed"]) for row in rows] == [
        ("duty-01", "changed", ["points.note", "minutes"]),
        ("duty-07", "new", []),
        ("term:board", "removed", []),
    ]
    words = run("base", project=folder, lang="th").stdout
    assert "  duty-01  ตรวจนับเงินสด\n    แก้ไข: ข้อ note, เวลาอ่าน\n" in words
    assert contents(folder) == before

    assert run("base", "--accept", project=folder).exit_code == 0
    assert run("check", project=folder).stdout == ""
    assert contents(folder).keys() == before.keys()


def test_reviews_and_changes_are_of_the_offices_own_units(tmp_path: Path, shared: Path) -> None:
    folder = init(tmp_path / "one", "Lamphun", shared)
    kept = shutil.copytree(folder, tmp_path / "kept" / "one")  # without its base
    own = folder / "knowledge" / "background" / "lamphun-own.yml"
    edit(own, {"จดคำถามที่เจ้าหน้าที่ใหม่ถามบ่อย": "จดคำถามที่ถามบ่อย"})
    edit(shared / "knowledge" / "duties" / "duty-01.yml", {"review_by: 2199-01-01": "review_by: 2020-02-01"})
    assert "duty-01" not in run("review", project=folder).stdout
    rows = json.loads(run("changes", "--since", kept, "--json", project=folder).stdout)
    assert [(row["unit"], row["change"]) for row in rows] == [("lamphun-own", "changed")]


def test_a_fault_in_a_base_file_is_told_under_the_bases_name(tmp_path: Path, shared: Path) -> None:
    folder = init(tmp_path / "one", "Lamphun", shared)
    edit(shared / "knowledge" / "duties" / "duty-01.yml", {"stage: first-week": "stage: first-weak"})
    done = run("check", project=folder)
    assert done.exit_code == 1
    assert done.stdout.startswith("base:shared/knowledge/duties/duty-01.yml:23:8: not-allowed")
    assert "base-changed" not in done.stdout
    refused = run("base", "--accept", project=folder)
    assert refused.exit_code == 2
    assert "base:shared/knowledge/duties/duty-01.yml:23:8" in refused.stderr


def test_stale_english_of_a_base_is_judged_by_the_bases_record(tmp_path: Path, shared: Path) -> None:
    folder = init(tmp_path / "one", "Lamphun", shared)
    edit(shared / "knowledge" / "duties" / "duty-01.yml", {"  th: ตรวจนับเงินสด": "  th: ตรวจเงินสดให้ครบ"})
    library, _ = read_library(folder)
    assert library.units["duty-01"].value.title.shown("en") == "ตรวจเงินสดให้ครบ"
    assert run("translated", "duty-01", project=folder).exit_code == 2
    assert run("translated", "all", project=folder).exit_code == 0
    assert "duty-01" not in (folder / "knowledge" / "english.json").read_text("utf-8")


def test_the_same_base_reached_twice_counts_once_and_folders_of_one_name_differ(tmp_path: Path, shared: Path) -> None:
    one, two = init(tmp_path / "a" / "km", "Lamphun", shared), init(tmp_path / "b" / "km", "Trang", shared)
    lay(tmp_path / "region" / "knowledge" / "project.yml", "extends: [../a/km, ../b/km, ../shared]\n")
    library, problems = read_library(tmp_path / "region")
    assert problems == []
    assert library.bases.keys() == {"km", "km-2", "shared"}
    assert {library.bases["km"].root, library.bases["km-2"].root} == {one.resolve(), two.resolve()}
    assert library.units["trang-own"].document.path == "base:km-2/knowledge/background/trang-own.yml"


def test_knowledge_is_packed_installed_and_extended_by_its_name(
    tmp_path: Path, shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("package", "cpd", project=shared).exit_code == 0
    (wheel,) = (tmp_path / "dist").iterdir()
    assert wheel.name == "coopkm_content_cpd-2020.1.1-py3-none-any.whl"
    first = wheel.read_bytes()
    assert run("package", "cpd", project=shared).exit_code == 0
    assert wheel.read_bytes() == first
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    assert "coopkm_content_cpd/quizzes/money.yml" in names
    assert not [name for name in names if "exam" in name or "hidden" in name or "docs" in name]

    packages = tmp_path / "packages"
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "-q", "--no-index", "--no-deps"]
    subprocess.run([*pip, "--no-compile", "--target", packages, wheel], check=True, capture_output=True)
    monkeypatch.syspath_prepend(str(packages))
    done = run("init", tmp_path / "new", "--province", "Trang", "--year", "2570")  # the only package is the base
    assert done.exit_code == 0, done.output
    assert "  - 'cpd'" in (tmp_path / "new" / "knowledge" / "project.yml").read_text("utf-8")
    library, problems = read_library(tmp_path / "new")
    assert problems == []
    assert library.units["duty-01"].document.path == "base:cpd/knowledge/duties/duty-01.yml"
    assert "duty-01" in library.bases["cpd"].units
    refused = run("init", tmp_path / "other", "--province", "Trang", "--year", "2570", "--base", "cdp")
    assert "Did you mean cpd?" in refused.stderr


def test_a_package_of_content_is_not_run_to_find_it(
    tmp_path: Path, shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay(tmp_path / "packages" / "running" / "__init__.py", "raise SystemExit('must not be run')\n")
    for name, raw in contents(shared).items():
        lay(tmp_path / "packages" / "running" / name, raw)
    info = tmp_path / "packages" / "running-1.0.dist-info"
    lay(info / "METADATA", "Metadata-Version: 2.1\nName: running\nVersion: 1.0\n")
    lay(info / "entry_points.txt", "[coopkm.content]\nrunning = running\nodd = os.path\n")
    monkeypatch.syspath_prepend(str(tmp_path / "packages"))
    assert find_base(tmp_path, "running") == (tmp_path / "packages" / "running").resolve()
    assert find_base(tmp_path, "odd") is None


def test_what_rests_on_a_folder_cannot_be_packed(tmp_path: Path, shared: Path) -> None:
    done = run("package", "two", "--out", tmp_path / "dist", project=init(tmp_path / "one", "Lamphun", shared))
    assert done.exit_code == 2
    assert "extends the folder ../shared" in done.stderr
    assert not (tmp_path / "dist").exists()


def test_a_link_in_a_base_does_not_lead_out_of_it(tmp_path: Path, shared: Path) -> None:
    lay(tmp_path / "private.yml", "id: private\n")
    try:
        (shared / "knowledge" / "duties" / "private.yml").symlink_to(tmp_path / "private.yml")
    except OSError as error:
        pytest.skip(f"symbolic links cannot be made here: {error}")
    lay(tmp_path / "one" / "knowledge" / "project.yml", "extends: [../shared]\n")
    _, problems = read_library(tmp_path / "one")
    assert [f"{found.place} {found.code}" for found in problems] == [
        "base:shared/knowledge/duties/private.yml:1:1 link-outside"
    ]
