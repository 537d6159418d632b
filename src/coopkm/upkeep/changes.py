"""What changed between two editions, unit by unit, in words."""

from collections.abc import Iterator

from coopkm.bases.finding import origin
from coopkm.library import Library
from coopkm.model.base import LANGS, Lang, Text, Unit
from coopkm.model.editions import ChangeKind, UnitChange
from coopkm.upkeep.words import WORDS
from coopkm.views.catalog import shown_units

_NAMED = ("title", "summary", "body", "example", "scope", "points", "owner")
# Of reviews, places in a list and the like nobody needs to be told.
_PLAIN = ("basis",)
_SILENT = frozenset({"reviewed", "review_by", "order", "related", "minutes", "endorsed"})
_LONG = 160


def changes(old: Library, new: Library) -> list[UnitChange]:
    """Every unit that readers see and that is new, gone or says something else; in the order of the site.

    Only the project's own: an earlier edition may not have its bases at hand, and `coopkm base` tells of them.
    What cannot be read in either edition is not told of: it is not new, and not gone.
    """
    before, after = _own_units(old), _own_units(new)
    compared = {name: unit for name, unit in after.items() if name not in old.broken}
    found = [change for name, unit in compared.items() if (change := _of_shown(before.get(name), unit))]
    gone = [unit for name, unit in before.items() if name not in after and name not in new.broken]
    return [*found, *(_of_gone(unit, new) for unit in gone)]


def _own_units(library: Library) -> dict[str, Unit]:
    shown = shown_units(library)
    return {name: unit for name, unit in shown.items() if not origin(library.units[name].document.path)}


def _of_shown(old: Unit | None, new: Unit) -> UnitChange | None:
    if old is None:
        return _row(new, "added", [])
    if old.fingerprint == new.fingerprint:
        return None
    notes = list(_notes(old, new))
    return _row(new, "changed", notes) if notes else None


def _of_gone(old: Unit, new: Library) -> UnitChange:
    placed = new.units.get(old.id)
    retired = placed is not None and placed.value.status == "retired"
    return _row(old, "retired" if retired else "removed", [])


def _row(unit: Unit, change: ChangeKind, notes: list[Text]) -> UnitChange:
    return UnitChange(unit=unit.id, change=change, title=_plain(unit.title), notes=notes)


def _plain(text: Text) -> Text:
    return Text(th=text.th, en=text.en)


def _notes(old: Unit, new: Unit) -> Iterator[Text]:
    before, after = _texts(old), _texts(new)
    told = list(_text_notes(before, after))
    yield from told
    yield from _source_notes(old, new)
    for name in _PLAIN:
        if getattr(old, name) != getattr(new, name):
            yield _said("field_changed", name, getattr(old, name), getattr(new, name))
    if told or old.sources != new.sources:
        return
    if _thai(before) == _thai(after) and before != after:
        yield _both("english_only")
    elif list(before) != list(after):
        yield _both("order_changed")
    elif _rest(old) != _rest(new):
        yield _both("detail_changed")


def _texts(unit: Unit) -> dict[str, Text]:
    """Stable path to text."""
    return {path: text for _, text, path, _ in unit.wordings}


def _thai(texts: dict[str, Text]) -> dict[str, str]:
    return {path: text.th for path, text in texts.items()}


def _rest(unit: Unit) -> dict[str, object]:
    return {name: getattr(unit, name) for name in type(unit).model_fields if name not in _SILENT}


def _text_notes(before: dict[str, Text], after: dict[str, Text]) -> Iterator[Text]:
    """Texts whose Thai is new, gone or another; English alone is told once for the whole unit."""
    for path, text in after.items():
        old = before.get(path)
        if old is None:
            yield _said("field_new", path, new=text)
        elif old.th != text.th:
            yield _said("field_changed", path, old, text)
    for path, text in before.items():
        if path not in after:
            yield _said("field_gone", path, text)


def _source_notes(old: Unit, new: Unit) -> Iterator[Text]:
    before, after = _cited(old), _cited(new)
    for name, keys in (("sources_new", after - before), ("sources_gone", before - after)):
        if keys:
            listed = ", ".join(sorted(keys))
            yield _both(name, new=listed, old=listed)


def _cited(unit: Unit) -> set[str]:
    return {key for _, record in unit.records for key in getattr(record, "sources", [])}


def _said(name: str, path: str, old: Text | str = "", new: Text | str = "") -> Text:
    first = path.split(".")[0]
    label = f"of_{first}" if first in (*_NAMED, *_PLAIN) else "of_other"

    def told(lang: Lang) -> str:
        words = WORDS[lang]
        return words[name].format(what=words[label], old=_short(old, lang), new=_short(new, lang))

    return Text(th=told("th"), en=told("en"))


def _short(text: Text | str, lang: Lang) -> str:
    words = " ".join((text if isinstance(text, str) else text.shown(lang)).split())
    return words if len(words) <= _LONG else words[: _LONG - 1].rstrip() + "…"


def _both(name: str, **values: str) -> Text:
    th, en = (WORDS[lang][name].format(**values) for lang in LANGS)
    return Text(th=th, en=en)
