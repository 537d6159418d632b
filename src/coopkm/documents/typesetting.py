"""A document as PDF: tagged (PDF/UA-1), with bookmarks, Thai lines that break between words, text that copies right.

Python works out the words, numbers and places (`plan.py`); `layout.typ` draws them. The same document gives the same
bytes: no clock, no fonts but those of the package, unless the document asks for another.
"""

import json
import tempfile
from importlib.resources import files
from pathlib import Path

import fontpkg_sarabun

from coopkm import extras
from coopkm.documents.plan import Plan, plan
from coopkm.documents.tree import Document


def as_pdf(document: Document) -> bytes:
    """The document as a PDF file."""
    planned = plan(document)
    return _compiled(planned)


def _compiled(planned: Plan) -> bytes:
    typst = extras.load("typst")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "main.typ").write_bytes(files(__package__).joinpath("layout.typ").read_bytes())
        (folder / "document.json").write_text(json.dumps(planned.data, ensure_ascii=False), "utf-8")
        for file, data in planned.pictures.items():
            (folder / file).write_bytes(data)
        made: bytes = typst.compile(
            folder / "main.typ",
            root=folder,
            font_paths=[Path(fontpkg_sarabun.__file__).parent / "files"],
            ignore_system_fonts=True,
            pdf_standards=["ua-1"],
            timestamp=planned.timestamp,
        )
        return made
