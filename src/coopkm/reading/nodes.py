"""YAML text to nodes that keep line and column. Scalars stay text: the schema decides their type.

Anchors, aliases, tags and merge keys are refused while reading, so no text can unfold into a larger one.
"""

import re
import sys
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import yaml

from coopkm.problems import Place, Problem, problem
from coopkm.reading.offsets import source_offset
from coopkm.reading.syntax import first_control, syntax_problem

MAX_DEPTH = 32
_OFTEN = 32  # characters
_AT_HAND = 64  # files whose nodes stay
Loc = tuple[str | int, ...]
_EMPTY = ("", "~", "null")
_LINE_END = re.compile("\n")


@dataclass(slots=True)
class Scalar:
    """A text as written; `style` is empty (plain), a quote, or the mark of a block: `|` or `>`."""

    value: str
    style: str
    line: int
    column: int

    def data(self) -> str | None:
        return None if not self.style and self.value in _EMPTY else self.value


@dataclass(slots=True)
class Sequence:
    items: "list[Node]"
    line: int
    column: int

    def data(self) -> list[Any]:
        return [item.data() for item in self.items]


@dataclass(slots=True)
class Entry:
    """A key's own place and the value beside it."""

    line: int
    column: int
    value: "Node"


@dataclass(slots=True)
class Mapping:
    entries: dict[str, Entry]
    line: int
    column: int

    def data(self) -> dict[str, Any]:
        return {key: entry.value.data() for key, entry in self.entries.items()}


Node = Scalar | Sequence | Mapping


@dataclass(slots=True)
class Document:
    """One file that could be read: its path, and its text, in which places are found.

    Its nodes are made anew when a place is asked for: those of all files would take a third of all memory.
    """

    path: str
    text: str

    @property
    def root(self) -> Mapping:
        root, _ = _built(self.text, self.path)
        assert root is not None
        return root

    def place(self, loc: Loc = (), *, key: bool = False) -> Place:
        """Where the value at `loc` stands, or with `key` its key; the nearest outer place if it is absent."""
        node: Node = self.root
        line, column = node.line, node.column
        for step in loc:
            if isinstance(node, Mapping) and step in node.entries:
                entry = node.entries[str(step)]
                node = entry.value
                line, column = (entry.line, entry.column) if key else (node.line, node.column)
            elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
                node = node.items[step]
                line, column = node.line, node.column
            else:
                break
        return Place(self.path, line, column)

    def place_in(self, loc: Loc, offset: int) -> Place:
        """Where the character at `offset` of the text at `loc` stands; blanks before the text don't count."""
        node = self._node(loc)
        if not isinstance(node, Scalar):
            return self.place(loc)
        nth = sum(not char.isspace() for char in node.value.lstrip()[:offset])
        starts = [0, *(match.end() for match in _LINE_END.finditer(self.text))]
        in_block = node.style in ("|", ">")
        begin = starts[node.line] if in_block else starts[node.line - 1] + node.column - 1 + len(node.style)
        at = source_offset(self.text, begin, node.style, nth)
        line = bisect_right(starts, at)
        return Place(self.path, line, at - starts[line - 1] + 1)

    def _node(self, loc: Loc) -> Node | None:
        node: Node | None = self.root
        for step in loc:
            if isinstance(node, Mapping) and step in node.entries:
                node = node.entries[str(step)].value
            elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
                node = node.items[step]
            else:
                return None
        return node


class _Refused(Exception):
    """Ends the reading of one file; carries the problem."""

    def __init__(self, found: Problem) -> None:
        self.problem = found


def parse(text: str, path: str) -> tuple[Document | None, list[Problem]]:
    """The document of a file and its problems; no document where the file cannot be used at all."""
    root, found = _built(text, path)
    return (None if root is None else Document(path, text)), list(found)


@lru_cache(maxsize=_AT_HAND)
def _built(text: str, path: str) -> tuple[Mapping | None, tuple[Problem, ...]]:
    control = first_control(text, path)
    if control:
        return None, (control,)
    found: list[Problem] = []
    loader = yaml.CLoader if yaml.__with_libyaml__ else yaml.Loader
    try:
        root = _Builder(loader(text).get_event, path, found).document()
    except _Refused as refused:
        return None, (*found, refused.problem)
    except yaml.YAMLError as error:
        return None, (*found, syntax_problem(error, text, path))
    return root, tuple(found)


class _Builder:
    """Makes nodes of a stream of YAML events."""

    def __init__(self, next_event: Callable[[], Any], path: str, found: list[Problem]) -> None:
        self._next = next_event
        self._path = path
        self._found = found

    def document(self) -> Mapping:
        self._next()  # stream start
        if isinstance(self._next(), yaml.StreamEndEvent):
            raise _Refused(problem(Place(self._path), "empty-file"))
        root = self._node(self._next(), 1)
        self._next()  # document end
        after = self._next()
        if not isinstance(after, yaml.StreamEndEvent):
            raise self._refuse(after, "several-documents")
        if isinstance(root, Scalar) and root.data() is None:
            raise _Refused(problem(Place(self._path), "empty-file"))
        if not isinstance(root, Mapping):
            raise _Refused(problem(Place(self._path, root.line, root.column), "not-fields"))
        return root

    def _refuse(self, event: Any, code: str, **values: object) -> _Refused:
        mark = event.start_mark
        return _Refused(problem(Place(self._path, mark.line + 1, mark.column + 1), code, **values))

    def _node(self, event: Any, depth: int) -> Node:
        if type(event) is yaml.AliasEvent or event.anchor is not None:
            raise self._refuse(event, "yaml-anchor", name=event.anchor)
        if event.tag is not None:
            raise self._refuse(event, "yaml-tag", name=event.tag.replace("tag:yaml.org,2002:", "!!"))
        if depth > MAX_DEPTH:
            raise self._refuse(event, "too-deep", limit=MAX_DEPTH)
        mark = event.start_mark
        if type(event) is yaml.ScalarEvent:
            # Ids, dates and the like come again and again: one copy of each does.
            value = sys.intern(event.value) if len(event.value) < _OFTEN else event.value
            return Scalar(value, event.style or "", mark.line + 1, mark.column + 1)
        if type(event) is yaml.SequenceStartEvent:
            return Sequence(self._items(depth + 1), mark.line + 1, mark.column + 1)
        return Mapping(self._entries(depth + 1), mark.line + 1, mark.column + 1)

    def _items(self, depth: int) -> list[Node]:
        items = []
        while type(event := self._next()) is not yaml.SequenceEndEvent:
            items.append(self._node(event, depth))
        return items

    def _entries(self, depth: int) -> dict[str, Entry]:
        entries: dict[str, Entry] = {}
        while type(event := self._next()) is not yaml.MappingEndEvent:
            key = self._key(event, depth)
            value = self._node(self._next(), depth)
            if key.value in entries:
                place = Place(self._path, key.line, key.column)
                line = entries[key.value].line
                self._found.append(problem(place, "duplicate-key", name=key.value, line=line))
            else:
                entries[key.value] = Entry(key.line, key.column, value)
        return entries

    def _key(self, event: Any, depth: int) -> Scalar:
        key = self._node(event, depth)
        if not isinstance(key, Scalar) or not key.value.strip():
            raise self._refuse(event, "key-not-text")
        if not key.style and key.value == "<<":
            raise self._refuse(event, "yaml-anchor", name="<<")
        return key
