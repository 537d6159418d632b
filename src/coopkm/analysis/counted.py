"""A table of single answers, `learner,question,mark,max` a row: counted by DuckDB without passing through Python.

Further columns: `test`, `when` (pre or post), `attempt` (a number or a time that sorts), `option`.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from coopkm.analysis.faults import Refused, fault
from coopkm.analysis.questions import asked_of
from coopkm.analysis.readers.desk import Desk, Source, unknown_question
from coopkm.analysis.sittings import Asked, Paper
from coopkm.analysis.store import OCCASIONS, Store
from coopkm.extras import load
from coopkm.model.base import Text

MAX_QUESTIONS = 20_000
_OPTIONAL = ("test", "when", "attempt", "option")


def load_answers(source: Source, desk: Desk, store: Store) -> None:
    """Put the answers of a file into the tables of the store."""
    duckdb = load("duckdb")
    try:
        _load(source, desk, store)
    except duckdb.Error as error:
        detail = str(error).strip().split("\n")[0].split(":")[-1]
        raise Refused(fault(source.path, "not-counted", detail=detail.strip())) from None


def _load(source: Source, desk: Desk, store: Store) -> None:
    # Every column is text until it is known what it should be; the path is a value, never a part of the statement.
    store.run("SET VARIABLE answers = ?", [str(source.file)])
    read = "read_csv(getvariable('answers'), header = true, all_varchar = true, delim = ',', quote = '\"')"
    columns = {row[0].casefold() for row in store.run(f"DESCRIBE SELECT * FROM {read}")}
    parts = {name: f"coalesce(trim(f.\"{name}\"), '')" if name in columns else "''" for name in _OPTIONAL}
    parts["when"] = f"'{source.when}'" if source.when else f"lower({parts['when']})"
    _distinct(store, read, parts)
    _tests(source, desk, store, "option" in columns)
    _sitters(store)
    _fill(store, read, parts)
    _sound(source, store)
    for table in ("met", "asked_here", "sat"):
        store.run(f"DROP TABLE {table}")


def _distinct(store: Store, read: str, parts: Mapping[str, str]) -> None:
    """Who sat what, and which questions and options there are: the first of two passes over the file."""
    store.run(
        f"""CREATE TABLE met AS SELECT trim(f.learner) AS name, {parts["test"]} AS test, {parts["when"]} AS occasion,
        {parts["attempt"]} AS attempt FROM {read} f GROUP BY ALL"""
    )
    store.run(
        f"""CREATE TABLE asked_here AS SELECT {parts["test"]} AS test, trim(f.question) AS question,
        {parts["option"]} AS option, max(f.max::DOUBLE) AS most FROM {read} f GROUP BY ALL"""
    )


def _tests(source: Source, desk: Desk, store: Store, with_options: bool) -> None:
    rows = store.run("SELECT test, question, max(most) FROM asked_here GROUP BY ALL ORDER BY test, question")
    if not rows:
        raise Refused(fault(source.path, "no-rows"))
    if len(rows) > MAX_QUESTIONS:
        raise Refused(fault(source.path, "too-many", limit=MAX_QUESTIONS, unit_th="ข้อ", unit_en="questions"))
    by_test: dict[str, list[Asked]] = {}
    for test, question, most in rows:
        asked = by_test.setdefault(test, [])
        asked.append(_asked(question, str(len(asked) + 1), most, with_options, desk))
    numbers = []
    for name, asked in by_test.items():
        shown = name or (source.file.stem if source.file else source.path)
        numbers.append(_known(Paper(f"table:{shown}", Text(th=shown, en=shown), tuple(asked)), store))
    store.run("CREATE TEMP TABLE numbered (test VARCHAR, number INTEGER)")
    store.insert("numbered", zip(by_test, numbers, strict=True))
    store.run("CREATE TEMP TABLE questions (question VARCHAR, number INTEGER)")
    store.insert("questions", [(name, store.question(name)) for name in sorted({row[1] for row in rows})])
    options = store.run("SELECT DISTINCT question, option FROM asked_here WHERE option != '' ORDER BY ALL")
    store.run("CREATE TEMP TABLE options (question VARCHAR, option VARCHAR, number INTEGER)")
    store.insert("options", [(question, option, store.choice(question, option)) for question, option in options])


def _known(test: Paper, store: Store) -> int:
    """A test of the same name and questions as an earlier one is the same: before and after in two files."""
    for number, known in enumerate(store.tests):
        if known.id == test.id and known.asked == test.asked:
            return number
    return store.test(test)


def _asked(name: str, number: str, most: float, with_options: bool, desk: Desk) -> Asked:
    if name not in desk.questions:
        return unknown_question(name, number, name, most)
    asked = asked_of(*desk.questions[name], number)
    # One option a row: of other types the table does not say what was chosen.
    return asked if with_options and asked.type in ("single", "truefalse") else replace(asked, choices=())


def _sitters(store: Store) -> None:
    store.run(
        """INSERT INTO people
        SELECT (SELECT coalesce(max(learner), -1) FROM people) + row_number() OVER (ORDER BY name), name
        FROM (SELECT DISTINCT name FROM met WHERE name NOT IN (SELECT name FROM people))"""
    )
    places = ", ".join(f"'{name}'" for name in OCCASIONS)
    store.run(
        f"""CREATE TABLE sat AS
        SELECT met.*, greatest(1, list_position([{places}], occasion)) - 1 AS place, number, learner,
            (SELECT coalesce(max(sitting), -1) FROM sittings)
                + row_number() OVER (ORDER BY met.name, met.test, occasion, attempt) AS sitting
        FROM met JOIN numbered USING (test)
        JOIN (SELECT name, min(learner) AS learner FROM people GROUP BY name) USING (name)"""
    )
    store.run("INSERT INTO sittings SELECT sitting, number, learner, place, attempt FROM sat")


def _fill(store: Store, read: str, parts: Mapping[str, str]) -> None:
    """The answers themselves: the second pass."""
    row = f"""SELECT sitting, questions.number AS question, f.mark::DOUBLE AS mark, f.max::DOUBLE AS most,
        {parts["option"]} AS option, trim(f.question) AS named FROM {read} f
        JOIN sat ON sat.name = trim(f.learner) AND sat.test = {parts["test"]} AND sat.occasion = {parts["when"]}
            AND sat.attempt = {parts["attempt"]}
        JOIN questions ON questions.question = trim(f.question)"""
    store.run(f"INSERT INTO answers SELECT sitting, question, mark, most FROM ({row})")
    if parts["option"] != "''":
        store.run(
            f"""INSERT INTO chosen SELECT sitting, r.question, number FROM ({row}) r
            JOIN options ON options.question = named AND options.option = r.option"""
        )
    for table in ("numbered", "questions", "options"):
        store.run(f"DROP TABLE {table}")


def _sound(source: Source, store: Store) -> None:
    """Marks are numbers within what can be earned, each question once a person."""
    bad: list[tuple[Any, ...]] = store.run(
        """SELECT count(*) FROM answers WHERE NOT (isfinite(mark) AND isfinite(most) AND most > 0 AND most <= 100000
        AND mark BETWEEN -most AND most) OR mark IS NULL OR most IS NULL"""
    )
    if bad[0][0]:
        raise Refused(fault(source.path, "not-counted", detail=f"mark > max: {bad[0][0]}"))
    twice = store.run(
        """SELECT count(*) FROM (
            SELECT sitting, count(*) AS n, count(DISTINCT question) AS k FROM answers GROUP BY sitting
        ) WHERE n != k"""
    )
    if twice[0][0]:
        raise Refused(fault(source.path, "not-counted", detail=f"learner + question × 2: {twice[0][0]}"))
