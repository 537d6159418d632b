"""Finished pages kept by the digest of everything that went into them. Lost, it only costs time."""

import sqlite3
from contextlib import suppress
from pathlib import Path


class PageCache:
    """A table of digest to HTML. Any trouble with the file means: nothing is cached."""

    def __init__(self, path: Path | None) -> None:
        self._used: set[str] = set()
        self._db = _open(path)

    def get(self, key: str) -> str | None:
        """The page kept under the digest, or None."""
        self._used.add(key)
        try:
            row = self._db.execute("SELECT html FROM pages WHERE key = ?", (key,)).fetchone()
        except sqlite3.Error:
            return None
        return row[0] if row else None

    def put(self, key: str, html: str) -> None:
        """Keep a page."""
        with suppress(sqlite3.Error):
            self._db.execute("INSERT OR REPLACE INTO pages VALUES (?, ?)", (key, html))

    def close(self) -> None:
        """Keep what this build used and forget the rest."""
        with suppress(sqlite3.Error):
            self._db.execute("CREATE TEMP TABLE used (key TEXT PRIMARY KEY)")
            self._db.executemany("INSERT INTO used VALUES (?)", ((key,) for key in self._used))
            self._db.execute("DELETE FROM pages WHERE key NOT IN (SELECT key FROM used)")
            self._db.commit()
        with suppress(sqlite3.Error):
            self._db.close()


def _open(path: Path | None) -> sqlite3.Connection:
    if path is not None:
        for attempt in (1, 2):
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                return _prepared(str(path))
            except (sqlite3.Error, OSError):
                if attempt == 1:
                    with suppress(OSError):
                        path.unlink(missing_ok=True)
    return _prepared(":memory:")


def _prepared(name: str) -> sqlite3.Connection:
    db = sqlite3.connect(name, timeout=1.0)
    db.execute("PRAGMA synchronous = OFF")
    db.execute("CREATE TABLE IF NOT EXISTS pages (key TEXT PRIMARY KEY, html TEXT NOT NULL) WITHOUT ROWID")
    return db
