"""The finished site, whichever program built it: what readers, search engines and browsers rely on."""

import json
import queue
import re
import shutil
import socket
import subprocess
import sys
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from posixpath import dirname, normpath
from threading import Thread
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree import ElementTree

import pytest
from fontTools.ttLib import TTFont
from projects import (
    COOPKM,
    ROOT,
    edit_unit,
    edit_yaml,
    environment,
    keep_fonts,
    library_of,
    pages,
    record_english,
    run,
    small_project,
    tree,
    unit_file,
    write,
)

from coopkm.site.mkdocs import build_site

MKDOCS = [sys.executable, "-m", "mkdocs"]
PROPERDOCS = [sys.executable, "-m", "properdocs"]
ADDRESS = "https://example.org/km/"
LANGS = ("th", "en")
DEADLINE = 120  # seconds until a preview that says nothing is given up
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


@dataclass
class Link:
    """An attribute that makes a browser load or go somewhere."""

    tag: str
    name: str
    value: str
    rel: str = ""


class Html(HTMLParser):
    """What the tests ask of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[Link] = []
        self.lang = self.title = self.text = ""
        self.meta: dict[str, str] = {}
        self.data: list[str] = []
        self.scripts = 0
        self.styled: list[str] = []
        self._within: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag not in VOID:
            self._within.append("json" if values.get("type") == "application/ld+json" else tag)
        self.ids += [values["id"]] if "id" in values else []
        self.lang = values["lang"] if tag == "html" else self.lang
        if tag == "meta":
            self.meta[values.get("name") or values.get("property", "")] = values.get("content", "")
        for name in ("href", "src", "srcset", "poster", "data", "action", "formaction", "xlink:href"):
            if name in values:
                self.links.append(Link(tag, name, values[name], values.get("rel", "")))
        self.scripts += tag == "script" and "src" not in values and "json" not in self._within[-1]
        self.styled += [tag for name in values if name == "style" or name.startswith("on")]
        self.styled += ["style"] if tag == "style" else []

    def handle_endtag(self, tag: str) -> None:
        if self._within:
            self._within.pop()

    def handle_data(self, data: str) -> None:
        inside = self._within[-1] if self._within else ""
        if inside == "title" and "svg" not in self._within:
            self.title += data
        elif inside == "json":
            self.data.append(data)
        self.text += data

    def of_rel(self, rel: str) -> list[str]:
        return [link.value for link in self.links if link.tag == "link" and link.rel == rel]


@dataclass
class Built:
    """A site on disk, read page by page."""

    folder: Path
    read: dict[str, Html] = field(default_factory=dict)

    def __getitem__(self, path: str) -> Html:
        if path not in self.read:
            self.read[path] = Html((self.folder / path).read_text("utf-8"))
        return self.read[path]

    def all(self) -> Iterator[tuple[str, Html]]:
        """Every page with its path, but for 404."""
        for path in sorted(pages(self.folder) - {"404.html"}):
            yield path, self[path]

    def has(self, path: str) -> bool:
        return (self.folder / path).is_file()


def copy_of_repository(folder: Path) -> Path:
    for name in ("knowledge", "docs", "quizzes"):
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "mkdocs.yml", folder)
    keep_fonts(folder)
    return folder


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_of_repository(tmp_path_factory.mktemp("repository") / "km")


@pytest.fixture(scope="module")
def real(repository: Path) -> Built:
    """The real knowledge as a site without an address, as a USB stick would carry it."""
    done = run("build", "--out", repository.parent / "site", cwd=repository, environ={"COOPKM_SITE_URL": ""})
    assert done.returncode == 0, done.stderr
    return Built(repository.parent / "site")


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small project; tests that change it take a copy."""
    return small_project(tmp_path_factory.mktemp("small") / "project")


@pytest.fixture(scope="module")
def placed(small: Path) -> Built:
    """The small project as a site that has an address below the root of its host."""
    out = small.parent / "placed"
    done = run("build", "--out", out, cwd=small, environ={"COOPKM_SITE_URL": ADDRESS.rstrip("/")})
    assert done.returncode == 0, done.stderr
    return Built(out)


