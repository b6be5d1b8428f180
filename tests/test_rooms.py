"""The walls of the house: which room may import which, and who may talk to a terminal or write workbooks."""

from __future__ import annotations

import ast
import functools
from graphlib import TopologicalSorter
from pathlib import Path

from maturity.checks.reference import RULED

SRC = Path(__file__).parent.parent / "src" / "maturity"

# Each room may import from those before it. `locale` holds words only, `models` nothing of ours.
ORDER = [
    "models",
    "locale",
    "sources",
    "scoring",
    "checks",
    "versions",
    "benchmark",
    "intake",
    "assess",
    "reports",
    "cli",
]
EXCEPTIONS = {
    # The catalogue's own tool looks for the bundled templates.
    ("locale/catalogue.py", "sources"),
}
# Libraries that only some places may name.
ONLY = {
    "typer": {"cli"},
    "rich": {"cli", "assess"},
    "questionary": {"assess"},
    "prompt_toolkit": {"assess"},
    "jinja2": {"reports"},
    "openpyxl": {"reports", "intake"},
    "python_calamine": {"intake"},
    "babel": {"locale"},
    "numpy": {"scoring", "benchmark"},
}


@functools.cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@functools.cache
def imports(path: Path) -> set[str]:
    """Every module that a file names, wherever in it."""
    named: set[str] = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            named.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            named.add(node.module)
    return named


def files() -> list[Path]:
    return [path for path in sorted(SRC.rglob("*.py")) if path.parent != SRC]


def test_imports_point_left_along_the_flow() -> None:
    wrong = []
    for path in files():
        name = path.relative_to(SRC).as_posix()
        room = name.split("/")[0]
        for module in imports(path):
            parts = module.split(".")
            if parts[0] != "maturity" or len(parts) < 2:
                continue
            other = parts[1]
            if ORDER.index(other) > ORDER.index(room) and (name, other) not in EXCEPTIONS:
                wrong.append(f"{name} imports {module}")
    assert wrong == []


def at_the_top(statements: list[ast.AST]) -> set[str]:
    """The modules that these statements import as soon as their module is imported."""
    found: set[str] = set()
    for node in statements:
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            continue
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            found |= at_the_top(list(ast.iter_child_nodes(node)))
    return found


def test_our_modules_can_be_imported_in_any_order() -> None:
    """None waits for another that waits for it: the tests' runs import all at once, a person's only some."""
    modules = {
        ".".join(path.relative_to(SRC.parent).with_suffix("").parts).removesuffix(".__init__"): path
        for path in SRC.rglob("*.py")
    }
    waits = {name: at_the_top([tree(path)]) & (modules.keys() - {name}) for name, path in modules.items()}
    assert sum(map(len, waits.values())) > len(modules)
    assert list(TopologicalSorter(waits).static_order())  # a circle is an error, which names it


def test_libraries_stay_in_their_rooms() -> None:
    wrong = []
    for path in files():
        room = path.relative_to(SRC).parts[0]
        named = {module.split(".")[0] for module in imports(path)}
        wrong += [
            f"{path.name} imports {library}"
            for library, rooms in ONLY.items()
            if library in named and room not in rooms
        ]
    assert wrong == []


def test_no_module_is_a_crowd() -> None:
    crowded = {
        path.name: n for path in files() if (n := len(path.read_text(encoding="utf-8").splitlines())) > 350
    }
    assert crowded == {}


def test_nothing_stands_unused() -> None:
    named = set().union(*(imports(path) for path in files()), imports(SRC / "__main__.py"))
    found = {
        "maturity." + ".".join(p.relative_to(SRC).with_suffix("").parts)
        for p in files()
        if p.stem != "__init__"
    }
    rules = {
        name for name in found if name.startswith(tuple(f"maturity.checks.{subject}" for subject in RULED))
    }
    started = {
        "maturity.locale.catalogue",
        "maturity.checks.reference",
        "maturity.cli.main",
        "maturity.cli.commands",
    }
    assert found - named - rules - started == set()
