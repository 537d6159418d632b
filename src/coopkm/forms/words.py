"""What is said on papers and in the report, read from `words.yml` beside this file."""

from importlib.resources import files

import yaml


def _load() -> dict[str, dict[str, str]]:
    raw = yaml.safe_load(files(__package__).joinpath("words.yml").read_text("utf-8"))
    return {lang: {key: row[lang] for key, row in raw.items()} for lang in ("th", "en")}


WORDS = _load()
