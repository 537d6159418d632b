"""From files of results to figures."""

import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from coopkm.analysis.counted import load_answers
from coopkm.analysis.faults import Fault, Refused, fault
from coopkm.analysis.figures import PaperFigures, figures_of
from coopkm.analysis.gain import Gains, gains_of
from coopkm.analysis.keys import FormKey
from coopkm.analysis.questions import graded_questions
from coopkm.analysis.readers import Desk, Source, gather
from coopkm.analysis.sittings import Kept, Paper
from coopkm.analysis.store import OCCASIONS, Store
from coopkm.library import Library


@dataclass(frozen=True)
class Score:
    """What one learner earned in one test."""

    learner: str
    test: Paper
    when: str
    mark: float
    most: float


@dataclass
class Analysis:
    """All figures; `scores` only where names were asked for."""

    tests: list[PaperFigures] = field(default_factory=list)
    gains: Gains | None = None
    dropped: int = 0
    kept: Kept = "first"
    scores: list[Score] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    @property
    def failed(self) -> bool:
        """Whether a file could not be used: then there are no figures."""
        return any(found.ends for found in self.faults)


def analyse(
    sources: Iterable[Source],
    library: Library,
    keys: Iterable[FormKey] = (),
    *,
    kept: Kept = "first",
    names: bool = False,
) -> Analysis:
    """Read all sources and count; faults of files are told together."""
    desk = Desk(graded_questions(library), list(keys))
    with tempfile.TemporaryDirectory(prefix="coopkm-") as spill:
        store = Store(Path(spill))
        try:
            gather(sources, desk)
            return _counted(desk, store, kept, names)
        finally:
            store.close()


def _counted(desk: Desk, store: Store, kept: Kept, names: bool) -> Analysis:
    found = Analysis(kept=kept, faults=desk.faults)
    store.keep(desk.gathered)
    for source in desk.counted:
        try:
            load_answers(source, desk, store)
        except Refused as refused:
            found.faults.append(refused.fault)
    if found.failed:
        return found
    found.dropped = store.keep_one_attempt(kept)
    found.tests = figures_of(store)
    if not found.tests:
        found.faults.append(fault("coopkm analyse", "none-left"))
        return found
    found.gains = gains_of(store)
    found.scores = _scores(store) if names else []
    return found


def _scores(store: Store) -> list[Score]:
    rows = store.run(
        """SELECT name, test, occasion, total, most FROM totals JOIN people USING (learner)
        ORDER BY test, occasion, try_cast(name AS BIGINT) NULLS LAST, name, sitting"""
    )
    return [Score(name, store.tests[test], OCCASIONS[when], total, most) for name, test, when, total, most in rows]
