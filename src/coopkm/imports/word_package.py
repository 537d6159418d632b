"""A DOCX file as parsed parts, within bounds: no bomb, no entity, no file but its own."""

import io
import zipfile
import zlib
from types import ModuleType
from typing import Any

from coopkm import extras
from coopkm.errors import CannotGoOn
from coopkm.imports.rows import MAX_ROWS

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_MAX_PART = 32 * 1024 * 1024  # bytes of XML, unpacked
_MAX_TOTAL = 64 * 1024 * 1024
_MAX_FILES = 10_000
_OLD = b"\xd0\xcf\x11\xe0"  # a file of old Office, or one behind a password


class Package:
    """The parts of a DOCX file that hold text.

    Raises:
        CannotGoOn: it is no DOCX file, or damaged, locked or too large.
    """

    def __init__(self, raw: bytes, name: str) -> None:
        self._name = name
        self._read = 0
        self._etree: ModuleType = extras.load("lxml.etree")
        if raw.startswith(_OLD):
            raise CannotGoOn(
                f"{name}: เป็นไฟล์ Word รุ่นเก่าหรือมีรหัสผ่าน เปิดใน Word แล้วบันทึกใหม่เป็น .docx ไม่ใส่รหัสผ่าน",
                f"{name}: is of an old Word or behind a password: open it in Word, save it as .docx without a password",
            )
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(raw))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
            raise self._damaged() from None
        if len(self._zip.infolist()) > _MAX_FILES:
            raise self._too_large()

    def names(self, start: str) -> list[str]:
        """Parts under word/ whose names begin so, in order."""
        return sorted(
            name for name in self._zip.namelist() if name.startswith(f"word/{start}") and name.endswith(".xml")
        )

    def part(self, name: str, *, required: bool = False) -> Any:
        """The root of a part, or None where there is none."""
        try:
            info = self._zip.getinfo(name)
        except KeyError:
            if required:
                raise self._damaged() from None
            return None
        self._read += info.file_size
        if info.file_size > _MAX_PART or self._read > _MAX_TOTAL:
            raise self._too_large()
        try:
            raw = self._zip.read(info)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError):
            raise self._damaged() from None
        if raw.count(b"<w:p>") + raw.count(b"<w:p ") > MAX_ROWS:
            raise self._too_large()
        return self._parsed(raw.replace(_STRICT, W[1:-1].encode()))

    def _parsed(self, raw: bytes) -> Any:
        parser = self._etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            root = self._etree.fromstring(raw, parser)
        except (self._etree.XMLSyntaxError, ValueError):
            raise self._damaged() from None
        if root.getroottree().docinfo.doctype:
            raise self._damaged()
        return root

    def _damaged(self) -> CannotGoOn:
        return CannotGoOn(
            f"{self._name}: ไม่ใช่ไฟล์ .docx หรือไฟล์เสียหาย เปิดใน Word แล้วบันทึกใหม่",
            f"{self._name}: is no .docx file or is damaged: open it in Word and save it anew",
        )

    def _too_large(self) -> CannotGoOn:
        return CannotGoOn(
            f"{self._name}: ใหญ่เกินไปเมื่อคลายออก (เกิน {MAX_ROWS:,} ย่อหน้าหรือ {_MAX_PART // 1024 // 1024} เมกะไบต์)"
            " แบ่งเป็นหลายไฟล์ก่อน",
            f"{self._name}: is too large unpacked (over {MAX_ROWS:,} paragraphs or {_MAX_PART // 1024 // 1024} MB):"
            " split it into several files",
        )
