"""What each format cannot carry: of a question what arrives, and a list of what does not."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from typing import Any, Literal, get_args

import yaml

from coopkm.exports import markup
from coopkm.exports.items import Option, Question, split

Format = Literal["moodle", "gift", "qti21", "qti30", "scorm12", "anki", "kahoot", "json"]
FORMATS: tuple[Format, ...] = get_args(Format)
Unfit = Callable[[Question], str | None]


@lru_cache(maxsize=1)
def table() -> dict[str, Any]:
    """limits.yml as it stands."""
    found: dict[str, Any] = yaml.safe_load(files(__package__).joinpath("limits.yml").read_text("utf-8"))
    return found


def lost_in(name: Format) -> list[str]:
    """The features that a format loses, in the order of the table."""
    return [feature for feature, row in table()["features"].items() if name in row["lost"]]


@dataclass
class Losses:
    """What did not arrive, with the ids of the questions: by feature, as notes, and questions that stayed out."""

    features: dict[str, list[str]] = field(default_factory=dict)
    splits: dict[str, list[str]] = field(default_factory=dict)
    notes: dict[int, list[str]] = field(default_factory=dict)
    out: dict[str, list[str]] = field(default_factory=dict)

    def note(self, group: dict[Any, list[str]], name: Any, item: str) -> None:
        """Put an id under a name, once."""
        ids = group.setdefault(name, [])
        if item not in ids:
            ids.append(item)


def fitting(questions: Iterable[Question], name: Format, losses: Losses, unfit: Unfit | None = None) -> list[Question]:
    """The questions that a format takes, split where it must be; what goes out is noted."""
    row = table()["formats"][name]
    types, banned = frozenset(row.get("split", ())), row.get("out", ())
    kept = []
    for question in questions:
        inner = split(question, types)
        if question.type in types:
            losses.note(losses.splits, question.type, question.id)
        for one in inner:
            reason = "type" if one.type in banned else unfit(one) if unfit else None
            if reason:
                losses.note(losses.out, reason, one.id)
            else:
                kept.append(one)
    return kept


def carried(questions: Iterable[Question], name: Format, losses: Losses) -> list[Question]:
    """The questions as a format gives them back, with nothing that it loses; what is lost is noted."""
    return [_less(question, place, name, losses) for place, question in enumerate(questions, 1)]


def _less(question: Question, place: int, name: Format, losses: Losses) -> Question:
    named = question.id
    for feature in lost_in(name):
        if feature in _LOSERS:
            less = _LOSERS[feature](question)
        elif feature == "id":
            less = question.model_copy(update={"id": str(place)})
        else:
            continue
        if less != question:
            losses.note(losses.features, feature, named)
        question = less
    for number, note in enumerate(table()["notes"]):
        if name in note["formats"] and question.type in note["types"]:
            losses.note(losses.notes, number, named)
    return question


def _without(*names: str) -> Callable[[Question], Question]:
    """Fields as they are where nothing is given."""
    empty = Question(id="empty", type="single", stem="")
    return lambda question: question.model_copy(update={name: getattr(empty, name) for name in names})


def _each_option(change: Callable[[Option], Option]) -> Callable[[Question], Question]:
    def changed(question: Question) -> Question:
        gaps = [gap.model_copy(update={"options": [change(one) for one in gap.options]}) for gap in question.gaps]
        options = [change(one) for one in question.options]
        return question.model_copy(update={"options": options, "gaps": gaps})

    return changed


def _no_option_feedback(question: Question) -> Question:
    less = _each_option(lambda option: option.model_copy(update={"feedback": None}))(question)
    return less.model_copy(update={"if_true": None, "if_false": None})


def _no_shares(question: Question) -> Question:
    less = _each_option(lambda option: option.model_copy(update={"weight": "1" if option.right else "0"}))(question)
    return less.model_copy(update={"scoring": "none" if question.scoring == "none" else "whole"})


def _by_place(question: Question) -> Question:
    return question.model_copy(update={"scoring": "shares"}) if question.scoring == "neighbours" else question


def numbered(question: Question) -> Question:
    """Options, pairs, pieces and gaps with their places for ids; right-hand sides without a pair follow the pairs."""
    text = question.text
    for place, gap in enumerate(question.gaps, 1):
        text = text and text.replace(f"{{{{{gap.id}}}}}", f"{{{{{place}}}}}")
    gaps = [gap.model_copy(update={"options": _numbers(gap.options)}) for gap in question.gaps]
    update = {
        "options": _numbers(question.options),
        "pairs": _numbers(question.pairs),
        "others": _numbers(question.others, len(question.pairs)),
        "pieces": _numbers(question.pieces),
        "gaps": _numbers(gaps),
        "text": text,
    }
    return question.model_copy(update=update)


def _numbers(rows: list[Any], after: int = 0) -> list[Any]:
    return [row.model_copy(update={"id": str(place)}) for place, row in enumerate(rows, after + 1)]


def _plain(question: Question) -> Question:
    """Words alone; paragraphs become one line."""
    options = [one.model_copy(update={"text": _line(one.text)}) for one in question.options]
    stem = " ".join(_line(text) for text in (question.situation, question.stem) if text)
    return question.model_copy(update={"stem": stem, "situation": None, "options": options})


def _no_hints_once(question: Question) -> Question:
    return question.model_copy(update={"hints": []}) if question.type in ("truefalse", "reflect") else question


def _plain_pieces(question: Question) -> Question:
    pieces = [one.model_copy(update={"text": markup.escaped(markup.plain(one.text))}) for one in question.pieces]
    return question.model_copy(update={"pieces": pieces})


def _line(html: str) -> str:
    return markup.escaped(" ".join(markup.plain(html).split()))


_LOSERS: dict[str, Callable[[Question], Question]] = {
    "inner_ids": numbered,
    "topic": _without("topic", "title"),
    "level": _without("level"),
    "objective": _without("objective"),
    "units": _without("units"),
    "sources": _without("sources"),
    "markup": _plain,
    "points": _without("points"),
    "shares": _no_shares,
    "neighbours": _by_place,
    "shuffle": _without("shuffle"),
    "fixed": _each_option(lambda option: option.model_copy(update={"fixed": False})),
    "hints": _without("hints"),
    "hints_once": _no_hints_once,
    "piece_markup": _plain_pieces,
    "feedback": _without("feedback"),
    "option_feedback": _no_option_feedback,
    "wrong": _without("wrong"),
    "unit": _without("unit"),
}
