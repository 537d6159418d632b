"""A quiz in the terminal: shows a question, reads the answer as a person types it, grades it and explains."""

import random
import re
from collections.abc import Callable, Sequence
from typing import Any

from rich.console import Console
from rich.text import Text as Line

from coopkm.library import Library
from coopkm.model.base import Text
from coopkm.model.questions import Gap, Option, Part, Question
from coopkm.quizzes.grading import grade, number_in
from coopkm.text.plain import plain_text
from coopkm.views.answers import right_word
from coopkm.views.keys import is_graded, points_of
from coopkm.views.questions import Asked

_WORDS = {
    "one": {"th": "พิมพ์หมายเลขข้อที่ถูก", "en": "type the number of the right one"},
    "several": {"th": "พิมพ์หมายเลขทุกข้อที่ถูก คั่นด้วยช่องว่าง", "en": "type the numbers of all that are right"},
    "match": {"th": "พิมพ์หมายเลขฝั่งขวาของแต่ละข้อตามลำดับ", "en": "type the right-hand number of each, in order"},
    "order": {"th": "พิมพ์หมายเลขตามลำดับที่ถูก", "en": "type the numbers in the right order"},
    "text": {"th": "พิมพ์คำตอบ", "en": "type the answer"},
    "think": {"th": "คิดหรือจดคำตอบ แล้วกด Enter", "en": "think or write, then press Enter"},
    "help": {"th": "? คือขอคำใบ้ q คือเลิก", "en": "? for a hint, q to stop"},
    "true": {"th": "จริง", "en": "True"},
    "false": {"th": "ไม่จริง", "en": "False"},
    "right": {"th": "ถูกต้อง", "en": "Right"},
    "partly": {"th": "ถูกบางส่วน", "en": "Partly right"},
    "wrong": {"th": "ยังไม่ถูก", "en": "Not right"},
    "answer": {"th": "คำตอบ", "en": "Answer"},
    "read": {"th": "อ่านต่อ", "en": "Read on"},
    "sources": {"th": "ที่มา", "en": "Sources"},
    "practice": {"th": "คำแนะนำของบรรณาธิการ ยังไม่มีหน่วยงานรับรอง", "en": "the editors' advice, not yet endorsed"},
    "no_hint": {"th": "ไม่มีคำใบ้แล้ว", "en": "no more hints"},
    "again": {"th": "ยังอ่านคำตอบไม่ได้ ลองพิมพ์ใหม่", "en": "that cannot be read as an answer; try again"},
    "score": {"th": "ได้ {earned} จาก {all} คะแนน", "en": "{earned} of {all} points"},
}


