"""Scripts of pages, put together of files as they are written: no bundler, one scope, nothing left of comments."""

import re
from collections.abc import Iterable
from importlib.resources import files

_LINE_COMMENT = re.compile(r"^[ ]*//[^\n]*\n", re.MULTILINE)
_DOC_COMMENT = re.compile(r"/\*\*.*?\*/[ ]?", re.DOTALL)
_TRAILING = re.compile(r"(?<=[;{,]) // [^\n]*")
_INDENT = re.compile(r"^[ \n]+", re.MULTILINE)


def joined(parts: Iterable[tuple[str, str]], prelude: str = "") -> str:
    """Files of the folders `browser/`, given as (package, name), in the order in which they need each other.

    The prelude stands before them as it is.
    """
    text = "".join(files(package).joinpath("browser", f"{name}.js").read_text("utf-8") for package, name in parts)
    for pattern in (_LINE_COMMENT, _DOC_COMMENT, _TRAILING, _INDENT):
        text = pattern.sub("", text)
    return f'(() => {{\n"use strict";\n{prelude}{text}}})();\n'
