"""Set up and build the site: `python3 scripts/build.py [--documents] [--lang th|en]`.

Makes .venv from requirements/runtime.txt, with --documents from requirements/documents.txt; checks the
knowledge, builds into site/. Safe to run again. Exit code 0 when the site was built, 1 when the
knowledge has problems, 2 when something is missing.
"""

import argparse
import os
import subprocess
import sys
from pathlib import Path

import setup_text

ROOT = Path(__file__).resolve().parent.parent


def main(arguments, voice):
    import setup_env  # not before Python's version is known to do

    options = parse(arguments)
    place = setup_env.Place(ROOT)
    setup_env.prepare(place, "documents" if options.documents else "runtime", voice)
    voice.say("building")
    code = subprocess.call(
        [str(place.program("coopkm")), "--lang", voice.language, "build"],
        cwd=str(ROOT),
        env=dict(os.environ, PYTHONIOENCODING=":replace"),
    )
    if code != 0:
        voice.say("build-failed")
        return code
    index = ROOT / "site" / "index.html"
    voice.say("built", path=index, link=index.as_uri(), preview=preview_command(place))
    return 0


def preview_command(place):
    """As short as it can be typed in the current folder."""
    program = place.program("coopkm")
    return f"{program.relative_to(ROOT) if Path.cwd() == ROOT else program} serve"


def parse(arguments):
    parser = argparse.ArgumentParser(description=__doc__.partition(":")[0])
    parser.add_argument(
        "--documents", action="store_true", help="install what handbooks, slides, test forms and reports need as well"
    )
    parser.add_argument("--lang", choices=["th", "en"], help="language of the messages")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(setup_text.run(main, sys.argv[1:]))
