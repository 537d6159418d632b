"""Types of single values. The schema decides what a written text means, never YAML's guesses."""

import re
from collections.abc import Callable
from datetime import date
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

from coopkm.text.dates import BUDDHIST_OFFSET

ID_PATTERN = r"^[a-z][a-z0-9-]{0,63}$"
KEY_PATTERN = r"^[a-z][a-z0-9-]*(\.[a-z0-9-]+)*$"
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)


def _fail(code: str, **values: object) -> PydanticCustomError:
    return PydanticCustomError(code, "{value}", {"value": "", **values})  # type: ignore[arg-type]


def _require_text(value: Any) -> str:
    if not isinstance(value, str):
        raise _fail("wrong-type", expected="text")
    return value


def _matching(pattern: str, code: str) -> Callable[[Any], str]:
    compiled = re.compile(pattern)

    def validate(value: Any) -> str:
        text = _require_text(value)
        if not compiled.fullmatch(text) or "\n" in text:
            raise _fail(code, value=text)
        return text

    return validate


def _day(value: Any) -> date:
    text = _require_text(value)
    match = _DAY.fullmatch(text)
    if not match:
        raise _fail("bad-date", value=text)
    year, month, day = map(int, match.groups())
    buddhist = year > 2400
    try:
        found = date(year - BUDDHIST_OFFSET if buddhist else year, month, day)
    except ValueError:
        raise _fail("bad-date", value=text) from None
    if buddhist:
        raise _fail("bad-date", value=text, guess=found.isoformat())
    return found


def whole(least: int, most: int) -> Any:
    """A whole number written in Arabic digits, within bounds."""

    def validate(value: Any) -> int:
        text = _require_text(value)
        if not re.fullmatch(r"[0-9]{1,9}", text) or not least <= int(text) <= most:
            raise _fail("bad-number", value=text, least=least, most=most)
        return int(text)

    schema = {"type": "integer", "minimum": least, "maximum": most}
    return Annotated[int, BeforeValidator(validate), WithJsonSchema(schema)]


def _filled(value: Any) -> str:
    text = _require_text(value)
    if not text.strip():
        raise _fail("empty-text")
    return text.strip()


def _shape(pattern: str) -> Any:
    return WithJsonSchema({"type": "string", "pattern": pattern})


Id = Annotated[str, BeforeValidator(_matching(ID_PATTERN, "bad-id")), _shape(ID_PATTERN)]
Key = Annotated[str, BeforeValidator(_matching(KEY_PATTERN, "bad-key")), _shape(KEY_PATTERN)]
Day = Annotated[date, BeforeValidator(_day), _shape(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
Url = Annotated[str, BeforeValidator(_matching(r"^https?://[^\s<>\"']+$", "bad-url")), _shape("^https?://")]
Line = Annotated[str, BeforeValidator(_filled), StringConstraints(max_length=20_000)]
Number = Annotated[
    str,
    BeforeValidator(_matching(r"^[0-9]{1,3}(\.[0-9]{1,3}){0,3}$", "bad-id")),
    Field(description="Number of a step as its document has it, such as 1.2"),
]
