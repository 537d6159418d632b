"""Makes `.venv` hold what a lock file names and the package itself; makes, completes or repairs it.

Standard library only. A mark in `.venv` says whether the folder is whole and which locks it satisfies: it is
taken back before the first change and given after the last, so that a set-up killed half-way shows.
"""

import contextlib
import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO, Callable, Iterator, Optional, Sequence

from setup_text import CannotGoOn, Voice

IS_WINDOWS = os.name == "nt"
LOCKS = ["runtime", "documents", "test"]

# What pip's output tells about a failure, first match first.
PIP_FAILURES = {
    "hash-differs": "DO NOT MATCH THE HASHES",
    "disk-full": "No space left on device|not enough space on the disk",
    "no-network": "NewConnectionError|NameResolutionError|ConnectTimeout|ReadTimeout|ProxyError|SSLError"
    "|Max retries exceeded|Connection (?:refused|reset|aborted)|Network is unreachable"
    "|Could not fetch URL|Read timed out|\\(from versions: none\\)",
}
# A package that pip starts on: from the network or in place already, or from a folder of wheels.
PIP_TAKES = re.compile(
    r"(?:Collecting|Requirement already satisfied:) ([A-Za-z0-9._-]+)"
    r"|Processing .*[/\\]([A-Za-z0-9._]+)-\S+\.whl"
)


@dataclass(frozen=True)
class Place:
    """The folders that the set-up works with."""

    root: Path

    @property
    def venv(self) -> Path:
        return self.root / ".venv"

    @property
    def cache(self) -> Path:
        return self.root / ".cache"

    @property
    def mark(self) -> Path:
        return self.venv / "coopkm-setup.json"

    @property
    def log(self) -> Path:
        return self.cache / "setup.log"

    def program(self, name: str) -> Path:
        """A program of the virtual environment, such as `python` or `coopkm`."""
        return self.venv / "Scripts" / (name + ".exe") if IS_WINDOWS else self.venv / "bin" / name

    def lock(self, name: str) -> Path:
        return self.root / "requirements" / (name + ".txt")

    def short(self, path: Path) -> str:
        """The path as seen from the project, with forward slashes."""
        return path.relative_to(self.root).as_posix()


@dataclass(frozen=True)
class Mark:
    """What is known of `.venv`: whether it is whole, which locks it satisfies, who made it and where."""

    root: str
    own: bool
    whole: bool = False
    locks: dict[str, str] = field(default_factory=dict)


def prepare(place: Place, lock: str, voice: Voice) -> None:
    """Make `.venv` satisfy the lock file called `lock`; quick when it does so already."""
    wanted = {name: fingerprint(place, name) for name in included(lock)}
    if is_ready(place, read_mark(place), wanted):
        return
    with alone(place):
        mark = make_venv(place, read_mark(place), voice)
        write_mark(place, replace(mark, whole=False))
        try:
            # In a half-made environment of somebody else no package that is there can be trusted.
            install(place, lock, voice, again=not mark.own and not mark.whole)
        except CannotGoOn:
            write_mark(place, mark)
            raise
        # What was installed before from another lock holds no longer.
        write_mark(place, replace(mark, whole=True, locks=wanted))
    voice.say("ready", folder=place.short(place.venv))


def included(lock: str) -> list[str]:
    """The locks that an environment made from `lock` satisfies: each holds all of those before it."""
    return LOCKS[: LOCKS.index(lock) + 1]


def fingerprint(place: Place, lock: str) -> str:
    """What the installation depends on: the lock and the package's own description."""
    digest = hashlib.sha256()
    for path in (place.lock(lock), place.root / "pyproject.toml"):
        try:
            digest.update(path.read_bytes())
        except FileNotFoundError:
            raise CannotGoOn("no-lock", lock=place.short(path)) from None
    return digest.hexdigest()


