"""The figures of tests and questions as Moodle computes them, and a few that it does not show.

Sources: Moodle's "Quiz statistics calculations"; Wilson (1927) and Fisher for intervals; Cronbach's alpha. All moments
are counted by DuckDB, about the mean, over one row an answer. A question that was asked and not answered earns 0.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from coopkm.analysis.intervals import fisher, wilson
from coopkm.analysis.sittings import Asked, Choice, Paper, When
from coopkm.analysis.store import OCCASIONS, Store

FEW = 20  # people; under that, figures of how questions part the better from the weaker are chance
BINS = 10
_AT_ONCE = 2_500_000  # answers that are sorted in one go
_NOTHING = 1e-12  # a variance below this share of the square of what can be earned is rounding

_GROUPS = """
CREATE TABLE grouped AS
WITH twice AS (
    SELECT test FROM (SELECT test, learner FROM sittings GROUP BY ALL HAVING count(DISTINCT occasion) > 1)
    GROUP BY test
)
SELECT s.sitting, s.test, s.learner, s.occasion,
    CASE WHEN t.test IS NULL THEN -1 ELSE s.occasion END AS split
FROM sittings s LEFT JOIN twice t USING (test);
"""
_TOTALS = """
CREATE TABLE totals AS
WITH sums AS (
    SELECT sitting, sum(mark) AS total, sum(most) AS most, count(*) AS items FROM answers GROUP BY sitting
), shares AS (
    SELECT g.*, total, most, items, round(total / nullif(most, 0), 9) AS share FROM grouped g JOIN sums USING (sitting)
)
SELECT *, 1 + floor(3 * (rank() OVER (PARTITION BY test, split ORDER BY share)
    + (count(*) OVER (PARTITION BY test, split, share) - 1) / 2 - 0.5)
    / count(*) OVER (PARTITION BY test, split))::INTEGER AS third
FROM shares;
"""
_TESTS = """
WITH means AS (SELECT test, split, avg(total) AS mean FROM totals GROUP BY ALL)
SELECT test, split, count(*), any_value(mean), median(total), min(items), max(items), max(most),
    sum((total - mean) ** 2), sum((total - mean) ** 3), sum((total - mean) ** 4),
    count(*) FILTER (occasion = 1), count(*) FILTER (occasion = 2), min(total), max(total)
FROM totals JOIN means USING (test, split) GROUP BY ALL ORDER BY ALL;
"""
_BINS = f"""
SELECT test, split, least({BINS - 1}, greatest(0, floor(share * {BINS})))::INTEGER AS bin, count(*)
FROM totals GROUP BY ALL;
"""
_ITEMS = """
SELECT test, split, question, count(*), avg(mark), max(a.most), var_samp(mark), var_samp(total - mark),
    covar_samp(mark, total - mark), covar_samp(mark, total)
