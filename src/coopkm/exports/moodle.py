"""Moodle XML: a question bank that Moodle 4.4 and later take as it is, in a category of its own with a date.

The date keeps a second import apart from the first, as Moodle would otherwise mix both. Names of elements are those of
Moodle's own export.
"""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any
from xml.etree import ElementTree as ET

from coopkm.exports.fractions_of_moodle import MOST_RIGHT, percent, weight
from coopkm.exports.items import SCORING, Question, parsed_prompt, prompt
from coopkm.exports.moodle_cloze import cloze_html, parsed_cloze
from coopkm.exports.tags import name_of, objective_of, of_tags, tags_of
from coopkm.model.base import Lang
from coopkm.model.questions import QuestionType

_KINDS: dict[QuestionType, str] = {
    "single": "multichoice",
    "multiple": "multichoice",
    "truefalse": "truefalse",
    "match": "matching",
    "order": "ordering",
    "short": "shortanswer",
    "numeric": "numerical",
    "cloze": "cloze",
    "reflect": "essay",
}
_TYPES: dict[str, QuestionType] = {kind: name for name, kind in _KINDS.items()}
_NO_RETRY = ("truefalse", "essay")  # Moodle keeps no hints for these
_COMBINED = {
    "correctfeedback": {"th": "ถูกต้อง", "en": "All of it is right."},
    "partiallycorrectfeedback": {"th": "ถูกบางส่วน", "en": "Part of it is right."},
    "incorrectfeedback": {"th": "ยังไม่ถูก", "en": "It is not right yet."},
}
_LONGEST_ID, _LONGEST_NAME = 100, 255


def unfit(question: Question) -> str | None:
    """Why Moodle would not take a question, if so."""
    if sum(option.right for option in question.options) > MOST_RIGHT and question.type == "multiple":
        return "many_right"
    if len(question.id) > _LONGEST_ID or len(name_of(question)) > _LONGEST_NAME:
        return "long_name"
    return None


def write(questions: Sequence[Question], edition: date, lang: Lang) -> bytes:
    """The file of these questions, by topic."""
    root = ET.Element("quiz")
    topic = None
    for question in questions:
        if question.topic != topic:
            topic = question.topic
            _category(root, question.title or topic or "", edition)
        _question(root, question, lang)
    ET.indent(root, " ", 0)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


def category(title: str, edition: date) -> str:
    """The path of a topic's category; a slash in a title is written twice."""
    return f"$course$/top/CoopKM {edition}/{title.replace('/', '//')}"


def title_of(path: str) -> str:
    """The title of what `category` gave."""
    return path.split("/", 3)[3].replace("//", "/")


def _category(root: ET.Element, title: str, edition: date) -> None:
    row = ET.SubElement(root, "question", type="category")
    _text(row, "category", category(title, edition))
    _html(row, "info", "")


def _question(root: ET.Element, question: Question, lang: Lang) -> None:
    kind = _KINDS[question.type]
    row = ET.SubElement(root, "question", type=kind)
    _text(row, "name", name_of(question))
    _html(row, "questiontext", cloze_html(question) if question.type == "cloze" else prompt(question))
    _html(row, "generalfeedback", question.feedback or "")
    _value(row, "defaultgrade", question.points)
    _value(row, "penalty", 1 if kind in _NO_RETRY else "0.3333333")
    _value(row, "hidden", 0)
    _value(row, "idnumber", question.id)
    _WRITERS[question.type](row, question, lang)
    if kind not in _NO_RETRY:
        for hint in question.hints:
            _html(row, "hint", hint)
    tags = ET.SubElement(row, "tags")
    for tag in tags_of(question):
        _text(tags, "tag", tag)


def _text(parent: ET.Element, tag: str, text: str, **attributes: str) -> ET.Element:
    row = ET.SubElement(parent, tag, attributes)
    ET.SubElement(row, "text").text = text
    return row


def _html(parent: ET.Element, tag: str, html: str) -> ET.Element:
    return _text(parent, tag, html, format="html")


def _value(parent: ET.Element, tag: str, value: object) -> None:
    ET.SubElement(parent, tag).text = str(value)


def _combined(row: ET.Element, lang: Lang) -> None:
    for tag, said in _COMBINED.items():
        _html(row, tag, said[lang])


