"""The lists of tokens in a Whoosh index, for the command line. The one place that knows Whoosh.

An index holds a pickle, which runs what it says when it is opened. So it never lies in a project, which may come from
elsewhere, but in this user's own folder for caches, under a name that tells the project and all that went into it.
"""

import shutil
import warnings
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from platformdirs import user_cache_path

from coopkm.search.analysis import Analysis
from coopkm.search.entries import Entry
from coopkm.search.postings import Index, index
from coopkm.text.digest import digest

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # its own use of what Python no longer likes
    from whoosh import fields, formats
    from whoosh.filedb.filestore import FileStorage, RamStorage, Storage
    from whoosh.index import Index as WhooshIndex

_FIELD = "tokens"


class _Impacts(fields.FieldType):  # type: ignore[misc]
    """A field given as pairs of token and impact, which is kept as the weight of the posting."""

    def __init__(self) -> None:
        self.format = formats.Existence()
        self.analyzer = None
        self.scorable = True
        self.stored = False
        self.unique = False
        self.vector = None
        self.spelling = False
        self.column_type = None

    def index(self, value: Sequence[tuple[str, int]], **_: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        for token, impact in sorted(value):
            yield token.encode("utf-8"), 1, float(impact), b""


class WhooshPostings:
    """Lists of tokens read from a Whoosh index whose documents are numbered as the entries are."""

    def __init__(self, opened: WhooshIndex) -> None:
        self._reader = opened.reader()
        self.size = int(self._reader.doc_count())
        self.postings = lru_cache(maxsize=10_000)(self._postings)

    def _postings(self, token: str) -> tuple[tuple[int, int], ...]:
        if (_FIELD, token) not in self._reader:
            return ()
        matcher = self._reader.postings(_FIELD, token)
        found = []
        while matcher.is_active():
            found.append((matcher.id(), int(matcher.weight())))
            matcher.next()
        return tuple(found)


def opened_or_made(project: Path, listed: Sequence[Entry], analysis: Analysis, lang: str) -> WhooshPostings:
    """The index of these entries: the one made from the very same before, else a new one."""
    folder = user_cache_path("coopkm", appauthor=False) / "search"
    mark = f"{digest(str(project.resolve()))[:12]}-{lang}-"
    own = folder / (mark + digest(repr(list(listed)), repr(analysis.facts)))
    with suppress(Exception):  # missing, damaged, of another version of Whoosh: made anew
        return WhooshPostings(_open(FileStorage(str(own))))
    made = index(listed, analysis)
    try:
        return _kept(made, folder, own, mark)
    except OSError:  # no such folder, no room: this once without it
        return WhooshPostings(_made(RamStorage(), made))


def _kept(made: Index, folder: Path, own: Path, mark: str) -> WhooshPostings:
    """Written beside its place and then put there, so that a run which is stopped leaves none by half."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for old in folder.glob(f"{mark}*"):
        shutil.rmtree(old, ignore_errors=True)
    new = Path(mkdtemp(prefix=f"{mark}new-", dir=folder))
    _made(FileStorage(str(new)), made).close()
    with suppress(FileExistsError):  # another run was faster
        new.rename(own)
    return WhooshPostings(_open(FileStorage(str(own))))


def _open(storage: Storage) -> WhooshIndex:
    return storage.open_index(schema=fields.Schema(**{_FIELD: _Impacts()}))


def _made(storage: Storage, made: Index) -> WhooshIndex:
    by_number: list[list[tuple[str, int]]] = [[] for _ in range(made.size)]
    for token in made.lists:
        for number, impact in made.postings(token):
            by_number[number].append((token, impact))
    whoosh = storage.create_index(fields.Schema(**{_FIELD: _Impacts()}))
    writer = whoosh.writer(limitmb=256)
    for pairs in by_number:
        writer.add_document(**{_FIELD: pairs})
    writer.commit(optimize=True)
    return whoosh
