"""The kind `course`."""

from typing import Literal

from pydantic import Field

from coopkm.model.base import Text, Unit
from coopkm.model.kind import Kind
from coopkm.model.scalars import Id


class Course(Unit):
    """A unit of the kind `course`."""

    kind: Literal["course"]
    name: Text | None = None
    modules: list[Id] = Field(default_factory=list)


KIND = Kind(
    name="course",
    model=Course,
    folder="course",
    section="course",
    menu="trainer",
    one={"th": "หลักสูตร", "en": "Course"},
    many={"th": "หลักสูตร", "en": "Courses"},
    about={
        "th": "หลักสูตรฝึกอบรมนักส่งเสริมสหกรณ์",
        "en": "Courses for promotion officers",
    },
)
