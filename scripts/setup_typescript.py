"""Checks the JSDoc types of the shipped JavaScript with TypeScript, where Node.js is present."""

import json
import os
import shutil
import subprocess
from pathlib import Path

from setup_env import Place, run_logged
from setup_text import Voice

# To change: `npm view typescript@VERSION dist.integrity`.
VERSION = "6.0.3"
INTEGRITY = "sha512-y2TvuxSZPDyQakkFRPZHKFm+KKVqIisdg9/CZwm9ftvKXLP8NRWj38/ODjNbr43SsoXqNuAisEf1GdCxqWcdBw=="


def check_javascript(place: Place, voice: Voice) -> int:
    """Run `tsc` as jsconfig.json says; give its exit code. Left out without Node.js; in CI only then."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not any((place.root / "src").rglob("*.js")):
        return left_out(voice, "no-javascript")
    if not node or not npm:
        return left_out(voice, "no-node")
    home = place.cache / f"typescript-{VERSION}"
    if not is_there(home):
        fetch(npm, home, place)
    if not is_there(home):
        return left_out(voice, "no-typescript", must=in_ci(), log=place.short(place.log))
    if not is_intact(home):
        return left_out(voice, "typescript-differs", must=True)
    compiler = home / "node_modules" / "typescript" / "lib" / "tsc.js"
    return subprocess.call([node, str(compiler), "--project", "jsconfig.json"], cwd=str(place.root))


def fetch(npm: str, home: Path, place: Place) -> None:
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    (home / "package.json").write_text("{}", encoding="utf-8")
    options = ["--prefix", home, "--ignore-scripts", "--no-audit", "--no-fund", "--save-exact"]
    run_logged([npm, "install", *options, f"typescript@{VERSION}"], place, lambda line: None)


def is_there(home: Path) -> bool:
    """npm writes its record last."""
    return (home / "node_modules" / ".package-lock.json").is_file()


def is_intact(home: Path) -> bool:
    """npm checked the package against the registry's hash; this compares that hash with the one we know."""
    record = json.loads((home / "node_modules" / ".package-lock.json").read_text(encoding="utf-8"))
    packages = record["packages"]
    return list(packages) == ["node_modules/typescript"] and all(
        package["integrity"] == INTEGRITY for package in packages.values()
    )


def in_ci() -> bool:
    return os.environ.get("CI", "") not in ("", "0", "false")


def left_out(voice: Voice, code: str, *, must: bool = False, **fields: str) -> int:
    reason = voice.text(code, version=VERSION, **fields)
    voice.say("no-type-check", reason=reason)
    return 1 if must else 0
