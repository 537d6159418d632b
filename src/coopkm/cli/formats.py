"""Names of file formats as people type them: several in one option, with commas or spaces."""

import re
from collections.abc import Iterable

from coopkm.errors import CannotGoOn


def chosen_formats(text: str, known: Iterable[str]) -> list[str]:
    """The formats named, each once, in the order of the text.

    Raises:
        CannotGoOn: none is named, or one that is not known.
    """
    offered = list(known)
    names = list(dict.fromkeys(name for name in re.split(r"[,\s]+", text.strip().lower()) if name))
    wrong = [name for name in names if name not in offered]
    if wrong or not names:
        all_of_them, named = ", ".join(offered), ", ".join(wrong) or text
        raise CannotGoOn(
            f"ไม่รู้จักรูปแบบไฟล์ {named!r}: เลือกจาก {all_of_them}",
            f"no format is called {named!r}: choose from {all_of_them}",
        )
    return names
