"""Set up and run every test: `python3 scripts/test.py [--lang th|en] [--no-browser] [arguments of pytest]`.

Runs ruff, mypy, tsc and pytest; with arguments of pytest's own, pytest alone. Exit code 0 when all passed,
otherwise that of the first that failed; 2 when something is missing.
"""

import argparse
import os
import subprocess
import sys
from pathlib import Path

import setup_text

ROOT = Path(__file__).resolve().parent.parent

CHECKS = [
    ("ruff check", ["ruff", "check", "."]),
    ("ruff format", ["ruff", "format", "--check", "."]),
    ("mypy", ["mypy"]),
]

# All tests: a file stays in one process, since its tests share what they set up.
SIDE_BY_SIDE = ["--numprocesses", "auto", "--maxprocesses", "4", "--dist", "loadfile", "--no-loadscope-reorder"]


def main(arguments, voice):
    import setup_browser  # not before Python's version is known to do
    import setup_debian
    import setup_env
    import setup_npm

    options, for_pytest = parse(arguments)
    place = setup_env.Place(ROOT)
    setup_env.prepare(place, "test", voice)
    environ = environment(place)
    setup_debian.set_up_judges(place, voice)
    if options.no_browser:
        environ.pop("COOPKM_BROWSER", None)
    else:
        environ["COOPKM_BROWSER"] = setup_browser.set_up_browser(place, voice)
        voice.say("browser", path=environ["COOPKM_BROWSER"])
    judges = setup_npm.set_up_judges(place, voice)
    environ.pop("COOPKM_JUDGES", None)
    if judges:
        environ["COOPKM_JUDGES"] = str(judges)
    failures = [] if for_pytest else run_checks(place, voice, environ, judges)
    if failures:
        voice.say("failed-so-far", steps=", ".join(name for name, code in failures))
    failures.append(("pytest", step(voice, "pytest", ["pytest", *(for_pytest or SIDE_BY_SIDE)], place, environ)))
    return next((code for name, code in failures if code), 0)


def parse(arguments):
    parser = argparse.ArgumentParser(
        description=__doc__.partition(":")[0], epilog="All else goes to pytest.", allow_abbrev=False
    )
    parser.add_argument("--lang", choices=["th", "en"], help="language of the messages")
    parser.add_argument("--no-browser", action="store_true", help="skip the tests that need a browser")
    return parser.parse_known_args(arguments)


def environment(place):
    """What the steps run with: the programs of .venv come first."""
    path = str(place.program("python").parent) + os.pathsep + os.environ.get("PATH", "")
    return dict(os.environ, PATH=path, VIRTUAL_ENV=str(place.venv))


def run_checks(place, voice, environ, judges):
    """Run every step before the tests; give (name, exit code) of those that failed."""
    import setup_npm

    codes = [(name, step(voice, name, command, place, environ)) for name, command in CHECKS]
    heading(voice, "tsc")
    codes.append(("tsc", setup_npm.check_javascript(place, voice, judges)))
    return [(name, code) for name, code in codes if code]


def step(voice, name, command, place, environ):
    heading(voice, name)
    program, arguments = str(place.program(command[0])), command[1:]
    return subprocess.call([program, *arguments], cwd=str(ROOT), env=environ)


def heading(voice, name):
    voice.line("-- " + name)


if __name__ == "__main__":
    sys.exit(setup_text.run(main, sys.argv[1:]))