@pytest.fixture
def project(small: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(small, tmp_path / "project"))


def language_of(path: str) -> str:
    return "en" if path.startswith("en/") else "th"


def test_mkdocs_build_strict_makes_the_same_site_as_coopkm_build(repository: Path, real: Built) -> None:
    out = repository.parent / "by-mkdocs"
    done = run("build", "--strict", "--site-dir", out, cwd=repository, program=MKDOCS)
    assert done.returncode == 0, done.stderr
    assert "WARNING" not in done.stderr
    assert tree(out) == tree(real.folder)


def test_a_project_in_a_fresh_folder_builds_strictly(project: Path) -> None:
    done = run("build", "--strict", cwd=project, program=MKDOCS)
    assert done.returncode == 0, done.stderr
    assert tree(project / "site") == tree(build_site(library_of(project), project / "by-coopkm", "en"))


def test_properdocs_builds_the_same_pages(small: Path, placed: Built) -> None:
    out = small.parent / "by-properdocs"
    done = run("build", "--strict", "--site-dir", out, cwd=small, program=PROPERDOCS)
    assert done.returncode == 0, done.stderr
    assert pages(out) == pages(placed.folder)
    assert 'data-unit="duty-1"' in (out / "duties" / "duty-1.html").read_text("utf-8")


def test_a_mistake_in_the_content_stops_mkdocs_with_the_place_and_the_cure(project: Path) -> None:
    edit_unit(project, "duty-1", minuts=3)
    done = run("build", cwd=project, program=MKDOCS)
    assert done.returncode == 1
    assert re.search(r"^knowledge/units/duty-1\.yml:\d+:1: unknown-field: ", done.stderr, re.MULTILINE)
    assert "did you mean `minutes`?" in done.stderr
    assert not (project / "site").exists()


# --- links


def target_of(page: str, value: str) -> tuple[str, str]:
    """The file within the site, and the anchor, that a relative link means."""
    path, _, anchor = unquote(value).partition("#")
    path = path.partition("?")[0]
    found = normpath(f"{dirname(page)}/{path}".lstrip("/")) if path else page
    return (f"{found}/index.html" if path.endswith("/") else found), anchor


def dead_ends(site: Built, page: str, links: list[Link]) -> Iterator[str]:
    for link in links:
        if urlsplit(link.value).scheme or link.value.startswith("data:"):
            continue
        path, anchor = target_of(page, link.value)
        if not site.has(path) or (anchor and anchor not in site[path].ids):
            yield f"{page}: <{link.tag} {link.name}={link.value}>"


def test_a_dead_link_and_a_dead_anchor_would_be_found(real: Built) -> None:
    wrong = [
        "none.html",
        "#none",
        "officer.html#none",
        "../index.html",
        "duties/",
        "duties/index.html?x#none",
    ]
    right = ["officer.html", "#_content", "duties/index.html#_content", "duties/duty-01.html?x", "./", ""]
    links = [Link("a", "href", value) for value in (*wrong[:4], wrong[5], *right[:-1])]
    assert [end.partition("=")[2] for end in dead_ends(real, "index.html", links)] == [
        f"{value}>" for value in (*wrong[:4], wrong[5])
    ]


def test_every_link_and_anchor_of_every_page_leads_somewhere(real: Built) -> None:
    assert [end for path, page in real.all() for end in dead_ends(real, path, page.links)] == []


def test_links_of_a_small_project_with_articles_and_retired_units_lead_somewhere(small: Path) -> None:
    site = Built(build_site(library_of(small), small.parent / "linked", "en"))
    assert [end for path, page in site.all() for end in dead_ends(site, path, page.links)] == []


def test_no_page_loads_anything_from_elsewhere(real: Built) -> None:
    outside = [
        f"{path}: <{link.tag} {link.name}={link.value}>"
        for path, page in real.all()
        for link in page.links
        if re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:|/", link.value)
        and not (link.tag == "a" and link.value.startswith(("https://", "http://")))
    ]
    assert outside == []


