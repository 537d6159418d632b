"""What is taught: modules of the library, whole or only some of their activities, and the time that they take."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from coopkm.course.plan import Part
from coopkm.errors import CannotGoOn
from coopkm.library import Library
from coopkm.model.kinds.module import Activity, Module
from coopkm.text.guess import guess
from coopkm.views.catalog import shown_units


@dataclass(frozen=True)
class Chosen:
    """A module, those of its activities that are done, in its order, and how long the trainer speaks before them."""

    module: Module
    activities: tuple[Activity, ...]
    talk: int


@dataclass(frozen=True)
class Around:
    """Minutes of what stands around the modules; 0 leaves a part out."""

    opening: int = 30
    test: int = 30  # each: one before and one after
    closing: int = 30


def choose(library: Library, wanted: Sequence[str] = (), talk: int | None = None) -> tuple[Chosen, ...]:
    """The modules named, in that order; all that are ready where none is named.

    `module-2` is a whole module, `module-2/pack-bag` only this activity of it. `talk` is how many minutes each
    module's talk may take at most; without it, as many as the module says.

    Raises:
        CannotGoOn: there is no such module or activity, one is named twice, or there are no modules at all.
    """
    modules = {unit.id: unit for unit in shown_units(library).values() if isinstance(unit, Module)}
    if not modules:
        raise CannotGoOn(
            "โครงการนี้ไม่มีหน่วยการเรียน (kind: module) ที่พร้อมใช้",
            "this project has no module (kind: module) that is ready",
        )
    named: dict[str, list[str]] = {}
    for entry in wanted or modules:
        _add(named, entry, modules)
    return tuple(_chosen(modules[name], names, talk) for name, names in named.items())


def parts(chosen: Sequence[Chosen], around: Around) -> Iterator[Part]:
    """Everything that takes time, in its order."""
    yield from _frame(("opening", around.opening), ("pretest", around.test))
    for row in chosen:
        name = row.module.id
        if row.talk:
            yield Part(f"{name}/talk", "teaching", row.talk, module=name, splits=True)
        for activity in row.activities:
            yield Part(f"{name}/{activity.id}", "activity", activity.minutes, module=name, activity=activity.id)
    yield from _frame(("posttest", around.test), ("closing", around.closing))


def _frame(*rows: tuple[str, int]) -> Iterator[Part]:
    for kind, minutes in rows:
        if minutes:
            yield Part(kind, kind, minutes)  # type: ignore[arg-type]


def _add(named: dict[str, list[str]], entry: str, modules: dict[str, Module]) -> None:
    name, _, activity = entry.partition("/")
    if name not in modules:
        near = guess(name, modules) or ", ".join(modules)
        told = name or repr(entry)
        raise CannotGoOn(f"ไม่มีหน่วยการเรียน {told} ที่มีคือ {near}", f"there is no module {told}; there is: {near}")
    ids = [row.id for row in modules[name].activities]
    if "/" in entry and activity not in ids:
        near = guess(activity, ids) or ", ".join(ids) or "-"
        raise CannotGoOn(
            f"หน่วย {name} ไม่มีกิจกรรม {activity} ที่มีคือ {near}",
            f"module {name} has no activity {activity}; it has: {near}",
        )
    before = named.setdefault(name, [])
    if activity in before or (name in named and before and not activity):
        raise CannotGoOn(f"ระบุ {entry} ซ้ำใน --modules", f"--modules names {entry} twice")
    before.append(activity)


def _chosen(module: Module, names: list[str], talk: int | None) -> Chosen:
    every, minutes = "" in names, int(module.teaching or 0)
    activities = tuple(row for row in module.activities if every or row.id in names)
    return Chosen(module, activities, minutes if talk is None else min(talk, minutes))
