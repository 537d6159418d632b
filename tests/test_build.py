"""`coopkm build`: the last good site stands whole until a better one takes its place, whatever happens."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from projects import (
    COOPKM,
    edit_unit,
    environment,
    library_of,
    run,
    small_project,
    tree,
    unit_file,
    write,
    write_yaml,
)

from coopkm.errors import CannotGoOn
from coopkm.site import stage
from coopkm.site.mkdocs import build_site

only_posix = pytest.mark.skipif(os.name == "nt", reason="SIGKILL and links of POSIX: Windows has neither")

# Runs `coopkm` and ends it like `kill -9` just before the n-th thing that it does to files under a folder.
# With n = 0 it runs to its end and lists them.
KILLED = """
import os, signal, sys
at, folder, fallback = int(sys.argv[1]), sys.argv[2], sys.argv[3] == "fallback"
sys.argv[1:4] = []
done = []
def see(event, arguments):
    if event == "open" and not (arguments[2] or 0) & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
        return
    if event in ("open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.listdir", "os.scandir"):
        if any(str(argument).startswith(folder) for argument in arguments):
            done.append(event)
            if len(done) == at:
                os.kill(os.getpid(), signal.SIGKILL)
from coopkm.cli import main
from coopkm.site import stage
if fallback:
    stage._exchange = lambda first, second: False
sys.addaudithook(see)
try:
    main()
finally:
    print(*done)
"""


def build(project: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return run("build", *arguments, cwd=project)


def killed_build(project: Path, target: Path, at: int, swap: str) -> subprocess.CompletedProcess[str]:
    script = [sys.executable, "-c", KILLED, str(at), str(target.parent), swap]
    return run("build", "--out", target, cwd=project, program=script)


def leftovers(target: Path) -> list[str]:
    return [path.name for path in target.parent.iterdir() if path != target]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return small_project(tmp_path / "project")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A site of one file, as `begin` and `finish` leave it."""
    target = tmp_path / "public" / "site"
    put(target, "old")
    return target


def put(target: Path, words: str) -> None:
    made = stage.begin(target)
    write(made / "index.html", words)
    stage.finish(made, target)


def no_exchange(first: Path, second: Path) -> bool:
    return False


def test_build_writes_the_site_into_the_folder_that_out_names(project: Path, tmp_path: Path) -> None:
    target = tmp_path / "somewhere" / "new"
    done = build(project, "--out", target)
    assert (done.returncode, done.stdout) == (0, "")
    assert {"index.html", "en/index.html", "duties/duty-1.html", "en/duties/duty-1.html"} <= tree(target).keys()
    assert str(target / "index.html") in done.stderr
    assert leftovers(target) == []


def test_without_out_the_site_stands_where_mkdocs_yml_says(project: Path) -> None:
    write(project / "mkdocs.yml", (project / "mkdocs.yml").read_text("utf-8") + "\nsite_dir: made/here\n")
    assert build(project).returncode == 0
    assert (project / "made" / "here" / "index.html").is_file()


def test_a_page_that_is_gone_from_the_project_goes_from_the_site(project: Path) -> None:
    target = build_site(library_of(project), project / "site", "en")
    assert (target / "km" / "km-1.html").is_file()
    unit_file(project, "km-1").unlink()
    build_site(library_of(project), target, "en")
    assert not (target / "km").exists()


def test_a_mistake_in_the_content_is_told_and_leaves_the_last_site_alone(project: Path) -> None:
    target = build_site(library_of(project), project / "site", "en")
    before = tree(target)
    edit_unit(project, "duty-1", related=["duty-none"], title={"th": "อื่น", "en": "Other"})
    done = build(project, "--out", target)
    assert done.returncode == 1
    assert "knowledge/units/duty-1.yml:" in done.stderr
    assert "ref-missing: no unit has the id `duty-none`" in done.stderr
    assert tree(target) == before
    assert leftovers(target) == [name for name in leftovers(target) if ".site." not in name]


@pytest.mark.parametrize("hidden", ["", "."], ids=["file", "hidden-file"])
def test_a_folder_that_coopkm_did_not_make_is_refused_untouched(project: Path, hidden: str) -> None:
    target = project / "theirs"
    write(target / f"{hidden}thesis.txt", "years of work")
    before = tree(target)
    done = build(project, "--out", target)
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1].startswith(f"coopkm: {target} holds files that coopkm did not make")
    assert tree(target) == before
    assert not [name for name in leftovers(target) if "theirs" in name]


def test_a_file_in_the_place_of_the_site_is_refused_untouched(project: Path) -> None:
    write(project / "site", "a file")
    assert build(project, "--out", project / "site").returncode == 2
    assert build(project).returncode == 2  # the same through mkdocs.yml
    assert (project / "site").read_text("utf-8") == "a file"


