"""Texts of `hostile.yml` in every text field: nothing runs, loads from another host or leads away."""

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml
from browser_pages import LANGS, REPORT_VIOLATIONS, Watch, policy, visitor
from conftest import Site
from every_field import Filler, document, library, path, source, term, unit
from jinja2 import Environment, FileSystemLoader
from playwright.sync_api import Browser, Page

from coopkm.library import Article
from coopkm.model.base import Text
from coopkm.model.kinds import KINDS
from coopkm.model.project import Project
from coopkm.pages import build_site as build_pages
from coopkm.pages.glossary import glossary_page
from coopkm.pages.listing import home_page
from coopkm.site.assembly import THEME
from coopkm.site.frame import Frame as Shell
from coopkm.site.mkdocs import build_site

HERE = Path(__file__).parent
HOSTILE: dict[str, str] = yaml.safe_load((HERE / "hostile.yml").read_text("utf-8"))
AUDIT = (HERE / "page_audit.js").read_text("utf-8")
A_TIME = 120  # frames loaded side by side


def kinds_for(number: int, *, every: bool) -> list[str]:
    """Kinds that bear text `number`: all, or so many in turn that every kind bears more than sixty texts."""
    kinds = list(KINDS)
    return kinds if every else [kinds[(number + step) % len(kinds)] for step in range(6)]


def test_the_corpus_is_large_enough_for_every_kind() -> None:
    assert len(HOSTILE) >= 100
    for kind in KINDS:
        assert sum(kind in kinds_for(number, every=False) for number in range(len(HOSTILE))) >= 60


def always(text: str) -> Callable[[str], str]:
    return lambda lang: text


