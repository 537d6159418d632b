"""What was learned between before and after: for each learner the difference, then its mean with an interval.

Where half of a class sat form A first and half form B, the mean of the two orders is taken, so that a harder form
does not show as a gain or a loss. The interval is of 95 % by Student's t, with Welch's degrees of freedom rounded down.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, NamedTuple, get_args

from coopkm.analysis.intervals import t_quantile
from coopkm.analysis.sittings import Asked
from coopkm.analysis.store import Store
from coopkm.analysis.words import words
from coopkm.model.base import Text

Aspect = Literal["all", "topic", "level", "objective"]
_SHARES = """
WITH shares AS (
    SELECT learner, occasion, aspect, min(s.test) AS test, sum(mark) / sum(most) AS share
    FROM answers JOIN sittings s USING (sitting) JOIN aspects USING (question)
    WHERE occasion > 0 GROUP BY learner, occasion, aspect
)
SELECT b.aspect, b.test, a.test, count(*), avg(b.share), avg(a.share), avg(a.share - b.share),
    var_samp(a.share - b.share)
FROM shares b JOIN shares a USING (learner, aspect) WHERE b.occasion = 1 AND a.occasion = 2
GROUP BY ALL ORDER BY ALL;
"""
_PEOPLE = """
SELECT count(*) FILTER (low = 1 AND high = 2), count(*) FILTER (high = 1), count(*) FILTER (low = 2) FROM (
    SELECT learner, min(occasion) AS low, max(occasion) AS high FROM sittings WHERE occasion > 0 GROUP BY learner
);
"""


class Order(NamedTuple):
    """Learners who sat the same two tests in the same order; shares of 0 to 1."""

    n: int
    before: float
    after: float
    gain: float
    variance: float | None


@dataclass(frozen=True)
class Gain:
    """A gain in shares of 0 to 1; no interval where a group has fewer than two people."""

    aspect: Aspect
    name: Text | None
    n: int
    before: float
    after: float
    gain: float
    interval: tuple[float, float] | None
    orders: int


@dataclass(frozen=True)
class Gains:
    """All gains, the whole first, and how many people could be paired or were there only once."""

    rows: list[Gain]
    paired: int
    only_before: int
    only_after: int


def gains_of(store: Store) -> Gains | None:
    """What was gained as a whole, by topic, level and objective; None where nothing was sat before and after."""
    paired, only_before, only_after = store.run(_PEOPLE)[0]
    if not (paired or (only_before and only_after)):
        return None
    names = _aspects(store)
    orders: dict[int, list[Order]] = {}
    for aspect, _, _, n, before, after, gain, variance in store.run(_SHARES):
        orders.setdefault(aspect, []).append(Order(n, before, after, gain, variance))
    rows = [_gain(*names[aspect], found) for aspect, found in sorted(orders.items())]
    rows.sort(key=lambda row: get_args(Aspect).index(row.aspect))
    return Gains([row for row in rows if row.aspect == "all" or _tells(row, rows)], paired, only_before, only_after)


def _tells(row: Gain, rows: Iterable[Gain]) -> bool:
    """A single topic or level is the whole over again."""
    return row.aspect == "objective" or sum(other.aspect == row.aspect for other in rows) > 1


def _aspects(store: Store) -> list[tuple[Aspect, Text | None]]:
    """Number every aspect, and say in the table which questions are of it."""
    names: dict[tuple[Aspect, str], int] = {}
    told: list[tuple[Aspect, Text | None]] = []
    rows: dict[tuple[int, int], None] = {}
    for asked in (asked for test in store.tests for asked in test.asked):
        for aspect, name in _of(asked):
            key = (aspect, name.th if name else "")
            if key not in names:
                names[key] = len(told)
                told.append((aspect, name))
            rows[store.question(asked.id), names[key]] = None
    store.run("CREATE TABLE aspects (question INTEGER, aspect INTEGER)")
    store.insert("aspects", rows)
    return told


def _of(asked: Asked) -> list[tuple[Aspect, Text | None]]:
    found: list[tuple[Aspect, Text | None]] = [("all", None)]
    if asked.topic:
        found.append(("topic", asked.topic))
    if asked.level:
        found.append(("level", Text(th=words("th")[f"level_{asked.level}"], en=words("en")[f"level_{asked.level}"])))
    if asked.objective:
        found.append(("objective", asked.objective))
    return found


def _gain(aspect: Aspect, name: Text | None, orders: list[Order]) -> Gain:
    n = sum(order.n for order in orders)

    def mean(values: Iterable[float]) -> float:
        return sum(values) / len(orders)

    gain = mean(order.gain for order in orders)
    return Gain(
        aspect,
        name,
        n,
        mean(order.before for order in orders),
        mean(order.after for order in orders),
        gain,
        interval_of(orders, gain),
        len(orders),
    )


def interval_of(orders: list[Order], gain: float) -> tuple[float, float] | None:
    """The interval of a mean of means."""
    if any(order.variance is None for order in orders):
        return None
    parts = [(order.variance or 0.0) / order.n / len(orders) ** 2 for order in orders]
    error = sum(parts)
    if not error:
        return gain, gain
    freedom = error**2 / sum(part**2 / (order.n - 1) for part, order in zip(parts, orders, strict=True))
    spread = t_quantile(max(1, math.floor(freedom + 1e-9))) * math.sqrt(error)
    return max(-1.0, gain - spread), min(1.0, gain + spread)  # nobody can gain more than everything