class Screen:
    """Asks questions one after the other on a console."""

    def __init__(self, console: Console, lang: str, library: Library, chance: random.Random) -> None:
        self._console = console
        self._lang = lang
        self._library = library
        self._chance = chance

    def run(self, asked: Sequence[Asked]) -> None:
        """Ask all of them; `q` ends it early. The score counts what was answered."""
        earned, possible = 0.0, 0
        for number, row in enumerate(asked, 1):
            self._say(f"\n{number}/{len(asked)}  {self._text(row.bank.title)}", "dim")
            share = self._question(row.question)
            if share is None:
                break
            earned += share * points_of(row.question)
            possible += points_of(row.question)
        if possible:
            self._say("\n" + self._word("score").format(earned=f"{earned:g}", all=possible), "bold")

    def _question(self, question: Question) -> float | None:
        """The share earned, or None where the person stops."""
        if question.situation:
            self._say(self._text(question.situation))
        if question.type != "case":
            share = self._part(question)
        else:
            self._say(self._text(question.stem), "bold")
            share = self._case(question)
        if share is not None:
            self._after(question)
        return share

    def _case(self, question: Question) -> float | None:
        earned = 0.0
        for part in question.parts:
            share = self._part(part)
            if share is None:
                return None
            earned += share * part.points
        return earned / (points_of(question) or 1)

    def _part(self, part: Part) -> float | None:
        self._say(self._text(part.stem), "bold")
        read = _READERS[part.type](self, part)
        answer = self._answered(part, read)
        if answer is None:
            return None
        result = grade(part, answer)
        if is_graded(part):
            word = "right" if result.right else "partly" if result.share else "wrong"
            self._say(self._word(word), "green" if result.right else "yellow" if result.share else "red")
            if not result.right:
                self._say(f"{self._word('answer')}: {self._right(part)}")
        for text in result.feedback:
            self._say(self._text(text))
        return float(result.share)

    def _answered(self, part: Part, read: Callable[[str], Any]) -> Any:
        """What the person types, read as an answer; None where he stops."""
        hints = iter(part.hints)
        self._say(self._word("help"), "dim")
        while True:
            try:
                typed = self._console.input("> ").strip()
            except (EOFError, KeyboardInterrupt):
                return None
            if typed.casefold() == "q":
                return None
            if typed == "?":
                hint = next(hints, None)
                self._say(self._text(hint) if hint else self._word("no_hint"), "dim")
                continue
            answer = read(typed)
            if answer is not None:
                return answer
            self._say(self._word("again"), "dim")

    def _after(self, question: Question) -> None:
        """Where to read on, and what the answer rests on."""
        for name in question.units[:1]:
            if name in self._library.units:
                title = self._text(self._library.units[name].value.title)
                self._say(f"{self._word('read')}: {title} ({name})", "dim")
        if question.basis == "practice":
            self._say(self._word("practice"), "dim")
        if question.sources:
            self._say(f"{self._word('sources')}: {', '.join(question.sources)}", "dim")

    def _choices(self, options: Sequence[Option], part: Part) -> list[Option]:
        """Options in the order in which they are shown; fixed ones keep their place."""
        free = [option for option in options if not option.fixed]
        if part.shuffle:
            self._chance.shuffle(free)
        waiting = iter(free)
        return [option if option.fixed else next(waiting) for option in options]

    def _show(self, texts: Sequence[str]) -> None:
        for number, text in enumerate(texts, 1):
            self._say(f"  {number}. {text}")

    def _one(self, part: Part) -> Callable[[str], Any]:
        options = self._choices(part.options, part)
        self._show([self._text(option.text) for option in options])
        self._say(self._word("one"), "dim")
        return lambda typed: _pick([option.id for option in options], typed, 1)

    def _several(self, part: Part) -> Callable[[str], Any]:
        options = self._choices(part.options, part)
        self._show([self._text(option.text) for option in options])
        self._say(self._word("several"), "dim")
        return lambda typed: _picks([option.id for option in options], typed)

    def _truefalse(self, part: Part) -> Callable[[str], Any]:
        self._show([self._word("true"), self._word("false")])
        self._say(self._word("one"), "dim")
        return lambda typed: _pick([True, False], typed, 1)

    def _match(self, part: Part) -> Callable[[str], Any]:
        sides = [(pair.id, self._text(pair.right)) for pair in part.pairs]
        sides += [(other.id, self._text(other.text)) for other in part.others]
        self._chance.shuffle(sides)
        for at, pair in enumerate(part.pairs):
            self._say(f"  {chr(ord('A') + at)}. {self._text(pair.left)}")
        self._show([text for _, text in sides])
        self._say(self._word("match"), "dim")
        lefts = [pair.id for pair in part.pairs]

        def read(typed: str) -> dict[str, str] | None:
            chosen = _picks([name for name, _ in sides], typed)
            return dict(zip(lefts, chosen, strict=True)) if chosen and len(chosen) == len(lefts) else None

        return read

    def _order(self, part: Part) -> Callable[[str], Any]:
        items = list(part.items)
        self._chance.shuffle(items)
        self._show([self._text(item.text) for item in items])
        self._say(self._word("order"), "dim")

        def read(typed: str) -> list[str] | None:
            chosen = _picks([item.id for item in items], typed)
            return chosen if chosen and len(set(chosen)) == len(chosen) == len(items) else None

        return read

    def _typed(self, part: Part) -> Callable[[str], Any]:
        unit = f" ({self._text(part.unit)})" if part.unit else ""
        self._say(self._word("text") + unit, "dim")
        return lambda typed: typed or None

    def _cloze(self, part: Part) -> Callable[[str], Any]:
        """All gaps of a line, one after the other, parted by commas or semicolons."""
        text = self._text(part.text) if part.text else ""
        for number, gap in enumerate(part.gaps, 1):
            text = text.replace(f"{{{{{gap.id}}}}}", f"[{number}]")
        self._say(text)
        for number, gap in enumerate(part.gaps, 1):
            if gap.options:
                choices = " / ".join(f"{at}) {self._text(option.text)}" for at, option in enumerate(gap.options, 1))
                self._say(f"  [{number}] {choices}")
        self._say(f"{self._word('text')} (1; 2; ...)", "dim")

        def read(typed: str) -> dict[str, Any] | None:
            parts = [piece.strip() for piece in re.split("[;,]" if len(part.gaps) > 1 else ";", typed)]
            return dict(_gaps(part.gaps, parts)) if len(parts) == len(part.gaps) else None

        return read

    def _reflect(self, part: Part) -> Callable[[str], Any]:
        self._say(self._word("think"), "dim")
        return lambda typed: typed

    def _right(self, part: Part) -> str:
        """The right answer in words."""
        if part.options:
            return "; ".join(self._text(option.text) for option in part.options if option.correct)
        if part.type == "truefalse":
            return self._word("true" if part.answer in ("yes", "true") else "false")
        if part.type == "match":
            return "; ".join(f"{self._text(pair.left)} – {self._text(pair.right)}" for pair in part.pairs)
        if part.type == "order":
            return " → ".join(self._text(item.text) for item in part.items)
        if part.type == "cloze":
            return "; ".join(plain_text(right_word(gap, self._lang)) for gap in part.gaps)
        unit = f" {self._text(part.unit)}" if part.unit else ""
        return plain_text(right_word(part, self._lang)) + unit

    def _text(self, text: Text) -> str:
        return plain_text(text.shown(self._lang))

    def _word(self, name: str) -> str:
        return _WORDS[name][self._lang]

    def _say(self, text: str, style: str = "") -> None:
        self._console.print(Line(text, style=style))


