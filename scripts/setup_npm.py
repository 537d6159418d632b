"""Installs what tests take from npm, where Node.js is present: judges of exports, and TypeScript, which checks the
JSDoc types of the shipped JavaScript.

tests/judges/package-lock.json names versions and hashes; npm refuses what has another hash. To change a version: edit
package.json beside it, then `npm install --package-lock-only --omit-lockfile-registry-resolved` in that folder.
"""

import hashlib
import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Optional

from setup_env import Place, run_logged
from setup_text import Voice

FILES = ("package.json", "package-lock.json")


def set_up_judges(place: Place, voice: Voice) -> Optional[Path]:
    """The folder that holds `node_modules`, made if it is not there; None where that cannot be, and it is said why."""
    npm = shutil.which("npm")
    if not npm or not shutil.which("node"):
        return left_out(voice, "no-node")
    home = home_of(place)
    if not is_whole(home):
        fetch(npm, home, place)
    if not is_whole(home):
        return left_out(voice, "no-judges", log=place.short(place.log))
    return home


def check_javascript(place: Place, voice: Voice, home: Optional[Path]) -> int:
    """Run `tsc` as jsconfig.json says; give its exit code. Left out without Node.js; in CI only then."""
    node = shutil.which("node")
    if home is None or not node:
        voice.say("no-type-check")
        return 1 if in_ci() and node else 0
    compiler = home / "node_modules" / "typescript" / "lib" / "tsc.js"
    return subprocess.call([node, str(compiler), "--project", "jsconfig.json"], cwd=str(place.root))


def home_of(place: Place) -> Path:
    """A folder for each state of the lock, so that a change of it never meets what is old."""
    raw = b"".join((locks(place) / name).read_bytes() for name in FILES)
    return place.cache / ("judges-" + hashlib.sha256(raw).hexdigest()[:12])


def locks(place: Place) -> Path:
    return place.root / "tests" / "judges"


def fetch(npm: str, home: Path, place: Place) -> None:
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    for name in FILES:
        shutil.copyfile(str(locks(place) / name), str(home / name))
    options = ["--prefix", str(home), "--ignore-scripts", "--no-audit", "--no-fund"]
    run_logged([npm, "ci", *options], place, lambda line: None)


def is_whole(home: Path) -> bool:
    """npm writes its record last; what it installed has the hashes of the lock."""
    record = home / "node_modules" / ".package-lock.json"
    return record.is_file() and hashes(record) == hashes(home / "package-lock.json")


def hashes(lock: Path) -> dict:
    """Path of each package to its hash; the folder itself has none."""
    packages = json.loads(lock.read_text(encoding="utf-8"))["packages"]
    return {name: package.get("integrity") for name, package in packages.items() if name}


def in_ci() -> bool:
    return os.environ.get("CI", "") not in ("", "0", "false")


def left_out(voice: Voice, code: str, **fields: str) -> None:
    voice.say("without-judges", reason=voice.text(code, **fields))
