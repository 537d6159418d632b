"""A document as a Word file (DOCX): styles, counted lists, contents and fields that go on working when it is edited.

python-docx keeps the package of parts; what a paragraph or table holds is written here, because Thai needs the fonts,
sizes and languages of complex script, which python-docx does not know. The same document gives the same bytes.
"""

from coopkm import extras
from coopkm.documents.tree import Document


def as_docx(document: Document) -> bytes:
    """The document as a DOCX file."""
    extras.load("docx")
    from coopkm.documents.word.body import written
    from coopkm.documents.word.file import packed

    return packed(written(document))
