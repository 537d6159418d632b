"""What can be found: units, terms, learning paths, listings and hand-written pages of one language."""

from collections.abc import Iterator
from dataclasses import dataclass

from coopkm.library import Library
from coopkm.model.base import Text, Unit, texts
from coopkm.model.kinds import KINDS
from coopkm.model.paths import Path
from coopkm.model.questions import Bank
from coopkm.model.terms import Term
from coopkm.search.aliases import Aliases, all_names, years_beside
from coopkm.text.plain import plain_text
from coopkm.views import urls
from coopkm.views.articles import article_text, article_title
from coopkm.views.catalog import by_kind, shown_units
from coopkm.views.citations import cited_keys
from coopkm.views.questions import ready_questions

# What an entry that is not a unit is called; units have the names of their kinds.
OTHER_KINDS = {
    "term": {"th": "คำศัพท์", "en": "Term"},
    "path": {"th": "เส้นทางเรียนรู้", "en": "Learning path"},
    "quiz": {"th": "ทดสอบตนเอง", "en": "Self-test"},
    "section": {"th": "หมวด", "en": "Section"},
    "article": {"th": "คู่มือเว็บไซต์", "en": "Site guide"},
}
# What a trainer says or cuts out repeats what the units say: it would stand before them.
_OF_TRAINERS = frozenset({"notes", "cards"})
_NOT_SEARCHED = ("title", "owner", "short")


@dataclass(frozen=True)
class Entry:
    """One thing to find. `url` leads from the root of its language.

    `names` are what it is called beside its title; `alias` and `title_alias` are words that it is also found by,
    those of its text and those of its title; `years` its years in the other era. None of them is shown.
    """

    key: str
    kind: str
    title: str
    place: str
    url: str
    passages: tuple[str, ...]
    names: tuple[str, ...] = ()
    alias: tuple[str, ...] = ()
    title_alias: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The id of the unit, term or path; the name of a page."""
        return self.key.partition(":")[2]


def entries(library: Library, lang: str, aliases: Aliases | None = None) -> Iterator[Entry]:
    """Everything that a reader of the language can find, in the order of the site.

    `aliases` are those of the library, where they are at hand: they serve all languages.
    """
    units = shown_units(library)
    aliases = aliases or Aliases(library)
    for unit in units.values():
        yield _unit(unit, lang, aliases)
    for placed in library.paths.values():
        yield _path(placed.value, lang, aliases)
    for bank in dict.fromkeys(asked.bank.id for asked in ready_questions(library, "practice")):
        yield _quiz(library.banks[bank].value, lang, aliases)
    for kind in by_kind(units):
        yield _section(kind, lang, aliases)
    for placed_term in library.terms.values():
        yield _term(placed_term.value, lang)
    for article in library.articles.values():
        if article.lang == lang:
            title, lines = article_title(article), article_text(article).split("\n")
            yield Entry(
                f"article:{article.name}",
                "article",
                title,
                OTHER_KINDS["article"][lang],
                urls.article_path(article.name),
                tuple(line for line in lines if line and line != title),
            )


def kind_names(lang: str) -> dict[str, str]:
    """What each kind of entry is called."""
    return {
        **{name: kind.one[lang] for name, kind in KINDS.items()},
        **{name: row[lang] for name, row in OTHER_KINDS.items()},
    }


def _unit(unit: Unit, lang: str, aliases: Aliases) -> Entry:
    kind = KINDS[unit.kind]
    title = _shown(unit.title, lang)
    passages = tuple(
        line
        for loc, text in texts(unit)
        if (loc[-1] not in _NOT_SEARCHED or (len(loc) > 1 and loc[-1] == "title"))
        and not _OF_TRAINERS.intersection(loc)
        for line in _shown(text, lang).split("\n")
        if line
    )
    names = aliases.of_unit(unit.id)
    return Entry(
        key=f"unit:{unit.id}",
        kind=unit.kind,
        title=title,
        place=" ".join(filter(None, [kind.many[lang], unit.number])),
        url=urls.unit_path(unit),
        passages=passages,
        names=names,
        alias=aliases.beside("\n".join(passages)),
        title_alias=tuple(dict.fromkeys([*names, *aliases.beside(title, hidden=True), *years_beside(title)])),
        years=years_beside("\n".join((title, *passages))),
        sources=cited_keys(unit),
    )


def _path(path: Path, lang: str, aliases: Aliases) -> Entry:
    title, summary = _shown(path.title, lang), _shown(path.summary, lang)
    return Entry(
        key=f"path:{path.id}",
        kind="path",
        title=title,
        place=OTHER_KINDS["path"][lang],
        url=urls.path_path(path.id),
        passages=(summary,),
        title_alias=aliases.beside(title, hidden=True),
        alias=aliases.beside(summary),
    )


def _quiz(bank: Bank, lang: str, aliases: Aliases) -> Entry:
    """A topic of questions; what its questions say is not searched, or answers would be read before they are given."""
    title = _shown(bank.title, lang)
    return Entry(
        key=f"quiz:{bank.id}",
        kind="quiz",
        title=title,
        place=OTHER_KINDS["quiz"][lang],
        url=urls.quiz_path(bank.id),
        passages=(_shown(bank.summary, lang),) if bank.summary else (),
        title_alias=aliases.beside(title, hidden=True),
    )


def _section(name: str, lang: str, aliases: Aliases) -> Entry:
    kind = KINDS[name]
    return Entry(
        key=f"section:{name}",
        kind="section",
        title=kind.many[lang],
        place=OTHER_KINDS["section"][lang],
        url=urls.section_path(name),
        passages=(kind.about[lang],),
        title_alias=aliases.beside(kind.many[lang], hidden=True),
    )


def _term(term: Term, lang: str) -> Entry:
    short = f" ({', '.join(term.abbreviations)})" if term.abbreviations else ""
    names, meaning = tuple(all_names(term)), _shown(term.meaning, lang)
    return Entry(
        key=f"term:{term.id}",
        kind="term",
        title=_shown(term.term, lang) + short,
        place=OTHER_KINDS["term"][lang],
        url=urls.term_path(term.id),
        passages=(meaning,),
        names=names,
        title_alias=names,
        years=years_beside(meaning),
        sources=tuple(term.sources),
    )


def _shown(text: Text, lang: str) -> str:
    return plain_text(text.shown(lang))
