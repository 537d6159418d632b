"""Write docs/{th,en}/reference/*.md anew (fields, problem codes, commands), and of docs/dev the schemas of result
files and of exported questions, and the table of what export formats carry.

    python3 scripts/reference.py            write them
    python3 scripts/reference.py --check    write nothing; exit 1 where one is not current

For maintainers; run it with the Python of .venv. What the pages say stands in src/coopkm: model/fields.yml,
problems/catalogue.yml, and the help texts in cli/. What stands around it is in reference_pages.yml.
"""

import argparse
import json
import sys
from pathlib import Path

from reference_pages import pages

from coopkm.exports import machine
from coopkm.exports.told import support_table
from coopkm.model.result import ResultFile
from coopkm.writing import write_file

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 where one is not current")
    only_check = parser.parse_args().check
    made = {
        **pages(),
        "docs/dev/result.schema.json": result_schema(),
        "docs/dev/questions.schema.json": machine.schema(),
        "docs/dev/exports.md": support_table(),
    }
    stale = {name: text for name, text in made.items() if not is_current(ROOT / name, text)}
    for name, text in stale.items():
        print(name)
        if not only_check:
            write_file(ROOT / name, text)
    return 1 if stale and only_check else 0


def result_schema() -> str:
    """The form of a learner's result file as JSON Schema."""
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return json.dumps({**head, **ResultFile.model_json_schema()}, ensure_ascii=False, indent=2) + "\n"


def is_current(path: Path, text: str) -> bool:
    return path.is_file() and path.read_bytes() == text.encode("utf-8")


if __name__ == "__main__":
    sys.exit(main())
