"""GIFT: a text file that Moodle and other programs take; each question is one paragraph.

What has a meaning in GIFT is escaped everywhere, as a strict reader asks for it. There is no ordering: Moodle turns
`{>ALL` into a short answer without a word, so places are matched to items instead.
"""

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from coopkm.exports import markup
from coopkm.exports.fractions_of_moodle import percent, weight
from coopkm.exports.items import Question, parsed_prompt, prompt
from coopkm.exports.moodle import category, matched, title_of, unfit, wrong_words
from coopkm.exports.tags import name_of, objective_of, of_tags, tags_of
from coopkm.model.base import Lang
from coopkm.model.questions import QuestionType

__all__ = ["read", "unfit", "write"]

_MEANT = re.compile(r"[~=#{}:\\]")
_UNESCAPED = re.compile(r"\\([~=#{}:\\n])")


def write(questions: Sequence[Question], edition: date, _: Lang) -> bytes:
    """The file of these questions, by topic."""
    rows, topic = [], None
    for question in questions:
        if question.topic != topic:
            topic = question.topic
            rows.append(f"$CATEGORY: {category(question.title or topic or '', edition)}")
        rows.append(_row(question))
    return ("\n\n".join(rows) + "\n").encode("utf-8")


def _row(question: Question) -> str:
    tags = [*tags_of(question), f"type:{question.type}"]
    about = "".join(f" [tag:{tag}]" for tag in tags)
    model = f"<blockquote>{question.model}</blockquote>" if question.model else ""
    general = model + (question.feedback or "")
    answers = [*_WRITERS[question.type](question), *([f"####{_html(general)}"] if general else [])]
    return (
        f"// [id:{question.id}]{about}\n::{_escaped(name_of(question))}::[html]{_html(prompt(question))} {{\n"
        + "".join(f"{line}\n" for line in answers)
        + "}"
    )


def _escaped(text: str) -> str:
    return _MEANT.sub(r"\\\g<0>", text).replace("\n", r"\n")


def _html(html: str) -> str:
    """A fragment; at its start, a percent sign would be a weight and a bracket a format."""
    if html.startswith(("%", "[")):
        html = f"&#{ord(html[0])};{html[1:]}"
    return _escaped(html)


def _said(feedback: str | None) -> str:
    return f"#{_html(feedback)}" if feedback else ""


def _single(question: Question) -> list[str]:
    return [f"{'=' if one.right else '~'}{_html(one.text)}{_said(one.feedback)}" for one in question.options]


def _multiple(question: Question) -> list[str]:
    return [f"~%{percent(one.weight)}%{_html(one.text)}{_said(one.feedback)}" for one in question.options]


def _truefalse(question: Question) -> list[str]:
    """First what is said to the wrong answer, then what to the right one."""
    if question.answer == "true":
        wrong, right = question.if_false, question.if_true
    else:
        wrong, right = question.if_true, question.if_false
    said = f"#{_html(wrong or '')}#{_html(right)}" if right else _said(wrong)
    return [f"{(question.answer or '').upper()}{said}"]


def _match(question: Question) -> list[str]:
    pairs = [f"={_html(pair.left)} -> {_escaped(pair.right)}" for pair in question.pairs]
    return [*pairs, *(f"= -> {_escaped(other.text)}" for other in question.others)]


def _order(question: Question) -> list[str]:
    return [f"={place} -> {_escaped(markup.plain(one.text))}" for place, one in enumerate(question.pieces, 1)]


def _short(question: Question) -> list[str]:
    wrong = [(word, row.feedback) for row in question.wrong for word in row.words or []]
    right = [f"=%100%{_word(word)}" for word in question.accept or []]
    return [*right, *(f"=%0%{_word(word)}{_said(said)}" for word, said in wrong)]


def _word(word: str) -> str:
    """A star stands for anything unless it is escaped."""
    return _escaped(word).replace("*", r"\*")


def _numeric(question: Question) -> list[str]:
    right = f"=%100%{question.answer}:{question.tolerance or 0}"
    return ["#", right, *(f"=%0%{row.value}:0{_said(row.feedback)}" for row in question.wrong)]


def _reflect(_: Question) -> list[str]:
    return []


_WRITERS: dict[QuestionType, Callable[[Question], list[str]]] = {
    "single": _single,
    "multiple": _multiple,
    "truefalse": _truefalse,
    "match": _match,
    "order": _order,
    "short": _short,
    "numeric": _numeric,
    "reflect": _reflect,
}

_ROW = re.compile(
    r"// \[id:(?P<id>[^\]]+)\](?P<tags>[^\n]*)\n::(?P<name>(?:\\.|[^\\])*?)::\[html\](?P<stem>(?:\\.|[^\\{])*) \{\n"
    r"(?P<answers>.*)\}",
    re.DOTALL,
)
_ANSWER = re.compile(
    r"(?P<sign>[=~])(?:%(?P<percent>-?[\d.]+)%)?(?P<text>(?:\\.|[^\\#])*)(?:#(?P<said>.*))?", re.DOTALL
)


