"""Texts of `hostile.yml` in every text field: nothing runs, nothing is asked of another host, nothing leads away."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import yaml
from browser_pages import LANGS, REPORT_VIOLATIONS, Watch, policy, visitor
from conftest import Site
from every_field import Filler, document, library, source, term, unit
from jinja2 import Environment, FileSystemLoader
from playwright.sync_api import Browser, Page

from coopkm.library import Article
from coopkm.model.base import Text, Unit
from coopkm.model.kinds import KINDS
from coopkm.model.project import Project
from coopkm.pages import build_site as build_pages
from coopkm.site.assembly import THEME
from coopkm.site.frame import Frame as Shell
from coopkm.site.mkdocs import build_site

HERE = Path(__file__).parent
HOSTILE: dict[str, str] = yaml.safe_load((HERE / "hostile.yml").read_text("utf-8"))
AUDIT = (HERE / "page_audit.js").read_text("utf-8")
OWN_FIELDS = [kind for kind, row in KINDS.items() if set(row.model.model_fields) - set(Unit.model_fields)]
COMMON = [kind for kind in KINDS if kind not in OWN_FIELDS]
ALWAYS = ["procedure", "checklist", "module"]  # the kinds with templates of their own
OTHERS = [kind for kind in KINDS if kind not in ALWAYS]
A_TIME = 40  # frames loaded side by side


def kinds_for(number: int, *, every: bool) -> list[str]:
    """Kinds that bear text `number`: all, or enough that every kind bears more than sixty texts."""
    turn = [OTHERS[(number + step) % len(OTHERS)] for step in range(4)]
    return list(KINDS) if every else [*ALWAYS, *turn]


def test_the_corpus_is_large_enough_for_every_kind() -> None:
    assert len(HOSTILE) >= 100
    for kind in KINDS:
        assert sum(kind in kinds_for(number, every=False) for number in range(len(HOSTILE))) >= 60


def always(text: str) -> Callable[[str], str]:
    return lambda lang: text


def made_site(root: Path, texts: dict[str, str], languages: tuple[str, ...], *, every: bool) -> Path:
    """A project with the texts in all fields of units and sources, and as hand-written pages, built as any other."""
    config = (HERE.parent / "mkdocs.yml").read_text("utf-8")
    rows = [line for line in config.splitlines() if "{locale: en" not in line or "en" in languages]
    (root / "mkdocs.yml").write_text("\n".join(rows), "utf-8")
    plain = Filler(always("CPSX"), links=["hostile-duty"], sources=["made.one"])
    units, documents, sources, written = [unit("duty", "hostile-duty", plain)], [document("made", plain)], [], []
    sources.append(source("made.one", plain))
    for number, (name, text) in enumerate(texts.items()):
        filler = Filler(always(text), links=["hostile-duty"], sources=[f"d{number}.one"], each=1)
        units += [unit(kind, f"{kind}-{number}", filler) for kind in kinds_for(number, every=every)]
        documents.append(document(f"d{number}", filler))
        sources.append(source(f"d{number}.one", filler))
        for lang in languages:
            path = f"docs/{lang}/{name}.md"
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(f"{text}\n\n# {text}\n\n{text} CPSX\n", "utf-8", errors="replace")
            written.append(Article(path, lang, f"{name}.md", (root / path).read_text("utf-8")))
    made = library(
        root,
        units,
        terms=[term("cpsx", plain)],
        documents=documents,
        sources=sources,
        articles=written[:: max(1, len(written) // 6)],  # some stand in the menu of every page
    )
    return build_site(made, root / "site", "en")


@pytest.fixture(scope="module")
def thai_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every text, in Thai."""
    return made_site(tmp_path_factory.mktemp("hostile"), HOSTILE, ("th",), every=False)


