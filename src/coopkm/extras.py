"""Libraries that only some commands need: loaded when used, and named in one line where they are missing."""

from importlib import import_module
from types import ModuleType

from coopkm.errors import CannotGoOn


def load(name: str) -> ModuleType:
    """The module `name` of the extra `documents`.

    Raises:
        CannotGoOn: it is not installed.
    """
    try:
        return import_module(name)
    except ModuleNotFoundError as missing:
        if (missing.name or "").split(".")[0] != name.split(".")[0]:
            raise
        raise CannotGoOn(
            f"คำสั่งนี้ต้องใช้ส่วนเสริม `documents` ซึ่งยังไม่ได้ติดตั้ง (ขาด `{name}`): สั่ง python3 scripts/build.py --documents",
            f"this command needs the extra `documents`, which is not installed (`{name}` is missing): "
            "run python3 scripts/build.py --documents",
        ) from None
