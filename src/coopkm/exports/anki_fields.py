"""The fields of a note: what is asked, what could be chosen, and the answer, each as HTML, and back again."""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any
from xml.etree import ElementTree as ET

from coopkm.exports import markup
from coopkm.exports.items import Option, Question, QuestionGap, WrongAnswer
from coopkm.model.base import Lang
from coopkm.model.questions import QuestionType
from coopkm.text.digest import digest

_TRUTH = {"true": {"th": "ถูก", "en": "True"}, "false": {"th": "ผิด", "en": "False"}}
_CLOZE = re.compile(r"\{\{c(\d+)::.*?\}\}", re.DOTALL)
Fields = dict[str, str]
_Parts = dict[str, Any]


def fields_of(question: Question, lang: Lang) -> Fields:
    """All fields of a note by name."""
    choices, answer = _WRITERS[question.type](question, lang)
    return {
        "Id": question.id,
        "Type": question.type,
        "Situation": question.situation or "",
        "Question": question.stem,
        "Text": _gapped(question),
        "Choices": choices,
        "Answer": answer,
        "Explanation": question.feedback or "",
        "Hints": _list("ol", question.hints) if question.hints else "",
        "Objective": markup.escaped(question.objective or ""),
    }


def _list(tag: str, rows: Iterable[str]) -> str:
    body = "".join(f"<li>{row}</li>" for row in rows)
    return f"<{tag}>{body}</{tag}>"


def _answer_row(text: str, right: bool, said: str | None) -> str:
    mark = "right" if right else "wrong"
    return f'<li class="{mark}">{text}{f"<div>{said}</div>" if said else ""}</li>'


def _answers(options: Sequence[Option], *, plain: bool = False) -> str:
    rows = (_answer_row(markup.escaped(one.text) if plain else one.text, one.right, one.feedback) for one in options)
    return f'<ul class="answers">{"".join(rows)}</ul>'


def _options(question: Question, _: Lang) -> tuple[str, str]:
    return _list("ul", (option.text for option in question.options)), _answers(question.options)


def _truefalse(question: Question, lang: Lang) -> tuple[str, str]:
    said = {"true": question.if_true, "false": question.if_false}
    rows = (_answer_row(words[lang], question.answer == value, said[value]) for value, words in _TRUTH.items())
    words = (words[lang] for words in _TRUTH.values())
    return _list("ul", words), f'<ul class="answers">{"".join(rows)}</ul>'


def _match(question: Question, _: Lang) -> tuple[str, str]:
    sides = [(pair.id, pair.right) for pair in question.pairs] + [(other.id, other.text) for other in question.others]
    mixed = [text for _, text in sorted(sides, key=lambda side: digest(question.id, side[0]))]
    choices = _list("ul", (pair.left for pair in question.pairs)) + _list("ul", map(markup.escaped, mixed))
    rows = [(pair.left, pair.right) for pair in question.pairs] + [("", other.text) for other in question.others]
    cells = "".join(f"<tr><td>{left}</td><td>{markup.escaped(right)}</td></tr>" for left, right in rows)
    return choices, f"<table><tbody>{cells}</tbody></table>"


def _order(question: Question, _: Lang) -> tuple[str, str]:
    mixed = sorted(question.pieces, key=lambda piece: digest(question.id, piece.id))
    return _list("ul", (piece.text for piece in mixed)), _list("ol", (piece.text for piece in question.pieces))


def _words(words: Sequence[str] | None) -> str:
    return " / ".join(f"<span>{markup.escaped(word)}</span>" for word in words or [])


def _wrong(rows: Sequence[WrongAnswer]) -> str:
    if not rows:
        return ""
    said = (_answer_row(_words(row.words if row.value is None else [row.value]), False, row.feedback) for row in rows)
    return f'<ul class="answers">{"".join(said)}</ul>'


def _short(question: Question, _: Lang) -> tuple[str, str]:
    return "", f'<ul class="said"><li>{_words(question.accept)}</li></ul>{_wrong(question.wrong)}'


def _number(answer: str | None, tolerance: str | None, unit: str | None = None) -> str:
    within = f' <i>± <span class="tolerance">{tolerance}</span></i>' if tolerance else ""
    named = f' <span class="unit">{markup.escaped(unit)}</span>' if unit else ""
    return f'<p><span class="number">{answer}</span>{named}{within}</p>'


def _numeric(question: Question, _: Lang) -> tuple[str, str]:
    return "", _number(question.answer, question.tolerance, question.unit) + _wrong(question.wrong)


def _cloze(question: Question, _: Lang) -> tuple[str, str]:
    choices = [
        _list("ul", (markup.escaped(one.text) for one in sorted(gap.options, key=lambda o: digest(question.id, o.id))))
        for gap in question.gaps
    ]
    shown = _list("ol", choices) if any(gap.options for gap in question.gaps) else ""
    return shown, _list("ol", map(_gap, question.gaps))


def _gap(gap: QuestionGap) -> str:
    if gap.options:
        return _answers(gap.options, plain=True)
    if gap.answer is not None:
        return _number(gap.answer, gap.tolerance)
    return f'<ul class="said"><li>{_words(gap.accept)}</li></ul>'


def _gapped(question: Question) -> str:
    """The text with Anki's marks for gaps; all of them open at once."""
    text = question.text or ""
    for number, gap in enumerate(question.gaps, 1):
        text = text.replace(f"{{{{{gap.id}}}}}", f"\x01{number}\x02")
    text = text.replace("{", "&#123;").replace("}", "&#125;")
    for number, gap in enumerate(question.gaps, 1):
        right = next((one.text for one in gap.options if one.right), gap.answer or next(iter(gap.accept or []), ""))
        shown = markup.escaped(right).replace("}", "&#125;").replace("{", "&#123;").replace(":", "&#58;")
        text = text.replace(f"\x01{number}\x02", f"{{{{c{number}::{shown}}}}}")
    return text


