"""A question from a QTI item of our own making, with the names of version 2.1 and without namespaces."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any
from xml.etree import ElementTree as ET

from coopkm.exports import markup
from coopkm.exports.items import SCORING, Question
from coopkm.model.questions import QuestionType

_Parts = dict[str, Any]


def question_of(item: ET.Element, **about: Any) -> Question:
    """The question; `about` are fields that stand elsewhere in the package."""
    body = _found(item, "itemBody")
    kind: QuestionType = body.get("class", "").removeprefix("coopkm-")  # type: ignore[assignment]
    score = _found(item, "outcomeDeclaration[@identifier='SCORE']")
    situation = body.find("blockquote")
    name, title = item.get("identifier"), item.get("title")
    common = {
        "id": name,
        "type": kind,
        "scoring": "shares" if kind == "order" else SCORING[kind],
        "points": int(score.get("normalMaximum", "1")),
        "objective": None if title == name else title,
        "situation": None if situation is None else markup.inner(situation),
        "stem": markup.inner(_found(body, "div")),
        "feedback": _said(item, "GENERAL", "shown"),
        **about,
    }
    return Question.model_validate({**common, **_READERS[kind](item, body)})


def _found(parent: ET.Element, path: str) -> ET.Element:
    found = parent.find(path)
    if found is None:
        raise ValueError(path)
    return found


def _said(item: ET.Element, outcome: str, name: str) -> str | None:
    for block in item.findall("modalFeedback"):
        if block.get("outcomeIdentifier") == outcome and block.get("identifier") == name:
            return markup.inner(_found(block, "div"))
    return None


def _right(item: ET.Element, name: str = "RESPONSE") -> list[str]:
    values = item.findall(f"responseDeclaration[@identifier='{name}']/correctResponse/value")
    return [value.text or "" for value in values]


def _read_choices(item: ET.Element, body: ET.Element) -> _Parts:
    right, interaction = _right(item), _found(body, "choiceInteraction")
    many = interaction.get("maxChoices") == "0"
    share = Fraction(1, len(right))
    options = [
        {
            "id": choice.get("identifier"),
            "text": markup.inner(choice),
            "weight": str(share if choice.get("identifier") in right else -share if many else 0),
            "fixed": choice.get("fixed") == "true",
            "feedback": _said(item, "FEEDBACK", choice.get("identifier", "")),
        }
        for choice in interaction.findall("simpleChoice")
    ]
    return {"options": options, "shuffle": interaction.get("shuffle") == "true"}


def _read_truefalse(item: ET.Element, _: ET.Element) -> _Parts:
    return {
        "answer": _right(item)[0],
        "if_true": _said(item, "FEEDBACK", "true"),
        "if_false": _said(item, "FEEDBACK", "false"),
    }


def _read_match(_: ET.Element, body: ET.Element) -> _Parts:
    interaction = _found(body, "matchInteraction")
    left, sides = (
        {one.get("identifier", "")[2:]: one for one in group} for group in interaction.findall("simpleMatchSet")
    )
    pairs = [{"id": name, "left": markup.inner(one), "right": sides[name].text} for name, one in left.items()]
    others = [{"id": name, "text": one.text} for name, one in sides.items() if name not in left]
    return {"pairs": pairs, "others": others, "shuffle": interaction.get("shuffle") == "true"}


def _read_order(_: ET.Element, body: ET.Element) -> _Parts:
    pieces = _found(body, "orderInteraction").findall("simpleChoice")
    return {"pieces": [{"id": one.get("identifier"), "text": markup.inner(one)} for one in pieces]}


def _conditions(item: ET.Element, outcome: str) -> list[tuple[ET.Element, str]]:
    """The conditions under which an outcome is set, with the value it is given."""
    found = []
    for branch in item.iterfind("responseProcessing/responseCondition/responseIf"):
        condition, result = branch
        if result.get("identifier") == outcome:
            found.append((condition, result.findtext("baseValue") or ""))
    return found


def _words(condition: ET.Element) -> list[str]:
    return [value.text or "" for value in condition.iter("baseValue")]


def _read_short(item: ET.Element, _: ET.Element) -> _Parts:
    wrong = [
        {"words": _words(condition), "feedback": _said(item, "FEEDBACK", name)}
        for condition, name in _conditions(item, "FEEDBACK")
    ]
    return {"accept": _words(_conditions(item, "SCORE")[0][0]), "wrong": wrong}


def _read_numeric(item: ET.Element, body: ET.Element) -> _Parts:
    wrong = [
        {"value": condition.findtext("baseValue"), "feedback": _said(item, "FEEDBACK", name)}
        for condition, name in _conditions(item, "FEEDBACK")
    ]
    return {**_number(_conditions(item, "SCORE")[0][0]), "unit": body.findtext("p/span"), "wrong": wrong}


def _number(condition: ET.Element) -> _Parts:
    tolerance = condition.get("tolerance", "").partition(" ")[0]
    return {"answer": condition.findtext("baseValue"), "tolerance": tolerance or None}


def _read_cloze(item: ET.Element, body: ET.Element) -> _Parts:
    text = body.findall("div")[1]
    gaps: list[_Parts] = []
    mixed = True
    for place in list(text.iter()):
        name = place.get("responseIdentifier", "")
        if not name:
            continue
        gap = name.removeprefix("RESPONSE_")
        gaps.append({"id": gap, **_gap(item, place, name)})
        mixed = mixed and place.get("shuffle") != "false"
        for child in list(place):
            place.remove(child)
        place.tag, place.attrib, place.text = "gap", {}, gap
    html = markup.inner(text).replace("<gap>", "{{").replace("</gap>", "}}")
    return {"text": html, "gaps": gaps, "shuffle": mixed}


def _gap(item: ET.Element, place: ET.Element, name: str) -> _Parts:
    right = _right(item, name)
    if place.tag == "inlineChoiceInteraction":
        options = [
            {
                "id": one.get("identifier"),
                "text": one.text or "",
                "weight": "1" if one.get("identifier") in right else "0",
                "fixed": one.get("fixed") == "true",
                "feedback": _said(item, name.replace("RESPONSE", "FEEDBACK"), one.get("identifier", "")),
            }
            for one in place
        ]
        return {"options": options}
    condition = next(
        condition
        for condition, _ in _conditions(item, "RIGHT")
        if any(one.get("identifier") == name for one in condition.iter("variable"))
    )
    return _number(condition) if condition.tag == "equal" else {"accept": _words(condition)}


def _read_reflect(_: ET.Element, body: ET.Element) -> _Parts:
    rubric = body.find("rubricBlock/div")
    return {"model": None if rubric is None else markup.inner(rubric)}


_READERS: dict[QuestionType, Callable[[ET.Element, ET.Element], _Parts]] = {
    "single": _read_choices,
    "multiple": _read_choices,
    "truefalse": _read_truefalse,
    "match": _read_match,
    "order": _read_order,
    "short": _read_short,
    "numeric": _read_numeric,
    "cloze": _read_cloze,
    "reflect": _read_reflect,
}
