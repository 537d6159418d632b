"""The key of a printed form, as `coopkm exam` writes it, and how letters on paper become answers."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from coopkm.analysis.faults import Refused, fault
from coopkm.model.base import Text
from coopkm.model.questions import Part, Question, QuestionType
from coopkm.text.folding import same_words
from coopkm.text.plain import plain_text

MAX_BYTES = 4_000_000
_LONGEST = 500  # characters of a cell
_Name = Annotated[str, Field(min_length=1, max_length=200)]
_DIGITS = {0x0E50 + digit: str(digit) for digit in range(10)}
_BETWEEN = set(" ,.;:-=/()\u00a0\u200b")


class _Said(BaseModel):
    model_config = ConfigDict(frozen=True)  # a later version may say more; what is said here must be right


class KeyTitle(_Said):
    """The title of a form."""

    th: _Name
    en: str | None = None


class KeyQuestion(_Said):
    """A question of the form; `places` leads from what is written on the sheet to ids."""

    number: Annotated[int, Field(ge=1, le=2000)]
    id: _Name
    type: QuestionType
    digest: Annotated[str, Field(max_length=64)] = ""
    places: dict[str, Any] = Field(default_factory=dict)


class FormKey(_Said):
    """The key of one form."""

    format: Literal["coopkm-form"]
    version: Literal[1]
    blueprint: _Name
    form: _Name
    code: _Name
    title: KeyTitle
    questions: Annotated[list[KeyQuestion], Field(min_length=1, max_length=2000)]

    @property
    def shown_title(self) -> Text:
        """The title with the form's letter."""
        return Text(
            th=f"{self.title.th} ชุด {self.form}",
            en=f"{self.title.en or self.title.th}, form {self.form}",
        )


class Read(NamedTuple):
    """An answer in the form that grading takes, and whether what was written could be understood."""

    answer: Any
    clear: bool = True


