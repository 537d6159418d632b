"""A question as a QTI item, with the names of version 2.1.

`itemBody` names the type of the question in its class. Its first `div` is what is asked; a `blockquote` before it the
situation. SCORE is in points; feedback is modal: FEEDBACK names options or wrong answers, GENERAL the explanation.
"""

from collections.abc import Callable, Sequence
from xml.etree import ElementTree as ET

from coopkm.exports import markup
from coopkm.exports.items import Option, Question, QuestionGap
from coopkm.model.base import Lang
from coopkm.model.questions import QuestionType

HTML = frozenset(
    "a abbr b blockquote br code dd del div dl dt em h1 h2 h3 h4 h5 h6 hr i ins kbd li mark ol p pre s small span "
    "strong sub sup table tbody td th thead tr u ul wbr".split()
)
_TRUTH = {"true": {"th": "ถูก", "en": "True"}, "false": {"th": "ผิด", "en": "False"}}
_LANG = "xml:lang"


def item_of(question: Question, lang: Lang) -> ET.Element:
    """The item."""
    attributes = {
        "identifier": question.id,
        "title": question.objective or question.id,
        "adaptive": "false",
        "timeDependent": "false",
        _LANG: lang,
    }
    item = _Item(ET.Element("assessmentItem", attributes), question, lang)
    item.build()
    return item.root


class _Item:
    """An item being built: declarations, then outcomes, the body, the processing, and the feedback, in this order."""

    def __init__(self, root: ET.Element, question: Question, lang: Lang) -> None:
        self.root, self.question, self.lang = root, question, lang
        self.outcomes: list[ET.Element] = []
        self.body = ET.Element("itemBody", {"class": f"coopkm-{question.type}"})
        self.processing = ET.Element("responseProcessing")
        self.feedback: list[ET.Element] = []

    def build(self) -> None:
        question = self.question
        if question.situation:
            self.body.append(markup.element("blockquote", question.situation))
        self.body.append(markup.element("div", question.stem))
        self._outcome("SCORE", "float", "0", normalMaximum=str(question.points))
        _WRITERS[question.type](self)
        if question.feedback:
            self._outcome("GENERAL", "identifier")
            self._set("GENERAL", _value("identifier", "shown"))
            self._say("GENERAL", "shown", question.feedback)
        self.root.extend([*self.outcomes, self.body])
        if len(self.processing):
            self.root.append(self.processing)
        self.root.extend(self.feedback)

    def _outcome(self, name: str, base: str, default: str | None = None, many: bool = False, **more: str) -> None:
        cardinality = "multiple" if many else "single"
        made = ET.Element(
            "outcomeDeclaration", {"identifier": name, "cardinality": cardinality, "baseType": base, **more}
        )
        if default is not None:
            ET.SubElement(ET.SubElement(made, "defaultValue"), "value").text = default
        self.outcomes.append(made)

    def declare(
        self, base: str, right: Sequence[str], cardinality: str = "single", name: str = "RESPONSE"
    ) -> ET.Element:
        made = ET.SubElement(self.root, "responseDeclaration", identifier=name, cardinality=cardinality, baseType=base)
        if right:
            correct = ET.SubElement(made, "correctResponse")
            for value in right:
                ET.SubElement(correct, "value").text = value
        return made

    def _set(self, name: str, value: ET.Element, into: ET.Element | None = None) -> None:
        ET.SubElement(self.processing if into is None else into, "setOutcomeValue", identifier=name).append(value)

    def _say(self, outcome: str, name: str, html: str) -> None:
        made = markup.element("modalFeedback", "", outcomeIdentifier=outcome, identifier=name, showHide="show")
        made.append(markup.element("div", html))
        self.feedback.append(made)

    def all_when(self, condition: ET.Element) -> None:
        """All points where something is so."""
        self._when(condition, "SCORE", _value("float", str(self.question.points)))

    def one_when(self, condition: ET.Element) -> None:
        """Count one thing that is right; they are divided once and at the end, so that nothing is rounded before."""
        if not any(one.get("identifier") == "RIGHT" for one in self.outcomes):
            self._outcome("RIGHT", "float", "0")
        self._when(condition, "RIGHT", _of("sum", _of("variable", identifier="RIGHT"), _value("float", "1")))

    def counted(self, number: int) -> None:
        """The points for what was counted, of so many."""
        self._share(_of("variable", identifier="RIGHT"), number)

    def mapped(self, number: int) -> None:
        """The points for the sum of the mapping, of so many."""
        self._share(_of("mapResponse", identifier="RESPONSE"), number)

    def _share(self, right: ET.Element, number: int) -> None:
        total = _of("product", right, _value("float", str(self.question.points)))
        self._set("SCORE", _of("divide", total, _value("float", str(number))))

    def _when(self, condition: ET.Element, name: str, value: ET.Element) -> None:
        then = ET.SubElement(ET.SubElement(self.processing, "responseCondition"), "responseIf")
        then.append(condition)
        self._set(name, value, then)

    def tell(self, said: Sequence[tuple[str, str | None]], many: bool = False, gap: str = "") -> None:
        """What is said to a response that is one of these identifiers."""
        if not any(text for _, text in said):
            return
        outcome, response = (f"FEEDBACK_{gap}", f"RESPONSE_{gap}") if gap else ("FEEDBACK", "RESPONSE")
        self._outcome(outcome, "identifier", many=many)
        self._set(outcome, _of("variable", identifier=response))
        for name, text in said:
            if text:
                self._say(outcome, name, text)

    def tell_when(self, condition: ET.Element, name: str, text: str) -> None:
        """What is said where something is so."""
        if not any(one.get("identifier") == "FEEDBACK" for one in self.outcomes):
            self._outcome("FEEDBACK", "identifier")
        self._when(condition, "FEEDBACK", _value("identifier", name))
        self._say("FEEDBACK", name, text)


