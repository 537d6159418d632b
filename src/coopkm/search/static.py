"""The index as files for the browser: classic scripts, which load from a folder too, and no library at run time.

Each file calls `coopkmSearch(name, value)`. `LANG.js` is the beginning; it names the folder of the others, whose name
tells what is in them, so that files of two editions are never mixed.
"""

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from coopkm.search.analysis import Analysis
from coopkm.search.coding import encoded
from coopkm.search.entries import Entry, kind_names
from coopkm.search.postings import Index, index
from coopkm.search.shards import Pieces
from coopkm.text.digest import digest

_LONGEST_LIST = 800  # entries of a token; in an index that has more, the common tokens say little
_LARGE = 2_000  # entries: from here on files go by two letters, and a query asks for fewer of them
_BLOCK = 14_000  # characters of entries in a file, about
_MOST_FILES = {False: (12, 6, 20), True: (6, 5, 12)}  # of tokens, of entries, in all, for a first query


def search_files(
    listed: Sequence[Entry],
    lang: str,
    analysis: Analysis,
    names: Sequence[str],
    others: Mapping[str, Sequence[str]],
) -> Iterator[tuple[str, str]]:
    """Name and text of every file, for one language; `others` are the keys of the entries of the other languages."""
    made = index(listed, analysis)
    pieces = Pieces(analysis.rules, 2 if len(listed) >= _LARGE else 1)
    shards = _shards(made, pieces)
    blocks = list(_blocks(listed))
    bodies: list[tuple[str, Any]] = [
        *((f"t{number}", shard) for number, shard in enumerate(shards.values())),
        *((f"d{number}", [_row(entry) for entry in listed[first:last]]) for number, (first, last) in enumerate(blocks)),
        ("n", list(names)),
    ]
    texts = [(name, _json(value)) for name, value in bodies]
    folder = f"{lang}-{digest(*(part for row in texts for part in row))[:12]}"
    start = {
        "folder": folder,
        "size": len(listed),
        "letters": pieces.size,
        "pieces": list(shards),
        "common": "".join(_level(shard) for shard in shards.values()),
        "blocks": [last - first for first, last in blocks],
        "most": _MOST_FILES[len(listed) >= _LARGE],
        "kinds": _runs(listed),
        "names": kind_names(lang),
        "twins": {other: _twins(keys, listed) for other, keys in others.items()},
        "rules": analysis.rules,
        "misprints": analysis.right,
    }
    yield f"{lang}.js", f'coopkmSearch("{lang}",{_json(start)});\n'
    for name, text in texts:
        yield f"{folder}/{name}.js", f'coopkmSearch("{lang}/{name}",{text});\n'


def _shards(made: Index, pieces: Pieces) -> dict[str, dict[str, str]]:
    """The files of tokens by their piece."""
    shards: dict[str, dict[str, str]] = {}
    for token in sorted(made.lists):
        shards.setdefault(pieces.piece(token), {})[token] = encoded(made.lists[token], _LONGEST_LIST)
    return dict(sorted(shards.items()))


def _level(shard: Mapping[str, str]) -> str:
    """How common the tokens of a file are, as a digit or letter: the logarithm of their lists' mean length."""
    mean = sum(map(len, shard.values())) / len(shard) / 2
    return "0123456789abcdef"[min(15, round(math.log2(mean + 1)))]


def _blocks(listed: Sequence[Entry]) -> Iterator[tuple[int, int]]:
    """Ranges of entries that make a file each."""
    first, size = 0, 0
    for number, entry in enumerate(listed):
        size += len(entry.title) + sum(map(len, entry.passages))
        if size >= _BLOCK or number == len(listed) - 1:
            yield first, number + 1
            first, size = number + 1, 0


def _row(entry: Entry) -> list[Any]:
    return [entry.key, entry.title, entry.place, entry.url, list(entry.passages)]


def _runs(listed: Sequence[Entry]) -> list[list[Any]]:
    """Kinds in the order of the entries, as pairs of kind and how many in a row."""
    runs: list[list[Any]] = []
    for entry in listed:
        if runs and runs[-1][0] == entry.kind:
            runs[-1][1] += 1
        else:
            runs.append([entry.kind, 1])
    return runs


def _twins(theirs: Sequence[str], own: Sequence[Entry]) -> list[list[int]]:
    """Where the same entry stands in both: ranges of their first number, our first number, how many."""
    numbers = {entry.key: number for number, entry in enumerate(own)}
    ranges: list[list[int]] = []
    for their, key in enumerate(theirs):
        our = numbers.get(key)
        if our is None:
            continue
        if ranges and ranges[-1][0] + ranges[-1][2] == their and ranges[-1][1] + ranges[-1][2] == our:
            ranges[-1][2] += 1
        else:
            ranges.append([their, our, 1])
    return ranges


def _json(value: Any) -> str:
    # A line separator ends a line of script in old browsers.
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
