"""A KM record names units and files that exist, counts that can be, days in order; and what the order asks is there."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path, PurePosixPath

from coopkm.library import Library, Placed
from coopkm.model.base import Loc
from coopkm.model.km import KmDuty, KmYear, participation
from coopkm.problems import Problem, problem
from coopkm.text.guess import guess
from coopkm.text.markup import WEB_SCHEMES, scheme

_LISTS = ("duties", "groups", "corrections", "uses", "stores")


def year_is_file_name(library: Library, today: date) -> Iterator[Problem]:
    for placed in library.km.values():
        named = Path(placed.document.path).stem
        if named != str(placed.value.year):
            yield problem(placed.place(("year",)), "km-year", year=placed.value.year, name=named)


def km_ids_differ(library: Library, today: date) -> Iterator[Problem]:
    for placed in library.km.values():
        for name in _LISTS:
            first: dict[str, int] = {}
            for index, row in enumerate(getattr(placed.value, name)):
                if row.id in first:
                    other = placed.place((name, first[row.id], "id"))
                    yield problem(placed.place((name, index, "id")), "duplicate-id", id=row.id, other=other)
                first.setdefault(row.id, index)


def km_units_exist(library: Library, today: date) -> Iterator[Problem]:
    for placed in library.km.values():
        for loc, name in _units(placed.value):
            if name not in library.units and name not in library.broken:
                yield problem(placed.place(loc), "ref-missing", id=name, guess=guess(name, library.units))


def _units(year: KmYear) -> Iterator[tuple[Loc, str]]:
    for index, duty in enumerate(year.duties):
        if duty.step:
            yield ("duties", index, "step"), duty.step
    for name in ("corrections", "uses"):
        for index, row in enumerate(getattr(year, name)):
            if row.unit:
                yield (name, index, "unit"), row.unit


def km_duties_hold(library: Library, today: date) -> Iterator[Problem]:
    """What is done has its day, which has come, and something to show for it."""
    for placed in library.km.values():
        for index, duty in enumerate(placed.value.duties):
            yield from _duty(placed, ("duties", index), duty, today)


def _duty(placed: Placed[KmYear], loc: Loc, duty: KmDuty, today: date) -> Iterator[Problem]:
    if duty.state == "done" and duty.done is None:
        yield problem(placed.place((*loc, "state")), "km-done-undated", id=duty.id)
    if duty.done is not None and duty.state != "done":
        yield problem(placed.place((*loc, "done")), "km-done-early", id=duty.id, state=duty.state)
    if duty.done is not None and duty.done > today:
        yield problem(placed.place((*loc, "done")), "date-future", name="done", day=duty.done)
    if duty.state == "done" and not duty.evidence:
        yield problem(placed.place((*loc, "state")), "km-evidence-missing", id=duty.id)


def km_files_exist(library: Library, today: date) -> Iterator[Problem]:
    """A file that is named as evidence lies in the project; web addresses are not followed."""
    for placed in library.km.values():
        for loc, name in _files(placed.value):
            if scheme(name) in WEB_SCHEMES:
                continue
            if not is_in_project(library.root, name):
                yield problem(placed.place(loc), "file-missing", file=name)


def _files(year: KmYear) -> Iterator[tuple[Loc, str]]:
    for index, duty in enumerate(year.duties):
        for at, row in enumerate(duty.evidence):
            if row.file:
                yield ("duties", index, "evidence", at, "file"), row.file
    for index, store in enumerate(year.stores):
        yield ("stores", index, "place"), store.place


def is_in_project(root: Path, name: str) -> bool:
    """Never follows a path out of the project, whatever it is made of."""
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name:
        return False
    try:
        found = (root / path).resolve()
        return found.is_file() and found.is_relative_to(root.resolve())
    except (OSError, ValueError, RuntimeError):
        return False


def km_counts_fit(library: Library, today: date) -> Iterator[Problem]:
    for placed in library.km.values():
        for index, group in enumerate(placed.value.groups):
            if group.took_part > group.staff:
                place = placed.place(("groups", index, "took_part"))
                yield problem(place, "km-count", took_part=group.took_part, staff=group.staff)


def km_duties_are_in_time(library: Library, today: date) -> Iterator[Problem]:
    for placed in library.km.values():
        for index, duty in enumerate(placed.value.duties):
            if duty.state != "done" and duty.due < today:
                place = placed.place(("duties", index, "due"))
                yield problem(place, "km-due-past", id=duty.id, day=duty.due, days=(today - duty.due).days)


def km_share_is_reached(library: Library, today: date) -> Iterator[Problem]:
    """Told once the meeting has been held: before it nobody can have taken part."""
    for placed in library.km.values():
        people = participation(placed.value)
        held = placed.value.meeting is not None and placed.value.meeting.date <= today
        if held and people.staff and not people.reached:
            place = placed.place(("groups",), key=True)
            yield problem(
                place, "km-share-low", share=f"{people.share:.1f}", asked=people.asked, missing=people.missing
            )


def km_duties_are_all_there(library: Library, today: date) -> Iterator[Problem]:
    """Every KM duty that the knowledge explains stands in the record."""
    steps = {name: unit.value for name, unit in library.units.items() if unit.value.kind == "km-step"}
    for placed in library.km.values():
        there = {duty.step for duty in placed.value.duties}
        for name, unit in steps.items():
            if unit.status == "ready" and name not in there:
                yield problem(placed.place(("duties",), key=True), "km-duty-missing", id=name)
