"""Finished pages kept by the digest of everything that went into them. Lost, it only costs time."""

import os
import sqlite3
from contextlib import suppress
from pathlib import Path

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

_BATCH = 200  # pages written at a time: the file is locked for moments only, and builds may run side by side


class PageCache:
    """A table of digest to HTML. Any trouble with the file means: nothing is cached."""

    def __init__(self, path: Path | None) -> None:
        self._used: set[str] = set()
        self._fresh: list[tuple[str, str]] = []
        self._db = _open(path)

    def get(self, key: str) -> str | None:
        """The page kept under the digest, or None."""
        self._used.add(key)
        try:
            row = self._db.execute("SELECT html FROM pages WHERE key = ?", (key,)).fetchone()
        except sqlite3.Error:
            return None
        return row[0] if row else None

    def write(self, key: str, file: Path) -> bool:
        """Write the page kept under the digest to a file, whose folder is there; whether there is such a page."""
        html = self.get(key)
        if html is None:
            return False
        file.write_bytes(html.encode("utf-8"))
        return True

    def put(self, key: str, html: str, file: Path) -> None:
        """Keep a page and write it to a file."""
        file.write_bytes(html.encode("utf-8"))
        self.keep(key, html)

    def keep(self, key: str, text: str) -> None:
        """Keep a text under the digest of what went into it."""
        self._fresh.append((key, text))
        if len(self._fresh) == _BATCH:
            self._write()

    def _write(self) -> None:
        with suppress(sqlite3.Error), self._db:
            self._db.executemany("INSERT OR REPLACE INTO pages VALUES (?, ?)", self._fresh)
        self._fresh.clear()

    def close(self, *, whole: bool) -> None:
        """After a whole build, forget what it did not use."""
        self._write()
        if whole:
            self._forget()
        with suppress(sqlite3.Error):
            self._db.close()

    def _forget(self) -> None:
        with suppress(sqlite3.Error), self._db:
            self._db.execute("CREATE TEMP TABLE used (key TEXT PRIMARY KEY)")
            self._db.executemany("INSERT INTO used VALUES (?)", ((key,) for key in self._used))
            self._db.execute("DELETE FROM pages WHERE key NOT IN (SELECT key FROM used)")


class LinkedPages(PageCache):
    """The cache of a preview, which makes the same folder anew at every edit.

    What it has written once stays in `folder`, and is linked to from there instead of being written again.
    """

    def __init__(self, path: Path | None, folder: Path) -> None:
        super().__init__(path)
        self._folder = folder

    def write(self, key: str, file: Path) -> bool:
        file.unlink(missing_ok=True)  # never through a link into the page that is kept
        with suppress(OSError):
            os.link(self._folder / key, file)
            return True
        written = super().write(key, file)
        if written:
            self._link(key, file)
        return written

    def put(self, key: str, html: str, file: Path) -> None:
        super().put(key, html, file)
        self._link(key, file)

    def _link(self, key: str, file: Path) -> None:
        with suppress(OSError):
            os.link(file, self._folder / key)


class CompiledTemplates(BytecodeCache):
    """The theme's templates, compiled: MkDocs makes a new environment for every language and every build."""

    def __init__(self) -> None:
        self._codes: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._codes:
            bucket.bytecode_from_string(self._codes[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._codes[bucket.key] = bucket.bytecode_to_string()


def _open(path: Path | None) -> sqlite3.Connection:
    if path is not None:
        with suppress(sqlite3.OperationalError, OSError):  # in use by another build, or out of reach
            path.parent.mkdir(parents=True, exist_ok=True)
            try:
                return _prepared(str(path))
            except sqlite3.OperationalError:
                raise
            except sqlite3.DatabaseError:  # not a database
                path.unlink()
                return _prepared(str(path))
    return _prepared(":memory:")


def _prepared(name: str) -> sqlite3.Connection:
    db = sqlite3.connect(name, timeout=1.0)
    try:
        db.execute("PRAGMA synchronous = OFF")
        db.execute("CREATE TABLE IF NOT EXISTS pages (key TEXT PRIMARY KEY, html TEXT NOT NULL) WITHOUT ROWID")
    except sqlite3.Error:
        db.close()
        raise
    return db
