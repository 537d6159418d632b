"""Words that people see, from the YAML file beside the code that says them: a name, then Thai and English."""

from importlib.resources import files

import yaml


def wordlist(package: str, name: str = "words.yml") -> dict[str, dict[str, str]]:
    """Language to name to words, of a file in a package. `KeyError` where a name lacks a language."""
    rows: dict[str, dict[str, str]] = yaml.safe_load(files(package).joinpath(name).read_text("utf-8"))
    return {lang: {key: row[lang] for key, row in rows.items()} for lang in ("th", "en")}
