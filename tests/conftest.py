"""What every test may ask for: a browser, and a web server for a folder."""

import functools
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, ClassVar

import pytest
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parent.parent
IN_CI = os.environ.get("CI", "") not in ("", "0", "false")
NO_BROWSER = "no browser: COOPKM_BROWSER is not set (`python3 scripts/test.py` finds one and sets it)"

BROWSER_OPTIONS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}


# Files whose tests take longest, the longest first: side by side, they must not be the last to begin.
LONGEST = [
    f"test_{name}.py"
    for name in "axe hostile search_parity browser quiz_browser exports_judges fast build setup".split()
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The files that take longest come first; all else keeps its order."""
    ranks = {name: rank for rank, name in enumerate(LONGEST)}
    items.sort(key=lambda item: ranks.get(item.path.name, len(LONGEST)))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, started once. Without one the test is skipped; in CI it fails."""
    path = os.environ.get("COOPKM_BROWSER")
    if not path:
        (pytest.fail if IN_CI else pytest.skip)(NO_BROWSER)
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    options = [*BROWSER_OPTIONS, *(["--no-sandbox"] if is_root else [])]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=options)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def real_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of this project's own knowledge, built once for all tests that look at it, in whichever process."""
    out = tmp_path_factory.getbasetemp() / "real" / "site"
    if "PYTEST_XDIST_WORKER" in os.environ:
        out = tmp_path_factory.getbasetemp().parent / "real" / "site"
    out.parent.mkdir(exist_ok=True)
    with only_one(out.parent / "lock"):
        if not out.exists():
            build_real_site(out)
    return out


def build_real_site(out: Path) -> None:
    command = [sys.executable, "-m", "coopkm", "--project", str(ROOT), "--lang", "en", "build", "--out", str(out)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@contextmanager
def only_one(path: Path) -> Iterator[None]:
    """One process at a time: the others wait for the lock, which ends with the process that holds it."""
    with path.open("a+b") as file:
        if sys.platform == "win32":
            import msvcrt

            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX)
        yield


@dataclass(frozen=True)
class Request:
    """What a browser asked of the server."""

    method: str
    path: str
    status: int


@dataclass
class Site:
    """A folder being served: `url` ends in a slash; `requests` grows in the order of the answers."""

    url: str
    requests: list[Request] = field(default_factory=list)

    def paths(self, *, status: int | None = None) -> list[str]:
        """The paths asked for, all or those answered with `status`."""
        return [request.path for request in self.requests if status in (None, request.status)]


Policy = str | Callable[[str], str | None] | None


@pytest.fixture
def serve() -> Iterator[Callable[..., Site]]:
    """Serve a folder on 127.0.0.1: `serve(folder, under="/km/", policy="default-src 'self'")` gives a `Site`.

    `under` is the path the folder appears under; all else is 404. `policy` is sent as
    Content-Security-Policy: a text for all answers, or a function from the path to a text or None. A missing
    page is answered with the folder's 404.html, as the usual hosts do. Stops when the test ends.
    """
    servers: list[ThreadingHTTPServer] = []

    def start(folder: Path, under: str = "/", policy: Policy = None) -> Site:
        under = f"/{under.strip('/')}/".replace("//", "/")
        site = Site(url="")
        handler = functools.partial(Handler, site=site, under=under, policy=policy, directory=str(folder))
        server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        server.daemon_threads = True
        site.url = f"http://127.0.0.1:{server.server_port}{under}"
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        servers.append(server)
        return site

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


class Handler(SimpleHTTPRequestHandler):
    """Files of one folder, under one path, with one policy; quiet; every answer recorded."""

    extensions_map: ClassVar[dict[str, str]] = {**SimpleHTTPRequestHandler.extensions_map, **TYPES}

    def __init__(self, *arguments: Any, site: Site, under: str, policy: Policy, directory: str) -> None:
        self.site = site
        self.under = under
        self.policy = policy
        super().__init__(*arguments, directory=directory)

    def translate_path(self, path: str) -> str:
        if not path.startswith(self.under):
            return str(Path(self.directory) / "outside the site")
        return super().translate_path("/" + path.removeprefix(self.under))

    def end_headers(self) -> None:
        policy = self.policy(self.path) if callable(self.policy) else self.policy
        if policy:
            self.send_header("Content-Security-Policy", policy)
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        own = Path(self.directory) / "404.html"
        if code != 404 or not own.is_file():
            super().send_error(code, message, explain)
            return
        body = own.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        self.site.requests.append(Request(self.command, self.path, int(code)))

    def log_message(self, *arguments: Any) -> None:
        """Say nothing."""
