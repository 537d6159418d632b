"""The quiz of the browser as one script."""

import json

from coopkm.text.folding import folding_rules
from coopkm.text.script import joined

_PARTS = ("grade", "schedule", "dom", "store", "progress", "attempt", "fields", "question", "result", "quiz", "desk")


def browser_script(*parts: str) -> str:
    """The parts of `browser/`, all unless some are named, after the folding that grading needs and its rules."""
    rules = json.dumps(folding_rules(), ensure_ascii=False, separators=(",", ":"))
    named = [("coopkm.quizzes", name) for name in parts or _PARTS]
    return joined([("coopkm.text", "fold"), *named], f"const FOLDING = {rules};\n")
