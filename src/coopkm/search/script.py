"""The search of the browser as one script: the files of `browser/` as they are written, less their comments."""

import re
from importlib.resources import files

_PARTS = ("analyse", "rank", "match", "suggest", "load", "find", "box")
_LINE_COMMENT = re.compile(r"^[ ]*//[^\n]*\n", re.MULTILINE)
_DOC_COMMENT = re.compile(r"/\*\*.*?\*/[ ]?", re.DOTALL)
_TRAILING = re.compile(r"(?<=[;{,]) // [^\n]*")
_INDENT = re.compile(r"^[ \n]+", re.MULTILINE)


def browser_script(*parts: str) -> str:
    """The parts in the order in which they need each other, all unless some are named, in a scope of their own."""
    folder = files("coopkm.search").joinpath("browser")
    text = "".join(folder.joinpath(f"{name}.js").read_text("utf-8") for name in parts or _PARTS)
    for pattern in (_LINE_COMMENT, _DOC_COMMENT, _TRAILING, _INDENT):
        text = pattern.sub("", text)
    return f'(() => {{\n"use strict";\n{text}}})();\n'
