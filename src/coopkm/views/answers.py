"""The right answer of a question in words."""

from coopkm.model.questions import Gap, Part
from coopkm.model.terms import Words


def accepted_word(words: Words, lang: str) -> str:
    """The first accepted answer in a language, or in any where it has none."""
    return str((getattr(words, lang) or [*words.th, *words.en])[0])


def right_word(asked: Part | Gap, lang: str) -> str:
    """The right answer of a short or numeric question, or of a gap; nothing where there is none."""
    if asked.options:
        return next((option.text.shown(lang) for option in asked.options if option.correct), "")
    if asked.accept:
        return accepted_word(asked.accept, lang)
    return "" if asked.answer is None else str(asked.answer)
