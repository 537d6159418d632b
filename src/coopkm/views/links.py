"""How units lead to each other."""

from coopkm.model.base import Unit, remembered, texts
from coopkm.model.references import references
from coopkm.text.markup import unit_links


@remembered
def links_out(unit: Unit) -> tuple[str, ...]:
    """Ids that this unit leads to, from fields and from links in its texts, each once."""
    named = [target for _, target in references(unit)]
    written = [target for _, text in texts(unit) for target in unit_links(text.th)]
    return tuple(dict.fromkeys(named + written))


def backlinks(units: dict[str, Unit]) -> dict[str, list[str]]:
    """Id to the ids of the units that lead to it, in the order of `units`."""
    found: dict[str, list[str]] = {name: [] for name in units}
    for unit in units.values():
        for target in links_out(unit):
            if target in found and target != unit.id:
                found[target].append(unit.id)
    return found
