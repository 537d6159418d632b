"""A project's search: its analysis, its corpora and what may be suggested."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from coopkm.library import Library, Placed
from coopkm.search.aliases import Aliases
from coopkm.search.analysis import Analysis
from coopkm.search.entries import Entry, entries
from coopkm.search.finder import Corpus, Finder
from coopkm.search.postings import index
from coopkm.search.ranking import Postings
from coopkm.search.static import search_files
from coopkm.text.digest import digest

Indexer = Callable[[Sequence[Entry], Analysis, str], Postings]


def analysis_of(library: Library) -> Analysis:
    """The analysis with the misprints that no correct text can hold."""
    sure = (placed.value for placed in library.misprints.values() if placed.value.certainty == "sure")
    return Analysis({misprint.wrong: misprint.right for misprint in sure})


def finder_of(library: Library, indexer: Indexer) -> Finder:
    """Search over all languages of the project; `indexer` makes what answers for the lists of tokens."""
    analysis, aliases = analysis_of(library), Aliases(library)
    corpora: dict[str, Corpus] = {}
    names: dict[str, list[str]] = {}
    for lang in library.project.languages:
        listed = list(entries(library, lang, aliases))
        corpora[lang] = Corpus(lang, listed, indexer(listed, analysis, lang), analysis.rules["weights"]["prior"])
        names[lang] = suggested_names(library, lang)
    return Finder(corpora, names, analysis)


def index_files(library: Library, languages: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Name and text of every file of the browser's index."""
    analysis, aliases = analysis_of(library), Aliases(library)
    listed = {lang: list(entries(library, lang, aliases)) for lang in languages}
    for lang, own in listed.items():
        others = {other: [entry.key for entry in theirs] for other, theirs in listed.items() if other != lang}
        yield from search_files(own, lang, analysis, suggested_names(library, lang), others)


def index_facts(library: Library, languages: Sequence[str]) -> str:
    """A digest of everything that the index follows from."""
    groups: tuple[Mapping[str, Placed[Any]], ...] = (
        library.units,
        library.terms,
        library.paths,
        library.banks,
        library.misprints,
    )
    records = (placed.value.fingerprint for group in groups for placed in group.values())
    articles = (f"{article.path}\n{article.text}" for article in library.articles.values())
    return digest(*languages, library.project.fingerprint, *records, *articles, *sorted(library.stale))


def in_memory(listed: Sequence[Entry], analysis: Analysis, lang: str) -> Postings:
    """The lists of tokens in memory, made anew."""
    return index(listed, analysis)


def suggested_names(library: Library, lang: str) -> list[str]:
    """Names of terms as they are shown in the language, the shorter first."""
    found: dict[str, None] = {}
    for placed in library.terms.values():
        term = placed.value
        found |= dict.fromkeys([term.term.shown(lang), *term.abbreviations, *getattr(term.synonyms, lang)])
    return sorted(found, key=lambda name: (len(name), name))
