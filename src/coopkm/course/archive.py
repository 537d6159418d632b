"""A zip archive without a trace of when it was made."""

import io
import re
import zipfile
from datetime import datetime

_STAMP = (1980, 1, 1, 0, 0, 0)
_DATES = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")


def fixed(raw: bytes, moment: datetime) -> bytes:
    """The same files in the same order, with `moment` as the time at which the document was made."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename == "docProps/core.xml":
                content = _DATES.sub(rf"\g<1>{moment:%Y-%m-%dT%H:%M:%SZ}\g<2>".encode(), content)
            plain = zipfile.ZipInfo(entry.filename, _STAMP)
            plain.compress_type, plain.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            new.writestr(plain, content)
    return made.getvalue()
