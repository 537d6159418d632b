"""A build goes to a new folder beside the last good one; the two change places when all is done.

Killed at any moment, the last good site is whole. No folder is ever removed that this module did not make.
"""

import contextlib
import ctypes
import glob
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

from coopkm.errors import CannotGoOn

MARKER = ".coopkm-site"
_EXCHANGE = 2  # RENAME_EXCHANGE of renameat2(2) on Linux, RENAME_SWAP of renamex_np(2) on macOS
_AT_FDCWD = -100
_TRIES = 10
_HEAD = "made by coopkm; replaced whole at the next build; its files:\n"


def begin(target: Path) -> Path:
    """Make the folder to build into. Raises `CannotGoOn` where `target` holds what is not a site of ours."""
    target.parent.mkdir(parents=True, exist_ok=True)
    _recover(target)
    _refuse_what_is_not_ours(target)
    _sweep(target)
    stage = Path(tempfile.mkdtemp(prefix=f".{target.name}.new-{os.getpid()}-", dir=target.parent))
    stage.chmod(0o755)
    (stage / MARKER).write_text(_HEAD, "utf-8")
    return stage


def finish(stage: Path, target: Path) -> None:
    """Put the finished folder in the place of the last one. Of builds that end at once, the later stays."""
    (stage / MARKER).write_text(_HEAD + "".join(f"{name}\n" for name in sorted(_files(stage))), "utf-8")
    for _ in range(_TRIES):
        _refuse_what_is_not_ours(target)
        with contextlib.suppress(OSError):  # another build has just put its own there
            _swap(stage, target)
            return
    _swap(stage, target)


def abandon(stage: Path) -> None:
    """Remove a folder that `begin` made and that will not be finished."""
    _remove(stage)


def _swap(stage: Path, target: Path) -> None:
    with contextlib.suppress(OSError):
        target.rmdir()  # an empty folder
    if not target.exists():
        stage.rename(target)
    elif _exchange(stage, target):
        _remove(stage)
    else:
        old = target.with_name(f"{_aside(target)}{os.getpid()}-{time.monotonic_ns()}")
        target.rename(old)
        stage.rename(target)
        _remove(old)


def _remove(folder: Path) -> None:
    """Remove a folder of ours; its marker goes last: what a killed removal leaves is known as ours."""
    with contextlib.suppress(OSError):
        for entry in folder.iterdir():
            if entry.is_dir() and not entry.is_symlink():
                shutil.rmtree(entry, ignore_errors=True)
            elif entry.name != MARKER:
                entry.unlink(missing_ok=True)
    shutil.rmtree(folder, ignore_errors=True)


def _refuse_what_is_not_ours(target: Path) -> None:
    if foreign := sorted(_foreign(target)) if not target.is_symlink() and _ours(target) else []:
        raise CannotGoOn(
            f"{target / foreign[0]} ไม่ได้มาจาก coopkm และจะหายไปเมื่อสร้างเว็บใหม่ ย้ายออก หรือวางไว้ใต้ docs/th/ ให้เป็นส่วนของเว็บ",
            f"{target / foreign[0]} was not made by coopkm and a new build would take it away:"
            " move it, or put it under docs/th/ to make it part of the site",
        )
    if target.is_symlink() or (target.exists() and not _ours(target)):
        raise CannotGoOn(
            f"โฟลเดอร์ {target} มีไฟล์ที่ไม่ได้มาจาก coopkm จึงไม่แตะต้อง ใช้ --out เลือกโฟลเดอร์อื่น หรือย้ายไฟล์ออกก่อน",
            f"{target} holds files that coopkm did not make, so it is left alone:"
            " choose another folder with --out, or move them away",
        )


def _foreign(folder: Path) -> set[str]:
    """Files that have come into a site since it was made."""
    lines = (folder / MARKER).read_text("utf-8").splitlines()[1:] if (folder / MARKER).is_file() else []
    return _files(folder) - set(lines) if lines else set()


def _files(folder: Path) -> set[str]:
    """Every file of a folder, with forward slashes, but for the marker."""
    found = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir())
    return set(found) - {MARKER}


def _ours(folder: Path) -> bool:
    """Whether the folder is one of ours, or empty."""
    return folder.is_dir() and ((folder / MARKER).is_file() or not any(folder.iterdir()))


def _aside(target: Path) -> str:
    return f".{target.name}.old-"


def _recover(target: Path) -> None:
    """Undo the half of a swap where the system cannot exchange two names at once."""
    for old in sorted(target.parent.glob(f"{glob.escape(_aside(target))}*")):
        if not _ours(old):
            continue
        if target.exists():
            _remove(old)
        else:
            with contextlib.suppress(OSError):  # the build that put it aside has gone on
                old.rename(target)


def _sweep(target: Path) -> None:
    """Remove folders that killed builds left behind."""
    for left in target.parent.glob(f".{glob.escape(target.name)}.new-*-*"):
        pid = left.name.rsplit(".new-", 1)[1].split("-")[0]
        if pid.isdigit() and not _running(int(pid)) and _ours(left):
            _remove(left)


def _running(pid: int) -> bool:
    if pid == os.getpid():
        return True
    if sys.platform == "win32":  # there, signal 0 would end the process
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _exchange(a: Path, b: Path) -> bool:
    """Let two folders change names in one step; False where the system has no such call."""
    with contextlib.suppress(OSError, AttributeError):
        libc = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "linux":
            first, second = os.fsencode(a), os.fsencode(b)
            return bool(libc.renameat2(_AT_FDCWD, first, _AT_FDCWD, second, _EXCHANGE) == 0)
        if sys.platform == "darwin":
            return bool(libc.renamex_np(os.fsencode(a), os.fsencode(b), _EXCHANGE) == 0)
    return False