def key_in(raw: bytes, path: str) -> FormKey:
    """The key that a file holds."""
    if len(raw) > MAX_BYTES:
        raise Refused(fault(path, "too-large", limit=MAX_BYTES // 1_000_000))
    try:
        return FormKey.model_validate(json.loads(raw))
    except ValidationError as error:
        where = ".".join(str(step) for step in error.errors()[0]["loc"]) or "format"
        raise Refused(fault(path, "bad-key", where=where)) from None
    except (ValueError, RecursionError) as error:
        raise Refused(fault(path, "bad-json", detail=str(error).split(":")[0])) from None


def letters_of(row: KeyQuestion) -> dict[str, str]:
    """What is chosen -> the letter that it has on paper; of parts and gaps by their names before a dot."""
    found: dict[str, str] = {}
    for letter, name in row.places.items():
        if isinstance(name, str):
            found[name] = letter
        elif isinstance(name, Mapping):
            found |= {f"{letter}.{inner}": mark for mark, inner in name.items() if isinstance(inner, str)}
    return found


def read_cell(question: Part, places: Mapping[str, Any], cell: str) -> Read:
    """What a learner's letters say; an empty cell is no answer."""
    written = cell.strip()[:_LONGEST]
    if not written or set(written) <= {"-", "–", "—", "."}:
        return Read(None)
    return _READ.get(question.type, _as_written)(question, places, written)


def folded(written: str) -> str:
    """Letters as they are compared: no spaces and signs between, small letters, Arabic digits."""
    return "".join(char for char in written.translate(_DIGITS).casefold() if char not in _BETWEEN)


def _places(places: Mapping[str, Any]) -> dict[str, str]:
    return {folded(letter): name for letter, name in places.items() if isinstance(name, str)}


def _one(question: Part, places: Mapping[str, Any], written: str) -> Read:
    name = _places(places).get(folded(written))
    return Read(name, name is not None)


def _several(question: Part, places: Mapping[str, Any], written: str) -> Read:
    names = _cut(folded(written), _places(places))
    return Read(names or None, names is not None)


def _cut(written: str, places: Mapping[str, str]) -> list[str] | None:
    """The names of letters that stand one after the other; None where one of them is not known."""
    found: list[str] = []
    while written:
        letter = next((one for one in sorted(places, key=len, reverse=True) if written.startswith(one)), None)
        if not letter:
            return None
        found.append(places[letter])
        written = written[len(letter) :]
    return list(dict.fromkeys(found))


_YES = {"ถูก", "ถ", "จริง", "ใช่", "t", "true", "yes", "y", "✓", "√", "/"}
_NO = {"ผิด", "ผ", "เท็จ", "ไม่ใช่", "f", "false", "no", "n", "✗", "x", "×"}


def _truefalse(question: Part, places: Mapping[str, Any], written: str) -> Read:
    name = _places(places).get(folded(written))
    plain = written.strip().casefold()
    if name == "true" or (name is None and plain in _YES):
        return Read(True)
    if name == "false" or (name is None and plain in _NO):
        return Read(False)
    return Read(None, False)


def _match(question: Part, places: Mapping[str, Any], written: str) -> Read:
    """`1ข 2ก`: a number and the letter that belongs to it."""
    left, right = (_places(places.get(side) or {}) for side in ("left", "right"))
    rest = folded(written)
    found: dict[str, Any] = {}
    while rest:
        number = next((one for one in sorted(left, key=len, reverse=True) if one and rest.startswith(one)), None)
        letter = _first(right, rest[len(number) :]) if number else None
        if not number or not letter:
            return Read(found or None, False)
        found[left[number]] = right[letter]
        rest = rest[len(number) + len(letter) :]
    return Read(found)


def _first(letters: Mapping[str, str], written: str) -> str | None:
    return next((one for one in sorted(letters, key=len, reverse=True) if one and written.startswith(one)), None)


def _as_written(question: Part, places: Mapping[str, Any], written: str) -> Read:
    return Read(written)


def _cloze(question: Part, places: Mapping[str, Any], written: str) -> Read:
    """Words of the gaps in order, parted by `;` or `/`; a gap with options is answered by its text or its letter."""
    words = [word.strip() for word in written.replace("/", ";").split(";")] if len(question.gaps) > 1 else [written]
    found: dict[str, Any] = {}
    clear = len(words) <= len(question.gaps)
    for gap, word in zip(question.gaps, words, strict=False):
        given = _in_options(gap.options, places.get(gap.id), word) if gap.options else word or None
        clear = clear and (given is not None or not word)
        found[gap.id] = given
    return Read(found, clear)


def _in_options(options: Any, places: Any, word: str) -> str | None:
    letters = _places(places) if isinstance(places, Mapping) else {}
    by_text = {same_words(plain_text(text)): one.id for one in options for text in (one.text.th, one.text.en) if text}
    return letters.get(folded(word)) or by_text.get(same_words(word))


def _case(question: Part, places: Mapping[str, Any], written: str) -> Read:
    """Answers of the parts in order, parted by `;` or `/`; `places` has an entry for each part."""
    parts = question.parts if isinstance(question, Question) else []
    words = [word.strip() for word in written.replace("/", ";").split(";")]
    if len(words) == 1 and len(parts) > 1:
        words = written.split() if " " in written else _letter_by_letter(written, parts, places)
    if len(words) > len(parts):  # nobody can tell which letter belongs to which part
        return Read(None, False)
    found: dict[str, Any] = {}
    clear = True
    for part, word in zip(parts, words, strict=False):
        row = places.get(part.id)
        read = read_cell(part, row if isinstance(row, Mapping) else {}, word)
        found[part.id], clear = read.answer, clear and read.clear
    return Read(found, clear)


def _letter_by_letter(written: str, parts: Sequence[Part], places: Mapping[str, Any]) -> list[str]:
    """`กข` for two parts that take one letter each; what is left over is put to the last."""
    words, rest = [], folded(written)
    for part in parts:
        row = places.get(part.id)
        letter = _first(_places(row), rest) if isinstance(row, Mapping) else None
        words.append(letter or "")
        rest = rest[len(letter or "") :]
    return [*words, rest] if rest else words


_READ: dict[str, Callable[[Part, Mapping[str, Any], str], Read]] = {
    "single": _one,
    "multiple": _several,
    "truefalse": _truefalse,
    "match": _match,
    "order": _several,
    "cloze": _cloze,
    "case": _case,
}
