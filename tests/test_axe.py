"""axe finds nothing: on any kind of page, in both languages, light and dark, on a phone and a wide screen."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from browser_pages import LANGS, PAGES, PHONE, WIDE, path_of
from conftest import Site
from every_field import Filler, document, library, source, term, unit
from every_field import path as learning_path
from playwright.sync_api import Browser, Page

from coopkm.model.kinds import KINDS
from coopkm.site.mkdocs import build_site

# Long pages repeat a pattern hundreds of times: examined whole once, then without most repetitions.
REFERENCE = [f"article reference/{name}" for name in ("fields", "problems", "commands")]
LONG = {path_of(name, lang) for name in ("glossary", "document", *REFERENCE) for lang in LANGS}
REPEATED = ["section.glossary:nth-of-type(n+7)", ".source-item:nth-child(n+12)", "main dl:nth-of-type(n+4)"]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Scheme, screen, whether the menu is open, whether contrast is measured (it takes most of the time, and the
# colours of a scheme are the same on every screen).
STATES = [
    ("light", PHONE, False, True),
    ("dark", PHONE, True, False),
    ("dark", WIDE, False, True),
    ("light", WIDE, True, False),
]


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """One page for all: only its scheme and size change."""
    context = browser.new_context(reduced_motion="reduce")
    yield context.new_page()
    context.close()


def findings(page: Page, *, without: Sequence[str] = (), contrast: bool = True) -> list[str]:
    """What axe finds on the page, a line for each element."""
    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate(AXE_SCRIPT)
    options = {
        "resultTypes": ["violations"],
        "runOnly": {"type": "tag", "values": RULES},
        "rules": {"color-contrast": {"enabled": contrast}},
    }
    context = {"include": [["html"]], "exclude": [[selector] for selector in without]}
    found: list[dict[str, Any]] = page.evaluate(
        "([context, options]) => axe.run(context, options).then((results) => results.violations)",
        [context, options],
    )
    return [
        f"{rule['id']}: {' '.join(map(str, node['target']))}: {node['html'][:120]}"
        for rule in found
        for node in rule["nodes"]
    ]


def in_all_states(page: Page, *, long: bool) -> Iterator[tuple[str, list[str]]]:
    """The findings in each state of the page at hand."""
    for index, (scheme, screen, opened, contrast) in enumerate(STATES):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size(screen)
        button = page.locator("[data-menu-button]")
        if opened and button.is_visible():
            button.click()
        yield (
            f"{scheme} {screen['width']}",
            findings(page, without=REPEATED if long and index else [], contrast=contrast),
        )
        if button.get_attribute("aria-expanded") == "true":
            button.click()


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(page: Page, serve: Callable[..., Site], real_site: Path, path: str) -> None:
    page.goto(serve(real_site).url + path)
    assert {state: found for state, found in in_all_states(page, long=path in LONG) if found} == {}


@pytest.fixture(scope="module")
def made_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with a unit of every kind and every field filled."""
    texts = {"th": "ตรวจบัญชีสหกรณ์กับ **เอกสาร** ให้ครบ", "en": "Check the accounts against the **papers**"}
    root = tmp_path_factory.mktemp("made")
    (root / "docs/th").mkdir(parents=True)
    (root / "docs/en").mkdir()
    (root / "mkdocs.yml").write_bytes((Path(__file__).parent.parent / "mkdocs.yml").read_bytes())
    filler = Filler(texts.__getitem__, links=["made-duty", "made-skill"], sources=["made.one"])
    units = [unit(kind, f"made-{kind}", filler) for kind in KINDS]
    units += [unit(kind, f"plain-{kind}", filler, endorsed=None, body=None, scope=None) for kind in KINDS]
    units += [unit("duty", "made-retired", filler, status="retired")]
    made = library(
        root,
        units,
        terms=[term("papers", filler)],
        documents=[document("made", filler)],
        sources=[source("made.one", filler)],
        paths=[learning_path("made-path", filler)],
    )
    return build_site(made, root / "site", "en")


MADE = [
    *(f"{row.section}/made-{kind}" for kind, row in KINDS.items()),
    "duties/made-retired",
    "paths/made-path",
    "index",
]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", MADE)
def test_axe_finds_nothing_where_every_field_is_filled(page: Page, made_site: Path, name: str, lang: str) -> None:
    page.goto((made_site / ("" if lang == "th" else lang) / f"{name}.html").as_uri())
    assert page.locator("h1").count() == 1
    found = {}
    for scheme, screen in (("light", PHONE), ("dark", WIDE)):
        page.emulate_media(color_scheme="light" if scheme == "light" else "dark")
        page.set_viewport_size(screen)
        found[scheme] = findings(page)
    assert found == {"light": [], "dark": []}


def test_axe_would_find_a_fault(page: Page, serve: Callable[..., Site], tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<!doctype html><title>x</title><img src='x.svg'>", "utf-8")
    page.goto(serve(tmp_path).url)
    assert any("image-alt" in line for line in findings(page))
