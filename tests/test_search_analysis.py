"""One way of writing each thing: what queries and texts are compared by."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopkm.search.analysis import Analysis
from coopkm.search.layout import other_layout
from coopkm.search.ranking import MOST_TOKENS, query
from coopkm.search.suggest import edits, nearest_name

ANALYSIS = Analysis({"สภรณ์": "สหกรณ์"})
THAI = "".join(map(chr, range(0x0E01, 0x0E5C)))
TEXT = st.text(st.sampled_from(THAI + string.printable + "éÉßﬁÀ​­️ ‮\ufeff😀\ud800"), max_size=60)


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ("กํา", "กำ"),
        ("น\u0e4d\u0e49า", "น้ำ"),
        ("น\u0e49\u0e4dา", "น้ำ"),
        ("นำ\u0e49", "น้ำ"),
        ("เเผน", "แผน"),
        ("ท\u0e48\u0e35", "ที่"),
        ("ที่่", "ที่"),
        ("สห\u200bกรณ์", "สหกรณ์"),
        ("ต่างๆ", "ต่าง"),
        ("๑๓๗", "137"),
        ("1,500", "1500"),
        ("ธ.ก.ส.", "ธกส"),
        ("พ.ร.บ.สหกรณ์", "พรบสหกรณ์"),
        ("B.E.", "be"),
        ("CPS", "cps"),
        ("Café", "cafe"),
        ("สภรณ์", "สหกรณ์"),
        ("รายๅ", "รายา"),
    ],
)
def test_two_ways_of_writing_are_one(written: str, same: str) -> None:
    assert ANALYSIS.fold(written).text.strip() == ANALYSIS.fold(same).text.strip() == same


def test_thai_is_joined_over_spaces_and_numbers_stay_whole() -> None:
    assert ANALYSIS.tokens("ปี ๒๕๖๖ นับเงิน สด 8.2") == [
        "ปี", "2566", "นับ", "ับเ", "บเง", "เงิ", "งิน", "ินส", "นสด", "8.2",
    ]  # fmt: skip


def test_an_english_word_is_found_in_the_plural_and_by_its_parts() -> None:
    assert ANALYSIS.tokens("Policies")[0] == ANALYSIS.tokens("policy")[0] == "policy"
    assert "~coo" in ANALYSIS.tokens("cooperatives")


def test_words_of_a_question_are_left_out_while_something_is_left() -> None:
    assert query("ตั้งสหกรณ์ต้องทำอย่างไรครับ", ANALYSIS).joined == "ตั้งสหกรณ์"
    assert query("how do I merge cooperatives", ANALYSIS).joined == "mergecooperatives"
    assert query("อย่างไร", ANALYSIS).joined == "อย่างไร"


def test_a_page_pasted_into_the_box_is_cut() -> None:
    assert len(query("กขคงจ" * 10_000, ANALYSIS).tokens) <= MOST_TOKENS


def test_the_other_keyboard_layout_is_its_own_inverse() -> None:
    for thai in ("สหกรณ์", "ประชุมใหญ่", "ทวงหนี้ได้อย่างไร"):
        latin = other_layout(thai, ANALYSIS.rules)
        assert latin.isascii()
        assert other_layout(latin, ANALYSIS.rules) == thai


def test_a_number_from_the_number_pad_is_not_read_as_thai() -> None:
    assert other_layout("xu 2562", ANALYSIS.rules) == "ปี 2562"


def test_a_text_in_both_scripts_has_no_other_layout() -> None:
    assert other_layout("CPS คือ", ANALYSIS.rules) == other_layout("137", ANALYSIS.rules) == ""


def test_a_slip_of_the_finger_is_near_and_another_word_is_not() -> None:
    names = [(name, name) for name in ("สหกรณ์ออมทรัพย์", "หลักประกัน", "ข้อบังคับ")]
    assert nearest_name("หลกัประกัน", names) == "หลักประกัน"
    assert nearest_name("ข้อบังคบ", names) == "ข้อบังคับ"
    assert nearest_name("ข้อบังคับ", names) == nearest_name("ปฏิทินงาน", names) == ""


@given(TEXT)
def test_folding_twice_is_folding_once(text: str) -> None:
    once = ANALYSIS.fold(text).text
    assert ANALYSIS.fold(once).text == once


@given(TEXT)
def test_the_fast_way_folds_alike(text: str) -> None:
    assert ANALYSIS.folded(text) == ANALYSIS.fold(text).text


@given(TEXT)
def test_every_letter_knows_its_place_in_the_text(text: str) -> None:
    folded = ANALYSIS.fold(text)
    assert len(folded.text) == len(folded.origin)
    assert all(0 <= place < len(text) for place in folded.origin)


@given(st.text(st.sampled_from("กขาิ้"), max_size=9), st.text(st.sampled_from("กขาิ้"), max_size=9))
def test_distance_is_the_same_both_ways_and_none_to_oneself(one: str, other: str) -> None:
    assert edits(one, other, 99) == edits(other, one, 99)
    assert (edits(one, other, 99) == 0) == (one == other)
