"""The files of the browser's index: what is in them, how large they are, and that they are the same each time."""

import gzip
import json
import re
from array import array
from pathlib import Path

from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st

from coopkm.library import read_library
from coopkm.search.analysis import Analysis
from coopkm.search.coding import encoded, number
from coopkm.search.entries import Entry
from coopkm.search.postings import IMPACT_BITS, index
from coopkm.search.script import browser_script
from coopkm.search.shards import Pieces
from coopkm.search.static import search_files

ANALYSIS = Analysis()
CALL = re.compile(r'coopkmSearch\("([a-z0-9/]+)",(.*)\);\n', re.DOTALL)


def entry(name: str, *texts: str, kind: str = "duty") -> Entry:
    return Entry(f"unit:{name}", kind, name, "", f"{name}.html", texts)


def files(listed: list[Entry], others: dict[str, list[str]] | None = None) -> dict[str, object]:
    """Name as the file calls itself -> its value."""
    written = search_files(listed, "th", ANALYSIS, ["หุ้น"], others or {})
    return {match[1]: json.loads(match[2]) for _, text in written if (match := CALL.fullmatch(text))}


def test_the_code_of_the_index_is_at_most_ten_kilobytes_and_the_box_adds_little() -> None:
    index_code = browser_script("analyse", "rank", "match", "suggest", "load", "find")
    assert len(gzip.compress(index_code.encode("utf-8"), 9)) <= 10_000
    assert len(gzip.compress(browser_script().encode("utf-8"), 9)) <= 10_500


def test_every_token_stands_in_the_file_that_the_browser_looks_in() -> None:
    listed = [entry("loan", "สหกรณ์ขอกู้เงินกองทุน 14 วัน"), entry("meeting", "general meetings 2566")]
    made, written = index(listed, ANALYSIS), files(listed)
    start = written["th"]
    assert isinstance(start, dict)
    pieces = Pieces(ANALYSIS.rules, start["letters"])
    for token in made.lists:
        shard = written[f"th/t{start['pieces'].index(pieces.piece(token))}"]
        assert isinstance(shard, dict)
        assert shard[token] == encoded(made.lists[token], 99)


def test_trigrams_of_one_word_lie_in_few_files() -> None:
    pieces = Pieces(ANALYSIS.rules, 1)
    word = "สำนักงานสหกรณ์จังหวัด"
    tokens = ANALYSIS.tokens(word)
    assert len({pieces.piece(token) for token in tokens}) < len(tokens) * 0.6


def test_a_unit_of_the_other_language_is_known_as_the_same() -> None:
    thai = [entry("a", "ก"), entry("b", "ข"), entry("only-thai", "ค"), entry("c", "ง")]
    start = files(thai, {"en": ["unit:a", "unit:b", "unit:c"]})["th"]
    assert isinstance(start, dict)
    assert start["twins"] == {"en": [[0, 0, 2], [2, 3, 1]]}


def test_the_same_content_gives_the_same_bytes_and_other_content_another_folder() -> None:
    first, again = (list(search_files([entry("a", "สหกรณ์")], "th", ANALYSIS, [], {})) for _ in range(2))
    other = list(search_files([entry("a", "กลุ่มเกษตรกร")], "th", ANALYSIS, [], {}))
    assert first == again
    assert {name for name, _ in first} & {name for name, _ in other} == {"th.js"}


def test_the_first_file_of_the_real_site_is_small(real_site: Path) -> None:
    for lang in ("th", "en"):
        start = (real_site / f"assets/coopkm/search/{lang}.js").read_bytes()
        assert len(gzip.compress(start)) < 5_000


def test_drafts_and_retired_units_are_not_in_the_index(real_site: Path) -> None:
    library, _ = read_library(ROOT)
    blocks = "".join(path.read_text("utf-8") for path in real_site.glob("assets/coopkm/search/*/d*.js"))
    for name, placed in library.units.items():
        assert (f'"unit:{name}"' in blocks) == (placed.value.status == "ready"), name


@given(st.lists(st.tuples(st.integers(0, 99_999), st.integers(1, 31)), unique_by=lambda pair: pair[0], max_size=40))
def test_a_cut_list_keeps_the_highest_impacts_and_tells_its_true_length(pairs: list[tuple[int, int]]) -> None:
    packed = array("I", [entry << IMPACT_BITS | impact for entry, impact in sorted(pairs)])
    whole, cut = encoded(packed, 40), encoded(packed, 5)
    assert not re.search(r'["\\\x00-\x1f\x7f-\uffff]', whole + cut)
    if len(pairs) > 5:
        assert cut.startswith(" " + number(len(pairs)))
    else:
        assert cut == whole
