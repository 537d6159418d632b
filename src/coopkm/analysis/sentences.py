"""What the figures say in plain words: one sentence for each thing that a trainer should look at."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from coopkm.analysis.figures import FEW, ChoiceFigures, PaperFigures, QuestionFigures
from coopkm.analysis.sittings import When
from coopkm.analysis.words import words

_MANY_SILENT = 0.2
_NEAR_GUESS = 0.05
_LONGEST = 60


@dataclass(frozen=True)
class Remark:
    """A sentence about a question or a test, by its code; `grave` where it may make the result wrong."""

    code: str
    values: tuple[tuple[str, str | tuple[ChoiceFigures, ...]], ...] = ()
    grave: bool = False

    def shown(self, lang: str) -> str:
        values = {name: value if isinstance(value, str) else named(value, lang) for name, value in self.values}
        return words(lang)[f"say_{self.code}"].format(**values)


def named(choices: tuple[ChoiceFigures, ...], lang: str) -> str:
    """Options by their letters, else by their texts."""
    return ", ".join(row.choice.label or _short(row.choice.text.shown(lang)) for row in choices)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…"


def about(question: QuestionFigures, when: When = "") -> list[Remark]:
    """What is to be said of a question, the gravest first; nothing where it is sound.

    That nobody knows something before the course is no fault of the question.
    """
    found = [remark for look in _LOOKS if (remark := look(question))]
    if when == "pre":
        found = [remark for remark in found if remark.code not in ("nobody", "guess", "blank")]
    codes = {remark.code for remark in found}
    # A wrong key makes nobody right and the discrimination negative: one sentence is enough.
    if codes & {"best-third", "nobody"}:
        found = [remark for remark in found if remark.code not in ("negative", "negative-maybe", "guess")]
    return found


def about_test(test: PaperFigures) -> list[Remark]:
    """What is to be known before the figures of a test are read."""
    found = []
    if test.few:
        found.append(Remark("few", (("n", str(test.n)), ("few", str(FEW)))))
    if not test.alike:
        found.append(Remark("alike"))
    if not test.when and test.before and test.after:
        found.append(Remark("mixed", (("before", str(test.before)), ("after", str(test.after)))))
    return found


def _best_third(row: QuestionFigures) -> Remark | None:
    if row.few or row.asked.type not in ("single", "truefalse"):
        return None
    right = sum(choice.thirds[2] for choice in row.choices if choice.choice.right)
    wrong = max((one for one in row.choices if not one.choice.right), key=lambda one: one.thirds[2], default=None)
    if wrong is None or wrong.thirds[2] <= right or wrong.thirds[2] < 3:
        return None
    values = (("option", (wrong,)), ("wrong", str(wrong.thirds[2])), ("right", str(right)))
    return Remark("best-third", values, grave=True)


def _nobody(row: QuestionFigures) -> Remark | None:
    return Remark("nobody", (("n", str(row.n)),), grave=True) if row.facility <= 0 else None


def _negative(row: QuestionFigures) -> Remark | None:
    if row.few or row.discrimination is None or row.discrimination >= 0:
        return None
    sure = row.discrimination_interval is None or row.discrimination_interval[1] < 0
    value = f"{row.discrimination:.0f}".replace("-", "\u2212")
    return Remark("negative" if sure else "negative-maybe", (("value", value),), grave=sure)


def _guess(row: QuestionFigures) -> Remark | None:
    guess = row.asked.guess
    if not guess or row.facility <= 0 or row.facility > guess + _NEAR_GUESS:
        return None
    return Remark("guess", (("share", f"{100 * row.facility:.0f}"), ("guess", f"{100 * guess:.0f}")))


def _everybody(row: QuestionFigures) -> Remark | None:
    return Remark("everybody", (("n", str(row.n)),)) if row.facility >= 1 else None


def _blank(row: QuestionFigures) -> Remark | None:
    count = sum(row.silent)
    if count < max(3, _MANY_SILENT * row.n):
        return None
    return Remark("blank", (("count", str(count)), ("n", str(row.n))))


def _unused(row: QuestionFigures) -> Remark | None:
    if row.few or row.facility >= 1 or row.asked.type == "truefalse":
        return None
    unused = tuple(_unused_options(row))
    return Remark("unused", (("options", unused),)) if unused else None


def _unused_options(row: QuestionFigures) -> Iterator[ChoiceFigures]:
    for one in row.choices:
        if not one.count and one.choice.listed and not one.choice.right and "=" not in one.choice.name:
            yield one


_LOOKS: tuple[Callable[[QuestionFigures], Remark | None], ...] = (
    _best_third,
    _nobody,
    _negative,
    _guess,
    _everybody,
    _blank,
    _unused,
)
