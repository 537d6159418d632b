"""What a page is before anything renders it."""

from dataclasses import dataclass, field
from typing import Any, NamedTuple


class Link(NamedTuple):
    """A title and the path it leads to: from the language's root, with an optional anchor."""

    title: str
    path: str


@dataclass(frozen=True)
class Page:
    """A page of one language.

    `path` is relative to the language's root, with forward slashes and `.html`; `html` is safe HTML whose links are
    relative to the page. `menu` is the path of the menu item it belongs to. A `bulk` page is one of many alike: it
    stands outside the navigation and is reached from listings. `scripts` are names of files that only some pages load.
    """

    lang: str
    path: str
    title: str
    description: str
    html: str
    menu: str = ""
    trail: tuple[Link, ...] = ()
    toc: tuple[tuple[str, str], ...] = ()
    previous: Link | None = None
    next: Link | None = None
    bulk: bool = False
    scripts: tuple[str, ...] = ()
    schema: dict[str, Any] = field(default_factory=dict)