def _reflect(question: Question, _: Lang) -> tuple[str, str]:
    return "", f"<div>{question.model or ''}</div>"


_WRITERS: dict[QuestionType, Callable[[Question, Lang], tuple[str, str]]] = {
    "single": _options,
    "multiple": _options,
    "truefalse": _truefalse,
    "match": _match,
    "order": _order,
    "short": _short,
    "numeric": _numeric,
    "cloze": _cloze,
    "reflect": _reflect,
}


def question_fields(values: Fields) -> _Parts:
    """Fields of a question from those of a note."""
    kind: QuestionType = values["Type"]  # type: ignore[assignment]
    answer = markup.element("div", values["Answer"])
    hints = markup.element("div", values["Hints"])
    return {
        "id": values["Id"],
        "type": kind,
        "scoring": "none" if kind == "reflect" else "whole",
        "situation": values["Situation"] or None,
        "stem": values["Question"],
        "feedback": values["Explanation"] or None,
        "hints": [markup.inner(one) for one in hints.findall("ol/li")],
        "objective": markup.plain(values["Objective"]) or None,
        **_READERS[kind](answer, values),
    }


def _row(node: ET.Element) -> tuple[str, str | None]:
    """What stands in a row, and what is said to it."""
    said = node.find("div")
    text = None if said is None else markup.inner(said)
    if said is not None:
        node.remove(said)
    return markup.inner(node), text


def _read_options(answer: ET.Element, _: Fields | None = None, *, plain: bool = False) -> _Parts:
    options = []
    for place, node in enumerate(answer.findall("ul/li"), 1):
        text, said = _row(node)
        weight = "1" if node.get("class") == "right" else "0"
        shown = markup.plain(text) if plain else text
        options.append({"id": str(place), "text": shown, "weight": weight, "feedback": said})
    return {"options": options}


def _read_truefalse(answer: ET.Element, _: Fields) -> _Parts:
    yes, no = answer.findall("ul/li")
    right = "true" if yes.get("class") == "right" else "false"
    return {"answer": right, "if_true": _row(yes)[1], "if_false": _row(no)[1]}


def _read_match(answer: ET.Element, _: Fields) -> _Parts:
    rows = [[*map(markup.inner, row.findall("td"))] for row in answer.findall("table/tbody/tr")]
    pairs = [{"id": str(n), "left": a, "right": markup.plain(b)} for n, (a, b) in enumerate(rows, 1) if a]
    others = [{"id": str(n), "text": markup.plain(b)} for n, (a, b) in enumerate(rows, 1) if not a]
    return {"pairs": pairs, "others": others}


def _read_order(answer: ET.Element, _: Fields) -> _Parts:
    rows = answer.findall("ol/li")
    return {"pieces": [{"id": str(n), "text": markup.inner(one)} for n, one in enumerate(rows, 1)]}


def _spans(node: ET.Element) -> list[str]:
    return [span.text or "" for span in node.findall("span")]


def _read_words(answer: ET.Element) -> _Parts:
    return {"accept": [word for node in answer.findall("ul[@class='said']/li") for word in _spans(node)]}


def _wrong_rows(answer: ET.Element) -> list[tuple[list[str], str | None]]:
    nodes = answer.findall("ul[@class='answers']/li")
    return [(_spans(node), _row(node)[1]) for node in nodes]


def _read_short(answer: ET.Element, _: Fields) -> _Parts:
    wrong = [{"words": words, "feedback": said or ""} for words, said in _wrong_rows(answer)]
    return {**_read_words(answer), "wrong": wrong}


def _read_number(answer: ET.Element) -> _Parts:
    found = {span.get("class"): span.text for span in answer.iterfind("p//span")}
    return {"answer": found["number"], "tolerance": found.get("tolerance"), "unit": found.get("unit")}


def _read_numeric(answer: ET.Element, _: Fields) -> _Parts:
    wrong = [{"value": words[0], "feedback": said or ""} for words, said in _wrong_rows(answer)]
    return {**_read_number(answer), "wrong": wrong}


def _read_cloze(answer: ET.Element, values: Fields) -> _Parts:
    text = markup.canonical(_CLOZE.sub(r"&#123;&#123;\1&#125;&#125;", values["Text"]))
    gaps = [{"id": str(number), **_read_gap(node)} for number, node in enumerate(answer.findall("ol/li"), 1)]
    return {"text": text, "gaps": gaps}


def _read_gap(node: ET.Element) -> _Parts:
    if node.find("p") is not None:
        return {name: value for name, value in _read_number(node).items() if name != "unit"}
    return _read_words(node) if node.find("ul[@class='said']") is not None else _read_options(node, plain=True)


def _read_reflect(answer: ET.Element, _: Fields) -> _Parts:
    model = answer.find("div")
    return {"model": None if model is None else markup.inner(model) or None}


_READERS: dict[QuestionType, Callable[[ET.Element, Fields], _Parts]] = {
    "single": _read_options,
    "multiple": _read_options,
    "truefalse": _read_truefalse,
    "match": _read_match,
    "order": _read_order,
    "short": _read_short,
    "numeric": _read_numeric,
    "cloze": _read_cloze,
    "reflect": _read_reflect,
}