def test_no_style_sheet_loads_anything_from_elsewhere(real: Built) -> None:
    for sheet in real.folder.rglob("*.css"):
        here = sheet.relative_to(real.folder).as_posix()
        for value in re.findall(r"url\(\s*[\"']?([^\"')]+)", sheet.read_text("utf-8")):
            assert value.startswith("data:") or real.has(target_of(here, value)[0]), f"{here}: {value}"
        assert "@import" not in sheet.read_text("utf-8")


def test_only_files_of_the_site_are_published(real: Built) -> None:
    kinds = Counter(path.suffix or path.name for path in real.folder.rglob("*") if path.is_file())
    assert kinds.keys() <= {
        ".html",
        ".css",
        ".js",
        ".svg",
        ".woff2",
        ".xml",
        ".txt",
        "_headers",
        ".coopkm-site",
    }


def test_the_page_for_what_is_not_found_is_thai_and_finds_its_links_from_any_depth(placed: Built) -> None:
    page = placed["404.html"]
    assert (page.lang, page.title) == ("th", "ไม่พบหน้านี้ | ข้อความ name of the project")
    for link in page.links:
        if link.value.startswith(("https://", "#")):
            continue
        assert link.value.startswith("/km/"), link
        assert placed.has(link.value.removeprefix("/km/")), link
    assert "/km/en/index.html" in [link.value for link in page.links]


def test_only_one_page_says_what_is_not_found(real: Built) -> None:
    assert [path for path in pages(real.folder) if path.endswith("404.html")] == ["404.html"]


# --- what each page says of itself


def test_every_page_says_its_language(real: Built) -> None:
    assert [path for path, page in real.all() if page.lang != language_of(path)] == []


@pytest.mark.parametrize("lang", LANGS)
def test_titles_and_descriptions_are_there_and_tell_pages_apart(real: Built, lang: str) -> None:
    mine = {path: page for path, page in real.all() if language_of(path) == lang}
    for told in (
        {path: page.title for path, page in mine.items()},
        {path: page.meta.get("description", "") for path, page in mine.items()},
    ):
        assert [path for path, words in told.items() if not words.strip()] == []
        often = {words for words, count in Counter(told.values()).items() if count > 1}
        assert {path: words for path, words in told.items() if words in often} == {}


def test_no_id_stands_twice_on_a_page(real: Built) -> None:
    assert {path: twice for path, page in real.all() if (twice := len(page.ids) - len(set(page.ids)))} == {}


def test_structured_data_of_every_unit_can_be_read(real: Built) -> None:
    units = 0
    for path, page in real.all():
        for data in page.data:
            told = json.loads(data)
            units += 1
            assert told["@context"] == "https://schema.org", path
            assert page.title.startswith(told["headline"]), path
            assert re.fullmatch(r"\d{4}-\d\d-\d\d", told["dateModified"]), path
    assert units == sum("data-unit=" in (real.folder / path).read_text("utf-8") for path in pages(real.folder))


def test_what_is_shared_elsewhere_has_a_title_a_description_and_an_address(placed: Built) -> None:
    for path, page in placed.all():
        shown = {name: page.meta.get(name, "") for name in ("og:title", "og:description", "og:url", "og:locale")}
        assert all(shown.values()), path
        assert page.of_rel("canonical") == [shown["og:url"]], path


@cache
def letters_of_the_fonts(folder: Path) -> set[str]:
    fonts = [TTFont(path).getBestCmap() for path in sorted(folder.rglob("*.woff2"))]
    assert len(fonts) == 2
    return set(map(chr, fonts[0].keys() & fonts[1].keys()))


def test_the_fonts_hold_every_letter_of_every_page(real: Built) -> None:
    used = {letter for _, page in real.all() for letter in page.text}
    assert {letter for letter in used - letters_of_the_fonts(real.folder) if letter.isprintable()} == set()


