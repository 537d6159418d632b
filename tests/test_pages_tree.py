"""`coopkm pages`: the page tree as plain Markdown, for whatever comes after MkDocs."""

import os
import re
import subprocess
import sys
from html import unescape
from pathlib import Path

import markdown
import pytest
from projects import (
    ROOT,
    edit_unit,
    environment,
    library_of,
    pages,
    run,
    small_project,
    text,
    tree,
    unit_file,
    write,
)

from coopkm.library import read_library
from coopkm.pages import build_site
from coopkm.site import export
from coopkm.site.export import write_tree
from coopkm.site.mkdocs import build_site as build_with_mkdocs

LANGS = ("th", "en")

# Makes all pages of a project that is no longer there, and ends at the first attempt to write anything.
PURE = """
import os, shutil, sys
from pathlib import Path
from coopkm.library import read_library
from coopkm.pages import build_site
library, _ = read_library(Path(sys.argv[1]))
def see(event, arguments):
    writes = event == "open" and (arguments[2] or 0) & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
    if writes or event in ("os.mkdir", "os.rename", "os.remove", "os.rmdir", "socket.connect"):
        os._exit(3)
shutil.rmtree(sys.argv[1])
sys.dont_write_bytecode = True
sys.addaudithook(see)
print(sum(len(page.html) > 0 for lang in ("th", "en") for page in build_site(library, lang).pages()))
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return small_project(tmp_path / "project")


@pytest.fixture
def out(project: Path, tmp_path: Path) -> Path:
    write_tree(library_of(project), tmp_path / "tree")
    return tmp_path / "tree"


@pytest.fixture(scope="module")
def real_tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("real") / "tree"
    write_tree(read_library(ROOT)[0], folder)
    return folder


def site_paths(folder: Path) -> set[str]:
    """Paths of the tree's pages as the site has them: Thai at the root."""
    return {path.removeprefix("th/").removesuffix(".md") + ".html" for path in pages(folder, ".md")}


def times(folder: Path) -> dict[str, int]:
    return {str(path): path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}


def test_pages_writes_the_same_pages_as_the_site_has(project: Path, tmp_path: Path) -> None:
    done = run("pages", "--out", tmp_path / "tree", cwd=project)
    site = build_with_mkdocs(library_of(project), project / "site", "en")
    assert (done.returncode, done.stdout) == (0, "")
    assert site_paths(tmp_path / "tree") == pages(site) - {"404.html"}
    assert f"wrote {len(site_paths(tmp_path / 'tree'))} pages" in done.stderr


def test_a_project_with_a_mistake_is_told_and_nothing_is_written(project: Path, tmp_path: Path) -> None:
    edit_unit(project, "duty-1", related=["duty-none"])
    done = run("pages", "--out", tmp_path / "tree", cwd=project)
    assert done.returncode == 1
    assert "ref-missing" in done.stderr
    assert not (tmp_path / "tree").exists()


def test_written_again_nothing_is_touched(project: Path, out: Path) -> None:
    for path in out.rglob("*"):
        os.utime(path, (10**9, 10**9))
    before = times(out)
    write_tree(library_of(project), out)
    assert times(out) == before


def test_after_an_edit_only_the_pages_that_show_it_are_written(project: Path, out: Path) -> None:
    before = tree(out)
    edit_unit(project, "guide-1", scope=text("another scope"))
    write_tree(library_of(project), out)
    changed = {path for path, digest in tree(out).items() if before[path] != digest}
    shown = {"guidelines/guide-1.md", "guidelines/index.md", "officer.md"}
    assert changed == {f"{lang}/{path}" for lang in LANGS for path in shown}


def test_the_page_of_a_removed_unit_goes_and_files_of_others_stay(project: Path, out: Path) -> None:
    write(out / "th" / "notes.txt", "mine")
    unit_file(project, "km-1").unlink()
    write_tree(library_of(project), out)
    assert not list(out.rglob("km-1.md"))
    assert (out / "th" / "notes.txt").read_text("utf-8") == "mine"


@pytest.mark.parametrize("name", ["thesis.txt", ".hidden"])
def test_a_folder_of_others_is_refused_untouched(project: Path, tmp_path: Path, name: str) -> None:
    write(tmp_path / "theirs" / name, "years of work")
    done = run("pages", "--out", tmp_path / "theirs", cwd=project)
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1].startswith("coopkm: ")
    assert tree(tmp_path / "theirs").keys() == {name}


def test_a_list_that_names_files_elsewhere_deletes_none(project: Path, out: Path, tmp_path: Path) -> None:
    write(tmp_path / "thesis.txt", "years of work")
    write(out / export.LIST, f"../thesis.txt\n{tmp_path / 'thesis.txt'}\n")
    write_tree(library_of(project), out)
    assert (tmp_path / "thesis.txt").is_file()


def test_a_site_is_not_taken_for_a_tree_nor_a_tree_for_a_site(project: Path, out: Path) -> None:
    site = build_with_mkdocs(library_of(project), project / "site", "en")
    before = tree(site), tree(out)
    assert run("pages", "--out", site, cwd=project).returncode == 2
    assert run("build", "--out", out, cwd=project).returncode == 2
    assert (tree(site), tree(out)) == before