@only_posix
@pytest.mark.parametrize("there", [True, False], ids=["whole", "dangling"])
def test_a_link_in_the_place_of_the_site_is_refused_untouched(project: Path, tmp_path: Path, there: bool) -> None:
    real = tmp_path / "real"
    if there:
        build_site(library_of(project), real, "en")
    before = tree(real) if there else {}
    (project / "site").symlink_to(real)
    assert build(project).returncode == 2
    assert (project / "site").is_symlink()
    assert (tree(real) if real.exists() else {}) == before


def test_a_file_that_a_person_put_into_the_site_is_named_and_stays(project: Path) -> None:
    assert build(project).returncode == 0
    paper = project / "site" / "papers" / "law.pdf"
    paper.parent.mkdir()
    paper.write_text("law", "utf-8")
    last = tree(project / "site")
    done = build(project)
    assert done.returncode == 2
    assert "law.pdf" in done.stderr
    assert "Traceback" not in done.stderr
    assert tree(project / "site") == last


def test_an_empty_folder_is_taken(folder: Path) -> None:
    empty = folder.parent / "empty"
    empty.mkdir()
    put(empty, "new")
    assert (empty / "index.html").read_text("utf-8") == "new"


@pytest.mark.parametrize("swap", ["exchange", "fallback"])
def test_files_that_appear_while_a_site_is_built_are_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, swap: str
) -> None:
    if swap == "fallback":
        monkeypatch.setattr(stage, "_exchange", no_exchange)
    target = tmp_path / "site"
    made = stage.begin(target)
    write(target / "thesis.txt", "years of work")
    with pytest.raises(CannotGoOn):
        stage.finish(made, target)
    assert (target / "thesis.txt").read_text("utf-8") == "years of work"


@only_posix
@pytest.mark.parametrize("swap", ["exchange", "fallback"])
def test_killed_at_any_moment_a_build_leaves_a_whole_site(tmp_path: Path, swap: str) -> None:
    target = tmp_path / "public" / "site"
    one, other = small_project(tmp_path / "one"), small_project(tmp_path / "other")
    edit_unit(other, "duty-1", title={"th": "ชื่อใหม่", "en": "New title"})
    build_site(library_of(one), target, "en")
    whole = {one: tree(target), other: tree(build_site(library_of(other), tmp_path / "alone", "en"))}
    assert whole[one] != whole[other]

    events = killed_build(other, target, 0, swap).stdout.split()
    assert tree(target) == whole[other]
    for at in moments(events, swap):
        project = one if tree(target) == whole[other] else other
        assert killed_build(project, target, at, swap).returncode == -signal.SIGKILL, at
        assert target.exists() or swap == "fallback" or sys.platform != "linux", at
        made = stage.begin(target)  # as any next build begins
        assert tree(target) in whole.values(), at
        assert leftovers(target) == [made.name], at
        stage.abandon(made)
    for project in (one, other):
        assert build(project, "--out", target).returncode == 0
        assert tree(target) == whole[project]
        assert leftovers(target) == []


