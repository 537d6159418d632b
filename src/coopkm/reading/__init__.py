"""From bytes to nodes that keep their places. Nothing here knows what a unit is."""

from coopkm.reading.decode import MAX_BYTES, decode
from coopkm.reading.files import find_files, read_text
from coopkm.reading.nodes import Document, Entry, Mapping, Node, Scalar, Sequence, parse

__all__ = [
    "MAX_BYTES",
    "Document",
    "Entry",
    "Mapping",
    "Node",
    "Scalar",
    "Sequence",
    "decode",
    "find_files",
    "parse",
    "read_text",
]