def test_what_a_broken_off_run_has_written_is_known_as_ours(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    count = 0

    def broken_off(path: Path, content: str) -> bool:
        nonlocal count
        count += 1
        if count == 9:
            raise KeyboardInterrupt
        path.parent.mkdir(parents=True, exist_ok=True)
        return bool(path.write_text(content, "utf-8"))

    monkeypatch.setattr(export, "write_file", broken_off)
    with pytest.raises(KeyboardInterrupt):
        write_tree(library_of(project), tmp_path / "tree")
    monkeypatch.undo()
    unit_file(project, "km-1").unlink()
    write_tree(library_of(project), tmp_path / "tree")
    write_tree(library_of(project), tmp_path / "fresh")
    assert tree(tmp_path / "tree") == tree(tmp_path / "fresh")


def test_python_markdown_passes_every_page_of_the_knowledge_through_unchanged(real_tree: Path) -> None:
    library, _ = read_library(ROOT)
    converter = markdown.Markdown(extensions=["abbr", "attr_list", "def_list", "footnotes", "md_in_html", "tables"])
    for lang in LANGS:
        for page in build_site(library, lang).pages():
            file = real_tree / lang / f"{page.path.removesuffix('.html')}.md"
            head, body = file.read_text("utf-8").split("\n---\n", 1)
            assert f'title: "{page.title[:10]}'.split("\\")[0][:12] in head
            converter.reset()
            assert page.html in converter.convert(body), file


def test_code_keeps_its_lines_and_indentation(project: Path, tmp_path: Path) -> None:
    code = "one:\n    two\n\n  three"
    indented = "".join(f"    {line}\n" if line else "\n" for line in code.split("\n"))
    edit_unit(project, "guide-1", body={"th": f"ย่อหน้า\n\n{indented}", "en": f"Paragraph\n\n{indented}"})
    write_tree(library_of(project), tmp_path / "tree")
    file = tmp_path / "tree" / "th" / "guidelines" / "guide-1.md"
    written = file.read_text("utf-8").split("\n---\n", 1)[1]
    site = build_with_mkdocs(library_of(project), project / "site", "en")
    for html in (markdown.markdown(written), (site / "guidelines" / "guide-1.html").read_text("utf-8")):
        shown = re.search(r"<pre[^>]*><code>(.*?)</code></pre>", html, re.DOTALL)
        assert shown
        assert unescape(shown[1]).strip("\n") == code


def test_the_article_of_a_unit_can_be_found_by_its_id(real_tree: Path) -> None:
    library, _ = read_library(ROOT)
    shown = {name for name, placed in library.units.items() if placed.value.status != "draft"}
    for lang in LANGS:
        texts = (path.read_text("utf-8") for path in (real_tree / lang).rglob("*.md"))
        assert {name for words in texts for name in re.findall(r'<article[^>]* data-unit="([^"]+)"', words)} == shown


@pytest.mark.parametrize("lang", LANGS)
def test_a_plain_mkdocs_makes_a_site_of_the_tree(out: Path, lang: str) -> None:
    mkdocs = [sys.executable, "-m", "mkdocs"]
    config = out / f"mkdocs.{lang}.yml"
    done = run("build", "--config-file", config, cwd=out, program=mkdocs)
    assert done.returncode == 0, done.stderr
    warnings = [line for line in done.stderr.splitlines() if "WARNING" in line]
    assert [line for line in warnings if "No translations could be found for the locale 'th'" not in line] == []
    made = pages(out / f"site-{lang}") - {"404.html"}
    assert made == {path.removesuffix(".md") + ".html" for path in pages(out / lang, ".md")}
    assert 'data-unit="duty-1"' in (out / f"site-{lang}" / "duties" / "duty-1.html").read_text("utf-8")


def test_to_make_all_pages_neither_reads_the_project_again_nor_writes(project: Path) -> None:
    count = sum(1 for lang in LANGS for _ in build_site(library_of(project), lang).pages())
    done = subprocess.run(
        [sys.executable, "-c", PURE, str(project)],
        env=environment(),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stdout.strip()) == (0, str(count)), done.stderr


def test_pages_of_a_language_come_once_each_and_in_the_same_order(project: Path) -> None:
    library = library_of(project)
    for lang in LANGS:
        paths = [page.path for page in build_site(library, lang).pages()]
        assert len(paths) == len(set(paths))
        assert paths == [page.path for page in build_site(library_of(project), lang).pages()]


def test_a_page_stands_in_the_group_of_the_menu_that_it_names(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    write(project / "docs/th/kit.md", "---\nmenu: trainer\n---\n\n# ชุดอบรม\n")
    write(project / "docs/th/plain.md", "---\nmenu: nowhere\n---\n\n# หน้าอื่น\n")
    menu = {group.title: [link.path for link in group.items] for group in build_site(library_of(project), "th").menu}
    assert "kit.html" in menu["สำหรับวิทยากร"]
    assert "plain.html" in menu["เกี่ยวกับเว็บไซต์นี้"]
    assert sum("kit.html" in paths for paths in menu.values()) == 1