# --- languages


def test_a_page_and_its_translation_name_each_other(placed: Built) -> None:
    named = {path: alternates(placed.folder / path) for path, _ in placed.all()}
    own = {path: ADDRESS + re.sub(r"(^|/)index\.html$", r"\1", path) for path in named}
    by_address = {address: path for path, address in own.items()}
    for path, others in named.items():
        twin = path.removeprefix("en/") if language_of(path) == "en" else f"en/{path}"
        if twin not in named:
            assert others == {}, path
            continue
        assert others[language_of(path)] == own[path]
        assert others[language_of(twin)] == own[twin]
        assert others["x-default"] == others["th"]
        assert named[by_address[others[language_of(twin)]]] == others, path


def alternates(file: Path) -> dict[str, str]:
    found = re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">', file.read_text("utf-8"))
    return dict(found)


def test_a_page_in_one_language_leads_to_the_other_languages_home(placed: Built) -> None:
    switch = [link.value for link in placed["only-thai.html"].links if link.value.endswith("en/index.html")]
    assert switch == ["en/index.html"]


def entries(site: Built) -> dict[str, dict[str, str]]:
    """Address and alternates of every entry of the sitemap."""
    spaces = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
    root = ElementTree.parse(site.folder / "sitemap.xml").getroot()
    rows = [
        (
            str(url.findtext("s:loc", namespaces=spaces)),
            {str(link.get("hreflang")): str(link.get("href")) for link in url.findall("x:link", spaces)},
        )
        for url in root.findall("s:url", spaces)
    ]
    assert len(rows) == len(dict(rows))
    return dict(rows)


def test_the_sitemap_names_every_page_of_both_languages_and_no_other(placed: Built) -> None:
    found = {path.removeprefix(ADDRESS) for path in entries(placed)}
    listed = {unquote(f"{path}index.html" if path.endswith("/") or not path else path) for path in found}
    assert listed == {path for path, _ in placed.all()}


def test_sitemap_and_pages_give_the_same_addresses(placed: Built) -> None:
    listed = entries(placed)
    for path, page in placed.all():
        (address,) = page.of_rel("canonical")
        named = alternates(placed.folder / path)
        named.pop("x-default", None)
        assert listed[address] == named, path


def test_without_an_address_the_sitemap_still_names_every_page(real: Built) -> None:
    assert {unquote(path) for path in entries(real)} == {path for path, _ in real.all()}


# --- safety


def test_the_policy_allows_nothing_inline_and_no_other_host(real: Built) -> None:
    line = (real.folder / "content-security-policy.txt").read_text("utf-8").strip()
    assert f"Content-Security-Policy: {line}\n" in (real.folder / "_headers").read_text("utf-8")
    rules = {name: values for name, *values in (rule.split() for rule in line.split(";"))}
    assert rules["default-src"] == rules["base-uri"] == ["'none'"]
    allowed = {value for values in rules.values() for value in values}
    assert {value for value in allowed if not value.startswith("'sha256-")} <= {"'none'", "'self'", "data:"}
    assert "data:" not in rules["script-src"]


def test_no_page_needs_more_than_the_policy_allows(real: Built) -> None:
    line = (real.folder / "content-security-policy.txt").read_text("utf-8")
    hashed = line.count("'sha256-")
    assert {path: page.styled for path, page in real.all() if page.styled} == {}
    assert max(page.scripts for _, page in real.all()) <= hashed


# --- projects of other shapes


def test_a_hand_written_home_page_takes_the_place_of_ours(project: Path) -> None:
    write(project / "docs" / "th" / "index.md", "# บ้านของเรา\n\nอ่าน [หน่วยแรก](unit:duty-1)\n")
    site = Built(build_site(library_of(project), project / "site", "en"))
    home = (site.folder / "index.html").read_text("utf-8")
    assert "บ้านของเรา" in home
    assert 'href="duties/duty-1.html"' in home
    assert "บ้านของเรา" not in (site.folder / "officer.html").read_text("utf-8")  # the menu has it as home already
    assert 'class="doors"' in (site.folder / "en" / "index.html").read_text("utf-8")
    assert [end for path, page in site.all() for end in dead_ends(site, path, page.links)] == []


