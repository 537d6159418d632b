"""A text with gaps as Moodle's embedded answers: `{1:MULTICHOICE_S:=right#feedback~wrong}` in the text itself.

Moodle's own pattern ends an answer at `~`, `#` or `}` and undoes only some backslashes, so what has a meaning goes as
a character reference, which Moodle turns back (`qtype_multianswer_extract_question`).
"""

import re
from collections.abc import Callable, Sequence
from html import unescape
from typing import Any

from coopkm.exports import markup
from coopkm.exports.items import Option, Question, QuestionGap

_MEANT = re.compile(r"[~#{}\\*=%]")
_GAP = re.compile(r"\{1:(MULTICHOICE_S?|SHORTANSWER|NUMERICAL):(.*?)\}", re.DOTALL)


def cloze_html(question: Question) -> str:
    """Situation, question and text; every gap is worth the same."""
    text = _no_braces(question.text or "")
    for gap in question.gaps:
        text = text.replace(_no_braces(f"{{{{{gap.id}}}}}"), _gap(gap, question.shuffle))
    before = f"<blockquote>{_no_braces(question.situation)}</blockquote>" if question.situation else ""
    return f"{before}<div>{_no_braces(question.stem)}</div><div>{text}</div>"


def _no_braces(html: str) -> str:
    return html.replace("{", "&#123;").replace("}", "&#125;")


def _meant(html: str) -> str:
    return _MEANT.sub(lambda match: f"&#{ord(match[0])};", html)


def _as_html(html: str) -> str:
    """HTML inside an answer: Moodle undoes one layer of references before it shows it."""
    return _meant(markup.escaped(html))


def _gap(gap: QuestionGap, shuffle: bool) -> str:
    if gap.options:
        return f"{{1:MULTICHOICE{'_S' if shuffle else ''}:{'~'.join(map(_option, gap.options))}}}"
    if gap.answer is not None:
        return f"{{1:NUMERICAL:={gap.answer}:{gap.tolerance or 0}}}"
    # A star that is meant as one has a backslash before it.
    words = ("=" + _meant(markup.escaped(word.replace("*", "\\*"))) for word in gap.accept or [])
    return f"{{1:SHORTANSWER:{'~'.join(words)}}}"


def _option(option: Option) -> str:
    said = f"#{_as_html(option.feedback)}" if option.feedback else ""
    return f"{'=' if option.right else ''}{_as_html(markup.escaped(option.text))}{said}"


def parsed_cloze(html: str) -> dict[str, Any]:
    """Fields of what `cloze_html` gave, gaps by their places."""
    gaps: list[dict[str, Any]] = []
    mixed = True

    def place(match: re.Match[str]) -> str:
        nonlocal mixed
        mixed = mixed and match[1] != "MULTICHOICE"
        gaps.append({"id": str(len(gaps) + 1), **_READERS[match[1].removesuffix("_S")](re.split("~", match[2]))})
        return f"&#123;&#123;{len(gaps)}&#125;&#125;"

    holder = markup.element("div", _GAP.sub(place, html))
    situation = holder.find("blockquote")
    stem, text = map(markup.inner, holder.findall("div"))
    said = None if situation is None else markup.inner(situation)
    return {"situation": said, "stem": stem, "text": text, "gaps": gaps, "shuffle": mixed}


def _read_options(rows: Sequence[str]) -> dict[str, Any]:
    options = []
    for number, row in enumerate(rows, 1):
        answer, _, said = re.sub(r"(?<!&)#", "\0", row, count=1).partition("\0")
        weight = "1" if answer.startswith("=") else "0"
        text = unescape(unescape(answer.removeprefix("=")))
        feedback = markup.canonical(unescape(said)) or None
        options.append({"id": str(number), "text": text, "weight": weight, "feedback": feedback})
    return {"options": options}


def _read_words(rows: Sequence[str]) -> dict[str, Any]:
    return {"accept": [unescape(row.removeprefix("=")).replace("\\*", "*") for row in rows]}


def _read_number(rows: Sequence[str]) -> dict[str, Any]:
    answer, _, tolerance = rows[0].removeprefix("=").partition(":")
    return {"answer": answer, "tolerance": None if tolerance == "0" else tolerance}


_READERS: dict[str, Callable[[Sequence[str]], dict[str, Any]]] = {
    "MULTICHOICE": _read_options,
    "SHORTANSWER": _read_words,
    "NUMERICAL": _read_number,
}
