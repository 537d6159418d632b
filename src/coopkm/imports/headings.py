"""Which paragraphs are headings, by what the file says, by their looks, by the contents, by what follows."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from coopkm.imports.contents import Contents
from coopkm.imports.letters import bare
from coopkm.imports.paragraphs import Paragraph, width
from coopkm.imports.words import words

_LONG = 160  # letters: no heading is longer, but for one that the file itself calls so
_SHORT = 90
_ENDS = re.compile(r"[.:;,]$|(?:ดังนี้|ดังต่อไปนี้|เป็นต้น)$")
_LARGER = 1.12  # than the usual size
_HALF = 0.5
_BRACKETS = re.compile(r"\s*\([^()]*\)\s*$")
_CONTACT = re.compile(r"โทร|E-?mail|www\.|https?:", re.IGNORECASE)


def heading_levels(paragraphs: Sequence[Paragraph], contents: Contents, *, apart: bool = False) -> list[int]:
    """For each paragraph the level of the heading that it is, or 0; `apart`: each has room around it anyway."""
    usual = _usual_size(paragraphs)
    levels = [_level(paragraph, contents, usual) for paragraph in paragraphs]
    if not any(_is_set_apart(paragraph, level, usual) for paragraph, level in zip(paragraphs, levels, strict=True)):
        for at in range(len(paragraphs)):
            if not levels[at] and _stands_alone(paragraphs, levels, at, apart):
                levels[at] = 2
    return _numbered(paragraphs, levels)


def _is_set_apart(paragraph: Paragraph, level: int, usual: float) -> bool:
    """Whether the file itself, or its type, shows this heading: then others are shown, too."""
    first = paragraph.first
    return bool(first.level or (level and (first.bold or first.size > _LARGER * usual)))


def _usual_size(paragraphs: Sequence[Paragraph]) -> float:
    """The size in which most letters are set."""
    letters: Counter[float] = Counter()
    for paragraph in paragraphs:
        letters[paragraph.first.size] += len(paragraph.text)
    return letters.most_common(1)[0][0] if letters else 0.0


def _level(paragraph: Paragraph, contents: Contents, usual: float) -> int:
    first = paragraph.first
    if first.cells or not bare(paragraph.text):
        return 0
    if first.level:
        return first.level
    if width(paragraph.text) > _LONG:
        return 0
    if paragraph.is_chapter or (not paragraph.label and is_known(paragraph.text)):
        return 1
    listed = _listed(paragraph, contents)
    if listed and (first.gap or first.bold or first.size > usual or not paragraph.label):
        return listed
    return _by_looks(paragraph, usual)


def _listed(paragraph: Paragraph, contents: Contents) -> int:
    """Its level in the table of contents, which may leave out what stands in brackets."""
    text = paragraph.text
    label = paragraph.label.shown if paragraph.label else ""
    ways = (text, f"{label} {text}", _BRACKETS.sub("", text))
    return next((contents.titles[bare(way)] for way in ways if bare(way) in contents.titles), 0)


def _by_looks(paragraph: Paragraph, usual: float) -> int:
    first = paragraph.first
    larger = usual > 0 and first.size > _LARGER * usual
    if not (first.bold or larger) or (paragraph.label and not paragraph.label.numbers):
        return 0
    depth = len(paragraph.label.numbers) if paragraph.label else 0
    return (1 if larger and not paragraph.label else 2) + max(0, depth - 1) + (1 if paragraph.label else 0)


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    return frozenset(bare(word) for word in words()["headings"])


def is_known(title: str) -> bool:
    """Whether it is a heading that most handbooks have."""
    return bare(title) in _known()


def _stands_alone(paragraphs: Sequence[Paragraph], levels: Sequence[int], at: int, apart: bool) -> bool:
    """A short line with room around it, before the first item of a list or a long paragraph."""
    here = paragraphs[at]
    if here.label or here.first.cells or here.first.part != "body" or at + 1 == len(paragraphs):
        return False
    if width(here.text) > _SHORT or _ENDS.search(here.text) or _CONTACT.search(here.text):
        return False
    after = paragraphs[at + 1]
    if not (here.first.gap or apart or at == 0) or levels[at + 1]:
        return False
    if after.label:
        return after.label.first
    return (
        (after.first.gap or apart) and not after.first.cells and width(after.text) > max(_SHORT, 2 * width(here.text))
    )


def _numbered(paragraphs: Sequence[Paragraph], levels: list[int]) -> list[int]:
    """Short numbered lines with text below them, in a run of such, are headings too."""
    runs: dict[tuple[int, str], list[int]] = {}
    section = above = 0
    for at, paragraph in enumerate(paragraphs):
        if levels[at]:
            section, above = at, levels[at]
        label = paragraph.label
        if label and label.numbers and bare(paragraph.text) and label.style in ("1.", "1.2", "ข้อ1"):
            runs.setdefault((section, label.style), []).append(at)
    made = list(levels)
    for (start, _), run in runs.items():
        heads = [at for at in run if _heads(paragraphs, levels, at)]
        if len(heads) > 1 and len(heads) >= _HALF * len(run):
            above = levels[start] if levels[start] else 1
            for at in run:
                made[at] = made[at] or above + len(paragraphs[at].label.numbers)  # type: ignore[union-attr]
    return made


def _heads(paragraphs: Sequence[Paragraph], levels: Sequence[int], at: int) -> bool:
    if at + 1 == len(paragraphs) or levels[at + 1] or width(paragraphs[at].text) > _SHORT + 30:
        return False
    here, after = paragraphs[at].label, paragraphs[at + 1].label
    if after is None:
        return not paragraphs[at + 1].first.cells
    return here is not None and len(after.numbers) == len(here.numbers) + 1