def _pick(values: Sequence[Any], typed: str, count: int) -> Any:
    chosen = _picks(values, typed)
    return chosen[0] if chosen and len(chosen) == count else None


def _picks(values: Sequence[Any], typed: str) -> list[Any] | None:
    """What the typed numbers stand for; None where one of them is none of those shown."""
    numbers = [number_in(piece) for piece in re.split(r"[ ,;]+", typed) if piece]
    whole = [int(number) for number in numbers if number is not None and number == int(number)]
    if not numbers or len(whole) != len(numbers) or not all(1 <= number <= len(values) for number in whole):
        return None
    return [values[number - 1] for number in whole]


def _gaps(gaps: Sequence[Gap], pieces: Sequence[str]) -> list[tuple[str, Any]]:
    """An answer for each gap: the option that a number stands for, else what was typed."""
    answers: list[tuple[str, Any]] = []
    for gap, piece in zip(gaps, pieces, strict=True):
        chosen = _pick([option.id for option in gap.options], piece, 1) if gap.options else None
        answers.append((gap.id, chosen if chosen is not None else piece))
    return answers


_READERS: dict[str, Callable[[Screen, Part], Callable[[str], Any]]] = {
    "single": Screen._one,
    "multiple": Screen._several,
    "truefalse": Screen._truefalse,
    "match": Screen._match,
    "order": Screen._order,
    "short": Screen._typed,
    "numeric": Screen._typed,
    "cloze": Screen._cloze,
    "reflect": Screen._reflect,
}