def _of(tag: str, *inner: ET.Element, **attributes: str) -> ET.Element:
    made = ET.Element(tag, attributes)
    made.extend(inner)
    return made


def _value(base: str, text: str) -> ET.Element:
    made = ET.Element("baseValue", baseType=base)
    made.text = text
    return made


def _response(name: str = "RESPONSE") -> ET.Element:
    return _of("variable", identifier=name)


def _is_right(name: str = "RESPONSE") -> ET.Element:
    return _of("match", _response(name), _of("correct", identifier=name))


def _flag(value: bool) -> str:
    return str(value).lower()


def _choice_interaction(item: _Item, most: int) -> ET.Element:
    shuffle = _flag(item.question.shuffle)
    return ET.SubElement(
        item.body, "choiceInteraction", responseIdentifier="RESPONSE", shuffle=shuffle, maxChoices=str(most)
    )


def _put_options(into: ET.Element, tag: str, options: Sequence[Option]) -> None:
    for option in options:
        into.append(markup.element(tag, option.text, identifier=option.id, fixed=_flag(option.fixed)))


def _single(item: _Item) -> None:
    options = item.question.options
    item.declare("identifier", [option.id for option in options if option.right])
    _put_options(_choice_interaction(item, 1), "simpleChoice", options)
    item.all_when(_is_right())
    item.tell([(option.id, option.feedback) for option in options])


def _multiple(item: _Item) -> None:
    options = item.question.options
    right = [option.id for option in options if option.right]
    declared = item.declare("identifier", right, "multiple")
    mapping = ET.SubElement(declared, "mapping", lowerBound="0", defaultValue="0")
    for option in options:
        ET.SubElement(mapping, "mapEntry", mapKey=option.id, mappedValue="1" if option.right else "-1")
    _put_options(_choice_interaction(item, 0), "simpleChoice", options)
    item.mapped(len(right))
    item.tell([(option.id, option.feedback) for option in options], many=True)


def _truefalse(item: _Item) -> None:
    question = item.question
    item.declare("identifier", [question.answer or "true"])
    interaction = _choice_interaction(item, 1)
    interaction.set("shuffle", "false")
    for value, words in _TRUTH.items():
        ET.SubElement(interaction, "simpleChoice", identifier=value).text = words[item.lang]
    item.all_when(_is_right())
    item.tell([("true", question.if_true), ("false", question.if_false)])


def _match(item: _Item) -> None:
    """Left-hand sides have an `l.` before the id of their pair, right-hand sides an `r.`."""
    question = item.question
    right = [f"l.{pair.id} r.{pair.id}" for pair in question.pairs]
    mapping = ET.SubElement(item.declare("directedPair", right, "multiple"), "mapping", defaultValue="0")
    for value in right:
        ET.SubElement(mapping, "mapEntry", mapKey=value, mappedValue="1")
    interaction = ET.SubElement(
        item.body,
        "matchInteraction",
        responseIdentifier="RESPONSE",
        shuffle=_flag(question.shuffle),
        maxAssociations=str(len(right)),
    )
    left, sides = (ET.SubElement(interaction, "simpleMatchSet") for _ in range(2))
    for pair in question.pairs:
        left.append(markup.element("simpleAssociableChoice", pair.left, identifier=f"l.{pair.id}", matchMax="1"))
    for name, text in [
        *((one.id, one.right) for one in question.pairs),
        *((one.id, one.text) for one in question.others),
    ]:
        ET.SubElement(sides, "simpleAssociableChoice", identifier=f"r.{name}", matchMax="1").text = text
    item.mapped(len(right))


def _order(item: _Item) -> None:
    pieces = item.question.pieces
    item.declare("identifier", [piece.id for piece in pieces], "ordered")
    interaction = ET.SubElement(item.body, "orderInteraction", responseIdentifier="RESPONSE", shuffle="true")
    for piece in pieces:
        interaction.append(markup.element("simpleChoice", piece.text, identifier=piece.id))
    for place, piece in enumerate(pieces, 1):
        there = _of("index", _response(), n=str(place))
        item.one_when(_of("match", there, _value("identifier", piece.id)))
    item.counted(len(pieces))


