"""A Word file as bytes that do not depend on the clock."""

import io
import zipfile
from typing import Any

_NEVER = (1980, 1, 1, 0, 0, 0)


def packed(document: Any) -> bytes:
    """The parts of a document of python-docx as a zip file, in a fixed order and with a fixed date."""
    raw = io.BytesIO()
    document.save(raw)
    made = io.BytesIO()
    with zipfile.ZipFile(raw) as parts, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name in sorted(
            parts.namelist(), key=lambda name: (name != "[Content_Types].xml", name != "_rels/.rels", name)
        ):
            entry = zipfile.ZipInfo(name, _NEVER)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            target.writestr(entry, parts.read(name))
    return made.getvalue()