def made_site(root: Path, texts: dict[str, str], languages: tuple[str, ...], *, every: bool) -> Path:
    """The site of a project with the texts in units, sources, paths and hand-written pages."""
    config = (HERE.parent / "mkdocs.yml").read_text("utf-8")
    rows = [line for line in config.splitlines() if "{locale: en" not in line or "en" in languages]
    (root / "mkdocs.yml").write_text("\n".join(rows), "utf-8")
    plain = Filler(always("CPSX"), links=["hostile-duty"], sources=["made.one"])
    units, paths = [unit("duty", "hostile-duty", plain)], []
    documents, sources = [document("made", plain)], [source("made.one", plain)]
    written: list[Article] = []
    for number, (name, text) in enumerate(texts.items()):
        filler = Filler(always(text), links=["hostile-duty"], sources=[f"d{number}.one"], each=1)
        units += [unit(kind, f"{kind}-{number}", filler) for kind in kinds_for(number, every=every)]
        paths.append(path(f"path-{number}", filler))
        documents.append(document(f"d{number}", filler))
        sources.append(source(f"d{number}.one", filler))
        for lang in languages:
            file = root / f"docs/{lang}/{name}.md"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(f"{text}\n\n# {text}\n\n{text} CPSX\n", "utf-8", errors="replace")
            written.append(Article(f"docs/{lang}/{name}.md", lang, f"{name}.md", file.read_text("utf-8")))
    made = library(
        root,
        units,
        terms=[term("cpsx", plain)],
        documents=documents,
        sources=sources,
        paths=paths,
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
    some = {name: text for number, (name, text) in enumerate(HOSTILE.items()) if number % 20 == 0}
    return made_site(tmp_path_factory.mktemp("some"), some, LANGS, every=True)


# Runs in every frame before its own scripts: notes what runs, and examines the document when it is there.
TRAP = f"""
window.__hit = () => console.error("a text has run");
addEventListener("load", () => ({AUDIT})().forEach((line) => console.error(`${{location}}: ${{line}}`)));
{REPORT_VIOLATIONS}
"""
LOAD = """(urls) => Promise.all(urls.map((url) => new Promise((done) => {
    const frame = document.createElement("iframe");
    frame.addEventListener("load", () => setTimeout(done), { once: true });
    frame.src = url;
    document.body.append(frame);
})))"""
# A picture of the site itself that is missing is a fault of a link, not a danger.
MISSING_PICTURE = re.compile(
    r"(failed|answered 404): \{own\}|console: Failed to load resource: .*(404|ERR_FILE_NOT_FOUND)"
)


@contextmanager
def trapped(browser: Browser, own: str) -> Iterator[tuple[Page, Watch]]:
    """A page in which every deed of a text is noted: code that runs, dialogs, requests, new windows."""
    watch = Watch(own)
    with visitor(browser) as page:
        page.add_init_script(TRAP)
        page.context.on("page", lambda opened: watch.wrong.append(f"opened: {opened.url}"))
        watch.follow(page)
        yield page, watch


def deeds(browser: Browser, root: str, addresses: list[str], *, seen: bool = False) -> list[str]:
    """What pages do and hold that they should not. `root` is the address of their folder, with a host.html.

    Frames that are not `seen` are not laid out, which takes half the time.
    """
    found: list[str] = []
    for start in range(0, len(addresses), A_TIME):
        batch = addresses[start : start + A_TIME]
        with trapped(browser, root) as (page, watch):
            page.goto(f"{root}host.html")
            watch.wrong.clear()  # the host itself is no page of ours
            page.evaluate(f"document.body.hidden = {str(not seen).lower()}")
            page.evaluate(LOAD, batch)
            at = sorted(frame.url for frame in page.main_frame.child_frames)
            assert at == sorted(batch), "a page has led away"
        found += [line for line in watch.wrong if not MISSING_PICTURE.match(line.replace(root, "{own}"))]
    return found


def hosted(folder: Path) -> str:
    """The address of a folder, in which a page stands that frames can be put into."""
    (folder / "host.html").write_text("<!doctype html><title>host</title><body>", "utf-8")
    return f"{folder.as_uri()}/"


def pages(site: Path, *, articles: bool) -> list[str]:
    """Paths of pages that a hand has written, or of those that knowledge makes."""
    return sorted(
        path.relative_to(site).as_posix()
        for path in site.rglob("*.html")
        if (path.stem in HOSTILE) == articles and path.stem not in ("404", "host")
    )


def test_no_text_of_a_unit_or_a_source_does_anything(browser: Browser, thai_site: Path) -> None:
    paths = pages(thai_site, articles=False)
    assert len(paths) > 6 * len(HOSTILE)
    root = hosted(thai_site)
    assert deeds(browser, root, [root + path for path in paths]) == []


def test_no_text_of_a_hand_written_page_does_anything(
    browser: Browser, serve: Callable[..., Site], thai_site: Path
) -> None:
    paths = pages(thai_site, articles=True)
    assert len(paths) == len(HOSTILE)
    hosted(thai_site)
    root = serve(thai_site).url
    assert deeds(browser, root, [root + path for path in paths]) == []


def test_no_text_of_a_project_or_a_term_does_anything(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "assets").mkdir()
    shutil.copytree(THEME / "assets" / "coopkm", tmp_path / "assets" / "coopkm")
    names = [name for number, text in enumerate(HOSTILE.values()) for name in shelf_pages(tmp_path, number, text)]
    root = hosted(tmp_path)
    assert len(names) == 3 * len(HOSTILE)
    assert deeds(browser, root, [root + name for name in names]) == []


def shelf_pages(folder: Path, number: int, text: str) -> Iterator[str]:
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
    for page in (home_page(site.shelf), glossary_page(site.shelf), *site.unit_pages()):
        name = page.path.replace("/", f"/{number}-") if "/" in page.path else f"{number}-{page.path}"
        html = template.render(coopkm={**shell.context(page, LANGS), "base": "../" * name.count("/")}, config=nothing)
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(html, "utf-8", errors="replace")
        yield name


def test_nothing_happens_under_the_policy_either(
    browser: Browser, serve: Callable[..., Site], small_site: Path
) -> None:
    paths = [path for articles in (False, True) for path in pages(small_site, articles=articles)]
    assert sum(path.startswith("en/") for path in paths) > 5 * len(KINDS)
    hosted(small_site)
    line = policy(small_site)
    # The host stands for a page of somebody else, who may put ours into frames.
    root = serve(small_site, policy=lambda path: None if path.endswith("/host.html") else line).url
    assert deeds(browser, root, [root + path for path in paths], seen=True) == []


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
        assert any(" times main" in line for line in watch.wrong), "not examined"
    with trapped(browser, site.as_uri()) as (page, watch):
        page.goto((site / "image-with-backslashes.html").as_uri())
    assert any("evil.test" in line for line in watch.wrong)
