"""The numbers that Word counts by itself: they are in no text of the file."""

from dataclasses import dataclass, field
from typing import Any

from coopkm.imports.word_package import W
from coopkm.imports.word_styles import indent_of

_THAI = "กขคงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ"
_THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_BULLETS = {
    "": "•",
    "\uf0b7": "•",
    "\uf0a7": "▪",
    "\uf0d8": "➤",
    "\uf0fc": "✓",
    "\uf0a8": "☐",
    "\uf06f": "☐",
    "\uf071": "☐",
    "o": "○",
}


@dataclass
class _Level:
    """One level of a list: its form, the text round the numbers, and where it begins."""

    form: str = "decimal"
    text: str = "%1."
    start: int = 1
    indent: float = 0.0


@dataclass
class Lists:
    """Counts lists as Word does; `of_style` are lists that a style brings along."""

    levels: dict[str, dict[int, _Level]] = field(default_factory=dict)  # by numId
    counted_as: dict[str, str] = field(default_factory=dict)  # numId -> what it is counted with
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)

    def label(self, number: str, depth: int) -> str:
        """The next label of a list at a level, or an empty string."""
        levels = self.levels.get(number)
        if not levels or depth not in levels:
            return ""
        counts = self._counts.setdefault(self.counted_as[number], {})
        counts[depth] = counts.get(depth, levels[depth].start - 1) + 1
        for deeper in [level for level in counts if level > depth]:
            del counts[deeper]
        level = levels[depth]
        if level.form == "bullet":
            return _BULLETS.get(level.text.strip(), level.text.strip()[:1] or "•")
        if level.form == "none":
            return ""
        text = level.text
        for at in range(9):
            if f"%{at + 1}" in text and at in levels:
                text = text.replace(f"%{at + 1}", _counted(counts.get(at, levels[at].start), levels[at].form))
        return text.strip()

    def indent(self, number: str, depth: int) -> float:
        """Where items of this list begin, in points."""
        level = self.levels.get(number, {}).get(depth)
        return level.indent if level else 0.0


def lists_of(root: Any) -> Lists:
    """The lists of word/numbering.xml."""
    lists = Lists()
    if root is None:
        return lists
    abstract = {one.get(f"{W}abstractNumId"): _levels(one) for one in root.iterfind(f"{W}abstractNum")}
    for one in root.iterfind(f"{W}num"):
        number = one.get(f"{W}numId", "")
        base = one.find(f"{W}abstractNumId")
        of = base.get(f"{W}val") if base is not None else None
        own = {
            int(level.get(f"{W}ilvl", "0")): level
            for level in one.iterfind(f"{W}lvlOverride")
            if level.get(f"{W}ilvl", "0").isdecimal()
        }
        levels = dict(abstract.get(of, {}))
        for depth, override in own.items():
            start = override.find(f"{W}startOverride")
            if start is not None and depth in levels:
                before = levels[depth]
                levels[depth] = _Level(before.form, before.text, _whole(start, 1), before.indent)
        lists.levels[number] = levels
        lists.counted_as[number] = f"num {number}" if own else f"abstract {of}"
    return lists


def _levels(abstract: Any) -> dict[int, _Level]:
    found = {}
    for level in abstract.iterfind(f"{W}lvl"):
        depth = level.get(f"{W}ilvl", "0")
        if depth.isdecimal():
            form, text, start = (level.find(f"{W}{name}") for name in ("numFmt", "lvlText", "start"))
            found[int(depth)] = _Level(
                form.get(f"{W}val", "decimal") if form is not None else "decimal",
                text.get(f"{W}val", "") if text is not None else "",
                _whole(start, 1),
                indent_of(level.find(f"{W}pPr")),
            )
    return found


def _whole(element: Any, otherwise: int) -> int:
    value = element.get(f"{W}val", "") if element is not None else ""
    return int(value) if value.isdecimal() and len(value) < 6 else otherwise


def _counted(number: int, form: str) -> str:
    if form in ("thaiNumbers", "thaiCounting"):
        return str(number).translate(_THAI_DIGITS)
    if form == "thaiLetters":
        return _THAI[(number - 1) % len(_THAI)]
    if form in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (number - 1) % 26)
        return letter if form == "lowerLetter" else letter.upper()
    if form in ("lowerRoman", "upperRoman"):
        roman = _roman(number)
        return roman if form == "lowerRoman" else roman.upper()
    return str(number)


def _roman(number: int) -> str:
    made = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        made += letters * min(count, 30)
    return made