def read(raw: bytes) -> list[Question]:
    """The questions of a file of our own making; ids of options and pairs are their places."""
    found, title = [], None
    for row in raw.decode("utf-8").removesuffix("\n").split("\n\n"):
        if row.startswith("$CATEGORY: "):
            title = title_of(row.removeprefix("$CATEGORY: "))
            continue
        match = _ROW.fullmatch(row)
        if match is None:
            raise ValueError(row)
        tags = re.findall(r"\[tag:([^\]]+)\]", match["tags"])
        kind: QuestionType = next(tag.removeprefix("type:") for tag in tags if tag.startswith("type:"))
        lines = match["answers"].split("\n")[:-1]
        general = _plain(lines.pop().removeprefix("####")) if lines and lines[-1].startswith("####") else None
        common = {
            "id": match["id"],
            "type": kind,
            "scoring": _SCORING.get(kind, "whole"),
            "objective": objective_of(_plain(match["name"])),
            "title": title,
            "feedback": general,
            **parsed_prompt(_plain(match["stem"])),
            **of_tags(tags),
        }
        found.append(Question.model_validate({**common, **_READERS[kind](lines, general)}))
    return found


_SCORING = {"multiple": "shares", "match": "shares", "order": "shares", "reflect": "none"}


def _plain(text: str) -> str:
    return _UNESCAPED.sub(lambda match: "\n" if match[1] == "n" else match[1], text)


def _fragment(text: str | None) -> str | None:
    return markup.canonical(_plain(text)) if text else None


def _parsed(line: str) -> dict[str, str | None]:
    match = _ANSWER.fullmatch(line)
    if match is None:
        raise ValueError(line)
    return match.groupdict()


def _read_choices(lines: list[str], _: str | None) -> dict[str, Any]:
    options = []
    for place, line in enumerate(lines, 1):
        row = _parsed(line)
        share = weight(row["percent"]) if row["percent"] else "1" if row["sign"] == "=" else "0"
        said = _fragment(row["said"])
        options.append({"id": str(place), "text": _fragment(row["text"]) or "", "weight": share, "feedback": said})
    return {"options": options}


def _read_truefalse(lines: list[str], _: str | None) -> dict[str, Any]:
    value, *said = re.split(r"(?<!\\)#", lines[0])
    wrong, right = (*(_fragment(one) for one in said), None, None)[:2]
    told = {"true": right, "false": wrong} if value == "TRUE" else {"true": wrong, "false": right}
    return {"answer": value.lower(), "if_true": told["true"], "if_false": told["false"]}


def _read_match(lines: list[str], _: str | None) -> dict[str, Any]:
    sides = [line.removeprefix("=").partition("-> ") for line in lines]
    return matched([(_fragment(left.strip()) or "", _plain(right)) for left, _, right in sides])


def _read_order(lines: list[str], _: str | None) -> dict[str, Any]:
    texts = [markup.escaped(_plain(line.partition(" -> ")[2])) for line in lines]
    return {"pieces": [{"id": str(place), "text": text} for place, text in enumerate(texts, 1)]}


def _read_short(lines: list[str], _: str | None) -> dict[str, Any]:
    parsed = [_parsed(line) for line in lines]
    rows = [
        (row["percent"] or "", _plain((row["text"] or "").replace(r"\*", "*")), _fragment(row["said"]) or "")
        for row in parsed
    ]
    return {"accept": [word for fraction, word, _ in rows if fraction == "100"], "wrong": wrong_words(rows)}


def _read_numeric(lines: list[str], _: str | None) -> dict[str, Any]:
    right, *wrong = [_parsed(line) for line in lines[1:]]
    answer, _, tolerance = (right["text"] or "").partition(":")
    said = [{"value": (row["text"] or "").partition(":")[0], "feedback": _fragment(row["said"]) or ""} for row in wrong]
    return {"answer": answer, "tolerance": None if tolerance == "0" else tolerance, "wrong": said}


def _read_reflect(_: list[str], general: str | None) -> dict[str, Any]:
    holder = markup.element("div", general or "")
    model = holder.find("blockquote")
    if model is None:
        return {}
    said, model.tail = model.tail, None
    first = markup.inner(model)
    holder.remove(model)
    holder.text = said
    return {"model": first, "feedback": markup.inner(holder) or None}


_READERS: dict[QuestionType, Callable[[list[str], str | None], dict[str, Any]]] = {
    "single": _read_choices,
    "multiple": _read_choices,
    "truefalse": _read_truefalse,
    "match": _read_match,
    "order": _read_order,
    "short": _read_short,
    "numeric": _read_numeric,
    "reflect": _read_reflect,
}
