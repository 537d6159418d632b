"""A module of the course as a deck: cover, objectives, units, activities, recap, questions, sources."""

from collections.abc import Iterable, Iterator

from coopkm.errors import CannotGoOn
from coopkm.library import Library
from coopkm.model.base import Detail, Point, Unit
from coopkm.model.kinds.checklist import Checklist
from coopkm.model.kinds.course import Course
from coopkm.model.kinds.module import Activity, Module
from coopkm.model.kinds.problem import ProblemCase
from coopkm.model.kinds.procedure import Procedure
from coopkm.slides.deck import Deck, Note, Para, Run, Slide
from coopkm.slides.markup import line
from coopkm.slides.measure import lines_of
from coopkm.slides.pen import Pen, bullets, leading
from coopkm.slides.places import place
from coopkm.slides.questions import question_slides
from coopkm.text.guess import guess
from coopkm.views.catalog import shown_units
from coopkm.views.citations import cited_keys

_MOST_OF_PARTS = 3  # lines


def modules(library: Library) -> list[Module]:
    """Ready modules in the order of the course."""
    return [unit for unit in shown_units(library).values() if isinstance(unit, Module)]


def chosen(library: Library, names: Iterable[str]) -> list[Module]:
    """The modules of these ids, each once.

    Raises:
        CannotGoOn: there is no ready module of that id.
    """
    known = {module.id: module for module in modules(library)}
    for name in names:
        if name not in known:
            near = guess(name, known) or ", ".join(known)
            raise CannotGoOn(
                f"ไม่มีหน่วยการเรียนรหัส `{name}` ที่พร้อมใช้ ลองใช้: {near or 'ยังไม่มีหน่วยการเรียนใด'}",
                f"there is no ready module `{name}`; there is: {near or 'none yet'}",
            )
    return [known[name] for name in dict.fromkeys(names)]


def module_deck(library: Library, module: Module, lang: str) -> Deck:
    """The deck of a module in one language."""
    pen = Pen(library, lang)
    shown = shown_units(library)
    units = [shown[name] for name in module.units if name in shown]
    slides = [
        *_opening(pen, module),
        *_part(pen, "content", 1, _what_is_taught(pen, module, units)),
        *(slide for unit in units for slide in _unit(pen, unit)),
        *_part(pen, "activities", 2, [(Run(said),) for said in _activity_times(pen, module)]),
        *(slide for activity in module.activities for slide in _activity(pen, module, activity)),
        *_part(pen, "review", 3, [(Run(pen.word("recap")),), (Run(pen.word("question")),)]),
        *_recap(pen, module),
        *question_slides(pen, module),
        *_sources(pen, module, units),
    ]
    title = pen.plain(module.title)
    return Deck(module.id, lang, title, _footer(pen, module), module.reviewed.isoformat(), tuple(slides))


def _footer(pen: Pen, module: Module) -> str:
    course = _course(pen, module)
    return " · ".join(filter(None, [course, _number(pen, module)]))


def _course(pen: Pen, module: Module) -> str:
    """The name of the course that the module belongs to, else that of the site."""
    for unit in shown_units(pen.library).values():
        if isinstance(unit, Course) and module.id in unit.modules:
            return pen.plain(unit.name or unit.title)
    return pen.plain(pen.library.project.name)


def _number(pen: Pen, module: Module) -> str:
    return pen.word("module", n=module.number) if module.number else ""


def _opening(pen: Pen, module: Module) -> Iterator[Slide]:
    notes = (
        *pen.note("for_trainer", (said for point in module.notes for said in _said(pen, point))),
        *pen.note("times", [*_teaching(pen, module), *_activity_times(pen, module)]),
        *_cites(pen, [*module.sources, *_keys(module.notes)]),
    )
    subtitle = {"subtitle": [Para(pen.line(module.summary))]}
    course = _number(pen, module) or _course(pen, module)
    yield from pen.slides("title", pen.plain(module.title), subtitle, notes, course=course)
    objectives = [bullets(pen.line(point.text)) for point in module.objectives]
    cites = _cites(pen, _keys(module.objectives))
    yield from pen.slides("content", pen.word("objectives"), {"body": objectives}, cites)


def _teaching(pen: Pen, module: Module) -> list[str]:
    return [pen.word("teaching", n=module.teaching)] if module.teaching else []


def _what_is_taught(pen: Pen, module: Module, units: list[Unit]) -> list[tuple[Run, ...]]:
    said = [pen.word("topics", n=len(units)), *_teaching(pen, module)] if units else []
    return [(Run(line),) for line in said]


def _activity_times(pen: Pen, module: Module) -> list[str]:
    return [f"{pen.plain(row.title)} ({pen.word('minutes', n=row.minutes)})" for row in module.activities]


def _part(pen: Pen, key: str, number: int, rows: list[tuple[Run, ...]]) -> Iterator[Slide]:
    """A slide that opens a part of the session and says what it holds."""
    if rows:
        flow = {"body": [bullets(row) for row in rows]}
        yield from pen.slides("section", pen.word(key), flow, (), number=str(number))


