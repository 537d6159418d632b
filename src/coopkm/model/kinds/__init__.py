"""The table of kinds. A new kind is one file in this folder and one row here."""

from coopkm.model.kind import Kind
from coopkm.model.kinds import (
    attribute,
    background,
    checklist,
    course,
    duty,
    guideline,
    km_step,
    module,
    organisation,
    preparation,
    problem,
    procedure,
    skill,
    worksheet,
)

KINDS: dict[str, Kind] = {
    module.KIND.name: module.KIND
    for module in (
        duty,
        guideline,
        preparation,
        skill,
        checklist,
        worksheet,
        procedure,
        problem,
        course,
        module,
        attribute,
        organisation,
        km_step,
        background,
    )
}
