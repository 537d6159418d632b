"""Which files a project has, without ever leaving its folder."""

from collections.abc import Iterator
from pathlib import Path

from coopkm.problems import Place, Problem, problem
from coopkm.reading.decode import MAX_BYTES, decode

_OF_EDITORS = (".txt", ".doc", ".docx", ".rtf")


def find_files(root: Path, folder: str, suffixes: tuple[str, ...] = ()) -> Iterator[Path | Problem]:
    """Files under `root/folder` with one of the suffixes, or all; sorted. A link out of `root` is a problem.

    Hidden files and folders are passed over.
    """
    top = root / folder
    if _leaves(top, root.resolve()):
        yield _outside(top, root)
    elif top.is_dir():
        yield from _walk(root, top, suffixes)


def read_text(path: Path, name: str, limit: int = MAX_BYTES) -> str | Problem:
    """The text of a file, or why it cannot be had; `name` stands for it in problems."""
    if not path.is_file():
        return problem(Place(name), "unreadable-file")
    try:
        with path.open("rb") as file:
            return decode(file.read(limit + 1), name, limit)
    except OSError:
        return problem(Place(name), "unreadable-file")


def _walk(root: Path, folder: Path, suffixes: tuple[str, ...]) -> Iterator[Path | Problem]:
    try:
        entries = sorted(folder.iterdir(), key=lambda entry: entry.name)
    except OSError:
        yield problem(Place(folder.relative_to(root).as_posix()), "unreadable-file")
        return
    for path in entries:
        if path.name.startswith("."):
            continue
        if path.is_symlink() and _leaves(path, root.resolve()):
            yield _outside(path, root)
        elif path.is_dir():
            # A linked folder is read where it really stands; following it here could go in circles.
            if not path.is_symlink():
                yield from _walk(root, path, suffixes)
        elif not suffixes or path.suffix.lower() in suffixes:
            yield path
        elif _meant_to_be_read(path, suffixes):
            yield problem(Place(path.relative_to(root).as_posix()), "file-not-read", ending=path.suffix, name=path.stem)


def _meant_to_be_read(path: Path, suffixes: tuple[str, ...]) -> bool:
    """Editors on Windows save `x.yml` as `x.yml.txt`, and Explorer shows the two alike."""
    return path.suffix.lower() in _OF_EDITORS and Path(path.stem).suffix.lower() in suffixes


def _leaves(path: Path, real_root: Path) -> bool:
    try:
        return not path.resolve().is_relative_to(real_root)
    except (OSError, RuntimeError):  # links in a circle lead nowhere
        return False


def _outside(link: Path, root: Path) -> Problem:
    return problem(Place(link.relative_to(root).as_posix()), "link-outside", target=link.resolve())
