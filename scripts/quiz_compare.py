"""Our quizzes beside mkdocs-quiz: `python3 scripts/quiz_compare.py [--write]`, with COOPKM_BROWSER set.

Takes three questions of each type from quizzes/, lays them out as a bank of ours and as pages of mkdocs-quiz (in the
nearest form that it has), and measures both: what is carried, what becomes of progress, what axe finds, what a reader
loads, and which of twenty mistakes of authors are told (by `coopkm check`, and by `mkdocs build --strict`). The peer is
installed into a folder that is removed again. Prints a table in Markdown; `--write` puts it into docs/dev/quizzes.md.
"""

import argparse
import gzip
import os
import re
import shutil
import subprocess
import sys
import venv
from collections import Counter
from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml
from axe_playwright_python.sync_playwright import Axe
from bench_quiz import PAGE, ROOT, Plain, put
from playwright.sync_api import Page, sync_playwright

from coopkm.checks import check_library
from coopkm.library import read_library
from coopkm.site.mkdocs import build_site as build

PEER = ("mkdocs-quiz==1.7.1", "mkdocs-material==9.8.1")
TYPES = "single multiple truefalse match order short numeric cloze case reflect".split()
OF_EACH = 3
BEGIN, END = "<!-- compared -->\n", "<!-- end of compared -->\n"
NOISE = {"english-unrecorded", "english-stale"}  # of every change, whatever it is
CONFIG = """\
site_name: Peer
use_directory_urls: false
theme: {name: material, language: th, font: false}
plugins: [mkdocs_quiz]
"""

Asked = dict[str, Any]
Bank = dict[str, Any]


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition(":")[0])
    parser.add_argument("--write", action="store_true", help="put the table into docs/dev/quizzes.md")
    options = parser.parse_args()
    with TemporaryDirectory() as scratch:
        rows = list(compared(Path(scratch)))
    lines = ["| | CoopKM | mkdocs-quiz 1.7.1 |", "|---|---|---|", *(f"| {' | '.join(row)} |" for row in rows)]
    table = "\n".join(lines) + "\n"
    print(table)
    if options.write:
        put(PAGE, BEGIN, END, table)
    return 0


def sample() -> Bank:
    """A bank of three questions of each type."""
    banks = [yaml.safe_load(path.read_text("utf-8")) for path in sorted((ROOT / "quizzes").glob("*.yml"))]
    found = [
        asked for name in TYPES for asked in [q for b in banks for q in b["questions"] if q["type"] == name][:OF_EACH]
    ]
    return {**banks[0], "id": "sample", "retired": [], "questions": found}


# --- the peer's form


def carried(asked: Asked, lang: str) -> str:
    """A question as mkdocs-quiz can have it, or an empty text: choices, or gaps whose answer is one exact text."""
    make = _PEER.get(asked["type"])
    return f"<quiz>\n{make(asked, lang)}\n</quiz>\n" if make else ""


def _said(asked: Asked, lang: str) -> str:
    return f"\n\n{asked['feedback'][lang]}" if asked.get("feedback") else ""


def _choices(asked: Asked, lang: str) -> str:
    rows = [
        f"- [{'x' if option.get('correct') else ' '}] {option['text'][lang]}" for option in asked.get("options", [])
    ]
    return "\n".join([asked["stem"][lang], *rows]) + _said(asked, lang)


def _truth(asked: Asked, lang: str) -> str:
    right = str(asked["answer"]).lower() in ("yes", "true")
    names = {"th": ("จริง", "ไม่จริง"), "en": ("True", "False")}[lang]
    rows = [f"- [{'x' if (at == 0) == right else ' '}] {name}" for at, name in enumerate(names)]
    return "\n".join([asked["stem"][lang], *rows]) + _said(asked, lang)


def _typed(asked: Asked, lang: str) -> str:
    accept = asked.get("accept", {})
    right = (accept.get(lang) or accept.get("th") or [asked.get("answer")])[0]
    return f"{asked['stem'][lang]}\n\n[[{right}]]\n\n---\n{_said(asked, lang)}"


def _gapped(asked: Asked, lang: str) -> str:
    text = asked["text"][lang]
    for gap in asked["gaps"]:
        accept = gap.get("accept", {})
        right = [option["text"][lang] for option in gap.get("options", []) if option.get("correct")]
        right += [*accept.get(lang, []), *accept.get("th", []), str(gap.get("answer"))]
        text = text.replace(f"{{{{{gap['id']}}}}}", f"[[{right[0]}]]")
    return f"{asked['stem'][lang]}\n\n{text}\n\n---\n{_said(asked, lang)}"


