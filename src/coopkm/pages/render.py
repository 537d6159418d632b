"""The templates of page bodies. Everything a template prints is escaped unless it is marked as safe HTML."""

import re
from functools import lru_cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from coopkm.model.kinds import KINDS
from coopkm.pages.writer import Writer

_CODE = re.compile("<pre\\b.*?</pre>", re.DOTALL)  # its lines and their indentation mean something


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("coopkm.pages", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["KINDS"] = KINDS
    return environment


def render(template: str, writer: Writer, **values: object) -> Markup:
    """The body of a page. `w` is the writer, bound to the page."""
    html = _environment().get_template(template).render(w=writer, **values)
    html = _CODE.sub(lambda match: match[0].replace("\n", "&#10;"), html)
    # No blank line: the page must stay one HTML block in any Markdown generator.
    lines = (line.strip() for line in html.splitlines())
    return Markup("\n".join(line for line in lines if line))  # noqa: S704 - rendered with autoescape
