"""The browser's search does what Python's does: to the last token, and result by result."""

import json
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from browser_pages import visitor
from conftest import ROOT
from playwright.sync_api import Browser, Page

from coopkm.library import Library, read_library
from coopkm.search.analysis import Analysis, whole
from coopkm.search.build import analysis_of, finder_of, in_memory
from coopkm.search.entries import entries
from coopkm.search.finder import Finder
from coopkm.search.layout import other_layout
from coopkm.search.matching import closeness, snippet
from coopkm.search.ranking import query
from coopkm.search.script import browser_script
from coopkm.search.suggest import nearest_name

QUERIES = [
    str(row["q"])
    for name in ("tune", "report")
    for row in yaml.safe_load((ROOT / f"tests/search/{name}.yml").read_text("utf-8"))
]
HOSTILE = yaml.safe_load((ROOT / "tests/hostile.yml").read_text("utf-8"))
SAME_FIRST = 0.95  # share of the queries
PURE = ("analyse", "rank", "match", "suggest")


@pytest.fixture(scope="module")
def library() -> Library:
    return read_library(ROOT)[0]


@pytest.fixture(scope="module")
def analysis(library: Library) -> Analysis:
    return analysis_of(library)


@pytest.fixture(scope="module")
def finder(library: Library) -> Finder:
    return finder_of(library, in_memory)


@pytest.fixture(scope="module")
def script(browser: Browser, analysis: Analysis) -> Iterator[Callable[[str, Any], Any]]:
    """Runs an expression in the browser, with `analysis` and `given` at hand."""
    code = browser_script(*PURE).rstrip().removesuffix("})();")
    setting = json.dumps([analysis.rules, analysis.right])
    with visitor(browser) as page:

        def run(expression: str, given: Any) -> Any:
            body = f"{code}const analysis = new Analysis(...{setting});\nreturn ({expression});}})()"
            return page.evaluate(f"(given) => {body}", given)

        yield run


def texts(library: Library) -> list[str]:
    """Queries, every title and name, passages, and strings that nobody would write."""
    titles = [
        text
        for lang in ("th", "en")
        for entry in entries(library, lang)
        for text in (entry.title, *entry.names[:3], *entry.passages[:1])
    ]
    return [*QUERIES, *titles, *map(str, _strings(HOSTILE)), *_random(400)]


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _strings(inner)


def _random(count: int) -> Iterator[str]:
    pick = random.Random(2570)
    letters = [chr(code) for code in (*range(0x20, 0x7F), *range(0xA0, 0x250), *range(0x0E01, 0x0E5C))]
    odd = ["\n", "\u200b", "\u00ad", "\u2028", "\ufeff", "\u0301", "ﬁ", "Ａ", "한", "😀", "é", "ํา", "เเ"]
    for _ in range(count):
        yield "".join(pick.choice(odd if pick.random() < 0.15 else letters) for _ in range(pick.randint(0, 40)))


def test_there_are_enough_texts_to_compare(library: Library) -> None:
    assert len(set(texts(library))) >= 1_500


def test_every_text_gives_the_same_tokens(
    library: Library, analysis: Analysis, script: Callable[[str, Any], Any]
) -> None:
    given = texts(library)
    there = script("given.map((text) => [analysis.fold(text).text, analysis.tokens(text)])", given)
    for text, found in zip(given, there, strict=True):
        assert found == [analysis.fold(text).text, analysis.tokens(text)], repr(text)


def test_every_text_gives_the_same_query(
    library: Library, analysis: Analysis, script: Callable[[str, Any], Any]
) -> None:
    given = texts(library)
    there = script(
        "given.map((text) => { const asked = queryOf(text, analysis);"
        " return [asked.letters, [...asked.tokens], asked.names, otherLayout(text, analysis.rules)]; })",
        given,
    )
    for text, found in zip(given, there, strict=True):
        asked = query(text, analysis)
        own = [asked.letters, [[*pair] for pair in asked.tokens.items()], list(asked.names)]
        assert found == [*own, other_layout(text, analysis.rules)], repr(text)


def test_every_text_has_the_same_short_name(library: Library, script: Callable[[str, Any], Any]) -> None:
    given = [text for text in texts(library) if text.isprintable() and max(text, default="") < "\uffff"]
    assert script("given.map(whole)", given) == [whole(text) for text in given]


def test_passages_are_cut_and_marked_alike(
    library: Library, analysis: Analysis, script: Callable[[str, Any], Any]
) -> None:
    pick = random.Random(1)
    listed = [entry for lang in ("th", "en") for entry in entries(library, lang) if entry.passages]
    given = [[text, list(pick.choice(listed).passages)] for text in QUERIES]
    there = script(
        "given.map(([text, passages]) => { const { letters } = queryOf(text, analysis);"
        " return [snippetOf(passages, letters, analysis), closeness(passages, letters, analysis)]; })",
        given,
    )
    for (text, passages), (shown, close) in zip(given, there, strict=True):
        letters = query(text, analysis).letters
        own = snippet(passages, letters, analysis)
        assert (shown["text"], [tuple(mark) for mark in shown["marks"]]) == (own.text, own.marks), text
        assert close == pytest.approx(closeness(passages, letters, analysis))


def test_the_same_name_is_suggested(library: Library, analysis: Analysis, script: Callable[[str, Any], Any]) -> None:
    names = [placed.value.term.th for placed in library.terms.values()]
    given = [name[:at] + name[at + 1 :] for name in names for at in (1, len(name) // 2)]
    joined = [("".join(analysis.fold(name).text.split()), name) for name in names]
    there = script(
        "given[0].map((text) => nearestName(queryOf(text, analysis).joined, given[1], analysis))", [given, names]
    )
    assert there == [nearest_name(query(text, analysis).joined, joined) for text in given]


def ask(page: Page, text: str) -> list[str]:
    """The addresses of the results in the search box."""
    return list(
        page.evaluate(
            """async (text) => {
                const box = document.querySelector("coopkm-search");
                await box.search(text, 10);
                return [...box.querySelectorAll("[role=option]")].map((link) => link.getAttribute("href"));
            }""",
            text,
        )
    )


@pytest.mark.parametrize("lang", ["th", "en"])
def test_the_box_shows_first_what_the_command_shows_first(
    browser: Browser, real_site: Path, finder: Finder, lang: str
) -> None:
    start = real_site if lang == "th" else real_site / lang
    with visitor(browser) as page:
        page.goto((start / "search.html").as_uri())
        page.wait_for_function("!!customElements.get('coopkm-search')")
        different = []
        for text in QUERIES:
            shown, own = ask(page, text), finder.find(text, lang).results
            if (shown[0].removeprefix("../en/").removeprefix("en/") if shown else "") != (
                own[0].entry.url if own else ""
            ):
                different.append(text)
    assert len(different) <= (1 - SAME_FIRST) * len(QUERIES), different
