"""Thai as it is written: what only looks right is put into the letters that are meant, and counted."""

import re
import unicodedata
from collections import Counter

from coopkm.text.unclean import CONTROL, INVISIBLE

# Old Thai fonts of Windows keep shifted shapes of marks in the private area; PDF files show them as letters.
_SHAPES = {
    code: chr(letter)
    for codes, letters in (
        (range(0xF700, 0xF701), (0x0E10,)),
        (range(0xF701, 0xF705), (0x0E34, 0x0E35, 0x0E36, 0x0E37)),
        (range(0xF705, 0xF70A), (0x0E48, 0x0E49, 0x0E4A, 0x0E4B, 0x0E4C)),
        (range(0xF70A, 0xF70F), (0x0E48, 0x0E49, 0x0E4A, 0x0E4B, 0x0E4C)),
        (range(0xF70F, 0xF710), (0x0E0D,)),
        (range(0xF710, 0xF713), (0x0E31, 0x0E4D, 0x0E47)),
        (range(0xF713, 0xF718), (0x0E48, 0x0E49, 0x0E4A, 0x0E4B, 0x0E4C)),
        (range(0xF718, 0xF71B), (0x0E38, 0x0E39, 0x0E3A)),
    )
    for code, letter in zip(codes, letters, strict=True)
}
# So do the marks of the fonts Symbol and Wingdings, which stand before items.
_SHAPES |= {0xF0B7: "•", 0xF0A7: "▪", 0xF0D8: "➤", 0xF0FC: "✓", 0xF0A8: "☐", 0xF06F: "☐", 0xF0A3: "☐", 0xF0FE: "☑"}
_MARKS = "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
_RULES = (
    ("sara-am", re.compile("\u0e4d([\u0e48-\u0e4b]?)\u0e32"), "\\1\u0e33"),
    ("sara-am", re.compile("([\u0e48-\u0e4b])\u0e4d\u0e32"), "\\1\u0e33"),
    ("sara-am", re.compile("([ก-ฮ][\u0e48-\u0e4b]?) \u0e33"), "\\1\u0e33"),
    ("sara-ae", re.compile("\u0e40\u0e40"), "\u0e41"),
    ("mark-order", re.compile("([\u0e48-\u0e4b])([\u0e31\u0e34-\u0e39])"), "\\2\\1"),
    ("mark-apart", re.compile(f"(?<=[ก-ฮ]) (?=[{_MARKS}])"), ""),
)
_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\t\n\x0b\x0c\r ]+")
_LETTERS = re.compile(r"[^0-9A-Za-z\u0e01-\u0e4e๐-๙]+")


def restored(text: str, counts: Counter[str]) -> str:
    """The text in composed letters, single spaces, nothing invisible; `counts` grows by what was put right."""
    text, found = INVISIBLE.subn("", text)
    counts["invisible"] += found
    text, found = CONTROL.subn(" ", _SPACES.sub(" ", text))
    counts["control"] += found
    if any(code in _SHAPES for code in map(ord, text)):
        counts["old-font"] += sum(ord(char) in _SHAPES for char in text)
        text = text.translate(_SHAPES)
    for name, pattern, put in _RULES:
        text, found = pattern.subn(put, text)
        counts[name] += found
    composed = unicodedata.normalize("NFC", text)
    counts["composed"] += composed != text
    return " ".join(composed.split())


def bare(text: str) -> str:
    """Its letters and digits alone, for comparing."""
    return _LETTERS.sub("", restored(text, Counter()))
