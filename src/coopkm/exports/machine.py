"""JSON: all that questions hold, in both languages, for programs; docs/dev/questions.schema.json describes it."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Literal

from coopkm.exports.items import Bilingual, Shape
from coopkm.views.questions import Pool


class QuestionFile(Shape):
    """A file of questions. Texts are Markdown; `edition` is the newest review date."""

    version: Literal[1] = 1
    edition: date
    pool: Pool
    questions: list[Bilingual]


def write(questions: Sequence[Bilingual], edition: date, pool: Pool) -> bytes:
    """The file of these questions; values that are empty or follow of themselves are left out."""
    made = QuestionFile(edition=edition, pool=pool, questions=list(questions))
    fields = {"version": 1, **made.model_dump(mode="json", exclude_defaults=True)}
    return (json.dumps(fields, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def read(raw: bytes) -> list[Bilingual]:
    """The questions of a file."""
    return QuestionFile.model_validate_json(raw).questions


def schema() -> str:
    """JSON Schema of the file."""
    made = QuestionFile.model_json_schema()
    full = {"$schema": "https://json-schema.org/draft/2020-12/schema", **made, "title": "Questions of CoopKM"}
    text = json.dumps(full, ensure_ascii=False, indent=1) + "\n"
    return (
        text.replace("[Both, BothWords]", "")
        .replace("[Both]", "")
        .replace("_Both_BothWords_", "")
        .replace("_Both_", "")
    )
