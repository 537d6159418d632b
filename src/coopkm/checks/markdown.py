"""Markdown in texts: links lead somewhere, HTML is what is allowed, headings leave level 1 to the page."""

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import PurePosixPath
from urllib.parse import unquote

from coopkm.library import Article, Library
from coopkm.model.base import LANGS, Loc, Record, Unit, having, remembered, texts
from coopkm.problems import Place, Problem, problem
from coopkm.text import markup
from coopkm.text.guess import guess
from coopkm.text.slugs import slug

Placing = Callable[[int], Place]
_MARKUP = re.compile(r"[\[<:#]")


def record_texts(library: Library, today: date) -> Iterator[Problem]:
    """Of units, questions, terms and all else that bears texts in two languages."""
    for _, placed in library.bilingual():
        anchors = anchors_of(placed.value)
        for loc, value in _marked_up(placed.value):

            def place(offset: int, at: Loc = loc) -> Place:
                return placed.place_in(at, offset)  # noqa: B023 - called within this round

            yield from _html(value, place, markup.AUTHOR_TAGS)
            for level, title, _, offset in markup.headings(value):
                if level < 3:
                    yield problem(place(offset), "heading-level", text=title, level=level)
            for link in markup.links(value):
                yield from _link(library, link, place, anchors, None)


@remembered
def _marked_up(record: Record) -> tuple[tuple[Loc, str], ...]:
    """Texts that may hold markup, of either language, with their locations."""
    found = (((*loc, lang), getattr(text, lang)) for loc, text in texts(record) for lang in LANGS)
    return tuple((loc, value) for loc, value in found if value is not None and _MARKUP.search(value))


def article_texts(library: Library, today: date) -> Iterator[Problem]:
    for article in library.articles.values():
        if article.lang not in LANGS:
            continue
        yield from _html(article.text, article.place_in, markup.AUTHOR_TAGS)
        anchors = article_anchors(article)
        for link in markup.links(article.text):
            yield from _link(library, link, article.place_in, anchors, article)


@remembered
def anchors_of(record: Record) -> frozenset[str]:
    """Ids that the page of a record bears."""
    named = {name for loc, _, name in having(record, "id") if loc}
    body = record.body.th if isinstance(record, Unit) and record.body else ""
    return frozenset(named) | {explicit or slug(title) for _, title, explicit, _ in markup.headings(body)}


def article_anchors(article: Article) -> frozenset[str]:
    """Ids of the headings of a hand-written page."""
    return frozenset(explicit or slug(title) for _, title, explicit, _ in markup.headings(article.text))


def _html(text: str, place: Placing, allowed: frozenset[str]) -> Iterator[Problem]:
    """The first of each tag that is not allowed: its closing tag and its likes are mended with it."""
    seen: set[str] = set()
    for tag in markup.html_tags(text):
        if tag.value not in allowed | seen:
            seen.add(tag.value)
            shown = text[tag.offset : tag.offset + 40].split("\n")[0].partition(">")
            yield problem(place(tag.offset), "html-not-allowed", tag=shown[0] + shown[1])


def _link(
    library: Library, link: markup.Found, place: Placing, own_anchors: frozenset[str], article: Article | None
) -> Iterator[Problem]:
    target = link.value
    scheme = markup.scheme(target)
    if target.startswith(markup.OWN_SCHEMES):
        yield from _own(library, link, place)
    elif scheme:
        if scheme not in markup.WEB_SCHEMES:
            yield problem(place(link.offset), "link-scheme", target=target)
    elif target.startswith("#"):
        yield from _anchor(link, target[1:], own_anchors, place)
    elif target.startswith("//") or "\\" in target:
        yield problem(place(link.offset), "link-scheme", target=target)
    elif article is None:
        yield problem(place(link.offset), "link-broken", target=target, guess="")
    else:
        yield from _relative(library, article, link, place)


def _own(library: Library, link: markup.Found, place: Placing) -> Iterator[Problem]:
    scheme, _, rest = link.value.partition(":")
    name, _, anchor = rest.partition("#")
    registries: dict[str, Mapping[str, object]] = {
        "unit": library.units,
        "term": library.terms,
        "source": library.sources,
    }
    known = registries[scheme]
    told_elsewhere = {
        "unit": name in library.broken,
        "term": not library.terms_usable,
        "source": not library.sources_usable,
    }
    if told_elsewhere[scheme]:
        return
    if name not in known:
        near = guess(name, known)
        shown = f"{scheme}:{near}" if near else ""
        yield problem(place(link.offset), "link-broken", target=link.value, guess=shown)
    elif scheme == "unit" and anchor:
        yield from _anchor(link, anchor, anchors_of(library.units[name].value), place)


def _anchor(link: markup.Found, anchor: str, anchors: frozenset[str], place: Placing) -> Iterator[Problem]:
    if anchor and anchor not in anchors:
        yield problem(place(link.offset), "anchor-broken", target=link.value, guess=guess(anchor, anchors))


def _relative(library: Library, article: Article, link: markup.Found, place: Placing) -> Iterator[Problem]:
    file, _, anchor = link.value.partition("#")
    path = _resolve(PurePosixPath(article.path).parent, file)
    other = library.articles.get(path or "")
    if other is not None:
        yield from _anchor(link, anchor, article_anchors(other), place)
    elif path is None or file.endswith(".md") or not (library.root / path).is_file():
        folder = PurePosixPath(article.path).parent
        near = guess(file, [posixpath.relpath(name, folder) for name in library.articles])
        yield problem(place(link.offset), "link-broken", target=link.value, guess=near)


def _resolve(folder: PurePosixPath, file: str) -> str | None:
    """The path that a relative link means, or None where it leaves docs/."""
    steps = list(folder.parts)
    for step in PurePosixPath(unquote(file.split("?")[0])).parts:
        if step == "..":
            if len(steps) <= 1:
                return None
            steps.pop()
        else:
            steps.append(step)
    return "/".join(steps)
