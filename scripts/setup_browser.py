"""Finds a Chromium browser for the tests, or installs one."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Callable, Iterator, Mapping, Optional

from setup_env import Place, run_logged
from setup_text import CannotGoOn, Voice, starts

ON_PATH = ("google-chrome", "google-chrome-stable", "microsoft-edge", "chromium", "chromium-browser")
ON_WINDOWS = (
    "Google/Chrome/Application/chrome.exe",
    "Microsoft/Edge/Application/msedge.exe",
    "Chromium/Application/chrome.exe",
)
ON_MACOS = (
    "Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "Applications/Chromium.app/Contents/MacOS/Chromium",
)
WHERE_PLAYWRIGHT_HAS_IT = """
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    print(playwright.chromium.executable_path)
"""


def set_up_browser(place: Place, voice: Voice) -> str:
    """Give the path of a browser that starts; install one if there is none and it can be had."""
    path = named() or installed() or from_apt(place, voice) or from_playwright(place, voice)
    if path is None:
        raise CannotGoOn("no-browser")
    return path


def named(environ: Mapping[str, str] = os.environ) -> Optional[str]:
    """The browser that the person names; a wrong name is an error, never passed over."""
    path = environ.get("COOPKM_BROWSER")
    if path and not usable(path):
        raise CannotGoOn("browser-named-wrongly", path=path)
    return path or None


def installed() -> Optional[str]:
    places = usual_places(sys.platform, os.environ, Path.home())
    return next((str(path) for path in places if usable(str(path))), None)


def usual_places(platform: str, environ: Mapping[str, str], home: Path) -> Iterator[Path]:
    """Where Chrome, Edge and Chromium are on this kind of system."""
    if platform == "win32":
        folders = [environ.get(name) for name in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")]
        yield from (Path(folder, name) for name in ON_WINDOWS for folder in folders if folder)
    elif platform == "darwin":
        yield from (folder / name for name in ON_MACOS for folder in (Path("/"), home))
    else:
        yield from (Path(path) for path in map(shutil.which, ON_PATH) if path)


def usable(path: str) -> bool:
    """Whether the file is there and starts. On Windows asking for the version would open a window."""
    if not Path(path).is_file() or in_snap(path):
        return False
    return sys.platform == "win32" or starts(path)


def in_snap(path: str) -> bool:
    """Ubuntu's snaps cannot read the folders in /tmp that the tests give a browser."""
    return "/snap" in os.path.realpath(path)


def from_apt(place: Place, voice: Voice) -> Optional[str]:
    """Debian's own Chromium, where we may install it."""
    if not may_use_apt():
        return None
    voice.say("getting-browser", way="apt-get install chromium")
    apt = ["env", "LC_ALL=C", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-y", "-q"]
    for command in ([*apt, "update"], [*apt, "install", "--no-install-recommends", "chromium"]):
        run_logged(command, place, show(voice, ("Get:", "Unpacking ", "Setting up ")))
    return installed()


def may_use_apt() -> bool:
    return shutil.which("apt-get") is not None and hasattr(os, "geteuid") and os.geteuid() == 0


def from_playwright(place: Place, voice: Voice) -> Optional[str]:
    """Playwright's own Chromium, with the system's libraries for it where we may install them."""
    voice.say("getting-browser", way="playwright install chromium")
    libraries = ["--with-deps"] if may_use_apt() else []
    command = [place.program("python"), "-m", "playwright", "install", *libraries, "chromium"]
    if run_logged(command, place, show(voice, ("Downloading ",))) != 0:
        return None
    done = subprocess.run([place.program("python"), "-c", WHERE_PLAYWRIGHT_HAS_IT], text=True, capture_output=True)
    path = done.stdout.strip()
    return path if usable(path) else None


def show(voice: Voice, beginnings: "tuple[str, ...]") -> Callable[[str], None]:
    """A reader of output that prints the lines that tell of progress, each once, without colours."""
    seen = set()

    def read(line: str) -> None:
        text = re.sub(r"\x1b\[[0-9;]*m", "", line).partition(" from http")[0][:100]
        if text.startswith(beginnings) and text not in seen:
            seen.add(text)
            voice.line("  " + text)

    return read
