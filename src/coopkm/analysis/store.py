"""The long table: who, which question, which mark. DuckDB holds it and does all counting.

`sittings` has one row a person and test, `answers` one a question of it, `chosen` one a chosen option. Learners are
numbers there; their names are in `people` and leave it only where the trainer asks for them.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from coopkm.analysis.sittings import Gathered, Kept, Paper
from coopkm.extras import load
from coopkm.text.folding import same_words

MEMORY = "1200MB"
OCCASIONS = ("", "pre", "post")
_CHUNK = 20_000
_TABLES = """
CREATE TABLE people (learner INTEGER, name VARCHAR);
CREATE TABLE sittings (sitting INTEGER, test INTEGER, learner INTEGER, occasion INTEGER, started VARCHAR);
CREATE TABLE answers (sitting INTEGER, question INTEGER, mark DOUBLE, most DOUBLE);
CREATE TABLE chosen (sitting INTEGER, question INTEGER, choice INTEGER);
"""
_ORDER = {
    "first": "started, sitting",
    "last": "started DESC, sitting DESC",
    "best": "round(share, 12) DESC, started, sitting",
}


class Store:
    """A connection of its own; `spill` is a folder for what does not fit into memory, deleted by the caller."""

    def __init__(self, spill: Path) -> None:
        self._duck = load("duckdb").connect(":memory:")
        self._duck.execute(f"SET memory_limit = '{MEMORY}'")
        self._duck.execute("SET temp_directory = ?", [str(spill)])
        self._duck.execute("SET preserve_insertion_order = false")
        self._duck.execute("SET threads = 2")
        self._duck.execute("SET enable_progress_bar = false")
        # Nothing is fetched, whatever a file is called or holds.
        self._duck.execute("SET autoinstall_known_extensions = false; SET autoload_known_extensions = false")
        self._duck.execute(_TABLES)
        self.tests: list[Paper] = []
        self.questions: list[str] = []
        self.choices: list[tuple[str, str]] = []
        self._questions: dict[str, int] = {}
        self._choices: dict[tuple[str, str], int] = {}

    def close(self) -> None:
        self._duck.close()

    def run(self, statement: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """The rows that a statement gives."""
        return list(self._duck.execute(statement, list(values)).fetchall())

    def question(self, name: str) -> int:
        """The number that stands for a question."""
        if name not in self._questions:
            self._questions[name] = len(self.questions)
            self.questions.append(name)
        return self._questions[name]

    def test(self, test: Paper) -> int:
        """The number that stands for a test, with all its questions."""
        self.tests.append(test)
        for asked in test.asked:
            self.question(asked.id)
        return len(self.tests) - 1

    def keep(self, gathered: Gathered) -> None:
        """Put what the readers gave into the tables."""
        numbers = {name: self.test(test) for name, test in gathered.tests.items()}
        people: dict[str, int] = {}
        names: list[tuple[int, str]] = []
        sittings: list[tuple[int, int, int, int, str]] = []
        for place, sitting in enumerate(gathered.sittings):
            who = same_words(sitting.learner) or f"\n{place}"  # nobody's name holds a line end
            if who not in people:
                people[who] = len(people)
                names.append((people[who], sitting.learner))
            occasion = OCCASIONS.index(sitting.when)
            sittings.append((place, numbers[sitting.test], people[who], occasion, sitting.started))
        self.insert("people", names)
        self.insert("sittings", sittings)
        self.insert("answers", self._answers(gathered))
        self.insert("chosen", self._chosen(gathered))

    def insert(self, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
        """Add rows in blocks, by columns: row by row DuckDB is slow."""
        left = iter(rows)
        while block := list(islice(left, _CHUNK)):
            columns = [list(column) for column in zip(*block, strict=True)]
            marks = ", ".join("unnest(?)" for _ in columns)
            self._duck.execute(f"INSERT INTO {table} SELECT {marks}", columns)

    def _answers(self, gathered: Gathered) -> Iterator[tuple[Any, ...]]:
        for place, sitting in enumerate(gathered.sittings):
            for mark in sitting.marks:
                yield place, self.question(mark.question), float(mark.mark), float(mark.most)

    def _chosen(self, gathered: Gathered) -> Iterator[tuple[Any, ...]]:
        for place, sitting in enumerate(gathered.sittings):
            for mark in sitting.marks:
                for name in mark.chosen:
                    yield place, self.question(mark.question), self.choice(mark.question, name)

    def choice(self, question: str, name: str) -> int:
        """The number that stands for something that can be chosen."""
        row = (question, name)
        if row not in self._choices:
            self._choices[row] = len(self.choices)
            self.choices.append(row)
        return self._choices[row]

    def keep_one_attempt(self, kept: Kept) -> int:
        """Of several attempts of a learner at a test keep one, before and after apart; how many went."""
        self.run(
            f"""CREATE TABLE dropped AS
            WITH worth AS (SELECT sitting, sum(mark) / sum(most) AS share FROM answers GROUP BY sitting)
            SELECT sitting FROM sittings JOIN worth USING (sitting)
            QUALIFY row_number() OVER (PARTITION BY test, learner, occasion ORDER BY {_ORDER[kept]}) > 1"""
        )
        count = int(self.run("SELECT count(*) FROM dropped")[0][0])
        if count:
            for table in ("answers", "chosen", "sittings"):
                self.run(f"DELETE FROM {table} WHERE sitting IN (SELECT sitting FROM dropped)")
        return count
