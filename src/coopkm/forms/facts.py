"""What is weighed of a question when forms are made equal."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from coopkm.model.base import texts
from coopkm.model.questions import Gap, Part, Question
from coopkm.text.measure import words
from coopkm.text.plain import plain_text
from coopkm.views.keys import points_of
from coopkm.views.questions import Asked

_LONG = 12  # letters of an answer that tells something where it stands in another question
Ease = Mapping[str, float]  # id of a question to the share of people who had it right, 0 to 1


@dataclass(frozen=True)
class Facts:
    """A question as numbers; `ease` is 0 to 1, and None where nothing is known of any question.

    `length` counts the words that a learner reads, in Thai whatever the language of the paper, so that the forms
    of both languages hold the same questions. `answers` is the number of things to answer; `true` of them are true.
    """

    id: str
    topic: str
    level: str
    type: str
    points: int
    answers: int
    length: int
    true: int
    false: int
    ease: float | None


def facts_of(asked: list[Asked], ease: Ease) -> dict[str, Facts]:
    """Facts by id. A question without results is taken to be as easy as the others of its level."""
    usual = _usual(asked, ease)
    return {row.question.id: _facts(row, ease.get(row.question.id, usual.get(row.question.level))) for row in asked}


def _usual(asked: list[Asked], ease: Ease) -> dict[str, float]:
    known = [(row.question.level, ease[row.question.id]) for row in asked if row.question.id in ease]
    if not known:
        return {}
    overall = sum(share for _, share in known) / len(known)
    found: dict[str, float] = {}
    for level in ("remember", "apply", "judge"):
        shares = [share for name, share in known if name == level]
        found[level] = sum(shares) / len(shares) if shares else overall
    return found


def _facts(row: Asked, ease: float | None) -> Facts:
    question = row.question
    parts = parts_of(question)
    verdicts = [part.answer in ("yes", "true") for part in parts if part.type == "truefalse"]
    return Facts(
        id=question.id,
        topic=row.bank.id,
        level=question.level,
        type=question.type,
        points=points_of(question),
        answers=len(parts),
        length=sum(words(plain_text(text)) for text in printed_texts(question, "th")),
        true=verdicts.count(True),
        false=verdicts.count(False),
        ease=ease,
    )


def parts_of(question: Question) -> tuple[Part, ...]:
    """What is answered: the parts of a case, else the question itself."""
    return tuple(question.parts) if question.type == "case" else (question,)


def printed_texts(question: Question, lang: str) -> Iterator[str]:
    """Everything of a question that a learner reads, in the language as shown."""
    found = [question.stem, question.situation] if question.type == "case" else [question.situation]
    for part in parts_of(question):
        found += [part.stem, part.text, part.unit, *(option.text for option in part.options)]
        found += [side for pair in part.pairs for side in (pair.left, pair.right)]
        found += [piece.text for piece in (*part.others, *part.items)]
        found += [option.text for gap in part.gaps for option in gap.options]
    return (text.shown(lang) for text in found if text)


def is_said_in(question: Question, lang: str) -> bool:
    """Whether a paper of the language can ask it: no text stands in for another, and words are taken in it."""
    parts = parts_of(question)
    places: list[Part | Gap] = [*parts, *(gap for part in parts for gap in part.gaps)]
    words = [place.accept for place in places if place.accept]
    return all(text.language_for(lang) == lang for _, text in texts(question)) and all(
        getattr(accepted, lang) for accepted in words
    )


def clues(asked: list[Asked]) -> frozenset[str]:
    """Pairs of ids, parted by a space, of which one question holds the long right answer of the other."""
    answers = [(row.question.id, answer) for row in asked for answer in _long_answers(row.question)]
    read = {row.question.id: "\n".join(printed_texts(row.question, "th")) for row in asked}
    return frozenset(
        " ".join(sorted((name, other)))
        for name, answer in answers
        for other, text in read.items()
        if other != name and answer in text
    )


def _long_answers(question: Question) -> Iterator[str]:
    for part in parts_of(question):
        if part.type == "single":
            yield from (one.text.th for one in part.options if one.correct and len(one.text.th) > _LONG)
