"""The Content-Security-Policy that fits a built site, for a server to send."""

import base64
import hashlib
import re
from collections.abc import Iterable

_INLINE = re.compile(r"<script(?P<attributes>[^>]*)>(?P<code>.*?)</script>", re.DOTALL | re.IGNORECASE)
_DATA = re.compile(r"""type\s*=\s*["']?(?:application/(?:ld\+)?json)\b""", re.IGNORECASE)


def script_hashes(html: str) -> set[str]:
    """Hashes of the inline scripts of a page that a browser would run."""
    if "<script" not in html:
        return set()
    return {
        f"'sha256-{base64.b64encode(hashlib.sha256(match['code'].encode()).digest()).decode()}'"
        for match in _INLINE.finditer(html)
        if " src" not in match["attributes"] and not _DATA.search(match["attributes"])
    }


def policy(hashes: Iterable[str]) -> str:
    """One line: everything from the site itself, nothing inline but what is named, no other host."""
    scripts = " ".join(["'self'", *sorted(hashes)])
    return (
        f"default-src 'none'; script-src {scripts}; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
    )


def header_files(line: str) -> dict[str, str]:
    """The policy in the forms that servers take: a plain line, and a `_headers` file."""
    return {
        "content-security-policy.txt": f"{line}\n",
        "_headers": (
            f"/*\n  Content-Security-Policy: {line}\n  X-Content-Type-Options: nosniff\n"
            "  Referrer-Policy: same-origin\n"
        ),
    }