def _answer(row: ET.Element, fraction: str, text: str, feedback: str | None, form: str = "html") -> ET.Element:
    answer = _text(row, "answer", text, fraction=fraction, format=form)
    _html(answer, "feedback", feedback or "")
    return answer


def _choices(row: ET.Element, question: Question, lang: Lang) -> None:
    _value(row, "single", str(question.type == "single").lower())
    _value(row, "shuffleanswers", str(question.shuffle).lower())
    _value(row, "answernumbering", "ABCD")
    _value(row, "showstandardinstruction", 0)
    _combined(row, lang)
    for option in question.options:
        _answer(row, percent(option.weight), option.text, option.feedback)


def _truefalse(row: ET.Element, question: Question, _: Lang) -> None:
    for value, said in (("true", question.if_true), ("false", question.if_false)):
        _answer(row, "100" if question.answer == value else "0", value, said, "moodle_auto_format")


def _match(row: ET.Element, question: Question, lang: Lang) -> None:
    _value(row, "shuffleanswers", str(question.shuffle).lower())
    _combined(row, lang)
    for left, right in [
        *((pair.left, pair.right) for pair in question.pairs),
        *(("", o.text) for o in question.others),
    ]:
        _text(_html(row, "subquestion", left), "answer", right)


def _order(row: ET.Element, question: Question, lang: Lang) -> None:
    settings = {
        "layouttype": "VERTICAL",
        "selecttype": "ALL",
        "selectcount": len(question.pieces),
        "gradingtype": "RELATIVE_NEXT_EXCLUDE_LAST",
        "showgrading": "SHOW",
        "numberingstyle": "none",
    }
    for tag, value in settings.items():
        _value(row, tag, value)
    _combined(row, lang)  # without it Moodle refuses the question
    for piece in question.pieces:
        _text(row, "answer", piece.text, fraction="1.0000000", format="html")


def _short(row: ET.Element, question: Question, _: Lang) -> None:
    _value(row, "usecase", 0)
    for word in question.accept or []:
        _answer(row, "100", _literal(word), None, "moodle_auto_format")
    for wrong in question.wrong:
        for word in wrong.words or []:
            _answer(row, "0", _literal(word), wrong.feedback, "moodle_auto_format")


def _literal(word: str) -> str:
    """A star stands for anything unless it is escaped."""
    return word.replace("*", "\\*")


def _numeric(row: ET.Element, question: Question, _: Lang) -> None:
    right = _answer(row, "100", question.answer or "", None, "moodle_auto_format")
    _value(right, "tolerance", question.tolerance or 0)
    for wrong in question.wrong:
        _value(_answer(row, "0", wrong.value or "", wrong.feedback, "moodle_auto_format"), "tolerance", 0)
    settings = {"unitgradingtype": 0, "unitpenalty": "0.1", "showunits": 0 if question.unit else 3, "unitsleft": 0}
    if question.unit:
        unit = ET.SubElement(ET.SubElement(row, "units"), "unit")
        _value(unit, "multiplier", 1)
        _value(unit, "unit_name", question.unit)
    for tag, value in settings.items():
        _value(row, tag, value)


def _cloze(row: ET.Element, question: Question, _: Lang) -> None:
    """All of it stands in the text of the question."""


def _reflect(row: ET.Element, question: Question, _: Lang) -> None:
    _value(row, "responseformat", "editor")
    _value(row, "responserequired", 1)
    _value(row, "responsefieldlines", 10)
    _value(row, "attachments", 0)
    _html(row, "graderinfo", question.model or "")
    _html(row, "responsetemplate", "")


_WRITERS: dict[QuestionType, Callable[[ET.Element, Question, Lang], None]] = {
    "single": _choices,
    "multiple": _choices,
    "truefalse": _truefalse,
    "match": _match,
    "order": _order,
    "short": _short,
    "numeric": _numeric,
    "cloze": _cloze,
    "reflect": _reflect,
}


