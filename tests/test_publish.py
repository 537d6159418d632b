"""A built site goes to people: as one file on a stick, and from a web server's sub-folder."""

import os
import re
import socket
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest
import yaml
from browser_pages import visitor
from judges import program
from playwright.sync_api import Browser, Locator, Page
from projects import run, small_project

from coopkm.errors import CannotGoOn
from coopkm.site.bundle import bundle, bundle_path, write_bundle

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def unpacked(real_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundle of the real site, unpacked as a person does it."""
    folder = tmp_path_factory.mktemp("stick")
    (folder / "site.zip").write_bytes(bundle(real_site, "คลัง <ความรู้>"))
    with zipfile.ZipFile(folder / "site.zip") as archive:
        archive.extractall(folder / "แฟลชไดรฟ์ ก")
    return folder / "แฟลชไดรฟ์ ก"


@contextmanager
def quiet_page(browser: Browser) -> Iterator[tuple[Page, list[str]]]:
    """A page, and what it complains of."""
    said = list[str]()
    with visitor(browser) as page:
        page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("requestfailed", lambda request: said.append(request.url))
        yield page, said


def search(page: Page, query: str) -> Locator:
    """The first unit found; the search's files are loaded by scripts, which a policy or a folder may refuse."""
    page.keyboard.press("/")
    page.locator("#_q").fill(query)
    found = page.locator("a.result[data-unit]").first
    found.wait_for()
    return found


def test_the_start_page_of_a_stick_opens_the_site_with_its_search(browser: Browser, unpacked: Path) -> None:
    with quiet_page(browser) as (page, said):
        page.goto((unpacked / "start.html").as_uri())
        assert page.locator("h1").inner_text() == "คลัง <ความรู้>"
        page.get_by_role("link", name="เปิดคลังความรู้").click()
        page.wait_for_url("**/site/index.html")
        search(page, "ใบเสร็จ")
        assert said == []


def test_the_start_page_says_what_to_do_before_the_file_is_unpacked(unpacked: Path) -> None:
    text = (unpacked / "start.html").read_text("utf-8")
    assert "แยกทั้งหมด" in text
    assert "Extract All" in text


def test_a_stick_holds_every_file_of_the_site_and_the_same_site_gives_the_same_bytes(
    real_site: Path, unpacked: Path
) -> None:
    made = {path.relative_to(real_site).as_posix() for path in real_site.rglob("*") if path.is_file()}
    packed = {
        path.relative_to(unpacked / "site").as_posix() for path in (unpacked / "site").rglob("*") if path.is_file()
    }
    assert packed == made - {".coopkm-site"}
    assert bundle(real_site, "x") == bundle(real_site, "x")


def test_build_packs_the_site_when_asked_and_replaces_only_its_own_file(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    for _ in range(2):
        done = run("build", "--out", tmp_path / "out", "--zip", cwd=project)
        assert done.returncode == 0, done.stderr
        assert "out.zip" in done.stderr
    theirs = tmp_path / "out.zip"
    theirs.write_bytes(b"a letter")
    done = run("build", "--out", tmp_path / "out", "--zip", cwd=project)
    assert done.returncode == 2
    assert "move or rename it" in done.stderr
    assert theirs.read_bytes() == b"a letter"


def test_a_zip_of_somebody_else_is_not_replaced(tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    with zipfile.ZipFile(bundle_path(site), "w") as archive:
        archive.writestr("photo.txt", "mine")
    with pytest.raises(CannotGoOn):
        write_bundle(site, "x")


# nginx as docs/{th,en}/publish.md has it: what stands there between the fences, in a server of the test's own.
# Its workers read as whoever runs the test does: the site lies in a folder for nobody else's eyes.
SERVER = """
{user} daemon off; pid {work}/pid; error_log {work}/errors.log;
events {{}}
http {{
  include /etc/nginx/mime.types; access_log off;
  client_body_temp_path {work}/1; proxy_temp_path {work}/2; fastcgi_temp_path {work}/3;
  uwsgi_temp_path {work}/4; scgi_temp_path {work}/5;
  server {{ listen 127.0.0.1:{port}; {location} }}
}}
"""


def documented(site: Path, lang: str) -> str:
    """The location of nginx that the page tells, with the reader's own folder and the site's policy put in."""
    page = (ROOT / f"docs/{lang}/publish.md").read_text("utf-8")
    block = re.search(r"```nginx\n(.*?)```", page, re.DOTALL)
    assert block
    policy = (site / "content-security-policy.txt").read_text("utf-8").strip()
    return (
        block[1]
        .replace("/srv/www/km/", f"{site}/")
        .replace('Content-Security-Policy "..."', f'Content-Security-Policy "{policy}"')
    )


@contextmanager
def nginx(work: Path, location: str) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    user = "user root;" if hasattr(os, "geteuid") and os.geteuid() == 0 else ""
    (work / "nginx.conf").write_text(SERVER.format(user=user, work=work, port=port, location=location), "utf-8")
    server = subprocess.Popen(
        [program("nginx", "nginx-light"), "-c", str(work / "nginx.conf"), "-p", str(work)], stderr=subprocess.PIPE
    )
    try:
        while server.poll() is None:
            with socket.socket() as ready:
                if ready.connect_ex(("127.0.0.1", port)) == 0:
                    break
        assert server.poll() is None, server.stderr and server.stderr.read().decode()
        yield f"http://127.0.0.1:{port}/km/"
    finally:
        server.terminate()
        server.wait()
        if server.stderr:
            server.stderr.close()


@pytest.mark.parametrize("lang", ["th", "en"])
def test_the_documented_nginx_serves_the_site_in_a_sub_folder_under_the_strict_policy(
    browser: Browser, real_site: Path, tmp_path: Path, lang: str
) -> None:
    with nginx(tmp_path, documented(real_site, lang)) as address, quiet_page(browser) as (page, said):
        page.goto(address)
        search(page, "ใบเสร็จ").click()
        page.locator("article[data-unit]").first.wait_for()
        assert said == []
        with urlopen(address) as answer:
            assert "script-src" in answer.headers["Content-Security-Policy"]
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
        lost = page.goto(f"{address}no-such-page.html")
        assert lost
        assert lost.status == 404
        assert page.locator("a[href$='index.html']").count()


@pytest.mark.parametrize("lang", ["th", "en"])
def test_the_examples_for_forges_run_commands_that_exist_and_publish_the_folder_that_is_built(lang: str) -> None:
    page = (ROOT / f"docs/{lang}/publish.md").read_text("utf-8")
    github, gitlab = (yaml.safe_load(block) for block in re.findall(r"```yaml\n(.*?)```", page, re.DOTALL))
    steps = github["jobs"]["site"]["steps"]
    build = next(step["run"] for step in steps if "run" in step)
    assert [step["with"]["path"] for step in steps if "upload" in step.get("uses", "")] == ["site"]
    assert gitlab["pages"]["script"] == [build, "mv site public"]
    program, script, *options = build.split()
    done = subprocess.run([sys.executable, ROOT / script, *options, "--help"], capture_output=True, check=False)
    assert (program, done.returncode) == ("python3", 0)
