"""The record of translations: which Thai each English text was written for."""

import json
from collections.abc import Container
from typing import Any

from coopkm.bases.finding import origin
from coopkm.library import GLOSSARY, SOURCES, Library


class _Everything:
    def __contains__(self, name: Any) -> bool:
        return True


EVERYTHING: Container[str] = _Everything()


def confirmed(library: Library, owners: Container[str]) -> str:
    """The text of the record after an editor has confirmed the English of `owners` as it stands.

    An owner is a unit's id, the name of another record, or the path of a file, for all that stands in it.
    Entries of others stay, as do those of files that cannot be used now; entries of texts that are gone go;
    texts without English are not recorded, nor those of a base, which has a record of its own.
    """
    record = {name: pair for name, pair in library.english.items() if _is_hidden(library, name)}
    for wording in library.wordings:
        if wording.text.en is None or origin(wording.placed.document.path):
            continue
        if wording.owner in owners or wording.placed.document.path in owners:
            record[wording.name] = wording.pair
        elif wording.name in library.english:
            record[wording.name] = library.english[wording.name]
    return json.dumps(record, ensure_ascii=False, indent=0, sort_keys=True) + "\n"


def _is_hidden(library: Library, name: str) -> bool:
    """Whether the text of an entry stands in a file that cannot be used now."""
    owner = name.split("#")[0]
    if ":" not in owner:
        return owner in library.broken
    return (GLOSSARY if owner.startswith("term:") else SOURCES) in library.unusable