def test_articles_go_by_their_titles_wherever_they_stand(project: Path) -> None:
    for name, words, title in (
        ("cake.md", "# Tea & *cake*\n\nBoth & more.\n\n## A & B\n\n## C\n", "Tea &amp; cake"),
        ("named.md", "---\ntitle: 'A name: given'\n---\n# Another\n", "A name: given"),
        ("bare-words.md", "Just words\n", "Bare words"),
        ("broken.md", "---\ntitle: a: b\n---\n\n# Not broken\n", "Not broken"),
        ("deep/README.md", "# Deep\n", "Deep"),
    ):
        write(project / "docs" / "en" / name, words)
        path = name.replace("README", "index").replace(".md", ".html")
        build_site(library_of(project), project / "site", "en")
        page = (project / "site" / "en" / path).read_text("utf-8")
        assert f"<title>{title} | Text name of the project</title>" in page
        assert f'<a href="{path}" aria-current="page">{title}</a>' in page or "/" in path
    site = Built(project / "site")
    assert site["en/cake.html"].meta["description"] == "Both & more."
    assert '<a href="#a--b">A &amp; B</a>' in (site.folder / "en" / "cake.html").read_text("utf-8")
    assert [end for path, page in site.all() for end in dead_ends(site, path, page.links)] == []


def test_a_page_that_mkdocs_yml_leaves_out_is_in_no_menu_and_no_sitemap(project: Path) -> None:
    write(project / "docs" / "th" / "dev" / "secret.md", "# ความลับ\n")
    site = Built(build_site(library_of(project), project / "site", "en"))
    assert [path for path in tree(site.folder) if "secret" in path] == []
    told = "".join(path.read_text("utf-8") for path in site.folder.rglob("*.*ml"))
    assert "secret" not in told
    assert "ความลับ" not in told


@pytest.mark.parametrize("place", ["project", "mkdocs"])
def test_a_site_in_thai_only_speaks_of_no_english(project: Path, place: str) -> None:
    if place == "project":
        edit_yaml(project / "knowledge" / "project.yml", lambda content: content.update(languages=["th"]))
    else:
        settings = (project / "mkdocs.yml").read_text("utf-8")
        write(project / "mkdocs.yml", re.sub(r"\n.*locale: en.*", "", settings))
    site = Built(build_site(library_of(project), project / "site", "en"))
    assert not site.has("en/index.html")
    assert [path for path, page in site.all() if any("en/" in link.value for link in page.links)] == []
    assert [path for path in pages(site.folder) if alternates(site.folder / path)] == []
    assert [end for path, page in site.all() for end in dead_ends(site, path, page.links)] == []


def test_a_project_of_units_alone_is_a_site(tmp_path: Path) -> None:
    project = small_project(tmp_path / "project")
    for name in ("sources", "glossary", "project"):
        (project / "knowledge" / f"{name}.yml").unlink()
    (project / "knowledge" / "english.json").unlink()
    shutil.rmtree(project / "docs")
    (project / "docs").mkdir()
    for path in (project / "knowledge" / "units").iterdir():
        if path.stem not in ("duty-1", "duty-2"):
            path.unlink()
    for name in ("duty-1", "duty-2"):
        edit_yaml(unit_file(project, name), lambda content: content.update(sources=[], points=[], basis="practice"))
    done = run("build", cwd=project)
    assert done.returncode == 0, done.stderr
    site = Built(project / "site")
    assert {"glossary.html", "sources/index.html", "whats-new.html", "en/index.html"} <= pages(site.folder)
    assert [end for path, page in site.all() for end in dead_ends(site, path, page.links)] == []


# --- previews


