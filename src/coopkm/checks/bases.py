"""What changes in a base is looked at."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from coopkm.bases.lock import compare, snapshot
from coopkm.library import BASE_LOCK, Library
from coopkm.problems import Place, Problem, problem


def bases_are_looked_at(library: Library, today: date) -> Iterator[Problem]:
    """One problem for all that is new, changed or gone in the bases since an editor last accepted them."""
    if not library.below or library.lacking or BASE_LOCK in library.unusable:
        return
    now = snapshot(library.watched())
    states = Counter(change.state for change in compare(library.lock or {}, now))
    if states:
        counts = {state: states[state] for state in ("new", "changed", "removed")}
        yield problem(Place(BASE_LOCK), "base-changed", **counts)
