"""Values to YAML as this project's authors write it."""

import re
from collections.abc import Iterator
from typing import Any

_PLAIN = re.compile(r"[A-Za-z\u0e01-\u0e2e\u0e40-\u0e44๐-๙0-9][^\n]*")
_SIGNS = re.compile(r": | #|:$|^[0-9]|\s$")
_WORDS = frozenset({"true", "false", "yes", "no", "on", "off", "null", "y", "n"})


def yaml_text(value: dict[str, Any]) -> str:
    """Fields of texts, numbers, lists and fields, as YAML."""
    return "".join(f"{line}\n" for line in _fields(value))


def _fields(value: dict[str, Any]) -> Iterator[str]:
    for name, inner in value.items():
        if isinstance(inner, dict):
            yield f"{name}:"
            yield from (f"  {line}" for line in _fields(inner))
        elif isinstance(inner, list) and not inner:
            yield f"{name}: []"
        elif isinstance(inner, list) and not isinstance(inner[0], dict):
            yield f"{name}: [{', '.join(_flow(item) for item in inner)}]"
        elif isinstance(inner, list):
            yield f"{name}:"
            for item in inner:
                first, *rest = _fields(item)
                yield f"  - {first}"
                yield from (f"    {line}" for line in rest)
        else:
            yield f"{name}: {_scalar(inner)}"


def _scalar(value: Any) -> str:
    text = str(value)
    if isinstance(value, int):
        return text
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return text
    if _PLAIN.fullmatch(text) and not _SIGNS.search(text) and text.casefold() not in _WORDS:
        return text
    return "'" + text.replace("'", "''") + "'"


def _flow(value: Any) -> str:
    text = _scalar(value)
    return f"'{text}'" if re.search(r"[,\[\]{}]", text) and not text.startswith("'") else text
