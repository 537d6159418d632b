"""Finds glossary terms in a page's HTML and explains each where it first stands."""

import re
from collections.abc import Collection

from markupsafe import Markup, escape

from coopkm.model.terms import Term
from coopkm.text.names import names_pattern

_PIECE = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)[^>]*>|[^<]+|<")
_CLOSED = frozenset("a button code dfn h1 h2 h3 h4 h5 h6 kbd label pre script style svg time title".split())
_LONGEST_WHOLE = 22


class TermFinder:
    """All names of all terms in one pattern, the longest first."""

    def __init__(self, terms: Collection[Term], lang: str) -> None:
        self._owner: dict[str, str] = {}
        # Known to all, yet in the pattern: a longer name that holds a shorter one must win.
        self._silent = frozenset(term.id for term in terms if term.explain not in ("yes", lang))
        for term in terms:
            for name in _names(term, lang):
                self._owner.setdefault(name.casefold(), term.id)
        self._pattern = names_pattern(self._owner) if self._owner else None

    def mark(self, html: str, href: str, skip: frozenset[str] = frozenset()) -> tuple[Markup, list[str]]:
        """The HTML with the first appearance of each term made a link, and the ids of terms found, in order.

        `href` is the URL of the glossary page. Terms in `skip` are left alone.
        """
        if self._pattern is None:
            return Markup(html), []  # noqa: S704 - handed in as safe
        found: dict[str, None] = {}
        depth = 0
        parts: list[str] = []
        for piece in _PIECE.finditer(html):
            text, tag = piece.group(), piece.group(2)
            if tag:
                if tag.lower() in _CLOSED and not text.endswith("/>"):
                    depth = max(0, depth + (-1 if piece.group(1) else 1))
            elif depth == 0 and not text.isspace():
                text = self._link(text, href, found, skip)
            parts.append(text)
        return Markup("".join(parts)), list(found)  # noqa: S704 - only links to the glossary were put in

    def unbroken(self, html: str) -> Markup:
        """The HTML of a heading whose terms are not broken over lines; long ones may be."""
        if self._pattern is None:
            return Markup(html)  # noqa: S704 - handed in as safe

        def hold(match: re.Match[str]) -> str:
            text = match.group()
            return f'<span class="whole">{text}</span>' if len(text) <= _LONGEST_WHOLE else text

        return Markup(self._pattern.sub(hold, html))  # noqa: S704 - only spans were put in

    def _link(self, text: str, href: str, found: dict[str, None], skip: frozenset[str]) -> str:
        assert self._pattern is not None

        def replace(match: re.Match[str]) -> str:
            name = self._of(match.group().casefold())
            if name in found or name in skip or name in self._silent:
                return match.group()
            found[name] = None
            return (
                f'<a class="term" href="{escape(href)}#{name}" data-term="{name}" '
                f'aria-describedby="term_{name}">{match.group()}</a>'
            )

        return self._pattern.sub(replace, text)

    def _of(self, written: str) -> str:
        singular = (written.removesuffix(ending) for ending in ("", "s", "es"))
        return next(self._owner[name] for name in singular if name in self._owner)


def _names(term: Term, lang: str) -> list[str]:
    names = [*term.abbreviations]
    if lang == "th":
        names += [term.term.th, *term.synonyms.th]
    elif term.term.en:
        names += [term.term.en, *term.synonyms.en]
    # HTML holds the names escaped; single letters would match everywhere.
    return [str(escape(name)) for name in names if len(name) > 1]
