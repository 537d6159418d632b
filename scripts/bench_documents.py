"""How long a handbook takes: `python3 scripts/bench_documents.py [--project DIR] [--lang th|en]`.

Prints for each format the seconds of the first and of the second run, the bytes, and the pages of the PDF. The first
run of a process includes loading the libraries and the dictionary.
"""

import argparse
import io
import sys
import time
from pathlib import Path

import pypdfium2

from coopkm.documents.epub import as_epub
from coopkm.documents.typesetting import as_pdf
from coopkm.documents.word import as_docx
from coopkm.handbook.book import book
from coopkm.library import read_library


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition(":")[0])
    parser.add_argument("--project", type=Path, default=Path(__file__).resolve().parent.parent)
    parser.add_argument("--lang", choices=["th", "en"], default="th")
    options = parser.parse_args()
    library, _ = read_library(options.project)
    handbook = next((placed.value for placed in library.handbooks.values()), None)
    if handbook is None:
        sys.exit("the project has no handbook.yml")
    document = book(library, handbook, options.lang)
    for name, write in (("pdf", as_pdf), ("docx", as_docx), ("epub", as_epub)):
        times = []
        for _ in range(2):
            started = time.perf_counter()
            made = write(document)
            times.append(time.perf_counter() - started)
        pages = f", {len(pypdfium2.PdfDocument(io.BytesIO(made)))} pages" if name == "pdf" else ""
        print(f"{name}: {times[0]:.1f} s, again {times[1]:.1f} s, {len(made):,} bytes{pages}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
