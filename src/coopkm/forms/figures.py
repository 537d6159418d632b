"""How easy questions were: read from the figures that `coopkm analyse` writes."""

import json
from pathlib import Path
from typing import Any

from coopkm.errors import CannotGoOn

_MAX_BYTES = 64 * 1024 * 1024


def read_ease(path: Path) -> dict[str, float]:
    """Id of a question to the share of its points that people earned, 0 to 1.

    Raises:
        CannotGoOn: the file is none of `coopkm analyse`.
    """
    return {row["id"]: share for row in _questions(path) if (share := _share(row["facility"])) is not None}


def _questions(path: Path) -> list[dict[str, Any]]:
    try:
        raw = path.read_bytes() if path.stat().st_size <= _MAX_BYTES else b""
        made = json.loads(raw.decode("utf-8-sig"))
        rows: list[dict[str, Any]] = made["questions"]
        if not all(isinstance(row["id"], str) and "facility" in row for row in rows):
            raise TypeError
    except (ValueError, RecursionError, KeyError, TypeError):
        raise CannotGoOn(
            f"{path} ไม่ใช่ไฟล์ผลวิเคราะห์ (JSON) ของ coopkm analyse",
            f"{path} holds no figures of coopkm analyse (JSON)",
        ) from None
    return rows


def _share(value: Any) -> float | None:
    """A facility, which may be in per cent as Moodle has it."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 100:
        return None
    return float(value) / 100 if value > 1 else float(value)
