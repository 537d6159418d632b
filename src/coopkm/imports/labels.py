"""Numbers and marks before the items of lists: ๑. 1) (1) 1.1 ก. (ก) a) • – ☐."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_THAI = "กขคงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ"  # as lists count: without ฃ ฅ ฆ
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
BOXES = "☐□◻☑☒❑❏▢"
_BULLETS = "•‣▪■●○◦–—➢➤►▶✓✔✗·∙◆◇★❖" + BOXES
_BULLET = re.compile(rf"([{_BULLETS}])\s*|([-*])(?:\s+|(?=[\u0e00-\u0e7f]))|(o)\t")
_NUMBER = re.compile(
    r"(?P<word>ข้อ(?:ที่)?\s*)?(?P<open>\()?(?P<digits>[0-9๐-๙]{1,3}(?:\.[0-9๐-๙]{1,3})*)(?P<close>\.?\)|\.(?![0-9๐-๙])|(?=\s|$))\s*"
)
_LETTER = re.compile(r"(?P<open>\()?(?P<letter>[ก-ฮA-Za-z]|[ivx]{2,4})(?P<close>\)|\.(?=\s))\s*")
_DEEPEST = 8  # levels of lists
_BESIDE = 9.0  # points: so far apart, items of one list still stand
CHAPTER = re.compile(
    r"(?:(?:บท|ส่วน|ตอน|หมวด|ภาค|องก์)(?:ที่)?\s*[0-9๐-๙]{1,2}|(?:ภาคผนวก)\s*[ก-ฮ0-9๐-๙]?"
    r"|(?:chapter|part|section|appendix)\s+[0-9A-Z]{1,3})(?=[\s:.–-]|$)\s*[:.–-]?\s*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Label:
    """What stands before an item. `style` tells lists apart, `numbers` where in it; none for a bullet."""

    shown: str
    style: str
    numbers: tuple[int, ...]
    rest: str

    @property
    def first(self) -> bool:
        """Whether it begins a list."""
        return not self.numbers or self.numbers[-1] == 1


def label_of(text: str) -> Label | None:
    """The label at the start of a text, or None."""
    text = text.strip()
    bullet = _BULLET.match(text)
    if bullet:
        inner = _numbered(text[bullet.end() :])  # `- 2) ...`, as some programs write lists
        if inner:
            return Label(f"{bullet.group().strip()} {inner.shown}", inner.style, inner.numbers, inner.rest)
        return Label(bullet.group().strip(), bullet.group().strip(), (), text[bullet.end() :])
    return _numbered(text) or _lettered(text)


def _numbered(text: str) -> Label | None:
    match = _NUMBER.match(text)
    if not match:
        return None
    numbers = tuple(int(part) for part in match["digits"].translate(_DIGITS).split("."))
    close = match["close"]
    if not close and not match["word"] and len(numbers) == 1:
        return None  # a number that the sentence begins with
    if match["open"] and not close.endswith(")"):
        return None
    if len(numbers) > 1:
        style = f"1.{len(numbers)}{')' if close.endswith(')') else ''}"
    else:
        style = f"{'ข้อ' if match['word'] else ''}{match['open'] or ''}1{close}"
    return Label(match.group().strip(), style, numbers, text[match.end() :])


def _lettered(text: str) -> Label | None:
    match = _LETTER.match(text)
    if not match or (match["open"] and match["close"] != ")"):
        return None
    number, kind = _ordinal(match["letter"])
    if not number:
        return None
    return Label(match.group().strip(), f"{match['open'] or ''}{kind}{match['close']}", (number,), text[match.end() :])


@lru_cache(maxsize=256)
def _ordinal(letter: str) -> tuple[int, str]:
    if letter in _THAI:
        return _THAI.index(letter) + 1, "ก"
    if letter in _ROMAN and letter not in "vx":
        return _ROMAN.index(letter) + 1, "i"
    if len(letter) == 1 and letter.isascii():
        return ord(letter.lower()) - ord("a") + 1, "a" if letter.islower() else "A"
    return 0, ""


class Levels:
    """Which level of which list a label stands on, by what came before it and how far it is indented."""

    def __init__(self) -> None:
        self._open: list[_Last] = []

    def fits(self, label: Label) -> bool:
        """Whether such a label is to be expected here: the first of a list, or the one after an earlier one."""
        if not label.numbers or label.first:
            return True
        return any(last.style == label.style and last.numbers == _before(label.numbers) for last in self._open)

    def place(self, label: Label, depth: int = -1, indent: float = 0.0) -> tuple[int, bool]:
        """Its level, from 0, and whether numbers were left out before it."""
        level, jumped = (min(depth, len(self._open)), False) if depth > 0 else self._by_style(label, indent)
        level = min(level, _DEEPEST)
        del self._open[level:]
        self._open.append(_Last(label.style, label.numbers, indent))
        return level, jumped

    def _by_style(self, label: Label, indent: float) -> tuple[int, bool]:
        known = [at for at, last in enumerate(self._open) if last.style == label.style]
        beside = [at for at in known if abs(self._open[at].indent - indent) <= _BESIDE]
        if label.numbers:
            before = _before(label.numbers)
            after = [at for at in (*known, *beside) if self._open[at].numbers == before]
            parent = [at for at, last in enumerate(self._open) if last.numbers and last.numbers == label.numbers[:-1]]
            if after or parent:
                return (after[-1] if after else parent[-1] + 1), False
        elif beside:
            return beside[-1], False
        inner = bool(known) and indent > self._open[known[-1]].indent + _BESIDE
        if label.first and (not known or inner):
            return len(self._open), False
        return (known[-1], not label.first) if known else (0, bool(label.numbers))

    def clear(self) -> None:
        """A heading, or running text after a list that does not go on: what is numbered next is a new list."""
        self._open.clear()


class _Last(NamedTuple):
    """The last item of a list that may go on."""

    style: str
    numbers: tuple[int, ...]
    indent: float


def _before(numbers: tuple[int, ...]) -> tuple[int, ...]:
    return (*numbers[:-1], numbers[-1] - 1)


_INLINE = re.compile(
    r"(?<=\s)(?:(?P<open>\()?(?P<number>[0-9๐-๙]{1,2})(?P<close>\)|\.(?=\s)|\.(?=[ก-ฮเ-ไ]))"
    r"|\(?(?P<letter>[ก-ฮ])\)(?=\s|[ก-ฮเ-ไ]))\s*"
)


def inline_items(text: str) -> tuple[str, list[tuple[str, str]]]:
    """The text before a list that runs on in a sentence, and the items as (label, text); none unless three follow."""
    marks: list[re.Match[str]] = []
    kind: tuple[object, ...] = ()
    for match in _INLINE.finditer(text):
        style = (match["open"], match["close"], bool(match["letter"]))
        value = int(match["number"].translate(_DIGITS)) if match["number"] else _ordinal(match["letter"])[0]
        if value == len(marks) + 1 and (not marks or style == kind):
            kind = style
            marks.append(match)
    if len(marks) < 3:
        return text, []
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    items = [(mark.group().strip(), text[mark.end() : end].strip()) for mark, end in zip(marks, ends, strict=True)]
    if not all(rest for _, rest in items) or not text[: marks[0].start()].strip():
        return text, []
    return text[: marks[0].start()].strip(), items
