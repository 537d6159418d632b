"""Where a base is: a folder beside the project, or an installed package of content.

A package of content names itself in the entry point group `coopkm.content`. Its value is the name of a top-level
Python package whose folder holds `knowledge/`, as any project does. The package is found and never imported.
"""

from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path

GROUP = "coopkm.content"
PREFIX = "base:"  # before the path of a base's file, in problems and documents: base:NAME/knowledge/...
_FOLDER = "knowledge"


def find_base(root: Path, named: str) -> Path | None:
    """The folder of the base that the project in `root` calls so; None where there is none.

    What holds a slash or begins with a dot is a path from the project's folder; anything else is a package's name.
    """
    folder = root / named.replace("\\", "/") if is_path(named) else _package(named)
    return folder.resolve() if folder is not None and _is_project(folder) else None


def is_path(named: str) -> bool:
    """Whether a base is called by its folder, not by a package's name."""
    return named.startswith(".") or "/" in named or "\\" in named


def is_absolute(named: str) -> bool:
    """Whether the path would hold on one machine only."""
    return named.startswith(("/", "\\", "~")) or named[1:2] == ":"


def packages() -> list[str]:
    """Names of the installed packages of content, sorted."""
    return sorted({entry.name for entry in entry_points(group=GROUP)})


def origin(path: str) -> str:
    """The name of the base that a file is of, by its path in documents; empty for the project's own."""
    return path.removeprefix(PREFIX).split("/", 1)[0] if path.startswith(PREFIX) else ""


def _package(named: str) -> Path | None:
    found = next(iter(entry_points(group=GROUP, name=named)), None)
    if found is None or "." in found.module:  # a parent package would have to be run to find what is in it
        return None
    try:
        spec = find_spec(found.module)
    except (ImportError, ValueError):
        return None
    folders = list(spec.submodule_search_locations or ()) if spec else []
    return Path(folders[0]) if folders else None


def _is_project(folder: Path) -> bool:
    try:
        return (folder / _FOLDER).is_dir()
    except (OSError, ValueError):  # a name that no system can have
        return False
