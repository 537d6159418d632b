"""What every part of a deck is written with: the language, its words, texts as runs, sources as lines."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import zip_longest

from coopkm.library import Library
from coopkm.model.base import Text
from coopkm.slides.deck import Note, Para, Run, Slide
from coopkm.slides.markup import line, paragraphs
from coopkm.slides.measure import fitted, pages
from coopkm.slides.places import place
from coopkm.slides.words import WORDS
from coopkm.text.dates import format_date
from coopkm.text.plain import plain_text


class Pen:
    """Writes slides of one language."""

    def __init__(self, library: Library, lang: str) -> None:
        self.library = library
        self.lang = lang
        self.words = WORDS[lang]

    def word(self, key: str, **values: object) -> str:
        return self.words[key].format(**values)

    def plain(self, text: Text) -> str:
        return plain_text(text.shown(self.lang))

    def line(self, text: Text) -> tuple[Run, ...]:
        return line(text.shown(self.lang))

    def prose(self, text: Text) -> list[Para]:
        return paragraphs(text.shown(self.lang))

    def spoken(self, text: Text) -> tuple[str, ...]:
        """A text for the notes: a line a paragraph, with the markers of its lists."""
        return tuple(_marked(para) for para in self.prose(text))

    def cites(self, keys: Iterable[str]) -> tuple[str, ...]:
        """A line a source: its document, the place in it and, for law and web pages, the day it was read."""
        return tuple(dict.fromkeys(self._cite(key) for key in keys if key in self.library.sources))

    def _cite(self, key: str) -> str:
        item = self.library.sources[key].value
        document = self.library.documents.get(item.document)
        read = item.read or (document.value.read if document else None)
        name = self.plain(document.value.short) if document else item.document
        day = f" ({self.word('read_on')} {format_date(read, self.lang)})" if read else ""
        return f"{name} {self.plain(item.cite)}{day}"

    def note(self, key: str, lines: Iterable[str]) -> tuple[Note, ...]:
        """A part of the notes, or nothing where there is nothing to say."""
        said = tuple(lines)
        return (Note(self.word(key), said),) if said else ()

    def slides(
        self, layout: str, title: str, flows: dict[str, list[Para]], notes: tuple[Note, ...], **labels: str
    ) -> Iterator[Slide]:
        """As many slides of a layout as `flows` take; notes go with the first, and the sources with every one."""
        dealt = [pages(paras, place(layout, name)) for name, paras in flows.items()]
        rows = list(zip_longest(*dealt, fillvalue=())) or [()]
        for at, row in enumerate(rows, 1):
            shown = self.word("part", title=title, n=at, all=len(rows)) if len(rows) > 1 else title
            boxes = {name: paras for name, paras in zip(flows, row, strict=False) if paras}
            boxes |= {name: (Para((Run(fitted(text, place(layout, name))[0]),)),) for name, text in labels.items()}
            kept = notes if at == 1 else tuple(note for note in notes if note.heading == self.word("cites"))
            yield Slide(layout, *self.titled(layout, shown, boxes, kept))

    def titled(
        self, layout: str, title: str, boxes: dict[str, tuple[Para, ...]], notes: tuple[Note, ...]
    ) -> tuple[str, dict[str, tuple[Para, ...]], tuple[Note, ...]]:
        """Title, boxes and notes; a title too long for its box is cut and stands whole in the notes."""
        short, _ = fitted(title, place(layout, "title"))
        return short, boxes, notes if short == title else (*notes, *self.note("whole", [title]))


def _marked(para: Para) -> str:
    sign = {"none": "", "bullet": "- ", "number": f"{para.number}. "}[para.marker]
    return "   " * para.level + sign + para.text


def bullets(runs: tuple[Run, ...], level: int = 0) -> Para:
    return Para(runs, level, "bullet")


def leading(runs: tuple[Run, ...]) -> Para:
    return Para(tuple(replace(run, bold=False) for run in runs), lead=True)
