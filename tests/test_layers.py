"""The way through the house: an import goes down, never up, never round in a circle."""

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "src" / "coopkm"

# From low to high. A part imports from the rows above its own; parts of one row do not know each other.
LAYERS = [
    ["__init__"],
    ["errors", "text", "writing"],
    ["problems", "extras", "ownership"],
    ["reading"],
    ["model"],
    ["bases"],
    ["library"],
    ["checks", "views", "translations"],
    ["documents"],
    ["pages", "search", "quizzes", "exports", "course", "slides", "handbook", "imports"],
    ["forms", "analysis", "km", "upkeep", "offices"],
    ["site"],
    ["cli"],
    ["__main__"],
]
RANK = {part: rank for rank, row in enumerate(LAYERS) for part in row}


def test_every_part_of_the_package_has_a_layer() -> None:
    assert {part_of(name) for name in modules(PACKAGE)} <= RANK.keys()


def test_no_import_runs_back_up() -> None:
    assert upward(PACKAGE) == []


def test_no_import_runs_in_a_circle() -> None:
    assert circle(PACKAGE) == []


@pytest.mark.parametrize(
    "statement",
    [
        "import coopkm.site.plugin",
        "from coopkm.site import plugin",
        "from ..site.plugin import CoopkmPlugin",
        "from coopkm import site",
        "def later():\n    from coopkm import site",
        "from coopkm import search",
    ],
)
def test_an_import_of_a_higher_or_neighbouring_part_is_found(tmp_path: Path, statement: str) -> None:
    package = made(tmp_path, {"pages/unit.py": statement, "site/plugin.py": "", "search/index.py": ""})
    assert [line.split(" -> ")[0] for line in upward(package)] == ["coopkm.pages.unit"]


@pytest.mark.parametrize(
    "statement",
    ["import json", "from coopkm.model import unit", "from . import other", "from coopkm import VERSION"],
)
def test_an_import_from_below_or_from_the_same_part_is_right(tmp_path: Path, statement: str) -> None:
    package = made(tmp_path, {"pages/unit.py": statement, "pages/other.py": "", "model/unit.py": ""})
    assert upward(package) == []


def test_a_circle_inside_one_part_is_found(tmp_path: Path) -> None:
    package = made(tmp_path, {"model/a.py": "from coopkm.model import b", "model/b.py": "from . import a"})
    assert set(circle(package)) == {"coopkm.model.a", "coopkm.model.b"}


def made(folder: Path, files: dict[str, str]) -> Path:
    """A package `coopkm` of these files."""
    package = folder / "coopkm"
    for name, text in {"__init__.py": "", **files}.items():
        path = package / name
        path.parent.mkdir(parents=True, exist_ok=True)
        (path.parent / "__init__.py").touch()
        path.write_text(text, encoding="utf-8")
    return package


def modules(package: Path) -> dict[str, Path]:
    """Dotted name -> file, for every module of the package."""
    found = {}
    for path in sorted(package.rglob("*.py")):
        parts = [package.name, *path.relative_to(package).with_suffix("").parts]
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def part_of(module: str) -> str:
    """The top-level part that a module belongs to: `coopkm.pages.unit` is of `pages`."""
    return [*module.split("."), "__init__"][1]


def upward(package: Path) -> list[str]:
    """Imports that do not go down, as `importer -> imported`."""
    return [
        f"{module} -> {imported}"
        for module, targets in graph(package).items()
        for imported in sorted(targets)
        if not goes_down(part_of(module), part_of(imported))
    ]


def goes_down(importer: str, imported: str) -> bool:
    """A part without a layer is another test's finding."""
    return importer == imported or RANK.get(imported, 0) < RANK.get(importer, len(LAYERS))


def circle(package: Path) -> list[str]:
    """The modules of one circle of imports, if there is one."""
    try:
        TopologicalSorter(graph(package)).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def graph(package: Path) -> dict[str, set[str]]:
    """Module -> modules of the package that it imports, anywhere in its text."""
    known = modules(package)
    return {
        module: {target for target in imports(module, path, known) if target != module}
        for module, path in known.items()
    }


def imports(module: str, path: Path, known: dict[str, Path]) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in known)
        elif isinstance(node, ast.ImportFrom):
            source = absolute(node, module, path)
            names = [f"{source}.{alias.name}" for alias in node.names]
            yield from (name if name in known else source for name in names if source in known)


def absolute(node: ast.ImportFrom, module: str, path: Path) -> str:
    """The dotted name after `from`, with leading dots resolved."""
    if not node.level:
        return node.module or ""
    package = module.split(".") if path.name == "__init__.py" else module.split(".")[:-1]
    base = package[: len(package) - node.level + 1]
    return ".".join([*base, *([node.module] if node.module else [])])
