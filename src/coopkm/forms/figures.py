"""How easy questions were: read from the figures that `coopkm analyse` writes."""

import json
import math
from pathlib import Path
from typing import Any

from coopkm.errors import CannotGoOn

_MAX_BYTES = 64 * 1024 * 1024


def read_ease(path: Path) -> dict[str, float]:
    """Id of a question to the share of its points that people earned, 0 to 1.

    Raises:
        CannotGoOn: the file is none of `coopkm analyse`.
    """
    rows = ((row["id"], row["facility"]) for row in _questions(path))
    return {name: min(1.0, max(0.0, float(share))) for name, share in rows if share is not None}


def _questions(path: Path) -> list[dict[str, Any]]:
    try:
        raw = path.read_bytes() if path.stat().st_size <= _MAX_BYTES else b""
        made = json.loads(raw.decode("utf-8-sig"))
        rows: list[dict[str, Any]] = made["questions"]
        if made["format"] != "coopkm-figures" or not all(map(_is_figure, rows)):
            raise TypeError
    except (ValueError, RecursionError, KeyError, TypeError):
        raise CannotGoOn(
            f"{path} ไม่ใช่ไฟล์ผลวิเคราะห์ (JSON) ของ coopkm analyse",
            f"{path} holds no figures of coopkm analyse (JSON)",
        ) from None
    return rows


def _is_figure(row: dict[str, Any]) -> bool:
    known = row["facility"] is None or (isinstance(row["facility"], int | float) and math.isfinite(row["facility"]))
    return isinstance(row["id"], str) and known
