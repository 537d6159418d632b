"""sitemap.xml: every page of every language, each with its other languages."""

from collections.abc import Iterable, Mapping
from xml.sax.saxutils import escape, quoteattr

from coopkm.site.frame import address
from coopkm.views.urls import site_path

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    ' xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
)
_NO_URL = "<!-- Addresses are relative: set site_url in mkdocs.yml (or COOPKM_SITE_URL) and build again. -->\n"


def sitemap(pages: Mapping[str, Iterable[str]], site_url: str) -> str:
    """The text of the sitemap. `pages` gives for each language the paths of its pages from its own root."""
    by_path: dict[str, list[str]] = {}
    for lang, paths in pages.items():
        for path in paths:
            by_path.setdefault(path, []).append(lang)
    rows = [_row(path, lang, langs, site_url) for path, langs in sorted(by_path.items()) for lang in langs]
    return _HEAD + ("" if site_url else _NO_URL) + "".join(rows) + "</urlset>\n"


def _row(path: str, lang: str, langs: list[str], site_url: str) -> str:
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang="{other}" href={quoteattr(target)}/>'
        for other in (langs if len(langs) > 1 else ())
        for target in [address(site_path(other, path), site_url)]
    )
    return f"<url><loc>{escape(address(site_path(lang, path), site_url))}</loc>{links}</url>\n"
