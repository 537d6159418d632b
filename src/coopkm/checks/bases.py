"""What changes in a base is looked at."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from coopkm.bases.lock import Change, compare, snapshot
from coopkm.library import BASE_LOCK, Library
from coopkm.problems import Place, Problem, problem


def changes(library: Library) -> list[Change]:
    """What is new, changed or gone in the bases since an editor last accepted them.

    While a file cannot be used, nobody can say what is gone: then there are none.
    """
    if library.lacking or library.broken or library.unusable:
        return []
    return compare(library.lock or {}, snapshot(library.watched()))


def bases_are_looked_at(library: Library, today: date) -> Iterator[Problem]:
    """One problem for all that changed."""
    states = Counter(change.state for change in changes(library)) if library.below else None
    if states:
        counts = {state: states[state] for state in ("new", "changed", "removed")}
        yield problem(Place(BASE_LOCK), "base-changed", **counts)
