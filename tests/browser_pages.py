"""The kinds of pages of the real site, and what the browser tests do with them."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

ROOT = Path(__file__).parent.parent
LANGS = ("th", "en")
PHONE, WIDE = {"width": 390, "height": 844}, {"width": 1280, "height": 900}

# Kind of page -> path from the root of a language.
STANDING = {
    "home": "index.html",
    "door": "officer.html",
    "trainer-door": "trainer.html",
    "office-door": "office.html",
    "listing": "guidelines/index.html",
    "picture": "cps/index.html",
    "glossary": "glossary.html",
    "sources": "sources/index.html",
    "document": "sources/kpp2566.html",
    "news": "whats-new.html",
    "reviews": "reviews.html",
    "search": "search.html",
    "quizzes": "quizzes/index.html",
    "quiz": "quizzes/problems.html",
}
ARTICLES = {
    f"article {name}": f"{name}.html"
    for path in sorted((ROOT / "docs/th").rglob("*.md"))
    for name in [path.relative_to(ROOT / "docs/th").with_suffix("").as_posix()]
}


def _richest_units() -> dict[str, str]:
    """The longest unit of each kind that the project holds."""
    from coopkm.model.kinds import KINDS

    longest: dict[str, Path] = {}
    for path in sorted((ROOT / "knowledge").glob("*/*.yml")):
        text = path.read_text("utf-8")
        kind = re.search(r"^kind: *([a-z-]+)$", text, re.MULTILINE)
        if kind and re.search(r"^status: *ready$", text, re.MULTILINE):
            best = longest.get(kind[1])
            if best is None or path.stat().st_size > best.stat().st_size:
                longest[kind[1]] = path
    return {kind: f"{KINDS[kind].section}/{path.stem}.html" for kind, path in longest.items()}


UNITS = _richest_units()
CHECKLISTS = sorted(f"documents/{path.stem}.html" for path in (ROOT / "knowledge/documents").glob("checklist-*.yml"))
KINDS_OF_PAGES = {**STANDING, **UNITS, **ARTICLES}


def path_of(name: str, lang: str) -> str:
    """The path of a kind of page from the root of the whole site."""
    path = KINDS_OF_PAGES[name]
    return path if lang == "th" else f"en/{path}"


# Every kind of page in both languages, and the page for addresses that lead nowhere.
PAGES = [path_of(name, lang) for lang in LANGS for name in KINDS_OF_PAGES] + ["404.html"]


def policy(site: Path) -> str:
    """The Content-Security-Policy that the build wrote for a server to send."""
    return (site / "content-security-policy.txt").read_text("utf-8").strip()


GONE = "net::ERR_ABORTED"  # the reader went on before the answer came


class Watch:
    """Everything a page did that it should not have done."""

    def __init__(self, own: str) -> None:
        self.own = own
        self.wrong: list[str] = []

    def follow(self, page: Page) -> None:
        page.on("console", lambda line: self._note(line.type in ("error", "warning"), f"console: {line.text}"))
        page.on("pageerror", lambda error: self._note(True, f"script: {error}"))
        page.on("request", lambda asked: self._note(not asked.url.startswith(self.own), f"asked: {asked.url}"))
        page.on("requestfailed", lambda asked: self._note(asked.failure != GONE, f"failed: {asked.url}"))
        page.on(
            "response",
            lambda answer: self._note(answer.status >= 400, f"answered {answer.status}: {answer.url}"),
        )
        page.on("dialog", self._dialog)

    def _dialog(self, dialog: Any) -> None:
        self.wrong.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _note(self, wrong: bool, what: str) -> None:
        if wrong:
            self.wrong.append(what)


# Runs before any script of the page.
REPORT_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`));
"""


@contextmanager
def visitor(browser: Browser, **options: Any) -> Iterator[Page]:
    """A page in a context of its own: a reader who has never been here."""
    context: BrowserContext = browser.new_context(**{"viewport": PHONE, "reduced_motion": "reduce", **options})
    context.set_default_timeout(10_000)
    try:
        yield context.new_page()
    finally:
        context.close()
