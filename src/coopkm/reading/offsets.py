"""Where a character of a value stands in its file's text, through quotes, escapes, folding and indents."""

import re
from collections.abc import Iterator

_WRITTEN = {
    "'": re.compile("''|.", re.DOTALL),
    '"': re.compile(r"\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|\n[ \t]*|.)|.", re.DOTALL),
}
_BLANK_ESCAPES = tuple("\n\t tnvfrNLP_")


def source_offset(source: str, start: int, style: str, nth: int) -> int:
    """The offset in `source` of a scalar's visible character number `nth`, counted from 0.

    `start` is where the scalar begins, past the opening quote or the line of the block's mark. Blanks are not
    counted: folding and indenting change nothing else. Beyond the last character, the place just after it.
    """
    at = start
    for offset, length in _visible(source, start, style):
        if nth == 0:
            return offset
        nth -= 1
        at = offset + length
    return at


def _visible(source: str, start: int, style: str) -> Iterator[tuple[int, int]]:
    pattern = _WRITTEN.get(style)
    if pattern is None:
        yield from ((at, 1) for at in range(start, len(source)) if not source[at].isspace())
        return
    for match in pattern.finditer(source, start):
        written = match.group()
        if written == style:
            return
        if not _is_blank(written):
            yield match.start(), len(written)


def _is_blank(written: str) -> bool:
    if not written.startswith("\\") or len(written) == 1:
        return written.isspace()
    if len(written) > 2 and written[1] in "xuU":
        return chr(int(written[2:], 16)).isspace()
    return written[1] in _BLANK_ESCAPES
