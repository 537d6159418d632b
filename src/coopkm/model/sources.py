"""The source registry: documents, and every smallest item of them."""

from typing import Literal

from coopkm.model.base import Record, Text
from coopkm.model.scalars import Day, Id, Key, Line, Url, whole


class SourceDocument(Record):
    """A document that items are taken from.

    `year` is a Buddhist year; `read` the day a web page or law was read.
    """

    id: Id
    kind: Literal["handbook", "news", "law", "web", "order"]
    title: Text
    short: Text
    publisher: Text
    year: whole(2400, 2700) | None = None  # type: ignore[valid-type]
    url: Url | None = None
    read: Day | None = None


class SourceItem(Record):
    """The smallest piece of a document.

    `cite` is how people call it, after the document's `short`; `line` counts in the text edition it was read
    from.
    """

    key: Key
    cite: Text
    kind: Id
    heading: Line
    label: Text
    line: whole(1, 1_000_000) | None = None  # type: ignore[valid-type]
    url: Url | None = None
    read: Day | None = None

    @property
    def document(self) -> str:
        """The id of the document it belongs to."""
        return self.key.split(".", 1)[0]


class SourceFile(Record):
    """knowledge/sources.yml."""

    documents: list[SourceDocument]
    items: list[SourceItem]
