"""The record of translations: read from its file, and held against the texts as they stand."""

import json
import re
from functools import lru_cache

from coopkm.library.records import Library
from coopkm.problems import Place, Problem, problem

MAX_RECORD = 64 * 1024 * 1024  # one line a text: about 5 KB a unit
_PAIR = re.compile(r"[0-9a-f]{12} [0-9a-f]{12}")


@lru_cache(maxsize=4)  # a preview reads the same again and again
def parsed_record(text: str, name: str) -> tuple[dict[str, str], list[Problem]]:
    """The record of translations; what is not formed like an entry of it is left out and told."""
    try:
        raw = json.loads(text)
    except json.JSONDecodeError as error:
        place = Place(name, error.lineno, error.colno)
        return {}, [problem(place, "english-record", text=text.split("\n")[error.lineno - 1] or "…")]
    except (ValueError, RecursionError):
        raw = None
    if not isinstance(raw, dict):
        return {}, [problem(Place(name), "english-record", text=text.split("\n")[0])]
    bad = {key for key, value in raw.items() if not isinstance(value, str) or not _PAIR.fullmatch(value)}
    problems = [problem(Place(name), "english-record", text=key) for key in sorted(bad)]
    return {key: value for key, value in raw.items() if key not in bad}, problems


def mark_stale(library: Library) -> None:
    """English is stale where the Thai differs from the one on record while the English does not."""
    for wording in library.wordings:
        stale = _is_stale(library.recorded(wording), wording.pair)
        if stale != wording.text.stale:
            wording.text.mark_stale(stale)
        if stale:
            library.stale.add(wording.name)


def _is_stale(recorded: str | None, pair: str) -> bool:
    if recorded is None or recorded == pair:
        return False
    (old_th, old_en), (th, en) = recorded.split(), pair.split()
    return th != old_th and en == old_en