FROM answers a JOIN totals USING (sitting) GROUP BY ALL;
"""
# The largest covariance that these marks and these rests could have: both in order.
_LARGEST = """
SELECT test, split, question, list_inner_product(list(d ORDER BY d), list(r ORDER BY r)) FROM (
    SELECT test, split, question, mark - avg(mark) OVER w AS d, total - mark - avg(total - mark) OVER w AS r
    FROM answers JOIN totals USING (sitting) WHERE question IN (SELECT unnest(?::INTEGER[]))
    WINDOW w AS (PARTITION BY test, split, question)
) GROUP BY ALL;
"""
_CHOSEN = """
SELECT test, split, question, choice, third, count(*) FROM chosen JOIN totals USING (sitting) GROUP BY ALL;
"""
_SILENT = """
SELECT test, split, question, third, count(*) FROM answers a JOIN totals USING (sitting)
WHERE NOT EXISTS (SELECT 1 FROM chosen c WHERE c.sitting = a.sitting AND c.question = a.question)
GROUP BY ALL;
"""
_Group = tuple[int, int]
_Thirds = tuple[int, int, int]


@dataclass(frozen=True)
class ChoiceFigures:
    """How many of the weakest, middle and best third chose something."""

    choice: Choice
    thirds: _Thirds

    @property
    def count(self) -> int:
        return sum(self.thirds)


@dataclass
class QuestionFigures:
    """A question of a test. Discrimination and efficiency are of 100, weights of 100 for the test, shares of 1."""

    asked: Asked
    n: int
    mean: float
    most: float
    facility: float
    interval: tuple[float, float]
    sd: float | None
    intended: float
    effective: float | None = None
    discrimination: float | None = None
    discrimination_interval: tuple[float, float] | None = None
    efficiency: float | None = None
    alpha_without: float | None = None
    choices: list[ChoiceFigures] = field(default_factory=list)
    silent: _Thirds = (0, 0, 0)
    variance: float = 0.0
    rest_variance: float = 0.0

    @property
    def few(self) -> bool:
        """Whether too few answered to judge how it parts the better from the weaker."""
        return self.n < FEW


@dataclass
class PaperFigures:
    """A test. Mean, median, SD and standard error are marks; alpha and error ratio are of 100, as Moodle has them."""

    test: Paper
    when: When
    n: int
    most: float
    lowest: float
    highest: float
    mean: float
    median: float
    sd: float | None = None
    skewness: float | None = None
    kurtosis: float | None = None
    alpha: float | None = None
    error_ratio: float | None = None
    standard_error: float | None = None
    alike: bool = True  # everybody had the same questions
    before: int = 0
    after: int = 0
    bins: list[int] = field(default_factory=lambda: [0] * BINS)
    questions: list[QuestionFigures] = field(default_factory=list)

    @property
    def few(self) -> bool:
        return self.n < FEW


def figures_of(store: Store) -> list[PaperFigures]:
    """The figures of every test, in the order in which the tests were read.

    A test that the same people sat before and after is two; one that some sat before and others after is one.
    """
    store.run(_GROUPS)
    store.run(_TOTALS)
    found = {(row[0], row[1]): _test(store, row) for row in store.run(_TESTS)}
    for test, split, bin_, count in store.run(_BINS):
        found[test, split].bins[bin_] = count
    largest = _largest(store)
    choices, silent = _choices(store), _silent(store)
    for row in store.run(_ITEMS):
        key = (row[0], row[1])
        name = store.questions[row[2]]
        asked = next(one for one in found[key].test.asked if one.id == name)
        figures = _question(asked, row, largest.get((*key, row[2])))
        figures.choices, figures.silent = _counted(asked, (*key, row[2]), choices, silent)
        found[key].questions.append(figures)
    for test in found.values():
        _complete(test)
    return list(found.values())


def _test(store: Store, row: tuple[Any, ...]) -> PaperFigures:
    test, split, n, mean, median, least, items, most, power2, power3, power4, before, after, lowest, highest = row
    when = OCCASIONS[split] if split >= 0 else ""
    asked = store.tests[test]
    alike = least == items == len(asked.asked)
    found = PaperFigures(asked, when, n, most, lowest, highest, mean, median, alike=alike)  # type: ignore[arg-type]
    found.before, found.after = before, after
    if n > 1:
        found.sd = math.sqrt(power2 / (n - 1))
    if n > 2 and power2 > _NOTHING * most**2:
        k2 = power2 / (n - 1)
        found.skewness = n * power3 / ((n - 1) * (n - 2)) / k2**1.5
        if n > 3:
            k4 = n * ((n + 1) * power4 - 3 * (n - 1) * power2**2 / n) / ((n - 1) * (n - 2) * (n - 3))
            found.kurtosis = k4 / k2**2
    return found


def _question(asked: Asked, row: tuple[Any, ...], largest: float | None) -> QuestionFigures:
    _, _, _, n, mean, most, variance, rest, covariance, with_total = row
    facility = mean / most
    found = QuestionFigures(asked, n, mean, most, facility, wilson(min(1.0, max(0.0, facility)), n), None, most)
    if n < 2:
        return found
    found.sd = math.sqrt(variance)
    found.variance, found.rest_variance = variance, rest
    found.effective = with_total if with_total >= 0 else None  # weighed when all of the test are known
    if variance > _NOTHING * most**2 and rest > _NOTHING * most**2:
        index = covariance / math.sqrt(variance * rest)
        found.discrimination = 100 * index
        found.discrimination_interval = fisher(index, n)
        if largest:
            found.efficiency = 100 * covariance * (n - 1) / largest
    return found


def _complete(test: PaperFigures) -> None:
    """What a question's figures take of the whole test, and what the test's take of its questions."""
    order = {asked.id: place for place, asked in enumerate(test.test.asked)}
    test.questions.sort(key=lambda row: order[row.asked.id])
    most = sum(row.intended for row in test.questions)
    weights = sum(math.sqrt(row.effective) for row in test.questions if row.effective is not None)
    for row in test.questions:
        row.intended = 100 * row.intended / most
        row.effective = 100 * math.sqrt(row.effective) / weights if row.effective is not None and weights else None
    if test.alike:
        _consistency(test)


def _consistency(test: PaperFigures) -> None:
    """Cronbach's alpha and what follows from it; for answers right or wrong it is KR-20."""
    items = len(test.questions)
    variances = sum(row.variance for row in test.questions)
    if test.n < 3 or items < 2 or test.skewness is None or test.sd is None:
        return
    test.alpha = 100 * _alpha(items, variances, test.sd**2)
    test.error_ratio = 100 * math.sqrt(max(0.0, 1 - test.alpha / 100))
    test.standard_error = test.error_ratio * test.sd / 100
    for row in test.questions:
        if items > 2 and row.rest_variance > _NOTHING:
            row.alpha_without = 100 * _alpha(items - 1, variances - row.variance, row.rest_variance)


