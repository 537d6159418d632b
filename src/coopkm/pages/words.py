"""Words of the interface, read from the files beside this one; every key has both languages."""

from importlib.resources import files

import yaml


def _load(name: str) -> dict[str, dict[str, str]]:
    raw = yaml.safe_load(files(__package__).joinpath(name).read_text("utf-8"))
    return {lang: {key: row[lang] for key, row in raw.items()} for lang in ("th", "en")}


WORDS = _load("words.yml")
QUIZ_WORDS = _load("quiz_words.yml")  # said by scripts
