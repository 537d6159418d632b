"""The glossary, and the table of misprints."""

from typing import Literal

from pydantic import Field

from coopkm.model.base import Basis, Record, Text
from coopkm.model.scalars import Id, Key, Line


class Words(Record):
    """Words of each language."""

    th: list[Line] = Field(default_factory=list)
    en: list[Line] = Field(default_factory=list)


class Term(Record):
    """A term: its names in both languages, what else people call it, and its meaning in one line.

    `hidden` are words that people search with (SKOS `hiddenLabel`): matched by search, never shown.

    `explain` says in which languages the term is explained where it stands: not at all where everybody knows
    the word, in Thai alone where the English is an everyday word. The glossary has it in any case.
    """

    id: Id
    term: Text
    abbreviations: list[Line] = Field(default_factory=list)
    synonyms: Words = Words()
    hidden: Words = Words()
    avoid: Words = Words()
    meaning: Text
    explain: Literal["yes", "no", "th", "en"] = "yes"
    sources: list[Key] = Field(default_factory=list)
    basis: Basis
    unit: Id | None = None


class Glossary(Record):
    """knowledge/glossary.yml."""

    terms: list[Term]


class Misprint(Record):
    """A wrong writing that no correct text can hold."""

    id: Id
    wrong: Line
    right: Line
    certainty: Literal["sure", "likely"]
    note: Text | None = None


class MisprintFile(Record):
    """knowledge/misprints.yml."""

    misprints: list[Misprint]