def _unit(pen: Pen, unit: Unit) -> Iterator[Slide]:
    """Summary and points; what the editors advise stands in the notes, unless there is nothing else to say."""
    points = [point for point in unit.points if _rests_on_source(unit, point)] or unit.points
    rest = [point for point in unit.points if point not in points]
    steps = unit.steps if isinstance(unit, Procedure) else []
    items = unit.items if isinstance(unit, Checklist) else []
    flow = [
        leading(pen.line(unit.summary)),
        *(para for point in points for para in _point(pen, point)),
        *(bullets((Run(f"{step.number} ", bold=True), *pen.line(step.title))) for step in steps),
        *([bullets((Run(pen.word("hand_out", n=len(items))),))] if items else []),
    ]
    notes = (
        *pen.note("advice_more", (said for point in rest for said in _said(pen, point))),
        *pen.note("more", (said for point in points if _left_out(pen, point) for said in _said(pen, point))),
        *pen.note("more", (f"{step.number} {pen.plain(step.text)}" for step in steps)),
        *pen.note("more", (f"- {pen.plain(item.text)}" for item in items)),
        *pen.note("example", pen.spoken(unit.example) if unit.example else ()),
        *_cites(pen, cited_keys(unit)),
    )
    yield from pen.slides("content", pen.plain(unit.title), {"body": flow}, notes)
    if isinstance(unit, ProblemCase):
        yield from _causes(pen, unit)


def _causes(pen: Pen, unit: ProblemCase) -> Iterator[Slide]:
    """Causes beside prevention, as the groups of Si Sa Ket set them out."""
    flows = {
        "left": [bullets(pen.line(point.text)) for point in unit.causes],
        "right": [bullets(pen.line(point.text)) for point in unit.prevention],
    }
    notes = (
        *pen.note("more", (said for point in [*unit.signs, *unit.remedy] for said in _said(pen, point))),
        *_cites(pen, cited_keys(unit)),
    )
    heads = {"left-head": pen.word("causes"), "right-head": pen.word("prevention")}
    if any(flows.values()):
        yield from pen.slides("columns", pen.plain(unit.title), flows, notes, **heads)


def _rests_on_source(unit: Unit, point: Detail) -> bool:
    return (point.basis or unit.basis) != "practice"


def _point(pen: Pen, point: Point) -> Iterator[Para]:
    """A point, and its parts in a line below it; parts that take more room stand in the notes."""
    yield bullets(pen.line(point.text))
    parts = _parts(pen, point)
    if parts and not _long(parts):
        yield parts


def _parts(pen: Pen, point: Point) -> Para | None:
    joined = [run for detail in point.details for run in (Run(" · "), *pen.line(detail.text))][1:]
    return Para(tuple(joined), 1) if joined else None


def _left_out(pen: Pen, point: Point) -> bool:
    """Whether the slide does not show the parts of a point."""
    parts = _parts(pen, point)
    return parts is not None and _long(parts)


def _long(parts: Para) -> bool:
    return len(lines_of(parts, place("content", "body"))) > _MOST_OF_PARTS


def _said(pen: Pen, point: Point) -> Iterator[str]:
    yield "- " + pen.plain(point.text)
    for detail in point.details:
        yield "   - " + pen.plain(detail.text)


def _activity(pen: Pen, module: Module, activity: Activity) -> Iterator[Slide]:
    """The task; hint, solution, trainer's notes and cards stand in the notes only."""
    notes = (
        *pen.note("for_trainer", pen.spoken(activity.notes) if activity.notes else ()),
        *pen.note("hint", pen.spoken(activity.hint) if activity.hint else ()),
        *pen.note("solution", pen.spoken(activity.solution) if activity.solution else ()),
        *pen.note("cards", (f"- {pen.plain(card.title)}: {pen.plain(card.text)}" for card in activity.cards)),
        *_cites(pen, module.sources),
    )
    label, minutes = pen.word(activity.kind), pen.word("minutes", n=activity.minutes)
    title, task = pen.plain(activity.title), pen.prose(activity.text)
    if activity.kind == "case":
        yield from pen.slides("card", title, {"body": task}, notes, label=f"{label} · {minutes}")
    else:
        label = f"{pen.word('activity')} · {label}"
        yield from pen.slides("activity", title, {"body": task}, notes, label=label, minutes=minutes)


def _recap(pen: Pen, module: Module) -> Iterator[Slide]:
    """Key points; where none are written, the objectives say what was to be learned."""
    points = module.key_points or module.objectives
    flow = [para for point in points for para in _point(pen, point)]
    yield from pen.slides("content", pen.word("recap"), {"body": flow}, _cites(pen, _keys(points)))


def _keys(points: Iterable[Point]) -> list[str]:
    return [key for point in points for part in (point, *point.details) for key in part.sources]


def _cites(pen: Pen, keys: Iterable[str]) -> tuple[Note, ...]:
    return pen.note("cites", pen.cites(keys))


def _sources(pen: Pen, module: Module, units: list[Unit]) -> Iterator[Slide]:
    """The documents behind the deck; which items of them stands in the notes."""
    keys = list(dict.fromkeys(key for unit in (module, *units) for key in cited_keys(unit)))
    known = [pen.library.sources[key].value.document for key in keys if key in pen.library.sources]
    documents = [pen.library.documents[name].value for name in dict.fromkeys(known) if name in pen.library.documents]
    flow = [bullets(line(document.title.shown(pen.lang))) for document in documents]
    if flow:
        yield from pen.slides("content", pen.word("sources"), {"body": flow}, _cites(pen, keys))
