"""Types of single values. The schema decides what a written text means, never YAML's guesses."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

from coopkm.text.dates import BUDDHIST_OFFSET

BUDDHIST_YEARS = 2400  # a year beyond is a Buddhist one

ID_PATTERN = r"^[a-z][a-z0-9-]{0,63}$"
STEP_PATTERN = r"^[0-9]{1,3}(\.[0-9]{1,3}){0,3}$"
KEY_PATTERN = r"^[a-z][a-z0-9-]*(\.[a-z0-9-]+)*$"
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})", re.ASCII)
_AMOUNT = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,6})?")
_ARABIC = {ord("๐") + digit: str(digit) for digit in range(10)}


def _fail(code: str, **values: object) -> PydanticCustomError:
    return PydanticCustomError(code, "{value}", {"value": "", **values})


def _require_text(value: Any) -> str:
    if not isinstance(value, str):
        raise _fail("wrong-type", expected="text")
    return value


def _matching(pattern: str, code: str) -> Callable[[Any], str]:
    compiled = re.compile(pattern)

    def validate(value: Any) -> str:
        text = _require_text(value)
        if not compiled.fullmatch(text) or "\n" in text:
            raise _fail(code, value=text, guess=_plainly(text, compiled))
        return text

    return validate


def _plainly(text: str, pattern: re.Pattern[str]) -> str:
    """The text without quotes, in small letters, with dashes for what stands between, if that is what was asked for."""
    meant = re.sub(r"[\s_]+", "-", text.translate(_ARABIC).strip(" \t'\"“”‘’").lower())
    return meant if pattern.fullmatch(meant) else ""


def _day(value: Any) -> date:
    text = _require_text(value)
    match = _DAY.fullmatch(text)
    found = _date(*match.groups()) if match else None
    if found is None or found.year > BUDDHIST_YEARS:
        raise _fail("bad-date", value=text, guess=_day_meant(text) or "")
    return found


def _day_meant(text: str) -> date | None:
    """The day of a date in Thai digits, with the day first, or in a Buddhist year."""
    plain = text.strip().translate(_ARABIC)
    match, first = _DAY.fullmatch(plain), _DAY_FIRST.fullmatch(plain)
    year, month, day = match.groups() if match else first.groups()[::-1] if first else ("0", "0", "0")
    return _date(int(year) - BUDDHIST_OFFSET if int(year) > BUDDHIST_YEARS else year, month, day)


def _date(year: str | int, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def whole(least: int, most: int) -> Any:
    """A whole number written in Arabic digits, within bounds."""

    def fits(text: str) -> bool:
        return bool(re.fullmatch(r"[0-9]{1,9}", text)) and least <= int(text) <= most

    def validate(value: Any) -> int:
        text = _require_text(value)
        if not fits(text):
            meant = text.translate(_ARABIC)
            raise _fail("bad-number", value=text, least=least, most=most, guess=meant if fits(meant) else "")
        return int(text)

    schema = {"type": "integer", "minimum": least, "maximum": most}
    return Annotated[int, BeforeValidator(validate), WithJsonSchema(schema)]


_FLAGS = {"yes": True, "true": True, "no": False, "false": False}


def _flag(value: Any) -> bool:
    text = _require_text(value)
    if text not in _FLAGS:
        raise _fail("bad-flag", value=text)
    return _FLAGS[text]


def _amount(value: Any) -> Decimal:
    text = _require_text(value)
    meant = text.translate(_ARABIC).replace(",", "").strip()
    if not _AMOUNT.fullmatch(text):
        raise _fail("bad-amount", value=text, guess=meant if _AMOUNT.fullmatch(meant) else "")
    return Decimal(text)


def _filled(value: Any) -> str:
    text = _require_text(value)
    if not text.strip():
        raise _fail("empty-text")
    return text.strip()


def _shape(pattern: str) -> Any:
    return WithJsonSchema({"type": "string", "pattern": pattern})


Flag = Annotated[bool, BeforeValidator(_flag), WithJsonSchema({"enum": ["yes", "no", True, False]})]
Amount = Annotated[Decimal, BeforeValidator(_amount), WithJsonSchema({"type": "number"})]
Id = Annotated[str, BeforeValidator(_matching(ID_PATTERN, "bad-id")), _shape(ID_PATTERN)]
Key = Annotated[str, BeforeValidator(_matching(KEY_PATTERN, "bad-key")), _shape(KEY_PATTERN)]
Day = Annotated[date, BeforeValidator(_day), _shape(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
Url = Annotated[str, BeforeValidator(_matching(r"^https?://[^\s<>\"']+$", "bad-url")), _shape("^https?://")]
Line = Annotated[str, BeforeValidator(_filled), StringConstraints(max_length=20_000)]
Number = Annotated[
    str,
    BeforeValidator(_matching(STEP_PATTERN, "bad-step")),
    WithJsonSchema({"type": ["string", "number"], "pattern": STEP_PATTERN}),
]
