"""A document as PDF: tagged (PDF/UA-1), with bookmarks, Thai lines that break between words, text that copies right.

Python works out the words, numbers and places (`plan.py`); `layout.typ` draws them; `copying.py` finishes the file. The
same document gives the same bytes: no clock, and no fonts but those of the package, unless the document asks for
another (`fonts.py`).
"""

import io
import json
import tempfile
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

from coopkm import extras
from coopkm.documents.copying import finished
from coopkm.documents.fonts import fonts_for, options, without_unshown
from coopkm.documents.plan import Plan, plan
from coopkm.documents.tree import Document


def as_pdf(document: Document) -> bytes:
    """The document as a PDF file.

    A font that the machine has not is Sarabun, letters that no font has are boxes, pictures that cannot be read are
    their words. What leads nowhere (`#id` without a heading, an address that is not of the web or of mail) is no link.
    """
    return finished(_compiled(plan(document), document.font), document.lang, document.digits)


def heading_pages(document: Document) -> list[str]:
    """The printed page number of each listed heading, in order."""
    pikepdf = extras.load("pikepdf")
    with pikepdf.open(io.BytesIO(as_pdf(document))) as file, file.open_outline() as outline:
        labels = {page.obj.objgen: page.label for page in file.pages}
        return [labels.get(item.destination[0].objgen, "") for item in _flat(outline.root)]


def _flat(items: Any) -> Iterator[Any]:
    for item in items:
        yield item
        yield from _flat(item.children)


def _compiled(planned: Plan, family: str) -> bytes:
    typst = extras.load("typst")
    fonts = fonts_for(family)
    data = json.dumps({**planned.data, "fonts": fonts.families}, ensure_ascii=False)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "main.typ").write_bytes(files(__package__).joinpath("layout.typ").read_bytes())
        (folder / "document.json").write_text(without_unshown(data, fonts), "utf-8")
        for file, content in planned.pictures.items():
            (folder / file).write_bytes(content)
        made: bytes = typst.compile(
            folder / "main.typ",
            root=folder,
            pdf_standards=["ua-1"],
            timestamp=planned.timestamp,
            **options(fonts),
        )
        return made
