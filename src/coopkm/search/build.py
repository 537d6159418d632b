"""A project's search: its analysis, its corpora and what may be suggested."""

from collections.abc import Callable, Sequence

from coopkm.library import Library
from coopkm.search.analysis import Analysis
from coopkm.search.entries import Entry, entries
from coopkm.search.finder import Corpus, Finder
from coopkm.search.postings import index
from coopkm.search.ranking import Postings

Indexer = Callable[[Sequence[Entry], Analysis, str], Postings]


def analysis_of(library: Library) -> Analysis:
    """The analysis with the misprints that no correct text can hold."""
    sure = (placed.value for placed in library.misprints.values() if placed.value.certainty == "sure")
    return Analysis({misprint.wrong: misprint.right for misprint in sure})


def finder_of(library: Library, indexer: Indexer) -> Finder:
    """Search over all languages of the project; `indexer` makes what answers for the lists of tokens."""
    analysis = analysis_of(library)
    corpora: dict[str, Corpus] = {}
    names: dict[str, list[str]] = {}
    for lang in library.project.languages:
        listed = list(entries(library, lang))
        corpora[lang] = Corpus(lang, listed, indexer(listed, analysis, lang), analysis.rules["weights"]["prior"])
        names[lang] = suggested_names(library, lang)
    return Finder(corpora, names, analysis)


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