def _alpha(items: int, variances: float, whole: float) -> float:
    return items / (items - 1) * (1 - variances / whole)


def _largest(store: Store) -> dict[tuple[int, int, int], float]:
    found = {}
    for block in _blocks(store):
        for test, split, question, product in store.run(_LARGEST, [block]):
            found[test, split, question] = product
    return found


def _blocks(store: Store) -> Iterator[list[int]]:
    """Questions in blocks that are not too many answers to sort at once."""
    block: list[int] = []
    size = 0
    for question, count in store.run("SELECT question, count(*) FROM answers GROUP BY question ORDER BY question"):
        if block and size + count > _AT_ONCE:
            yield block
            block, size = [], 0
        block.append(question)
        size += count
    if block:
        yield block


_Place = tuple[int, int, int]


def _choices(store: Store) -> dict[_Place, dict[str, _Thirds]]:
    found: dict[_Place, dict[str, _Thirds]] = {}
    for test, split, question, choice, third, count in store.run(_CHOSEN):
        row = found.setdefault((test, split, question), {})
        name = store.choices[choice][1]
        row[name] = _added(row.get(name, (0, 0, 0)), third, count)
    return found


def _silent(store: Store) -> dict[_Place, _Thirds]:
    if not any(asked.choices for test in store.tests for asked in test.asked):
        return {}
    found: dict[_Place, _Thirds] = {}
    for test, split, question, third, count in store.run(_SILENT):
        found[test, split, question] = _added(found.get((test, split, question), (0, 0, 0)), third, count)
    return found


def _added(thirds: _Thirds, third: int, count: int) -> _Thirds:
    weak, middle, best = (value + count * (place == third) for place, value in enumerate(thirds, 1))
    return weak, middle, best


def _counted(
    asked: Asked, place: _Place, choices: Mapping[_Place, Mapping[str, _Thirds]], silent: Mapping[_Place, _Thirds]
) -> tuple[list[ChoiceFigures], _Thirds]:
    """Every choice that is an option, chosen or not, and of the others those that somebody made."""
    counts = choices.get(place, {})
    rows = [
        ChoiceFigures(choice, counts.get(choice.name, (0, 0, 0)))
        for choice in asked.choices
        if choice.listed or choice.name in counts
    ]
    return rows, silent.get(place, (0, 0, 0)) if asked.choices else (0, 0, 0)
