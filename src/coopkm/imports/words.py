"""words.yml as it stands."""

from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml


@lru_cache(maxsize=1)
def words() -> dict[str, Any]:
    """The words by which a document is understood."""
    found: dict[str, Any] = yaml.safe_load(files("coopkm.imports").joinpath("words.yml").read_text("utf-8"))
    return found
