"""The set-up scripts, run for real in a small project of their own; no network."""

import ast
import base64
import hashlib
import importlib
import json
import os
import re
import shutil
import string
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parent.parent
SCRIPTS = ROOT / "scripts"
STARTED_BY_PEOPLE = ["build.py", "test.py"]
BEFORE_THE_SETUP = sorted(path.name for path in SCRIPTS.glob("setup_*.py")) + STARTED_BY_PEOPLE

# A build backend for the small project: an editable wheel with one command, `coopkm`.
BACKEND = """
import zipfile
NAME, INFO = "coopkm-0.1.0-py3-none-any.whl", "coopkm-0.1.0.dist-info/"
def build_editable(folder, config_settings=None, metadata_directory=None):
    files = {
        "coopkm_stub.py": "def main():\\n    print('the stub builds')\\n",
        INFO + "METADATA": "Metadata-Version: 2.1\\nName: coopkm\\nVersion: 0.1.0\\n",
        INFO + "WHEEL": "Wheel-Version: 1.0\\nGenerator: x\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n",
        INFO + "entry_points.txt": "[console_scripts]\\ncoopkm = coopkm_stub:main\\n",
    }
    record = "".join(name + ",,\\n" for name in files) + INFO + "RECORD,,\\n"
    with zipfile.ZipFile(folder + "/" + NAME, "w") as wheel:
        for name, text in {**files, INFO + "RECORD": record}.items():
            wheel.writestr(name, text)
    return NAME
"""
PYPROJECT = """
[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]
[project]
name = "coopkm"
version = "0.1.0"
"""


