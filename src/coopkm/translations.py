"""The record of translations: which Thai each English text was written for."""

import json
from collections.abc import Container
from typing import Any

from coopkm.library import Library, english_states


class _Everything:
    def __contains__(self, name: Any) -> bool:
        return True


EVERYTHING: Container[str] = _Everything()


def confirmed(library: Library, owners: Container[str]) -> str:
    """The text of the record after an editor has confirmed the English of `owners` as it stands.

    Entries of others stay; entries of texts that are gone go; texts without English are not recorded.
    """
    record = {}
    for owner, _, _, name, pair in english_states(library):
        if pair.endswith(" -"):
            continue
        if owner in owners:
            record[name] = pair
        elif name in library.english:
            record[name] = library.english[name]
    return json.dumps(record, ensure_ascii=False, indent=0, sort_keys=True) + "\n"
