"""What a project says of itself: knowledge/project.yml."""

from pydantic import Field

from coopkm.model.base import LANGS, Lang, Record, Text
from coopkm.model.scalars import Id


class Project(Record):
    """The name of the site, the office behind it, its languages (Thai always first), where else its exam pool lies."""

    name: Text = Text(th="คลังความรู้งานส่งเสริมสหกรณ์", en="Cooperative promotion knowledge base")
    office: Text | None = None
    about: Text | None = None
    languages: list[Lang] = Field(default_factory=lambda: list(LANGS))
    exam_folder: Id | None = None
