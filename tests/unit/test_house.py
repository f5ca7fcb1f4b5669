"""The rules of the house that no other tool checks. Each exception stands here with its reason."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "zz110_tui"

CORE_MAY_IMPORT = {
    "__future__",
    "bisect",
    "collections",
    "collections.abc",
    "dataclasses",
    "enum",
    "functools",
    "heapq",
    "itertools",
    "math",
    "operator",
    "re",
    "types",
    "typing",
    "unicodedata",
}
"""No clock, no randomness, no files, no threads, no loop: the same board and command give the same facts anywhere."""

CORE_MAY_NOT_CALL = {"open", "print", "input", "hash", "id", "eval", "exec", "compile", "__import__", "breakpoint"}
"""Doors out of a pure function that need no import; ``hash`` and ``id`` differ from run to run."""

CORE_CALLS_ALL_THE_SAME = {
    ("zz110_tui/core/records.py", "exec"): "it writes methods from the names of fields, as dataclasses itself does",
}
"""(path, what it calls) -> why that is no door."""

MOST_LINES = 400
MOST_FUNCTION_LINES = 70

LONGER_FILES: dict[str, str] = {}
"""Path from the root -> why it is better as one file."""

LONGER_FUNCTIONS: dict[str, str] = {
    "tests/support/cities.py::square_city": "one value, field by field",
}
"""``path::function`` -> why it is better as one function."""


def python_files(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imports_of(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.lineno, "." * node.level + (node.module or "")


def calls_of(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield node.lineno, node.func.id


def impurities(tree: ast.Module, name: str = "") -> list[str]:
    found = [
        f"{line}: imports {module}"
        for line, module in imports_of(tree)
        if module not in CORE_MAY_IMPORT and not re.match(r"zz110_tui\.core(\.|$)", module)
    ]
    calls = [call for call in calls_of(tree) if call[1] in CORE_MAY_NOT_CALL]
    found += [f"{line}: calls {call}()" for line, call in calls if (name, call) not in CORE_CALLS_ALL_THE_SAME]
    return found


@pytest.mark.parametrize("path", python_files("zz110_tui/core"), ids=name_of)
def test_the_core_imports_only_what_is_pure(path: Path) -> None:
    assert impurities(parsed(path), name_of(path)) == []


@pytest.mark.parametrize(
    "line",
    [
        "import time",
        "from random import Random",
        "import asyncio",
        "from zz110_tui.store import sqlite",
        "from . import x",
    ],
)
def test_an_impure_import_would_be_seen(line: str) -> None:
    assert impurities(ast.parse(line)) != []


def test_an_impure_call_would_be_seen() -> None:
    assert impurities(ast.parse("def f(x):\n    return hash(x)")) == ["2: calls hash()"]


def test_files_can_be_read_in_one_sitting() -> None:
    lines = {name_of(path): path.read_text(encoding="utf-8").count("\n") for path in python_files("zz110_tui", "tests")}
    too_long = {name: count for name, count in lines.items() if count >= MOST_LINES and name not in LONGER_FILES}
    assert too_long == {}
    assert [name for name in LONGER_FILES if lines.get(name, 0) < MOST_LINES] == [], "no longer needs its exception"


def test_functions_fit_on_a_page() -> None:
    lines: dict[str, int] = {}
    for path in python_files("zz110_tui", "tests"):
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno:
                lines[f"{name_of(path)}::{node.name}"] = node.end_lineno - node.lineno + 1
    too_long = {n: count for n, count in lines.items() if count >= MOST_FUNCTION_LINES and n not in LONGER_FUNCTIONS}
    assert too_long == {}
    assert [n for n in LONGER_FUNCTIONS if lines.get(n, 0) < MOST_FUNCTION_LINES] == [], "no longer needs its exception"


def test_every_init_is_empty() -> None:
    assert [name_of(p) for p in sorted(PACKAGE.rglob("__init__.py")) if p.read_bytes().strip()] == []


def test_every_folder_of_the_package_is_a_package() -> None:
    """A folder without ``__init__.py`` would escape the import contracts."""
    folders = {path.parent for path in PACKAGE.rglob("*.py")}
    assert [name_of(folder) for folder in sorted(folders) if not (folder / "__init__.py").exists()] == []


def test_every_room_is_placed_in_the_contract() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contract = next(c for c in settings["tool"]["importlinter"]["contracts"] if c["id"] == "rooms")
    placed = {room for layer in contract["layers"] for room in layer.replace("|", " ").split()}
    rooms = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    assert rooms == placed
    assert contract["exhaustive"] is True
    loose = {path.stem for path in PACKAGE.glob("*.py")} - {"__init__"}
    assert loose == set(contract["exhaustive_ignores"])
