"""The words of this part in both languages."""

from importlib.resources import files

import yaml

from coopkm.model.base import LANGS

_ROWS: dict[str, dict[str, str]] = yaml.safe_load(files(__package__).joinpath("words.yml").read_text("utf-8"))
WORDS = {lang: {name: row[lang] for name, row in _ROWS.items()} for lang in LANGS}
