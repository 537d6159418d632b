"""Result files of learners: one finished test each, graded anew by the bank where it has the question."""

import json
from datetime import UTC

from pydantic import ValidationError

from coopkm.analysis.faults import Refused, fault
from coopkm.analysis.questions import marked
from coopkm.analysis.readers.desk import Desk, Source, unknown_question
from coopkm.analysis.sittings import Asked, Mark, Paper, Sitting
from coopkm.model.base import Text
from coopkm.model.result import MAX_BYTES, Given, ResultFile


def read_result(source: Source, desk: Desk) -> None:
    """Keep the test of one learner."""
    result = _result(source)
    given = [row for row in result.answers if row.type != "reflect" and row.score.max > 0]
    once = list({row.id: row for row in reversed(given)}.values())[::-1]
    if not once:
        raise Refused(fault(source.path, "no-rows"))
    numbers = _numbers(result.topic, desk)
    asked = [_asked(row, numbers, desk) for row in once]
    test = Paper(f"topic:{result.topic}", _title(result.topic, desk), tuple(asked))
    marks = tuple(_mark(row, desk) for row in once)
    started = result.started.astimezone(UTC).isoformat()
    desk.put(test, [Sitting(test.id, result.learner.strip(), marks, source.when, started)])


def _result(source: Source) -> ResultFile:
    if len(source.raw) > MAX_BYTES:
        raise Refused(fault(source.path, "too-large", limit=MAX_BYTES // 1_000_000))
    try:
        return ResultFile.model_validate(json.loads(source.raw.removeprefix(b"\xef\xbb\xbf")))
    except ValidationError as error:
        where = ".".join(str(step) for step in error.errors()[0]["loc"]) or "format"
        raise Refused(fault(source.path, "bad-result", where=where)) from None
    except (ValueError, RecursionError) as error:
        raise Refused(fault(source.path, "bad-json", detail=str(error).split(":")[0])) from None


def _numbers(topic: str, desk: Desk) -> dict[str, str]:
    names = [name for name, (bank, _) in desk.questions.items() if bank.id == topic]
    return {name: str(place) for place, name in enumerate(names, 1)}


def _title(topic: str, desk: Desk) -> Text:
    return next((bank.title for bank, _ in desk.questions.values() if bank.id == topic), Text(th=topic, en=topic))


def _asked(row: Given, numbers: dict[str, str], desk: Desk) -> Asked:
    if row.id in desk.questions:
        return desk.asked(row.id, numbers.get(row.id, "–"))
    return unknown_question(row.id, row.id, "", row.score.max)


def _mark(row: Given, desk: Desk) -> Mark:
    if row.id in desk.questions:
        return Mark(row.id, *marked(desk.questions[row.id][1], row.answer))
    return Mark(row.id, min(row.score.raw, row.score.max), row.score.max)
