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
    except ImportError as failed:
        missing = (failed.name or name) if isinstance(failed, ModuleNotFoundError) else name
        if missing.split(".")[0] == "coopkm":
            raise
        reason = "" if isinstance(failed, ModuleNotFoundError) else f": {failed}"
        raise CannotGoOn(
            f"คำสั่งนี้ต้องใช้ส่วนเสริม `documents` ซึ่งยังไม่ได้ติดตั้งหรือติดตั้งไม่ครบ (ขาด `{missing}`{reason}): "
            "สั่ง python3 scripts/build.py --documents",
            "this command needs the extra `documents`, which is not installed, or not wholly "
            f"(`{missing}` is missing{reason}): run python3 scripts/build.py --documents",
        ) from None
