"""Advice on how questions are written: what lets people guess, and what teaches nothing."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date

from coopkm.checks.questions import asked
from coopkm.library import Library, Placed
from coopkm.model.base import Loc
from coopkm.model.questions import Option, Part, Question
from coopkm.problems import Problem, problem

_ALL = re.compile(r"(ถูก|ผิด)(ทุกข้อ|ทั้งหมด|ทั้งสองข้อ)|ไม่มีข้อ(ใด|ไหน)ถูก|(all|none) of the above", re.IGNORECASE)
_NEGATIVE = re.compile(r"(?<!\*)(ไม่ใช่|ไม่ควร|ไม่ถูกต้อง|ไม่ได้|ยกเว้น|\bnot\b|\bexcept\b)(?!\*)", re.IGNORECASE)
_ASKS = re.compile(r"ข้อใด|ข้อไหน|which", re.IGNORECASE)
_NUMBERS_ONLY = re.compile(r"[0-9.,%/ ]+(วัน|ปี|ครั้ง|คน|days?|years?|times|people)?")
_MUCH = 1.5  # times as long as the longest other option
_SHORT = 12  # letters: below, lengths tell nothing
_ENOUGH = 8  # questions of one choice, for their places to be looked at
_SHARE = 0.5  # of them that may have the right answer in one place


def options_do_not_tell(library: Library, today: date) -> Iterator[Problem]:
    """Options differ, are of one kind and about as long, and none is "all of the above"."""
    for _, placed in library.questions():
        for loc, part in asked(placed.value):
            if part.options:
                yield from _options(placed, (*loc, "options"), part.options)


def _options(placed: Placed[Question], loc: Loc, options: list[Option]) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for index, option in enumerate(options):
        text = " ".join(option.text.th.split())
        first = seen.setdefault(text, option.id)
        if first != option.id:
            yield problem(placed.place((*loc, index, "text")), "options-alike", id=first, other=option.id)
        if _ALL.match(text) or _ALL.match(option.text.en or ""):
            yield problem(placed.place((*loc, index, "text")), "all-of-above", text=text)
    numeric = [bool(_NUMBERS_ONLY.fullmatch(option.text.th)) for option in options]
    if any(numeric) and not all(numeric):
        yield problem(placed.place(loc, key=True), "options-unequal")
    right = [len(option.text.th) for option in options if option.correct]
    others = [len(option.text.th) for option in options if not option.correct]
    if len(right) == 1 and others and right[0] > _SHORT and right[0] > _MUCH * max(others):
        yield problem(placed.place(loc, key=True), "right-longest")


def negatives_are_marked(library: Library, today: date) -> Iterator[Problem]:
    for _, placed in library.questions():
        for loc, part in asked(placed.value):
            if part.type in ("single", "multiple"):
                yield from _negative(placed, loc, part)


def _negative(placed: Placed[Question], loc: Loc, part: Part) -> Iterator[Problem]:
    for lang, text in (("th", part.stem.th), ("en", part.stem.en or "")):
        match = _NEGATIVE.search(text) if _ASKS.search(text) else None
        asks = match and (text[: match.start()].rstrip().endswith(("ข้อใด", "ข้อไหน", "ใด", "ไหน")) or lang == "en")
        if match and asks:
            place = placed.place_in((*loc, "stem", lang), match.start())
            yield problem(place, "negative-unmarked", word=match.group(1))


def places_are_balanced(library: Library, today: date) -> Iterator[Problem]:
    """Over the questions of one choice of a bank, the right answer stands now here, now there."""
    for bank in library.banks.values():
        places = [
            next(place for place, option in enumerate(part.options, 1) if option.correct)
            for question in bank.value.questions
            for _, part in asked(question)
            if part.type == "single" and any(option.correct for option in part.options)
        ]
        if len(places) >= _ENOUGH:
            place, count = Counter(places).most_common(1)[0]
            if count > _SHARE * len(places):
                where = bank.place(("questions",), key=True)
                yield problem(where, "place-unbalanced", option=place, count=count, all=len(places))


def answers_are_not_given_away(library: Library, today: date) -> Iterator[Problem]:
    """No stem of a bank holds the long right answer of another question."""
    for bank in library.banks.values():
        answers = [(question.id, answer) for question in bank.value.questions for answer in _long_answers(question)]
        for index, question in enumerate(bank.value.questions):
            for other, answer in answers:
                if other != question.id and answer in question.stem.th:
                    place = bank.place(("questions", index, "stem"))
                    yield problem(place, "answer-given-away", other=other)


def _long_answers(question: Question) -> Iterator[str]:
    if question.type == "single":
        yield from (option.text.th for option in question.options if option.correct and len(option.text.th) > _SHORT)


def questions_teach(library: Library, today: date) -> Iterator[Problem]:
    for _, placed in library.questions():
        for loc, part in asked(placed.value):
            explained = [
                part.feedback,
                part.model,
                part.if_true,
                part.if_false,
                *(option.feedback for option in part.options),
            ]
            if part.type != "case" and not any(explained):
                yield problem(placed.place(loc), "feedback-missing")


def questions_are_not_older(library: Library, today: date) -> Iterator[Problem]:
    """A unit that was reviewed after the question may say something else by now."""
    for bank, placed in library.questions():
        day = placed.value.reviewed or bank.value.reviewed
        for index, name in enumerate(placed.value.units):
            unit = library.units.get(name)
            if unit and unit.value.reviewed > day:
                place = placed.place(("units", index))
                yield problem(place, "question-aged", id=name, day=unit.value.reviewed)
