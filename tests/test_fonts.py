"""The web fonts: every letter the site writes, small, and the same bytes each time."""

import io
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from coopkm.site.fonts import web_fonts

STYLES = ["sarabun-400.woff2", "sarabun-700.woff2"]
THAI = {*range(0x0E01, 0x0E3B), *range(0x0E3F, 0x0E5C)}
LATIN = {*range(0x21, 0x7F)}
PUNCTUATION = set(map(ord, "–—‘’“”•…€→←↑↓−·°×½\u00a0"))
MOST_BYTES = 30_000


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def fonts(cache: Path) -> dict[str, bytes]:
    return web_fonts(cache)


def test_the_site_has_a_regular_and_a_bold_style(fonts: dict[str, bytes]) -> None:
    weights = {name: TTFont(io.BytesIO(raw))["OS/2"].usWeightClass for name, raw in fonts.items()}
    assert weights == {"sarabun-400.woff2": 400, "sarabun-700.woff2": 700}


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("letters", [THAI, LATIN, PUNCTUATION], ids=["thai", "latin", "punctuation"])
def test_no_letter_of_a_page_is_missing(fonts: dict[str, bytes], style: str, letters: set[int]) -> None:
    missing = letters - set(TTFont(io.BytesIO(fonts[style])).getBestCmap())
    assert sorted(map(chr, missing)) == []


@pytest.mark.parametrize("style", STYLES)
def test_tone_marks_still_find_their_place_over_vowels(fonts: dict[str, bytes], style: str) -> None:
    features = TTFont(io.BytesIO(fonts[style]))["GPOS"].table.FeatureList.FeatureRecord
    assert {"mark", "mkmk"} <= {feature.FeatureTag for feature in features}


@pytest.mark.parametrize("style", STYLES)
def test_a_style_is_small_and_in_the_form_for_the_web(fonts: dict[str, bytes], style: str) -> None:
    assert fonts[style].startswith(b"wOF2")
    assert len(fonts[style]) < MOST_BYTES


def test_made_anew_the_fonts_have_the_same_bytes(fonts: dict[str, bytes], tmp_path: Path) -> None:
    assert web_fonts(tmp_path) == fonts


def test_kept_fonts_are_not_made_again(fonts: dict[str, bytes], cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr("coopkm.site.fonts._subset")
    assert web_fonts(cache) == fonts
