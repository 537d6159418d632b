"""Where everything stands on the site. Paths are relative to a language's root."""

from coopkm.model.base import Unit
from coopkm.model.kinds import KINDS

DEFAULT_LANG = "th"
HOME, GLOSSARY, SOURCES, NEWS = "index.html", "glossary.html", "sources/index.html", "whats-new.html"
REVIEWS = "reviews.html"
SEARCH, QUIZZES, PROGRESS = "search.html", "quizzes/index.html", "my-progress.html"
DOORS = ("officer", "trainer", "office")


def site_path(lang: str, path: str) -> str:
    """The path of a page from the root of the site: Thai at the root, others in a folder of their own."""
    return path if lang == DEFAULT_LANG else f"{lang}/{path}"


def unit_path(unit: Unit) -> str:
    return f"{KINDS[unit.kind].section}/{unit.id}.html"


def section_path(kind: str) -> str:
    return f"{KINDS[kind].section}/index.html"


def door_path(audience: str) -> str:
    return f"{audience}.html"


def document_path(document: str) -> str:
    return f"sources/{document}.html"


def source_path(key: str) -> str:
    return f"{document_path(key.split('.', 1)[0])}#{key}"


def path_path(path: str) -> str:
    return f"paths/{path}.html"


def quiz_path(bank: str) -> str:
    return f"quizzes/{bank}.html"


def km_path(year: int) -> str:
    return f"km-{year}.html"


def term_path(term: str) -> str:
    return f"{GLOSSARY}#{term}"


def article_path(name: str) -> str:
    folder, slash, file = name.removesuffix(".md").rpartition("/")
    return f"{folder}{slash}{'index' if file == 'README' else file}.html"  # as MkDocs has it


def relative(target: str, page: str) -> str:
    """The relative URL that leads from a page to a target of the same language."""
    path, hash_, anchor = target.partition("#")
    if path == page and anchor:
        return f"#{anchor}"
    here, there = page.split("/")[:-1], path.split("/")
    shared = 0
    while shared < min(len(here), len(there) - 1) and here[shared] == there[shared]:
        shared += 1
    return "../" * (len(here) - shared) + "/".join(there[shared:]) + hash_ + anchor


def to_root(page: str) -> str:
    """The prefix that leads from a page to its language's root: empty, or `../` for each folder."""
    return "../" * page.count("/")
