"""The office's own version of a unit of the base, to begin with a copy of it."""

from coopkm.bases.finding import PREFIX, origin
from coopkm.errors import CannotGoOn
from coopkm.library import Library
from coopkm.text.guess import guess


def own_version(library: Library, id_: str) -> tuple[str, str]:
    """Path and text of the file with which an office's own version of a unit begins: the base's, as it is."""
    placed = library.units.get(id_)
    home = origin(placed.document.path) if placed else ""
    if placed is not None and home:
        path = placed.document.path.removeprefix(f"{PREFIX}{home}/")
        return path, (library.bases[home].root / path).read_text("utf-8-sig")
    if placed is not None:
        raise CannotGoOn(
            f"{id_} เป็นของโครงการนี้อยู่แล้ว อยู่ที่ {placed.place()}",
            f"{id_} is this project's own already, at {placed.place()}",
        )
    near = guess(id_, library.units)
    raise CannotGoOn(
        f"คลังความรู้ร่วมไม่มีหน่วยความรู้รหัส {id_}" + (f" หมายถึง {near} ใช่หรือไม่" if near else ""),
        f"no base has a unit {id_}" + (f". Did you mean {near}?" if near else ""),
    )
