"""The search of the browser as one script."""

from coopkm.text.script import joined

_PARTS = ("analyse", "rank", "match", "suggest", "load", "find", "box")


def browser_script(*parts: str) -> str:
    """The parts of `browser/`, all unless some are named, after the folding that they need."""
    return joined([("coopkm.text", "fold"), *(("coopkm.search", name) for name in parts or _PARTS)])
