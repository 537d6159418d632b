"""Answers that are written as the texts of options, as Moodle and Google Forms give them."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from coopkm.analysis.keys import Read
from coopkm.model.questions import Part
from coopkm.quizzes.grading import grade
from coopkm.text.folding import same_words
from coopkm.text.plain import plain_text

_TRUE, _FALSE = {"true", "t", "yes", "ถูก", "ถูกต้อง", "จริง", "ใช่"}, {"false", "f", "no", "ผิด", "เท็จ", "ไม่จริง", "ไม่ใช่"}
_PART = re.compile(r"(?:^|;)\s*\D{1,30}?(\d{1,3})\s*:\s*(.*?)(?=;\s*\D{1,30}?\d{1,3}\s*:|$)", re.DOTALL)
_LONGEST = 4_000  # characters of an answer


def answer_in(question: Part, text: str) -> Read:
    """The answer that a text gives; one that is no option is not clear."""
    written = text.strip()[:_LONGEST]
    if not written or written == "-":
        return Read(None)
    return _READ.get(question.type, _other)(question, written)


def is_right(question: Part, text: str) -> bool:
    """Whether a text answers the question in full."""
    read = answer_in(question, text)
    return read.clear and read.answer is not None and grade(question, read.answer).share == 1


def _texts(rows: Iterable[Any], side: str = "text") -> dict[str, str]:
    """Folded text -> id, in both languages."""
    return {
        folded: row.id
        for row in rows
        for words in (getattr(row, side).th, getattr(row, side).en)
        if words and (folded := same_words(plain_text(words)))
    }


def _single(question: Part, text: str) -> Read:
    name = _texts(question.options).get(same_words(text))
    return Read(name, name is not None)


def _multiple(question: Part, text: str) -> Read:
    return _cut(same_words(text), _texts(question.options))


def _order(question: Part, text: str) -> Read:
    return _cut(same_words(text), _texts(question.items))


def _cut(rest: str, texts: Mapping[str, str]) -> Read:
    """Texts that stand one after the other; the signs between them fell away with folding."""
    longest_first = sorted(texts, key=len, reverse=True)
    found: list[str] = []
    while rest:
        words = next((one for one in longest_first if rest.startswith(one)), None)
        if words is None:
            return Read(found or None, False)
        found.append(texts[words])
        rest = rest[len(words) :]
    return Read(list(dict.fromkeys(found)))


def _truefalse(question: Part, text: str) -> Read:
    plain = same_words(text)
    return Read(plain in _TRUE, plain in _TRUE | _FALSE) if plain in _TRUE | _FALSE else Read(None, False)


def _match(question: Part, text: str) -> Read:
    left = _texts(question.pairs, "left")
    right = {**_texts(question.pairs, "right"), **_texts(question.others)}
    rest = same_words(text)
    found: dict[str, Any] = {}
    while rest:
        first = _start(rest, left)
        second = _start(rest[len(first) :], right) if first else ""
        if not first or not second:
            return Read(found or None, False)
        found[left[first]] = right[second]
        rest = rest[len(first) + len(second) :]
    return Read(found)


def _start(rest: str, texts: Mapping[str, str]) -> str:
    return next((one for one in sorted(texts, key=len, reverse=True) if rest.startswith(one)), "")


def _cloze(question: Part, text: str) -> Read:
    """`part 1: …; part 2: …`, or the one gap alone."""
    given = {int(number): word.strip() for number, word in _PART.findall(text)} or {1: text}
    found: dict[str, Any] = {}
    for place, gap in enumerate(question.gaps, 1):
        word = given.get(place, "")
        found[gap.id] = _texts(gap.options).get(same_words(word)) if gap.options else word or None
    return Read(found, all(found[gap.id] or not given.get(place) for place, gap in enumerate(question.gaps, 1)))


def _other(question: Part, text: str) -> Read:
    return Read(text, question.type in ("short", "numeric"))


_READ: dict[str, Callable[[Part, str], Read]] = {
    "single": _single,
    "multiple": _multiple,
    "truefalse": _truefalse,
    "match": _match,
    "order": _order,
    "cloze": _cloze,
}
