"""English may lag behind the Thai, but not unseen."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from coopkm.library import Library, english_states
from coopkm.model.base import Loc, texts
from coopkm.problems import Place, Problem, problem


def english_is_there(library: Library, today: date) -> Iterator[Problem]:
    for owner, placed in library.bilingual():
        for loc, text in texts(placed.value):
            if text.en is None:
                yield problem(placed.place(loc, key=True), "english-missing", name=_name(loc))
            elif text.stale:
                yield problem(placed.place((*loc, "en")), "english-stale", name=_name(loc), owner=owner)


def english_is_on_record(library: Library, today: date) -> Iterator[Problem]:
    """Texts whose English is neither on record as it stands nor known to be stale, one problem a file."""
    counts: Counter[tuple[Place, str]] = Counter()
    for owner, placed, loc, name, pair in english_states(library):
        text = dict(texts(placed.value))[loc] if library.english.get(name) != pair else None
        if text is not None and text.en is not None and not text.stale:
            whole_file = "all" if ":" in owner else owner
            counts[Place(placed.document.path), whole_file] += 1
    for (place, owner), count in counts.items():
        yield problem(place, "english-unrecorded", count=count, owner=owner)


def _name(loc: Loc) -> str:
    return next((step for step in reversed(loc) if isinstance(step, str)), "")
