"""Words of the report, read from the file beside this one."""

from functools import lru_cache
from importlib.resources import files

import yaml


@lru_cache(maxsize=2)
def words(lang: str) -> dict[str, str]:
    """The words of the report in a language."""
    raw = yaml.safe_load(files("coopkm.analysis").joinpath("words.yml").read_text("utf-8"))
    return {key: row[lang] for key, row in raw.items()}
