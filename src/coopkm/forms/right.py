"""What a learner writes who knows everything, and in words what it means."""

from collections.abc import Callable

from coopkm.forms.form import VERDICTS, Printed
from coopkm.model.questions import Gap, Part
from coopkm.model.terms import Words
from coopkm.views.answers import right_word


def right_marks(printed: Printed, lang: str) -> str:
    """The right answer as it is written on the sheet: letters, or words where words are asked for."""
    return _MARKS[printed.part.type](printed, lang)


def right_ids(part: Part) -> set[str]:
    """The right options."""
    return {option.id for option in part.options if option.correct}


def also_right(part: Part | Gap, lang: str) -> list[str]:
    """Other words that are taken; those of the paper's language first."""
    accept = part.accept or Words()
    both = (accept.th, accept.en) if lang == "th" else (accept.en, accept.th)
    return [word for words in both for word in words if word != right_word(part, lang)]


def _options(printed: Printed, lang: str) -> str:
    right = right_ids(printed.part)
    return " ".join(choice.mark for choice in printed.choices if choice.id in right)


def _verdict(printed: Printed, lang: str) -> str:
    return VERDICTS[lang]["true" if printed.part.answer in ("yes", "true") else "false"]


def _match(printed: Printed, lang: str) -> str:
    marks = printed.marks_of(left.id for left in printed.lefts)
    return " ".join(f"{left.mark}{mark}" for left, mark in zip(printed.lefts, marks, strict=True))


def _order(printed: Printed, lang: str) -> str:
    return " ".join(printed.marks_of(piece.id for piece in printed.part.items))


def _word(printed: Printed, lang: str) -> str:
    return right_word(printed.part, lang)


def _gaps(printed: Printed, lang: str) -> str:
    return "; ".join(right_word(gap, lang) for gap in printed.part.gaps)


_MARKS: dict[str, Callable[[Printed, str], str]] = {
    "single": _options,
    "multiple": _options,
    "truefalse": _verdict,
    "match": _match,
    "order": _order,
    "short": _word,
    "numeric": _word,
    "cloze": _gaps,
}
