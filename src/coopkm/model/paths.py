"""Learning paths: knowledge/paths.yml."""

from typing import Annotated

from annotated_types import MinLen

from coopkm.model.base import Audience, Record, Text
from coopkm.model.scalars import Id, whole


class Path(Record):
    """An order in which to read units for a purpose; its minutes are the sum of theirs."""

    id: Id
    title: Text
    summary: Text
    audience: Audience
    order: whole(0, 999) = 0  # type: ignore[valid-type]
    steps: Annotated[list[Id], MinLen(1)]


class PathFile(Record):
    """knowledge/paths.yml."""

    paths: list[Path]
