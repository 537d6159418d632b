"""A project read whole: everything its folders hold, typed, with the place of every value."""

from coopkm.library.english import mark_stale
from coopkm.library.folders import (
    BASE_LOCK,
    BLUEPRINTS,
    CHANGES,
    ENGLISH_RECORD,
    EXAM,
    GLOSSARY,
    HANDBOOK,
    KM,
    KNOWLEDGE,
    MISPRINTS,
    PROJECT,
    QUIZZES,
    SOURCES,
)
from coopkm.library.reader import read_handbook, read_library
from coopkm.library.reading import Reading
from coopkm.library.records import Article, Library, Placed, Wording

__all__ = [
    "BASE_LOCK",
    "BLUEPRINTS",
    "CHANGES",
    "ENGLISH_RECORD",
    "EXAM",
    "GLOSSARY",
    "HANDBOOK",
    "KM",
    "KNOWLEDGE",
    "MISPRINTS",
    "PROJECT",
    "QUIZZES",
    "SOURCES",
    "Article",
    "Library",
    "Placed",
    "Reading",
    "Wording",
    "mark_stale",
    "read_handbook",
    "read_library",
]