class Project:
    """A folder with the scripts, a lock that names one small wheel, and a package that needs nothing."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.wheels = root / "wheels"
        self.wheels.mkdir(parents=True)
        (root / "requirements").mkdir()
        shutil.copytree(SCRIPTS, root / "scripts", ignore=shutil.ignore_patterns("__pycache__"))
        (root / "pyproject.toml").write_text(PYPROJECT, encoding="utf-8")
        (root / "backend.py").write_text(BACKEND, encoding="utf-8")
        make_wheel(self.wheels, "granite")
        self.lock(make_wheel(self.wheels, "pebble"))

    def lock(self, digest: str, name: str = "pebble") -> None:
        line = f"{name}==1.0 \\\n    --hash=sha256:{digest}\n"
        (self.root / "requirements" / "runtime.txt").write_text(line, encoding="utf-8")

    def build(self, *arguments: str, **environ: str) -> subprocess.CompletedProcess[bytes]:
        """Run scripts/build.py; pip sees the folder of wheels and nothing else."""
        command = [sys.executable, str(self.root / "scripts" / "build.py"), *arguments]
        return self.run(command, **environ)

    def build_under(self, before: str, *arguments: str) -> subprocess.CompletedProcess[bytes]:
        """Run scripts/build.py in a Python where the statement `before` has been executed."""
        script = str(self.root / "scripts" / "build.py")
        code = (
            f"import sys; sys.argv = {[script, *arguments]!r}; sys.path[0] = {str(self.root / 'scripts')!r}\n"
            f"{before}\nimport runpy; runpy.run_path({script!r}, run_name='__main__')"
        )
        return self.run([sys.executable, "-c", code])

    def run(self, command: list[str], **environ: str) -> subprocess.CompletedProcess[bytes]:
        usual = {"PIP_CONFIG_FILE": os.devnull, "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": self.wheels.as_uri()}
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("PIP_")}
        return subprocess.run(
            command,
            cwd=self.root,
            env={**inherited, "LC_ALL": "C.UTF-8", "PYTHONUTF8": "1", **usual, **environ},
            capture_output=True,
            timeout=120,
        )

    @property
    def mark(self) -> Path:
        return self.root / ".venv" / "coopkm-setup.json"

    @property
    def pebble(self) -> Path:
        """The module that the locked wheel installs."""
        return next((self.root / ".venv").rglob("pebble.py"))


def make_wheel(folder: Path, name: str) -> str:
    """Write version 1.0 of a package of one empty module into `folder`; give its SHA-256."""
    path = folder / f"{name}-1.0-py3-none-any.whl"
    info = f"{name}-1.0.dist-info/"
    files = {
        f"{name}.py": "",
        info + "METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n",
        info + "WHEEL": "Wheel-Version: 1.0\nGenerator: x\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    lines = [f"{file},sha256={wheel_hash(text)},{len(text)}\n" for file, text in files.items()]
    with zipfile.ZipFile(path, "w") as wheel:
        for file, text in {**files, info + "RECORD": "".join(lines) + f"{info}RECORD,,\n"}.items():
            wheel.writestr(file, text)
    return hashlib.sha256(path.read_bytes()).hexdigest()


def wheel_hash(text: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project that was never set up."""
    return Project(tmp_path / "project")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project set up once for this module."""
    project = Project(tmp_path_factory.mktemp("made") / "a folder with spaces")
    done = project.build()
    assert done.returncode == 0, done.stdout + done.stderr
    return project


@pytest.fixture
def ready(made: Project) -> Iterator[Project]:
    """The project set up; a test may break it, the next one finds its lock as it was."""
    before = (made.root / "requirements" / "runtime.txt").read_bytes()
    yield made
    (made.root / "requirements" / "runtime.txt").write_bytes(before)


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """The module `setup_browser`, with the others as its attributes."""
    monkeypatch.syspath_prepend(str(SCRIPTS))
    yield importlib.import_module("setup_browser")
    for name in [name for name in sys.modules if name.startswith("setup_")]:
        del sys.modules[name]


def one_line(done: subprocess.CompletedProcess[bytes]) -> str:
    """The line of a stop: exit code 2, one line of error, no traceback."""
    assert done.returncode == 2, done.stdout + done.stderr
    lines = done.stderr.decode("utf-8").splitlines()
    assert len(lines) == 1, lines
    return lines[0]


# --- saying what is missing


@pytest.mark.parametrize("name", BEFORE_THE_SETUP)
def test_the_scripts_parse_under_an_old_python(name: str) -> None:
    ast.parse((SCRIPTS / name).read_text(encoding="utf-8"), feature_version=(3, 6))


@pytest.mark.parametrize("name", ["setup_text.py", *STARTED_BY_PEOPLE])
def test_what_runs_under_an_old_python_has_no_annotations(name: str) -> None:
    tree = ast.parse((SCRIPTS / name).read_text(encoding="utf-8"))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    assert not [node.name for node in functions if node.returns or any(arg.annotation for arg in node.args.args)]


def test_an_old_python_is_told_which_one_is_needed(project: Project) -> None:
    line = one_line(project.build_under("sys.version_info = (3, 9, 2, 'final', 0)"))
    assert line.startswith("coopkm: Python 3.11 or newer is needed; this is 3.9.2 (")
    assert not (project.root / ".venv").exists()


@pytest.mark.parametrize("module", ["venv", "ensurepip"])
def test_a_python_without_venv_is_told_the_package_to_install(project: Project, module: str) -> None:
    line = one_line(project.build_under(f"sys.modules[{module!r}] = None"))
    assert f"no module {module} " in line
    assert "apt install python3-venv" in line


def test_a_missing_lock_file_is_named(project: Project) -> None:
    (project.root / "requirements" / "runtime.txt").unlink()
    assert "requirements/runtime.txt is not there" in one_line(project.build())


def test_a_download_with_another_hash_is_not_installed(ready: Project) -> None:
    ready.lock("0" * 64, name="granite")
    line = one_line(ready.build())
    assert "a download is not what requirements/runtime.txt names" in line
    assert "granite==1.0" in line


def test_no_network_is_one_line(ready: Project) -> None:
    ready.lock("0" * 64, name="not-in-the-folder")  # so pip asks the network
    nowhere = {"PIP_NO_INDEX": "0", "PIP_INDEX_URL": "http://127.0.0.1:9/simple", "PIP_RETRIES": "0"}
    assert "cannot download: check the network" in one_line(ready.build(**nowhere))


def test_a_failed_update_leaves_the_environment_that_worked(ready: Project) -> None:
    assert ready.build().returncode == 0
    before = (ready.root / "requirements" / "runtime.txt").read_bytes()
    ready.lock("0" * 64, name="granite")
    one_line(ready.build())
    (ready.root / "requirements" / "runtime.txt").write_bytes(before)
    done = ready.build()
    assert done.returncode == 0
    assert b"anew" not in done.stdout


def test_an_environment_of_somebody_else_that_does_not_work_is_left_alone(project: Project) -> None:
    kept = project.root / ".venv" / "kept.txt"
    kept.parent.mkdir()
    kept.write_text("mine", encoding="utf-8")
    assert ".venv does not work and was not made by this script" in one_line(project.build())
    assert kept.read_text(encoding="utf-8") == "mine"


def test_an_environment_of_somebody_else_that_works_is_used(project: Project) -> None:
    subprocess.run([sys.executable, "-m", "venv", project.root / ".venv"], check=True)
    kept = project.root / ".venv" / "kept.txt"
    kept.write_text("mine", encoding="utf-8")
    assert project.build().returncode == 0
    project.mark.write_text(project.mark.read_text("utf-8").replace("true", "false"), encoding="utf-8")
    project.pebble.write_text("broken", encoding="utf-8")
    assert project.build().returncode == 0
    assert project.pebble.read_text(encoding="utf-8") == ""
    assert kept.exists()


def test_a_second_setup_beside_the_first_is_refused(project: Project, script: ModuleType) -> None:
    setup_env = importlib.import_module("setup_env")
    with setup_env.alone(setup_env.Place(project.root)):
        assert "another set-up is at work" in one_line(project.build())


# --- making, repairing, and being quick about it


def test_the_first_run_sets_up_builds_and_says_where(made: Project) -> None:
    made.mark.unlink()
    shutil.rmtree(made.root / ".venv")
    done = made.build()
    said = done.stdout.decode("utf-8")
    assert (done.returncode, done.stderr) == (0, b"")
    assert "the stub builds" in said
    assert (made.root / "site" / "index.html").as_uri() in said
    assert made.pebble.exists()


def test_a_second_run_installs_nothing(ready: Project) -> None:
    assert ready.build().returncode == 0
    log = (ready.root / ".cache" / "setup.log").stat().st_mtime_ns
    done = ready.build()
    assert done.returncode == 0
    assert b"installing" not in done.stdout
    assert (ready.root / ".cache" / "setup.log").stat().st_mtime_ns == log


def test_a_half_made_environment_is_made_anew(ready: Project) -> None:
    assert ready.build().returncode == 0
    mark = json.loads(ready.mark.read_text(encoding="utf-8"))
    ready.mark.write_text(json.dumps({**mark, "whole": False, "locks": {}}), encoding="utf-8")
    ready.pebble.unlink()
    done = ready.build()
    assert b"the last set-up did not finish" in done.stdout
    assert done.returncode == 0
    assert ready.pebble.exists()


def test_an_environment_whose_python_is_gone_is_made_anew(ready: Project) -> None:
    assert ready.build().returncode == 0
    programs = ready.root / ".venv" / ("Scripts" if os.name == "nt" else "bin")
    for python in programs.glob("python*"):
        python.unlink()
    assert ready.build().returncode == 0
    assert ready.pebble.exists()


def test_a_changed_lock_is_installed_into_the_environment_that_is_there(ready: Project) -> None:
    assert ready.build().returncode == 0
    lock = ready.root / "requirements" / "runtime.txt"
    lock.write_text("# changed\n" + lock.read_text(encoding="utf-8"), encoding="utf-8")
    done = ready.build()
    assert done.returncode == 0
    assert b"installing 1 packages" in done.stdout
    assert b"making" not in done.stdout


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pipes of this kind in a shell")
def test_a_reader_who_goes_away_does_not_stop_the_work(ready: Project) -> None:
    assert ready.build().returncode == 0
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, str(ready.root / "scripts" / "build.py")],
        stdout=writer,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    os.close(writer)
    assert (done.returncode, done.stderr) == (0, b"")


# --- language


@pytest.mark.parametrize(("encoding", "letters"), [("cp874", "สร้างเว็บไซต์"), ("utf-8", "สร้างเว็บไซต์")])
def test_a_console_with_thai_letters_gets_thai(ready: Project, encoding: str, letters: str) -> None:
    done = ready.build("--lang", "th", PYTHONIOENCODING=encoding)
    assert done.returncode == 0, done.stderr
    assert letters in done.stdout.decode(encoding)


@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
def test_a_console_without_thai_letters_gets_english(ready: Project, encoding: str) -> None:
    done = ready.build("--lang", "th", PYTHONIOENCODING=encoding)
    assert done.returncode == 0, done.stderr
    assert "building the site" in done.stdout.decode(encoding)


def test_a_stop_on_a_console_without_thai_letters_is_one_line(project: Project) -> None:
    (project.root / "requirements" / "runtime.txt").unlink()
    line = one_line(project.build("--lang=th", PYTHONIOENCODING="cp1252"))
    assert "is not there" in line


@pytest.mark.parametrize(
    ("arguments", "environ", "language"),
    [
        ([], {"LANG": "th_TH.UTF-8"}, "th"),
        ([], {"LC_ALL": "en_GB.UTF-8", "LANG": "th_TH.UTF-8"}, "en"),
        ([], {"LANG": "C.UTF-8"}, "en"),
        (["--lang", "th"], {"LANG": "en_GB.UTF-8"}, "th"),
        (["--lang=en"], {"LANG": "th_TH.UTF-8"}, "en"),
        (["--lang"], {"LANG": "th_TH.UTF-8"}, "en"),
    ],
)
def test_the_option_decides_the_language_then_the_locale(
    script: ModuleType, arguments: list[str], environ: dict[str, str], language: str
) -> None:
    setup_text = importlib.import_module("setup_text")
    assert setup_text.chosen_language(arguments, environ) == language


def test_every_message_has_the_same_fields_in_both_languages(script: ModuleType) -> None:
    texts: dict[str, dict[str, str]] = importlib.import_module("setup_text").TEXTS
    fields = {
        code: [{name for _, name, _, _ in string.Formatter().parse(pair[lang]) if name} for lang in ("th", "en")]
        for code, pair in texts.items()
    }
    assert not [code for code, (thai, english) in fields.items() if thai != english]


def test_every_message_is_said_somewhere(script: ModuleType) -> None:
    texts = importlib.import_module("setup_text").TEXTS
    source = "".join((SCRIPTS / name).read_text(encoding="utf-8") for name in BEFORE_THE_SETUP)
    assert not [code for code in texts if source.count(f'"{code}"') < 2]


# --- browsers


@pytest.mark.parametrize(
    ("platform", "expected"),
    [
        ("win32", "C:/P/Google/Chrome/Application/chrome.exe"),
        ("darwin", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
    ],
)
def test_the_usual_places_of_a_system_are_looked_at(script: ModuleType, platform: str, expected: str) -> None:
    places = script.usual_places(platform, {"PROGRAMFILES": "C:/P"}, Path("/home/somebody"))
    assert expected in [path.as_posix() for path in places]


def test_a_browser_named_wrongly_stops_the_run(script: ModuleType) -> None:
    with pytest.raises(importlib.import_module("setup_text").CannotGoOn, match="browser-named-wrongly"):
        script.named({"COOPKM_BROWSER": "/nowhere/chrome"})


# --- locks


@pytest.mark.parametrize("name", ["runtime.txt", "documents.txt", "test.txt"])
def test_a_lock_holds_hashes_and_no_address(name: str) -> None:
    text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
    assert "python3 scripts/lock.py" in text
    assert "://" not in text
    assert not re.search(r"^--|@ ", text, re.M)
    assert all("--hash=sha256:" in entry for entry in entries(text).values())


def test_each_lock_holds_all_of_the_one_before() -> None:
    runtime, documents, test = (
        entries((ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8"))
        for name in ("runtime", "documents", "test")
    )
    assert runtime.items() <= documents.items() <= test.items()


def entries(lock: str) -> dict[str, str]:
    """Requirement line -> its hashes."""
    found = re.findall(r"^([a-z][^\n\\]*?) \\\n((?:    --hash=\S+(?: \\)?\n?)+)", lock, re.M)
    assert len(found) == len(re.findall(r"^[a-z]", lock, re.M))
    return dict(found)
