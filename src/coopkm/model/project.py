"""What a project says of itself: knowledge/project.yml."""

from pydantic import Field

from coopkm.model.base import LANGS, Lang, Record, Text
from coopkm.model.scalars import Id, Line


class Project(Record):
    """The name of the site, the office behind it, its languages (Thai always first), where else its exam pool lies.

    `extends` names the projects whose knowledge it takes in; `replaces` the records of theirs for which it has its
    own version, by the names of the record of translations: `duty-01`, `term:board`, `source:book.duty.1`.
    """

    name: Text = Text(th="คลังความรู้งานส่งเสริมสหกรณ์", en="Cooperative promotion knowledge base")
    office: Text | None = None
    about: Text | None = None
    languages: list[Lang] = Field(default_factory=lambda: list(LANGS))
    exam_folder: Id | None = None
    extends: list[Line] = Field(default_factory=list)
    replaces: list[Line] = Field(default_factory=list)
