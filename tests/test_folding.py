"""One way of writing each thing: by the careful way, by the fast one and in the browser alike."""

import json
from itertools import product

from browser_pages import visitor
from playwright.sync_api import Browser

from coopkm.quizzes.script import browser_script
from coopkm.text.folding import Folding, folding_rules

FOLDING = Folding(folding_rules())
# One of each sort of characters that the rules tell apart.
SORTS = [*"กเีุ่้าำๅํ๑1aBé., \n-ๆ", "\u200b", "\u0301"]
TEXTS = ["".join(letters) for size in (1, 2, 3) for letters in product(SORTS, repeat=size)]


def test_the_fast_way_folds_every_order_of_characters_as_the_careful_one() -> None:
    assert [text for text in TEXTS if FOLDING.text(text) != FOLDING.fold(text).text] == []


def test_the_browser_folds_every_order_of_characters_alike(browser: Browser) -> None:
    code = browser_script("grade").rstrip().removesuffix("})();")
    fold = "JSON.stringify(JSON.parse(given).map((text) => folding.folded(text)))"
    body = f"{code}const folding = new Folding(FOLDING);\nreturn {fold};}})()"
    with visitor(browser) as page:
        there = json.loads(page.evaluate(f"(given) => {body}", json.dumps(TEXTS)))
    own = [FOLDING.fold(text)._asdict() for text in TEXTS]
    assert [row for row in zip(TEXTS, there, own, strict=True) if row[1] != row[2]] == []
