"""A build goes to a new folder beside the last good one; the two change places when all is done.

Killed at any moment, the last good site is whole. No folder is ever removed that this module did not make.
"""

import contextlib
import ctypes
import os
import shutil
import sys
import tempfile
from pathlib import Path

from coopkm.errors import CannotGoOn

MARKER = ".coopkm-site"
_EXCHANGE = 2  # RENAME_EXCHANGE of renameat2(2) on Linux, RENAME_SWAP of renamex_np(2) on macOS
_AT_FDCWD = -100


def begin(target: Path) -> Path:
    """Make the folder to build into. Raises `CannotGoOn` where `target` holds what is not a site of ours."""
    target.parent.mkdir(parents=True, exist_ok=True)
    _recover(target)
    if target.is_symlink() or (target.exists() and not target.is_dir()) or not _replaceable(target):
        raise CannotGoOn(
            f"โฟลเดอร์ {target} มีไฟล์ที่ไม่ได้มาจาก coopkm จึงไม่แตะต้อง ใช้ --out เลือกโฟลเดอร์อื่น หรือย้ายไฟล์ออกก่อน",
            f"{target} holds files that coopkm did not make, so it is left alone:"
            " choose another folder with --out, or move them away",
        )
    _sweep(target)
    stage = Path(tempfile.mkdtemp(prefix=f".{target.name}.new-{os.getpid()}-", dir=target.parent))
    stage.chmod(0o755)
    (stage / MARKER).write_text("made by coopkm; replaced whole at the next build\n", "utf-8")
    return stage


def finish(stage: Path, target: Path) -> None:
    """Put the finished folder in the place of the last one."""
    if not target.exists():
        stage.rename(target)
        return
    if _exchange(stage, target):
        shutil.rmtree(stage, ignore_errors=True)
        return
    old = _aside(target)
    target.rename(old)
    stage.rename(target)
    shutil.rmtree(old, ignore_errors=True)


def abandon(stage: Path) -> None:
    """Remove a folder that `begin` made and that will not be finished."""
    shutil.rmtree(stage, ignore_errors=True)


def _replaceable(target: Path) -> bool:
    return not target.exists() or (target / MARKER).is_file() or not any(target.iterdir())


def _aside(target: Path) -> Path:
    return target.with_name(f".{target.name}.old")


def _recover(target: Path) -> None:
    """Undo the half of a swap where the system cannot exchange two names at once."""
    old = _aside(target)
    if not (old / MARKER).is_file():
        return
    if target.exists():
        shutil.rmtree(old, ignore_errors=True)
    else:
        old.rename(target)


def _sweep(target: Path) -> None:
    """Remove folders that killed builds left behind."""
    for left in target.parent.glob(f".{target.name}.new-*-*"):
        pid = left.name.split(".new-")[1].split("-")[0]
        if (left / MARKER).is_file() and pid.isdigit() and not _running(int(pid)):
            shutil.rmtree(left, ignore_errors=True)


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