def _field(item: _Item, name: str = "RESPONSE") -> ET.Element:
    line = ET.SubElement(item.body, "p")
    return ET.SubElement(line, "textEntryInteraction", responseIdentifier=name, expectedLength="30")


def _is_word(word: str, name: str = "RESPONSE") -> ET.Element:
    return _of("stringMatch", _response(name), _value("string", word), caseSensitive="false")


def _is_one_of(words: Sequence[str], name: str = "RESPONSE") -> ET.Element:
    return _of("or", *(_is_word(word, name) for word in words))


def _short(item: _Item) -> None:
    question = item.question
    words = question.accept or []
    item.declare("string", words[:1])
    _field(item)
    item.all_when(_is_one_of(words))
    for place, row in enumerate(question.wrong, 1):
        item.tell_when(_is_one_of(row.words or []), f"wrong-{place}", row.feedback)


def _is_near(number: str, tolerance: str | None, name: str = "RESPONSE") -> ET.Element:
    within = (
        {"toleranceMode": "absolute", "tolerance": f"{tolerance} {tolerance}"}
        if tolerance
        else {"toleranceMode": "exact"}
    )
    return _of("equal", _response(name), _value("float", number), **within)


def _numeric(item: _Item) -> None:
    question = item.question
    item.declare("float", [question.answer or "0"])
    field = _field(item)
    if question.unit:
        unit = ET.SubElement(item.body[-1], "span", {"class": "unit"})
        field.tail, unit.text = " ", question.unit
    item.all_when(_is_near(question.answer or "0", question.tolerance))
    for place, row in enumerate(question.wrong, 1):
        item.tell_when(_is_near(row.value or "0", None), f"wrong-{place}", row.feedback)


def _cloze(item: _Item) -> None:
    question = item.question
    html = question.text or ""
    for gap in question.gaps:
        html = html.replace(f"{{{{{gap.id}}}}}", f"<span id='{gap.id}'></span>")
    text = markup.element("div", html)
    for gap in question.gaps:
        place = text.find(f".//span[@id='{gap.id}']")
        if place is not None:
            _GAPS[_kind(gap)](item, gap, place)
    item.counted(len(question.gaps))
    item.body.append(text)


def _kind(gap: QuestionGap) -> str:
    return "options" if gap.options else "number" if gap.answer is not None else "words"


def _turn(place: ET.Element, tag: str, **attributes: str) -> None:
    place.tag = tag
    place.attrib = attributes


def _gap_options(item: _Item, gap: QuestionGap, place: ET.Element) -> None:
    name = f"RESPONSE_{gap.id}"
    item.declare("identifier", [option.id for option in gap.options if option.right], name=name)
    _turn(place, "inlineChoiceInteraction", responseIdentifier=name, shuffle=_flag(item.question.shuffle))
    for option in gap.options:
        ET.SubElement(place, "inlineChoice", identifier=option.id, fixed=_flag(option.fixed)).text = option.text
    item.one_when(_is_right(name))
    item.tell([(option.id, option.feedback) for option in gap.options], gap=gap.id)


def _gap_words(item: _Item, gap: QuestionGap, place: ET.Element) -> None:
    name, words = f"RESPONSE_{gap.id}", gap.accept or []
    item.declare("string", words[:1], name=name)
    _turn(place, "textEntryInteraction", responseIdentifier=name, expectedLength="20")
    item.one_when(_is_one_of(words, name))


def _gap_number(item: _Item, gap: QuestionGap, place: ET.Element) -> None:
    name = f"RESPONSE_{gap.id}"
    item.declare("float", [gap.answer or "0"], name=name)
    _turn(place, "textEntryInteraction", responseIdentifier=name, expectedLength="10")
    item.one_when(_is_near(gap.answer or "0", gap.tolerance, name))


_GAPS: dict[str, Callable[[_Item, QuestionGap, ET.Element], None]] = {
    "options": _gap_options,
    "number": _gap_number,
    "words": _gap_words,
}


def _reflect(item: _Item) -> None:
    item.declare("string", [])
    ET.SubElement(item.body, "extendedTextInteraction", responseIdentifier="RESPONSE", expectedLines="8")
    if item.question.model:
        rubric = ET.SubElement(item.body, "rubricBlock", view="scorer")
        rubric.append(markup.element("div", item.question.model))


_WRITERS: dict[QuestionType, Callable[[_Item], None]] = {
    "single": _single,
    "multiple": _multiple,
    "truefalse": _truefalse,
    "match": _match,
    "order": _order,
    "short": _short,
    "numeric": _numeric,
    "cloze": _cloze,
    "reflect": _reflect,
}