def read(raw: bytes) -> list[Question]:
    """The questions of a file of our own making; ids of options, pairs and gaps are their places."""
    found, title = [], None
    for row in ET.fromstring(raw):
        if row.get("type") == "category":
            title = title_of(row.findtext("category/text") or "")
            continue
        kind = row.get("type") or ""
        several = kind == "multichoice" and row.findtext("single") == "false"
        name: QuestionType = "multiple" if several else "single" if kind == "multichoice" else _TYPES[kind]
        common = {
            "id": row.findtext("idnumber"),
            "type": name,
            "scoring": SCORING[name],
            "points": int(row.findtext("defaultgrade") or 1),
            "shuffle": row.findtext("shuffleanswers") != "false",
            "feedback": _said(row, "generalfeedback"),
            "hints": [hint.findtext("text") for hint in row.findall("hint")],
            "objective": objective_of(row.findtext("name/text") or ""),
            "title": title,
            **of_tags(tag.findtext("text") or "" for tag in row.findall("tags/tag")),
        }
        asked = row.findtext("questiontext/text") or ""
        inner = parsed_cloze(asked) if name == "cloze" else {**parsed_prompt(asked), **_READERS[name](row)}
        found.append(Question.model_validate({**common, **inner}))
    return found


def _said(row: ET.Element, tag: str) -> str | None:
    return row.findtext(f"{tag}/text") or None


def _read_choices(row: ET.Element) -> dict[str, Any]:
    options = [
        {
            "id": str(place),
            "text": answer.findtext("text") or "",
            "weight": weight(answer.get("fraction") or ""),
            "feedback": _said(answer, "feedback"),
        }
        for place, answer in enumerate(row.findall("answer"), 1)
    ]
    return {"options": options}


def _read_truefalse(row: ET.Element) -> dict[str, Any]:
    said = {answer.findtext("text"): answer for answer in row.findall("answer")}
    right = next(value for value, answer in said.items() if answer.get("fraction") == "100")
    return {
        "answer": right,
        "if_true": _said(said["true"], "feedback"),
        "if_false": _said(said["false"], "feedback"),
    }


def _read_match(row: ET.Element) -> dict[str, Any]:
    rows = [(one.findtext("text") or "", one.findtext("answer/text") or "") for one in row.findall("subquestion")]
    return matched(rows)


def matched(rows: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """Pairs, and right-hand sides whose left is empty."""
    pairs = [{"id": str(place), "left": left, "right": right} for place, (left, right) in enumerate(rows, 1) if left]
    others = [{"id": str(place), "text": right} for place, (left, right) in enumerate(rows, 1) if not left]
    return {"pairs": pairs, "others": others}


def _read_order(row: ET.Element) -> dict[str, Any]:
    pieces = [{"id": str(n), "text": one.findtext("text") or ""} for n, one in enumerate(row.findall("answer"), 1)]
    return {"pieces": pieces}


def _read_short(row: ET.Element) -> dict[str, Any]:
    rows = [
        (one.get("fraction") or "", (one.findtext("text") or "").replace("\\*", "*"), _said(one, "feedback") or "")
        for one in row.findall("answer")
    ]
    return {"accept": [word for fraction, word, _ in rows if fraction == "100"], "wrong": wrong_words(rows)}


def wrong_words(rows: Sequence[tuple[str, str, str]]) -> list[dict[str, Any]]:
    """Wrong answers of rows of fraction, word and feedback: neighbours to which the same is said are one."""
    found: list[dict[str, Any]] = []
    for fraction, word, said in rows:
        if fraction == "100":
            continue
        if found and found[-1]["feedback"] == said:
            found[-1]["words"].append(word)
        else:
            found.append({"words": [word], "feedback": said})
    return found


def _read_numeric(row: ET.Element) -> dict[str, Any]:
    right, *wrong = row.findall("answer")
    return {
        "answer": right.findtext("text"),
        "tolerance": None if right.findtext("tolerance") == "0" else right.findtext("tolerance"),
        "unit": row.findtext("units/unit/unit_name"),
        "wrong": [{"value": one.findtext("text"), "feedback": _said(one, "feedback") or ""} for one in wrong],
    }


def _read_reflect(row: ET.Element) -> dict[str, Any]:
    return {"model": _said(row, "graderinfo")}


_READERS: dict[QuestionType, Callable[[ET.Element], dict[str, Any]]] = {
    "single": _read_choices,
    "multiple": _read_choices,
    "truefalse": _read_truefalse,
    "match": _read_match,
    "order": _read_order,
    "short": _read_short,
    "numeric": _read_numeric,
    "reflect": _read_reflect,
}