@dataclass
class Preview:
    """A server that was started for a project, and the lines that it prints."""

    process: subprocess.Popen[str]
    address: str
    lines: "queue.Queue[str | None]"
    seen: list[str] = field(default_factory=list)

    def until(self, words: str) -> None:
        """Wait for a line with these words."""
        while True:
            line = self.lines.get(timeout=DEADLINE)
            assert line is not None, f"ended before it said {words!r}: {''.join(self.seen)}"
            self.seen.append(line)
            if words in line:
                return

    def get(self, path: str) -> str:
        with urllib.request.urlopen(urljoin(self.address, path), timeout=DEADLINE) as answer:
            return str(answer.read().decode("utf-8"))


@pytest.fixture
def preview(project: Path) -> Iterator[Callable[[str], Preview]]:
    started: list[subprocess.Popen[str]] = []

    def start(program: str) -> Preview:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = str(free.getsockname()[1])
        command = [*MKDOCS, "serve", "-a", f"127.0.0.1:{port}"] if program == "mkdocs" else None
        process = subprocess.Popen(
            command or [*COOPKM, "serve", "--port", port],
            cwd=project,
            env=environment({"PYTHONUNBUFFERED": "1"}),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )
        started.append(process)
        lines: queue.Queue[str | None] = queue.Queue()
        assert process.stdout is not None
        Thread(target=lambda out: [*map(lines.put, out), lines.put(None)], args=[process.stdout], daemon=True).start()
        server = Preview(process, f"http://127.0.0.1:{port}/", lines)
        server.until("Serving on")
        return server

    yield start
    for process in started:
        process.kill()
        process.wait()
        assert process.stdout is not None
        process.stdout.close()


@pytest.mark.parametrize("program", ["mkdocs", "coopkm"])
def test_a_preview_follows_edits_and_stays_up_through_mistakes(
    project: Path, preview: Callable[[str], Preview], program: str
) -> None:
    server = preview(program)
    assert "Text title of duty-1" in server.get("en/duties/duty-1.html")

    edit_unit(project, "duty-1", title={"th": "ชื่อใหม่", "en": "New title"})
    server.until("Reloading browsers")
    assert "New title" in server.get("en/duties/duty-1.html")
    assert "ชื่อใหม่" in server.get("duties/index.html")

    edit_unit(project, "duty-1", minuts=3)
    server.until("knowledge/units/duty-1.yml:")
    assert "unknown-field: `minuts` is not a field of" in server.seen[-1]
    server.until("Reloading browsers")
    assert "New title" in server.get("en/duties/duty-1.html")

    edit_yaml(unit_file(project, "duty-1"), lambda content: content.pop("minuts"))
    server.until("Reloading browsers")
    write(project / "docs" / "th" / "about.md", "# เรื่องใหม่\n")
    server.until("Reloading browsers")
    assert "เรื่องใหม่" in server.get("about.html")
    assert "เรื่องใหม่" in server.get("duties/duty-1.html")

    edit_unit(project, "duty-2", title={"th": "ไทยใหม่", "en": "Text title of duty-2"})
    server.until("Reloading browsers")
    assert "ไทยใหม่" in server.get("en/duties/duty-2.html")
    record_english(project)
    server.until("Reloading browsers")
    assert "ไทยใหม่" not in server.get("en/duties/duty-2.html")


def test_a_preview_that_cannot_begin_says_why(project: Path) -> None:
    edit_unit(project, "duty-1", minuts=3)
    done = run("serve", "--port", "1", cwd=project)
    assert done.returncode == 1
    assert "unknown-field" in done.stderr


def test_a_preview_leaves_the_built_site_alone(project: Path, preview: Callable[[str], Preview]) -> None:
    before = tree(build_site(library_of(project), project / "site", "en"))
    server = preview("coopkm")
    edit_unit(project, "duty-1", title={"th": "ชื่อใหม่", "en": "New title"})
    server.until("Reloading browsers")
    assert tree(project / "site") == before
    assert sorted(path.name for path in project.iterdir()) == [
        ".cache",
        "docs",
        "knowledge",
        "mkdocs.yml",
        "site",
    ]