def read_mark(place: Place) -> Optional[Mark]:
    try:
        return Mark(**json.loads(place.mark.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def write_mark(place: Place, mark: Mark) -> None:
    new = place.mark.with_suffix(".new")
    new.write_text(json.dumps(vars(mark)), encoding="utf-8")
    new.replace(place.mark)


def is_ready(place: Place, mark: Optional[Mark], wanted: dict[str, str]) -> bool:
    return bool(
        mark
        and mark.whole
        and mark.root == str(place.root)
        and mark.locks.items() >= wanted.items()
        and python_works(place)
    )


def python_works(place: Place) -> bool:
    """Whether the environment's Python starts, has pip, and is new enough."""
    code = "import pip, sys; sys.exit(sys.version_info < (3, 11))"
    try:
        return subprocess.run([place.program("python"), "-c", code], capture_output=True).returncode == 0
    except OSError:
        return False


@contextlib.contextmanager
def alone(place: Place) -> Iterator[None]:
    """Refuse to work beside another set-up of the same folder. The system frees the lock if we are killed."""
    try:
        place.cache.mkdir(exist_ok=True)
        handle = (place.cache / "setup.lock").open("w")
    except OSError as error:
        raise CannotGoOn("cannot-write", folder=place.cache, reason=error.strerror) from None
    with handle:
        try:
            lock_file(handle)
        except (BlockingIOError, PermissionError):
            raise CannotGoOn("already-running") from None
        except OSError:
            pass  # a file system without locks: go on without
        yield


def lock_file(handle: IO[str]) -> None:
    if IS_WINDOWS:
        import msvcrt

        msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def make_venv(place: Place, mark: Optional[Mark], voice: Voice) -> Mark:
    """Give an environment to install into; `whole` if it was in good order already.

    One that we made and that is broken, half-made or moved is made anew. One that somebody else made is used
    as it is if it works, and never deleted.
    """
    if mark is None and is_empty(place.venv):
        voice.say("making", folder=place.short(place.venv))
        return create(place)
    works = python_works(place)
    if mark is None or not mark.own:
        if not works:
            raise CannotGoOn("venv-foreign", folder=place.short(place.venv))
        return Mark(str(place.root), own=False, whole=mark is None or mark.whole)
    if works and mark.whole and mark.root == str(place.root):
        return Mark(str(place.root), own=True, whole=True)
    voice.say("making" if mark.whole else "repairing", folder=place.short(place.venv))
    move_away(place)
    return create(place)


def is_empty(folder: Path) -> bool:
    return not folder.exists() or (folder.is_dir() and not any(folder.iterdir()))


def create(place: Place) -> Mark:
    """Make the environment with the Python that runs this script; marked as ours before anything else."""
    for module in ("venv", "ensurepip"):
        if importlib.util.find_spec(module) is None:
            raise CannotGoOn("no-venv", module=module, path=sys.executable)
    mark = Mark(str(place.root), own=True)
    try:
        place.venv.mkdir(exist_ok=True)
        write_mark(place, mark)
    except OSError as error:
        raise CannotGoOn("cannot-write", folder=place.venv, reason=error.strerror) from None
    base = getattr(sys, "_base_executable", None) or sys.executable
    place.log.write_bytes(b"")
    if run_logged([base, "-m", "venv", place.venv], place, lambda line: None) != 0:
        reason = last_line(place.log.read_text(encoding="utf-8", errors="replace"))
        raise CannotGoOn("venv-failed", folder=place.short(place.venv), reason=reason)
    return mark


def move_away(place: Place) -> None:
    """Rename `.venv`, then delete it: a deletion killed half-way leaves nothing that looks like one."""
    old = place.cache / "old-venv"
    try:
        shutil.rmtree(old, ignore_errors=True)
        place.venv.rename(old)
    except OSError as error:
        raise CannotGoOn("folder-busy", folder=place.short(place.venv), reason=error.strerror) from None
    shutil.rmtree(old, ignore_errors=True)


def install(place: Place, lock: str, voice: Voice, *, again: bool) -> None:
    """Install the lock with its hashes checked, then the package itself, which needs no network."""
    path = place.lock(lock)
    names = locked_names(path)
    voice.say("installing", count=len(names), lock=place.short(path))
    progress = PipProgress(len(names), voice)
    force = ["--force-reinstall"] if again else []
    place.log.write_bytes(b"")
    pip(place, [*force, "--require-hashes", "-r", str(path)], progress, lock)
    pip(place, ["--no-deps", "--no-build-isolation", "--editable", str(place.root)], progress, lock)
    progress.close()


def locked_names(lock: Path) -> set[str]:
    """The packages that a lock file names."""
    return set(re.findall(r"^([A-Za-z0-9._-]+)==", lock.read_text(encoding="utf-8"), re.M))


def pip(place: Place, arguments: list[str], progress: "PipProgress", lock: str) -> None:
    options = ["--disable-pip-version-check", "--no-input", "--progress-bar=off"]
    command = [place.program("python"), "-m", "pip", "install", *options, *arguments]
    code = run_logged(command, place, progress.read)
    if code != 0:
        progress.close()
        raise pip_failure(place, lock)


def pip_failure(place: Place, lock: str) -> CannotGoOn:
    """The one line that says why pip failed, from its output."""
    lines = place.log.read_text(encoding="utf-8", errors="replace").splitlines()
    output = "\n".join(lines[-20:])  # not further back: a retry that went well in the end is no failure
    code = next((code for code, pattern in PIP_FAILURES.items() if re.search(pattern, output)), "pip-failed")
    errors = re.findall(r"^\s*ERROR: (.+)$", output, re.M)
    packages = re.findall(r"^\s+(\S+) from \S+.*:$", output, re.M)
    return CannotGoOn(
        code,
        lock=place.short(place.lock(lock)),
        log=place.short(place.log),
        package=packages[0] if packages else "?",
        reason=errors[-1] if errors else last_line(output),
    )


class PipProgress:
    """Turns pip's output into a line of progress: rewritten in place on a terminal, every tenth elsewhere."""

    def __init__(self, total: int, voice: Voice) -> None:
        self.total = total
        self.voice = voice
        self.seen: set[str] = set()
        self.live = bool(getattr(voice.stream, "isatty", lambda: False)())
        self.shown = ""

    def read(self, line: str) -> None:
        found = PIP_TAKES.match(line)
        if found:
            self.count(found[1] or found[2])
        elif line.startswith("Installing collected packages"):
            self.show("  " + self.voice.text("unpacking"))
        elif "Retrying (" in line:
            self.show("  " + self.voice.text("waiting"))

    def count(self, package: str) -> None:
        if package not in self.seen:
            self.seen.add(package)
            if self.live or len(self.seen) % 10 == 0:
                self.show(f"  [{len(self.seen)}/{self.total}] {package}")

    def show(self, text: str) -> None:
        if self.live:
            self.voice.line("\r" + text.ljust(len(self.shown)), end="")
        elif text != self.shown:
            self.voice.line(text)
        self.shown = text

    def close(self) -> None:
        """Leave a clean line behind."""
        if self.live and self.shown:
            self.voice.line("\r" + " " * len(self.shown) + "\r", end="")
        self.shown = ""


def run_logged(command: Sequence[object], place: Place, read: Callable[[str], None]) -> int:
    """Run a command with its output added to the log and given to `read` line by line; give its exit code."""
    place.cache.mkdir(exist_ok=True)
    with place.log.open("ab") as log, subprocess.Popen(
        [str(part) for part in command],
        cwd=str(place.root),
        env=clean_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    ) as process:
        assert process.stdout
        for line in process.stdout:
            log.write(line)
            read(line.decode("utf-8", "replace").rstrip())
    return process.returncode


def clean_environment() -> dict[str, str]:
    """The environment without what would send an installation elsewhere; the settings for a network stay."""
    stray = {"PYTHONHOME", "PYTHONPATH", "PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_REQUIRE_VIRTUALENV"}
    kept = {name: value for name, value in os.environ.items() if name not in stray}
    return {**kept, "PIP_USER": "0", "PYTHONIOENCODING": "utf-8"}


def last_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else "?"
