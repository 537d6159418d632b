"""Where a query stands in a text: the longest stretch, the best passage, what to mark. `match.js` does the same."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from coopkm.search.analysis import Analysis

_LEAST = 3  # letters of a stretch, where the query has so many
_SHOWN = 180  # characters of a passage
_BEFORE = 50  # of them before the first mark
_STRAY = 0.6  # of the longest piece: what is shorter is left unmarked
_LEADING = "เแโใไ"
_FOLLOWING = "ะัาำิีึืฺุูๅ็่้๊๋์ํ๎"


class Stretch(NamedTuple):
    """Letters `[start, end)` of a text that stand in the query in the same order."""

    start: int
    end: int


class Snippet(NamedTuple):
    """A part of a passage, and the ranges `[start, end)` of it that match."""

    text: str
    marks: list[tuple[int, int]]


def stretches(letters: str, asked: str) -> list[Stretch]:
    """The longest stretches that `letters` shares with `asked`, from the left."""
    least = min(_LEAST, len(asked)) or 1
    places: dict[str, list[int]] = {}
    for at in range(len(asked) - least + 1):
        places.setdefault(asked[at : at + least], []).append(at)
    found: list[Stretch] = []
    at = 0
    while at <= len(letters) - least:
        size = max(
            (_shared(letters, at, asked, place) for place in places.get(letters[at : at + least], ())), default=0
        )
        if size:
            found.append(Stretch(at, at + size))
        at += size or 1
    return found


def _shared(letters: str, at: int, asked: str, place: int) -> int:
    size = 0
    while at + size < len(letters) and place + size < len(asked) and letters[at + size] == asked[place + size]:
        size += 1
    return size


def closeness(texts: Sequence[str], asked: str, analysis: Analysis) -> float:
    """How much of the query stands in one piece in the title (the first text) and in any text: 0 to 1.5."""
    if not asked:
        return 0.0
    longest = [_longest(analysis.letters_of(text), asked) / len(asked) for text in texts]
    return float(max(longest, default=0.0) ** 2 + longest[0] ** 2 / 2) if longest else 0.0


def _longest(letters: str, asked: str) -> int:
    return max((end - start for start, end in stretches(letters, asked)), default=0)


def snippet(passages: Sequence[str], asked: str, analysis: Analysis) -> Snippet:
    """The passage that the query fits best, cut to what a result shows, with whole clusters marked."""
    if not passages:
        return Snippet("", [])
    best, found = passages[0], list[tuple[int, int]]()
    most = 0
    for passage in passages:
        marks = marked(passage, asked, analysis)
        weight = sum((end - start) ** 2 for start, end in marks)
        if weight > most:
            best, found, most = passage, marks, weight
    return _cut(best, found)


def marked(text: str, asked: str, analysis: Analysis) -> list[tuple[int, int]]:
    """Ranges of the text that match the query; stray pieces are left out where there are long ones."""
    folded = analysis.fold(text)
    letters, kept = analysis.letters(folded.text)
    found = [piece for stretch in stretches(letters, asked) for piece in _words(letters, stretch)]
    enough = max((end - start for start, end in found), default=0) * _STRAY
    ranges = [
        _clusters(text, folded.origin[kept[start]], folded.origin[kept[end - 1]] + 1)
        for start, end in found
        if end - start >= enough
    ]
    return _merged(ranges)


def _words(letters: str, stretch: Stretch) -> Iterator[Stretch]:
    """The parts of a stretch; of Latin words only those that begin where the word does."""
    at = stretch.start
    for part in letters[stretch.start : stretch.end].split(" "):
        if part and not (at > 0 and _is_latin(part[0]) and _is_latin(letters[at - 1])):
            yield Stretch(at, at + len(part))
        at += len(part) + 1


def _clusters(text: str, start: int, end: int) -> tuple[int, int]:
    """The range, widened to whole clusters: Thai ones to both sides, Latin ones to their words."""
    while start > 0 and (text[start] in _FOLLOWING or text[start - 1] in _LEADING or _inside_word(text, start)):
        start -= 1
    while end < len(text) and (text[end] in _FOLLOWING or text[end - 1] in _LEADING or _inside_word(text, end)):
        end += 1
    return start, end


def _inside_word(text: str, at: int) -> bool:
    return _is_latin(text[at - 1]) and _is_latin(text[at])


def _is_latin(char: str) -> bool:
    return "a" <= char <= "z" or "A" <= char <= "Z" or "\u00c0" <= char <= "\u024f"


def _merged(ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in ranges:
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


def _cut(text: str, marks: list[tuple[int, int]]) -> Snippet:
    """A part of the text around its first mark, from space to space where one is near."""
    if len(text) <= _SHOWN:
        return Snippet(text, marks)
    first = marks[0][0] if marks else 0
    start = max(0, min(first - _BEFORE, len(text) - _SHOWN))
    if start:
        gap = text.rfind(" ", max(0, start - _BEFORE), first + 1)
        start = gap + 1 if gap >= 0 else _clusters(text, start, start + 1)[0]
    end = min(len(text), start + _SHOWN)
    if end < len(text):
        gap = text.rfind(" ", max(first + 1, end - _BEFORE), end + _BEFORE)
        end = gap if gap >= 0 else _clusters(text, end - 1, end)[1]
    before, after = "… " if start else "", " …" if end < len(text) else ""
    shift = len(before) - start
    inside = [
        (max(left, start) + shift, min(right, end) + shift) for left, right in marks if left < end and right > start
    ]
    return Snippet(before + text[start:end] + after, inside)
