"""Which files a project has, without ever leaving its folder."""

from collections.abc import Iterator
from pathlib import Path

from coopkm.problems import Place, Problem, problem


def find_files(root: Path, folder: str, suffixes: tuple[str, ...]) -> Iterator[Path | Problem]:
    """Files under `root/folder` with one of the suffixes, sorted; a link out of `root` is a problem.

    Hidden files and folders are passed over.
    """
    top = root / folder
    if not top.is_dir():
        return
    yield from _walk(root.resolve(), root, top, suffixes)


def _walk(real_root: Path, root: Path, folder: Path, suffixes: tuple[str, ...]) -> Iterator[Path | Problem]:
    for path in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if path.name.startswith("."):
            continue
        if path.is_symlink() and not path.resolve().is_relative_to(real_root):
            yield problem(Place(path.relative_to(root).as_posix()), "link-outside", target=path.readlink())
        elif path.is_dir():
            # A linked folder is read where it really stands; following it here could go in circles.
            if not path.is_symlink():
                yield from _walk(real_root, root, path, suffixes)
        elif path.suffix in suffixes:
            yield path
