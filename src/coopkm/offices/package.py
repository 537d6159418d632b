"""A project's knowledge as a package that other offices install: one wheel, which runs nothing.

The wheel holds a Python package whose folder is a project: knowledge/ and the practice banks of quizzes/. It names
itself in the entry point group that `coopkm.bases.finding` reads. Questions for exams stay at home.
"""

import base64
import hashlib
import io
import re
import zipfile
from collections.abc import Iterator

from coopkm.bases.finding import GROUP, is_path, origin
from coopkm.errors import CannotGoOn
from coopkm.library import ENGLISH_RECORD, KNOWLEDGE, QUIZZES, Library
from coopkm.model.scalars import ID_PATTERN
from coopkm.problems import Problem
from coopkm.reading import find_files

_EARLIEST = (1980, 1, 1, 0, 0, 0)  # the first moment that ZIP knows: the same knowledge gives the same bytes
_VERSION = re.compile(r"[0-9]{1,6}(\.[0-9]{1,6}){0,4}")


def content_wheel(library: Library, name: str, version: str = "") -> tuple[str, bytes]:
    """File name and bytes of the wheel; without `version` it is the day of the newest review."""
    version = version or _edition(library)
    if not re.fullmatch(ID_PATTERN, name):
        raise CannotGoOn(
            f"ชื่อ {name!r} ใช้ไม่ได้: ใช้อักษรอังกฤษตัวเล็ก ตัวเลข และขีด เช่น cpd",
            f"the name {name!r} cannot be used: take small letters, digits and dashes, such as cpd",
        )
    if not _VERSION.fullmatch(version):
        raise CannotGoOn(
            f"เลขรุ่น {version!r} ใช้ไม่ได้: เขียนเช่น 2570.1", f"the version {version!r} cannot be used: write 2570.1"
        )
    local = [base for base in library.project.extends if is_path(base)]
    if local:
        raise CannotGoOn(
            f"โครงการนี้ใช้คลังความรู้ร่วมจากโฟลเดอร์ {local[0]} ซึ่งเครื่องอื่นไม่มี ให้ใช้ชุดเนื้อหาที่ติดตั้งแทน",
            f"this project extends the folder {local[0]}, which other machines lack: extend an installed package",
        )
    module = f"coopkm_content_{name.replace('-', '_')}"
    files = {f"{module}/{path}": raw for path, raw in sorted(_content(library))}
    files[f"{module}/__init__.py"] = b""
    info = f"{module}-{version}.dist-info"
    files |= {f"{info}/{path}": text.encode("utf-8") for path, text in _info(library, name, module, version).items()}
    record = f"{info}/RECORD"
    files[record] = "".join(f"{path},{_digest(raw)},{len(raw)}\n" for path, raw in files.items()).encode() + (
        f"{record},,\n".encode()
    )
    return f"{module}-{version}-py3-none-any.whl", _zipped(files)


def _content(library: Library) -> Iterator[tuple[str, bytes]]:
    """The files that are shared, with their paths."""
    private = library.exam_folders
    for folder in (KNOWLEDGE, QUIZZES):
        for found in find_files(library.root, folder, (".yml", ".yaml")):
            if not isinstance(found, Problem):
                path = found.relative_to(library.root).as_posix()
                if not path.startswith(private):
                    yield path, found.read_bytes()
    record = library.root / ENGLISH_RECORD
    if record.is_file():
        yield ENGLISH_RECORD, record.read_bytes()


def _info(library: Library, name: str, module: str, version: str) -> dict[str, str]:
    summary = " ".join(library.project.name.shown("en").split())
    head = {"Metadata-Version": "2.1", "Name": module.replace("_", "-"), "Version": version, "Summary": summary}
    return {
        "METADATA": "".join(f"{key}: {value}\n" for key, value in head.items()),
        "WHEEL": "Wheel-Version: 1.0\nGenerator: coopkm\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        "entry_points.txt": f"[{GROUP}]\n{name} = {module}\n",
        "top_level.txt": f"{module}\n",
    }


def _edition(library: Library) -> str:
    days = [placed.value.reviewed for placed in library.units.values() if not origin(placed.document.path)]
    newest = max(days, default=None)
    return f"{newest.year}.{newest.month}.{newest.day}" if newest else "0"


def _digest(raw: bytes) -> str:
    return "sha256=" + base64.urlsafe_b64encode(hashlib.sha256(raw).digest()).rstrip(b"=").decode()


def _zipped(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, raw in files.items():
            entry = zipfile.ZipInfo(path, _EARLIEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            entry.create_system = 3  # as on Unix, on every system
            archive.writestr(entry, raw)
    return buffer.getvalue()