@pytest.fixture(scope="module")
def small_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Some of the texts, in both languages and in every kind."""
    some = {name: text for number, (name, text) in enumerate(HOSTILE.items()) if number % 14 == 0}
    return made_site(tmp_path_factory.mktemp("some"), some, LANGS, every=True)


@contextmanager
def trapped(browser: Browser, own: str) -> Iterator[tuple[Page, Watch]]:
    """A page in which every deed of a text is noted: code that runs, dialogs, requests, new windows."""
    watch = Watch(own)
    with visitor(browser) as page:
        page.add_init_script("window.__hit = () => console.error('a text has run');" + REPORT_VIOLATIONS)
        page.context.on("page", lambda opened: watch.wrong.append(f"opened: {opened.url}"))
        watch.follow(page)
        yield page, watch


LOAD = """(urls) => Promise.all(urls.map((url) => new Promise((done) => {
    const frame = document.createElement("iframe");
    frame.addEventListener("load", done, { once: true });
    frame.src = url;
    document.body.append(frame);
})))"""


def deeds(browser: Browser, root: Path, files: list[Path]) -> dict[str, list[str]]:
    """What the pages do and hold that they should not, for each file; loaded from the folder, without any policy."""
    found: dict[str, list[str]] = {}
    host = root / "host.html"
    host.write_text("<!doctype html><title>host</title><body>", "utf-8")
    for start in range(0, len(files), A_TIME):
        batch = [file.as_uri() for file in files[start : start + A_TIME]]
        with trapped(browser, root.as_uri()) as (page, watch):
            page.goto(host.as_uri())
            page.evaluate(LOAD, batch)
            frames = page.main_frame.child_frames
            assert sorted(frame.url for frame in frames) == sorted(batch), "a page has led away"
            for frame in frames:
                if wrong := frame.evaluate(AUDIT):
                    found[frame.url.rsplit("/site/")[-1]] = wrong
        # A picture of the site itself that is missing is a fault of a link, not a danger.
        if wrong := [line for line in watch.wrong if not is_missing_picture(line, root)]:
            found[f"files {start} to {start + len(batch)}"] = wrong
    return found


def is_missing_picture(line: str, root: Path) -> bool:
    return line.startswith(f"failed: {root.as_uri()}/") or "net::ERR_FILE_NOT_FOUND" in line


def sorted_pages(site: Path, *, articles: bool) -> list[Path]:
    """Pages that a hand has written, or those that knowledge makes."""
    return sorted(path for path in site.rglob("*.html") if (path.stem in HOSTILE) == articles)


def test_no_text_of_a_unit_or_a_source_does_anything(browser: Browser, thai_site: Path) -> None:
    files = sorted_pages(thai_site, articles=False)
    assert len(files) > 7 * len(HOSTILE)
    assert deeds(browser, thai_site, files) == {}


def test_no_text_of_a_hand_written_page_does_anything(browser: Browser, thai_site: Path) -> None:
    files = sorted_pages(thai_site, articles=True)
    assert len(files) == len(HOSTILE)
    assert deeds(browser, thai_site, files) == {}


def test_no_text_of_a_project_or_a_term_does_anything(browser: Browser, tmp_path: Path) -> None:
    files = [file for number, text in enumerate(HOSTILE.values()) for file in shelf_pages(tmp_path, number, text)]
    assert deeds(browser, tmp_path, files) == {}


def shelf_pages(folder: Path, number: int, text: str) -> Iterator[Path]:
    """Home, glossary and a unit's page where the project and a term bear the text, in the page shell."""
    filler = Filler(always(text), links=["made-duty"], sources=["made.one"], each=1)
    both = Text.model_construct(th=text, en=text)
    made = library(
        folder,
        [unit("duty", "made-duty", filler)],
        terms=[term("made", filler), term("cpsx", Filler(always("CPSX")), meaning=both)],
        project=Project.model_construct(name=both, office=both, about=both, languages=list(LANGS)),
        articles=[Article(f"docs/{lang}/a.md", lang, "a.md", f"# {text}\n") for lang in LANGS],
    )
    environment = Environment(loader=FileSystemLoader(str(THEME)))
    template = environment.get_template("main.html")
    nothing = SimpleNamespace(extra_css=[], repo_url="")
    lang = LANGS[number % 2]
    site = build_pages(made, lang)
    shell = Shell(site, LANGS, "https://office.test/km/")
    for page in site.pages():
        if page.path in ("index.html", "glossary.html", "duties/made-duty.html"):
            file = folder / f"{number}" / page.path
            file.parent.mkdir(parents=True, exist_ok=True)
            html = template.render(coopkm=shell.context(page, LANGS), config=nothing)
            file.write_text(html, "utf-8", errors="replace")
            yield file


def test_nothing_happens_under_the_policy_either(browser: Browser, serve: Callable[..., Site], small_site: Path) -> None:
    files = [path for path in sorted_pages(small_site, articles=False) if "/en/" in path.as_posix()]
    assert len(files) > 10 * len(KINDS)
    served = serve(small_site, policy=policy(small_site))
    found = {}
    for file in files:
        address = served.url + file.relative_to(small_site).as_posix()
        with trapped(browser, served.url) as (page, watch):
            page.goto(address)
            wrong = [*page.evaluate(AUDIT), *watch.wrong]
            if wrong or page.url != address:
                found[address] = wrong
    assert found == {}


def test_a_text_that_is_not_made_safe_would_be_noticed(browser: Browser, tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    for name, text in HOSTILE.items():
        (site / f"{name}.html").write_text(f"<!doctype html><title>x</title><p>{text}", "utf-8", errors="replace")
    ran = ["script", "image-error", "svg-load", "frame-with-text", "quote-and-image"]
    for name in ran:
        with trapped(browser, site.as_uri()) as (page, watch):
            page.goto((site / f"{name}.html").as_uri())
        assert any("a text has run" in line for line in watch.wrong), name
    with trapped(browser, site.as_uri()) as (page, watch):
        page.goto((site / "image-with-backslashes.html").as_uri())
    assert any("evil.test" in line for line in watch.wrong)
