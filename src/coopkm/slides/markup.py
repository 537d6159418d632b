"""Markdown of authors as paragraphs of a slide: bold stays, links become their words, tables become lines."""

from html.parser import HTMLParser

from coopkm.slides.deck import Marker, Para, Run
from coopkm.text.html import block

_BREAKS = {"p", "li", "tr", "h3", "h4", "h5", "h6", "pre", "dt", "dd"}
_BOLD = {"b", "strong", "h3", "h4", "h5", "h6", "dt", "th"}


def paragraphs(text: str, level: int = 0) -> list[Para]:
    """The paragraphs and list items of a Markdown text."""
    reader = _Reader(level)
    reader.feed(str(block(text, lambda target: None)))
    reader.close()
    reader.end()
    return reader.made


def line(text: str) -> tuple[Run, ...]:
    """A Markdown text within a line."""
    runs: list[Run] = []
    for para in paragraphs(text):
        runs += [Run(" ")] if runs else []
        runs += para.runs
    return tuple(runs)


class _Reader(HTMLParser):
    """Reads HTML that is already sanitised."""

    def __init__(self, level: int) -> None:
        super().__init__(convert_charrefs=True)
        self.made: list[Para] = []
        self._level = level
        self._runs: list[Run] = []
        self._bold = 0
        self._lists: list[int | None] = []  # the number of the last item, None in a list of bullets
        self._marker: tuple[Marker, int] = ("none", 0)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BREAKS:
            self.end()
        self._bold += tag in _BOLD
        if tag in ("ol", "ul"):
            self.end()
            start = dict(attrs).get("start") or "1"
            self._lists.append((int(start) if start.isdecimal() else 1) - 1 if tag == "ol" else None)
        elif tag == "li":
            self._marker = self._next_marker()
        elif tag == "br":
            self._runs.append(Run("\n"))

    def _next_marker(self) -> tuple[Marker, int]:
        if not self._lists or self._lists[-1] is None:
            return "bullet", 0
        self._lists[-1] += 1
        return "number", self._lists[-1]

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self._runs.append(Run("  "))
        if tag in _BREAKS or tag in ("ol", "ul"):
            self.end()
        self._bold -= tag in _BOLD
        if tag in ("ol", "ul") and self._lists:
            self._lists.pop()

    def handle_data(self, data: str) -> None:
        text = " ".join(data.split())
        if text:
            before, after = data[0].isspace() and bool(self._runs), data[-1].isspace()
            self._runs.append(Run(" " * before + text + " " * after, bold=self._bold > 0))
        elif self._runs and data:
            self._runs.append(Run(" "))

    def end(self) -> None:
        """The paragraph that was being read is over."""
        runs = _trimmed(self._runs)
        if runs:
            (marker, number), self._marker = self._marker, ("none", 0)
            level = min(1, self._level + max(0, len(self._lists) - 1))
            self.made.append(Para(runs, level, marker, number))
        self._runs = []


def _trimmed(runs: list[Run]) -> tuple[Run, ...]:
    """Without space at the ends."""
    kept = list(runs)
    while kept and not kept[0].text.strip():
        kept.pop(0)
    while kept and not kept[-1].text.strip():
        kept.pop()
    if kept:
        kept[-1] = Run(kept[-1].text.rstrip(), kept[-1].bold, kept[-1].faint)
    return tuple(kept)
