"""English may lag behind the Thai, but not unseen."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from coopkm.library import ENGLISH_RECORD, Library
from coopkm.problems import Place, Problem, problem


def english_is_there(library: Library, today: date) -> Iterator[Problem]:
    for wording in library.wordings:
        if wording.text.en is None:
            place = wording.placed.place(wording.loc, key=True)
            yield problem(place, "english-missing", name=wording.field)
        elif wording.text.stale:
            place = wording.placed.place((*wording.loc, "en"))
            yield problem(place, "english-stale", name=wording.field, owner=wording.owner)


def english_is_on_record(library: Library, today: date) -> Iterator[Problem]:
    """Texts whose English is neither on record as it stands nor known to be stale, one problem a file."""
    if ENGLISH_RECORD in library.unusable:
        return
    counts = Counter(
        (path := wording.placed.document.path, path if ":" in wording.owner else wording.owner)
        for wording in library.wordings
        if wording.text.en is not None and not wording.text.stale and library.recorded(wording) != wording.pair
    )
    for (path, owner), count in counts.items():
        yield problem(Place(path), "english-unrecorded", count=count, owner=owner)