_PEER: dict[str, Callable[[Asked, str], str]] = {
    "single": _choices,
    "multiple": _choices,
    "truefalse": _truth,
    "short": _typed,
    "numeric": _typed,
    "cloze": _gapped,
}


class Peer:
    """Sites made by mkdocs-quiz in an environment of its own."""

    def __init__(self, scratch: Path) -> None:
        self.scratch = scratch
        home = scratch / "peer-env"
        venv.create(home, with_pip=True)
        self.python = home / "bin" / "python"
        subprocess.run([self.python, "-m", "pip", "install", "--quiet", *PEER], check=True)
        self.count = 0

    def build(self, pages: dict[str, str]) -> tuple[Path, bool]:
        """A site of these pages, and whether the build told of a fault."""
        self.count += 1
        root = self.scratch / f"peer-{self.count}"
        for name, text in pages.items():
            path = root / "docs" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        (root / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
        command = [self.python, "-m", "mkdocs", "build", "--strict", "--quiet"]
        done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
        return root / "site", done.returncode != 0

    def pages(self, bank: Bank) -> dict[str, str]:
        made = {
            lang: "\n".join(filter(None, (carried(asked, lang) for asked in bank["questions"])))
            for lang in ("th", "en")
        }
        return {"index.md": "# Peer\n", "sample.md": f"# Q\n\n{made['th']}", "en/sample.md": f"# Q\n\n{made['en']}"}


# --- ours


class Own:
    """Projects with the real knowledge and the one bank."""

    def __init__(self, scratch: Path) -> None:
        self.root = scratch / "own"
        for name in ("knowledge", "docs"):
            shutil.copytree(ROOT / name, self.root / name)
        shutil.copyfile(ROOT / "mkdocs.yml", self.root / "mkdocs.yml")
        (self.root / "quizzes").mkdir()
        self.count = 0

    def lay(self, text: str) -> None:
        (self.root / "quizzes" / "sample.yml").write_text(text, encoding="utf-8")

    def build(self, bank: Bank) -> Path:
        self.count += 1
        self.lay(written(bank))
        return build(read_library(self.root)[0], self.root.parent / f"own-{self.count}", "en")

    def told(self, text: str) -> Counter[str]:
        """How often each code is told."""
        self.lay(text)
        library, found = read_library(self.root)
        problems = {*found, *check_library(library, date(2026, 11, 25))}
        return Counter(problem.code for problem in problems if problem.code not in NOISE)


def written(bank: Bank) -> str:
    return yaml.dump(bank, Dumper=Plain, allow_unicode=True, sort_keys=False)


# --- mistakes: a change of the bank, which both are made from, or of the text of either


def _edit(change: Callable[[Bank], object]) -> Callable[[Bank], Bank]:
    def edited(bank: Bank) -> Bank:
        copy = deepcopy(bank)
        change(copy)
        return copy

    return edited


def _options(bank: Bank) -> list[dict[str, Any]]:
    options: list[dict[str, Any]] = bank["questions"][0]["options"]
    return options


def _wrong(bank: Bank) -> dict[str, Any]:
    return next(option for option in _options(bank) if not option.get("correct"))


def _right(bank: Bank) -> dict[str, Any]:
    return next(option for option in _options(bank) if option.get("correct"))


def _all_above(bank: Bank) -> None:
    _wrong(bank)["text"] = {"th": "ถูกทุกข้อ", "en": "All of the above"}


def _right_first(bank: Bank) -> None:
    for asked in bank["questions"]:
        if asked["type"] == "single":
            asked["options"].sort(key=lambda option: not option.get("correct"))
    one = bank["questions"][0]
    bank["questions"] += [
        {**deepcopy(one), "id": f"more-{at}", "stem": {"th": f"ข้อ {at}", "en": f"Item {at}"}} for at in range(9)
    ]


def _given_away(bank: Bank) -> None:
    right = _right(bank)["text"]
    stem = bank["questions"][1]["stem"]
    bank["questions"][1]["stem"] = {lang: f"{right[lang]} {stem[lang]}" for lang in ("th", "en")}


def _numbers(bank: Bank) -> None:
    bank["questions"][0]["feedback"] = {"th": "ภายใน 90 วัน", "en": "Within 60 days"}


def _no_english(bank: Bank) -> None:
    bank["questions"][0]["stem"] = {"th": bank["questions"][0]["stem"]["th"]}


def _negative(bank: Bank) -> None:
    bank["questions"][0]["stem"] = {"th": "ข้อใดไม่ใช่หน้าที่ของเจ้าหน้าที่", "en": "Which is not a duty of an officer?"}


MISTAKES: dict[str, Callable[[Bank], Bank]] = {
    "no right answer": _edit(lambda bank: [option.pop("correct", None) for option in _options(bank)]),
    "two right answers where one is meant": _edit(lambda bank: _wrong(bank).update(correct=True)),
    "one option only": _edit(lambda bank: _options(bank).__setitem__(slice(None), [_right(bank)])),
    "no options": _edit(lambda bank: bank["questions"][0].pop("options")),
    "no question": _edit(lambda bank: bank["questions"][0].update(stem={"th": "", "en": ""})),
    "the same option twice": _edit(lambda bank: _wrong(bank).update(text=deepcopy(_right(bank)["text"]))),
    "a question pasted twice": _edit(lambda bank: bank["questions"].append(deepcopy(bank["questions"][0]))),
    "the right answer is by far the longest": _edit(
        lambda bank: _right(bank).update(text={lang: text * 4 for lang, text in _right(bank)["text"].items()})
    ),
    "“all of the above”": _edit(_all_above),
    "a “not” that is easily missed": _edit(_negative),
    "the right answer always first": _edit(_right_first),
    "no explanation at all": _edit(
        lambda bank: [
            bank["questions"][0].pop("feedback", None),
            *(option.pop("feedback", None) for option in _options(bank)),
        ]
    ),
    "a question that gives another's answer away": _edit(_given_away),
    "a link to a page that does not exist": _edit(
        lambda bank: bank["questions"][0].update(feedback=dict.fromkeys(("th", "en"), "[x](unit:nowhere)"))
    ),
    "other numbers in English than in Thai": _edit(_numbers),
    "no English": _edit(_no_english),
    "about a unit that does not exist": _edit(lambda bank: bank["questions"][0].update(units=["no-such-unit"])),
    "older than the unit that it asks about": _edit(
        lambda bank: bank["questions"][0].update(reviewed=date(2020, 1, 1))
    ),
}
# A slip of the keys in the text of either: (ours, the peer's).
SLIPS: dict[str, tuple[Callable[[str], str], Callable[[str], str]]] = {
    "a mark misspelt": (
        lambda text: text.replace("correct: true", "corect: true", 1),
        lambda text: text.replace("- [x]", "-[x]", 1),
    ),
    "a block not closed": (
        lambda text: text.replace("stem:\n", "stem: {\n", 1),
        lambda text: text.replace("</quiz>", "", 1),
    ),
}


def caught(own: Own, peer: Peer, bank: Bank) -> Iterator[tuple[str, bool, bool]]:
    """Each mistake, and whether it is told here and there."""
    usual = own.told(written(bank))
    for name, mistake in MISTAKES.items():
        made = mistake(bank)
        pages = {
            page: text.replace("(unit:nowhere)", "(nowhere.md)") for page, text in english_kept(peer, made).items()
        }
        yield name, bool(own.told(written(made)) - usual), peer.build(pages)[1]
    pages = peer.pages(bank)
    for name, (here, there) in SLIPS.items():
        yield (
            name,
            bool(own.told(here(written(bank))) - usual),
            peer.build({**pages, "sample.md": there(pages["sample.md"])})[1],
        )


def english_kept(peer: Peer, bank: Bank) -> dict[str, str]:
    """Pages of the peer; a page without a question's English simply lacks the question."""
    whole = {**bank, "questions": [asked for asked in bank["questions"] if "en" in asked["stem"]]}
    return {**peer.pages(whole), "sample.md": f"# Q\n\n{''.join(carried(asked, 'th') for asked in bank['questions'])}"}


# --- in the browser


def answer_first(page: Page, ours: bool) -> None:
    """Answer the first question, whatever it is worth."""
    box = page.locator("[data-question]" if ours else ".quiz").first
    box.locator("input").first.check(force=True)
    if ours:
        box.locator(".question-do button").first.click()
    elif box.locator("button[type=submit]:visible").count():
        box.locator("button[type=submit]").click()


def answered_stems(page: Page, ours: bool) -> list[str]:
    """Beginnings of the questions that the page shows as answered."""
    boxes = page.locator("[data-question]" if ours else ".quiz").all()
    return [box.inner_text() for box in boxes if box.locator("input:checked").count()]


def kept_after(page: Page, before: str, after: str, stem: str, ours: bool) -> str:
    """What becomes of the answer to the first question when the page is replaced by another."""
    page.goto(before)
    answer_first(page, ours)
    page.goto(after)
    page.locator("[data-question][data-state]" if ours else ".quiz").first.wait_for()
    shown = answered_stems(page, ours)
    return "kept" if any(stem in text for text in shown) else "shown at another question" if shown else "lost"


def faults(page: Page, address: str, ours: bool) -> int:
    """Places at which axe finds something in the questions, before and after an answer."""
    page.goto(address)
    scope = "article.quiz" if ours else ".md-content"
    found = Axe().run(page, scope).response["violations"]
    answer_first(page, ours)
    found += Axe().run(page, scope).response["violations"]
    return len({(row["id"], node["html"]) for row in found for node in row["nodes"]})


def loaded(site: Path, page: Page, address: str) -> float:
    """KB gzip of everything that the page loads."""
    names: list[str] = []
    page.on("request", lambda request: names.append(request.url.partition("?")[0]))
    page.goto(address)
    page.wait_for_load_state("load")
    files = {Path(name.removeprefix("file://")) for name in names if name.startswith("file:")}
    return sum(len(gzip.compress(path.read_bytes(), 9, mtime=0)) for path in files if path.is_file()) / 1024


def compared(scratch: Path) -> Iterator[tuple[str, str, str]]:
    bank = sample()
    own, peer = Own(scratch), Peer(scratch)
    new = {**deepcopy(bank["questions"][1]), "id": "quite-new"}
    inserted = {**bank, "questions": [new, *bank["questions"]]}
    ours, ours_later = own.build(bank), own.build(inserted)
    theirs, theirs_later = peer.build(peer.pages(bank))[0], peer.build(peer.pages(inserted))[0]
    total = len(bank["questions"])
    yield (
        "questions that it can hold",
        f"{total} of {total}",
        f"{sum(bool(carried(q, 'th')) for q in bank['questions'])} of {total}",
    )
    yield "types", f"{len(TYPES)}", f"{len(_PEER)}, in two forms"
    mistakes = list(caught(own, peer, bank))
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=os.environ["COOPKM_BROWSER"],
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )

        def fresh() -> Page:
            return chromium.new_context(viewport={"width": 390, "height": 844}).new_page()

        stem, english = (bank["questions"][0]["stem"][lang][:20] for lang in ("th", "en"))
        # The edition with the inserted question takes the place of the first: the address stays.
        places = {True: (scratch / "ours", ours, ours_later), False: (scratch / "theirs", theirs, theirs_later)}
        yield (
            "an answer, after a question is put before it",
            *(replaced(fresh(), *places[who], stem, who) for who in (True, False)),
        )
        addresses = {
            True: [(ours / path).as_uri() for path in ("quizzes/sample.html", "en/quizzes/sample.html")],
            False: [(theirs / path).as_uri() for path in ("sample.html", "en/sample.html")],
        }
        yield (
            "the same, after a switch of the language",
            *(kept_after(fresh(), *addresses[who], english, who) for who in (True, False)),
        )
        yield (
            "places at which axe finds fault",
            *(str(faults(fresh(), addresses[who][0], who)) for who in (True, False)),
        )
        sites = {True: ours, False: theirs}
        yield (
            "a first page, all that it loads, gzip",
            *(f"{loaded(sites[who], fresh(), addresses[who][0]):.0f} KB" for who in (True, False)),
        )
        chromium.close()
    yield f"mistakes told, of {len(mistakes)}", *(str(sum(row[who] for row in mistakes)) for who in (1, 2))
    for name, here, there in mistakes:
        yield f"– {name}", *("told" if told else "not told" for told in (here, there))


def replaced(page: Page, place: Path, first: Path, later: Path, stem: str, ours: bool) -> str:
    """What becomes of an answer when the site is replaced by a later edition at the same address."""
    name = "quizzes/sample.html" if ours else "sample.html"
    shutil.copytree(first, place)
    page.goto((place / name).as_uri())
    answer_first(page, ours)
    shutil.rmtree(place)
    shutil.copytree(later, place)
    page.reload()
    page.locator("[data-question][data-state]" if ours else ".quiz").first.wait_for()
    shown = answered_stems(page, ours)
    right = any(re.search(re.escape(stem), text) for text in shown)
    return "kept" if right and len(shown) == 1 else "shown at another question" if shown else "lost"


if __name__ == "__main__":
    sys.exit(main())
