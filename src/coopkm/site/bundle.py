"""A built site as one file: for a USB stick or a mail, to be unpacked and opened without a server."""

import io
import zipfile
from html import escape
from pathlib import Path

from coopkm.errors import CannotGoOn
from coopkm.site.stage import MARKER
from coopkm.writing import write_file

START = "start.html"
FOLDER = "site"
_COMMENT = b"coopkm site"  # a file with another comment is somebody else's
_EARLIEST = (1980, 1, 1, 0, 0, 0)  # the first moment that ZIP knows: the same site gives the same bytes

# Opened inside the packed file, a browser sees this page alone: it has to say what to do, and needs no other file.
_START = """<!doctype html>
<html lang="th">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{name}</title>
<style>
body {{ max-width: 36rem; margin: 2rem auto; padding: 0 1rem; font: 1.125rem/1.8 "Leelawadee UI", sans-serif; }}
a {{ display: inline-block; margin: 0.5rem 1rem 0.5rem 0; padding: 0.5rem 1rem; border: 2px solid; font-weight: bold; }}
</style>
<h1>{name}</h1>
<p>ถ้ากดลิงก์ข้างล่างแล้วไม่พบหน้า แสดงว่ายังไม่ได้แตกไฟล์ ให้คลิกขวาที่ไฟล์ ZIP เลือก “แยกทั้งหมด” (Extract All)
แล้วเปิด {start} ในโฟลเดอร์ที่ได้</p>
<p lang="en">If a link below leads nowhere, the file has not been unpacked yet: right-click the ZIP file, choose
“Extract All”, and open {start} in the new folder.</p>
<p>{links}</p>
</html>
"""
_HOMES = (("index.html", "th", "เปิดคลังความรู้"), ("en/index.html", "en", "Open in English"))


def bundle_path(site: Path) -> Path:
    """Where the bundle of a site stands: beside it."""
    return site.parent / f"{site.name}.zip"


def write_bundle(site: Path, name: str) -> Path:
    """Pack the site in the folder `site` into one file beside it; `name` is what the start page calls it.

    Raises:
        CannotGoOn: a file of that name is there which this command has not made.
    """
    target = bundle_path(site)
    if target.exists() and not _is_ours(target):
        raise CannotGoOn(
            f"มี {target} อยู่แล้วและไม่ใช่ไฟล์ที่คำสั่งนี้สร้าง: ย้ายหรือเปลี่ยนชื่อไฟล์นั้นก่อน",
            f"{target} is there already and was not made by this command: move or rename it first",
        )
    write_file(target, bundle(site, name))
    return target


def bundle(site: Path, name: str) -> bytes:
    """The bytes of the bundle: the site in a folder, a page that opens it, and nothing else."""
    files = sorted(path for path in site.rglob("*") if path.is_file() and path.name != MARKER)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.comment = _COMMENT
        _add(archive, START, _start_page(site, name).encode("utf-8"))
        for path in files:
            _add(archive, f"{FOLDER}/{path.relative_to(site).as_posix()}", path.read_bytes())
    return packed.getvalue()


def _start_page(site: Path, name: str) -> str:
    homes = [row for row in _HOMES if (site / row[0]).is_file()]
    links = "\n".join(f'<a lang="{lang}" href="{FOLDER}/{path}">{words}</a>' for path, lang, words in homes)
    return _START.format(name=escape(name), start=START, links=links)


def _add(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(name, _EARLIEST)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 3
    entry.external_attr = 0o644 << 16
    archive.writestr(entry, content)


def _is_ours(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return archive.comment == _COMMENT
    except (OSError, zipfile.BadZipFile):
        return False