def moments(events: list[str], swap: str) -> list[int]:
    """Numbers of events to be killed at: all over the build, and each step of the swap."""
    last_write = max(number for number, event in enumerate(events, 1) if event == "open")
    around_swap = range(last_write + 1, min(last_write + 6, len(events)))
    evenly = range(1, last_write, max(last_write // 4, 1)) if swap == "exchange" else []
    return sorted({*evenly, 2, last_write, *around_swap, len(events) - 1, len(events)})


def test_after_a_killed_build_the_next_one_succeeds_and_sweeps_up(project: Path) -> None:
    target = build_site(library_of(project), project / "public" / "site", "en")
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    left = target.with_name(f".site.new-{dead.pid}-abc")
    write(left / stage.MARKER, "")
    write(left / "half.html", "<")
    empty = target.with_name(f".site.new-{dead.pid}-def")
    empty.mkdir()
    theirs = target.with_name(f".site.new-{dead.pid}-ghi")
    write(theirs / "thesis.txt", "years of work")
    assert build(project, "--out", target).returncode == 0
    assert leftovers(target) == [theirs.name]


@pytest.mark.parametrize("swap", ["exchange", "fallback"])
def test_a_new_site_takes_the_place_of_the_old_one_and_nothing_is_left(
    folder: Path, monkeypatch: pytest.MonkeyPatch, swap: str
) -> None:
    if swap == "fallback":
        monkeypatch.setattr(stage, "_exchange", no_exchange)
    put(folder, "new")
    assert (folder / "index.html").read_text("utf-8") == "new"
    assert leftovers(folder) == []


def test_a_site_put_aside_by_a_swap_that_was_killed_comes_back(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stage, "_exchange", no_exchange)
    before = tree(folder)
    made = stage.begin(folder)

    def die_at_the_second(self: Path, target: Path, rename: Callable[..., Path] = Path.rename) -> Path:
        if self == made:
            raise KeyboardInterrupt
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", die_at_the_second)
    with pytest.raises(KeyboardInterrupt):
        stage.finish(made, folder)
    monkeypatch.undo()
    assert not folder.exists()
    next_made = stage.begin(folder)
    assert tree(folder) == before
    stage.abandon(next_made)
    assert tree(folder) == before


def test_a_removal_that_was_killed_is_finished_by_the_next_build(folder: Path) -> None:
    half_removed = folder.with_name(".site.old-1-1")
    write(half_removed / stage.MARKER, "")
    write(half_removed / "en" / "index.html", "rest")
    stage.abandon(stage.begin(folder))
    assert leftovers(folder) == []


@pytest.mark.parametrize("swap", ["exchange", "fallback"])
@pytest.mark.parametrize("there", [True, False], ids=["again", "first"])
def test_of_two_builds_that_overlap_the_later_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, swap: str, there: bool
) -> None:
    if swap == "fallback":
        monkeypatch.setattr(stage, "_exchange", no_exchange)
    target = tmp_path / "public" / "site"
    if there:
        put(target, "old")
    first, second = stage.begin(target), stage.begin(target)
    for made in (first, second):
        write(made / "index.html", made.name)
    stage.finish(second, target)
    stage.finish(first, target)
    assert (target / "index.html").read_text("utf-8") == first.name
    assert leftovers(target) == []


def test_two_builds_at_once_both_end_well(project: Path) -> None:
    target = project / "public" / "site"
    command = [*COOPKM, "build", "--out", str(target)]
    builds = [
        subprocess.Popen(command, cwd=project, env=environment(), stderr=subprocess.PIPE, encoding="utf-8")
        for _ in range(2)
    ]
    ends = [(made.communicate()[1], made.returncode) for made in builds]
    assert [code for _, code in ends] == [0, 0], ends
    assert tree(target) == tree(build_site(library_of(project), project / "alone", "en"))
    assert leftovers(target) == []


def test_a_build_that_strict_refuses_leaves_the_last_site_alone(project: Path) -> None:
    target = build_site(library_of(project), project / "public" / "site", "en")
    before = tree(target)
    write(
        project / "warn.py",
        'import logging\n\n\ndef on_env(env, **_):\n    logging.getLogger("mkdocs.hooks.warn").warning("look here")\n',
    )
    write(project / "mkdocs.yml", (project / "mkdocs.yml").read_text("utf-8") + "\nhooks: [warn.py]\n")
    edit_unit(project, "duty-1", title={"th": "อื่น", "en": "Other"})
    mkdocs = [sys.executable, "-m", "mkdocs"]
    done = run("build", "--strict", "--site-dir", target, cwd=project, program=mkdocs)
    assert done.returncode == 1
    assert "look here" in done.stderr
    assert tree(target) == before
    assert leftovers(target) == []
    assert run("build", "--site-dir", target, cwd=project, program=mkdocs).returncode == 0
    assert tree(target) != before


def test_mkdocs_build_refuses_a_folder_of_others_too(project: Path) -> None:
    write(project / "site" / "thesis.txt", "years of work")
    done = run("build", cwd=project, program=[sys.executable, "-m", "mkdocs"])
    assert done.returncode == 1
    assert "holds files that coopkm did not make" in done.stderr
    assert tree(project / "site").keys() == {"thesis.txt"}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"plugins": [{"i18n": None}]}, "mkdocs.yml lacks the plugin: add coopkm under plugins"),
        ({"plugins": ["coopkm"]}, "mkdocs.yml needs the plugin i18n"),
        ({"docs_dir": "nowhere"}, "nowhere' isn't an existing directory"),
    ],
    ids=["no-plugin", "no-i18n", "no-docs"],
)
def test_a_project_that_cannot_be_built_says_why_and_leaves_the_last_site_alone(
    project: Path, change: dict[str, object], message: str
) -> None:
    target = build_site(library_of(project), project / "site", "en")
    before = tree(target)
    languages = [{"locale": "th", "name": "ไทย", "default": True}]
    i18n = {"docs_structure": "folder", "languages": languages}
    settings = {"site_name": "x", "plugins": [{"i18n": i18n}, "coopkm"], **change}
    if settings["plugins"] == [{"i18n": None}]:
        settings["plugins"] = [{"i18n": i18n}]
    write_yaml(project / "mkdocs.yml", settings)
    done = build(project)
    assert done.returncode == 2
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert tree(target) == before
