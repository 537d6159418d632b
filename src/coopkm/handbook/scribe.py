"""What all parts of a handbook ask for: its language, its words, texts as lines and blocks, sources in words."""

from collections.abc import Iterable
from datetime import date

from coopkm.documents.markdown import blocks, inline
from coopkm.documents.tree import Block, Line, Paragraph, Span
from coopkm.handbook.words import WORDS
from coopkm.library import Library
from coopkm.model.base import Detail, Lang, Text, Unit
from coopkm.text.dates import format_date


class Scribe:
    """Bound to a library, a language, and the units of the book: links to them lead to their chapters."""

    def __init__(self, library: Library, lang: Lang, units: Iterable[str], *, cites: bool) -> None:
        self.library = library
        self.lang = lang
        self.units = frozenset(units)
        self.cites = cites

    def word(self, name: str, **values: object) -> str:
        return WORDS[self.lang][name].format(**values)

    def day(self, day: date) -> str:
        return format_date(day, self.lang)

    def text(self, text: Text | None) -> str:
        """The words of a text as they stand, for titles and tables."""
        return text.shown(self.lang) if text else ""

    def line(self, text: Text) -> Line:
        return inline(self.text(text), self.resolve)

    def prose(self, text: Text) -> tuple[Block, ...]:
        return blocks(self.text(text), self.resolve, shift=2)

    def resolve(self, link: str) -> str | None:
        """A link to a unit of the book leads to it; other links into the site stay as their words."""
        name = link.removeprefix("unit:").split("#")[0]
        return f"#{name}" if link.startswith("unit:") and name in self.units else None

    def cited(self, keys: Iterable[str], *, known: frozenset[str] = frozenset(), read: bool = True) -> str:
        """Sources in words, each document named once: its short name, then what is cited of it.

        Documents of `known` are not named again. `read` adds the day on which a text was read.
        """
        found: dict[str, list[str]] = {}
        for key in keys:
            placed = self.library.sources.get(key)
            if placed is None:
                continue
            document = self.library.documents.get(placed.value.document)
            name = self.text(document.value.short) if document else placed.value.document
            name = "" if placed.value.document in known else name
            day = placed.value.read or (document.value.read if document else None)
            note = f" ({self.word('read_on', day=self.day(day))})" if read and day else ""
            found.setdefault(name, []).append(self.text(placed.value.cite) + note)
        return "; ".join(f"{name} {', '.join(dict.fromkeys(items))}".strip() for name, items in found.items())

    def notes(self, record: Detail, unit: Unit, above: Detail | None = None) -> list[str]:
        """What is to be said of a statement beside its words: advice, law, where it holds, its sources.

        What the unit, or for a detail the point `above` it, has said already is not said again.
        """
        around = above.basis if above and above.basis else unit.basis
        said = [self.basis(record, unit)] if record.basis and record.basis != around else []
        if record.scope:
            said.append(self.word("scope", scope=self.text(record.scope)))
        if self.cites and record.sources not in (unit.sources, above.sources if above else []):
            known = frozenset(key.split(".", 1)[0] for key in unit.sources)
            said.append(self.cited(record.sources, known=known, read=False))
        return [words for words in said if words]

    def basis(self, record: Detail | Unit, unit: Unit) -> str:
        if record.basis == "practice" and unit.endorsed:
            return self.word("endorsed", by=self.text(unit.endorsed.by))
        return {"practice": self.word("advice_short"), "law": self.word("law")}.get(record.basis or "", "")

    def statement(self, record: Detail, unit: Unit, above: Detail | None = None) -> Line:
        """The words of a point and, small and in brackets, what is to be said of it."""
        said = self.notes(record, unit, above)
        note = (Span(f" ({'; '.join(said)})", small=True),) if said else ()
        return (*self.line(record.text), *note)


def small(words: str) -> Paragraph:
    """A paragraph in small letters."""
    return Paragraph((Span(words),), style="small")
