"""Write requirements/*.txt anew: exact versions with hashes, for every system and Python that we support.

    python3 scripts/lock.py              keep the versions that still fit pyproject.toml
    python3 scripts/lock.py --upgrade    take the newest that fit

For maintainers. Needs Python 3.11 and the network; uv is put into a scratch folder and leaves no trace.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import tomllib
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OLDEST_PYTHON = "3.11"
UV = "uv==0.13.9"
HEADER = """\
# Written by `python3 scripts/lock.py` from pyproject.toml. Do not edit: change pyproject.toml, then run it.
# `python3 scripts/lock.py --upgrade` takes newer versions. For Linux, macOS and Windows, Python 3.11 on.
"""


def main() -> int:
    options = parse(sys.argv[1:])
    with tempfile.TemporaryDirectory() as scratch:
        uv = install_uv(Path(scratch))
        runtime, documents, test = (ROOT / "requirements" / f"{name}.txt" for name in ("runtime", "documents", "test"))
        more = "--extra=documents", f"--constraint={runtime}"
        compile_lock(uv, runtime, upgrade=options.upgrade)
        compile_lock(uv, documents, *more, upgrade=options.upgrade)
        compile_lock(uv, test, *more, "--extra=test", f"--constraint={documents}", upgrade=options.upgrade)
    return 0


def parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--upgrade", action="store_true", help="take the newest versions that fit")
    return parser.parse_args(arguments)


def install_uv(folder: Path) -> Path:
    """Put uv into a virtual environment in `folder`; give the path of its program."""
    home = folder / "uv"
    venv.create(home, with_pip=True)
    programs = home / ("Scripts" if os.name == "nt" else "bin")
    subprocess.run([programs / "python", "-m", "pip", "install", "--quiet", UV], check=True)
    return programs / "uv"


def build_requirements() -> list[str]:
    """What builds the package: it is locked too, since the package is installed without build isolation."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    requires: list[str] = project["build-system"]["requires"]
    return requires


def compile_lock(uv: Path, lock: Path, *more: str, upgrade: bool) -> None:
    """Resolve pyproject.toml into `lock`, starting from the versions it holds unless `upgrade`."""
    result = lock.with_suffix(".new")
    if lock.exists() and not upgrade:
        result.write_bytes(lock.read_bytes())
    command: list[str | Path] = [
        uv, "pip", "compile", "pyproject.toml", "-", *more,
        "--universal", f"--python-version={OLDEST_PYTHON}", "--generate-hashes",
        "--no-header", "--no-annotate", "--quiet", f"--output-file={result}",
    ]  # fmt: skip
    build_needs = "\n".join(build_requirements()).encode()
    try:
        subprocess.run(command, cwd=ROOT, check=True, input=build_needs, stdout=subprocess.DEVNULL)
        lock.write_text(HEADER + result.read_text(encoding="utf-8"), encoding="utf-8", newline="\n")
    finally:
        result.unlink(missing_ok=True)
    print(f"{lock.relative_to(ROOT).as_posix()}: {count(lock)} packages")


def count(lock: Path) -> int:
    return sum("==" in line and not line.startswith("#") for line in lock.read_text("utf-8").splitlines())


if __name__ == "__main__":
    sys.exit(main())
