"""The locked dependencies: whole, hashed, in step with pyproject.toml, and naming no index."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ("run", "dev")


def lock_text(name: str) -> str:
    return (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")


def pins(name: str) -> dict[str, set[str]]:
    """The releases of each package; more than one where they differ from Python to Python."""
    found: dict[str, set[str]] = {}
    for package, release in re.findall(r"^([A-Za-z0-9_.-]+)==([^\s;\\]+)", lock_text(name), re.MULTILINE):
        found.setdefault(canonicalize_name(package), set()).add(release)
    return found


def wanted(*extras: str) -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = [*project["dependencies"], *(line for extra in extras for line in project["optional-dependencies"][extra])]
    return [requirement for requirement in map(Requirement, lines) if requirement.name != project["name"]]


@pytest.mark.parametrize("name", LOCKS)
def test_every_pin_has_hashes(name: str) -> None:
    entries = [entry for entry in re.split(r"\n(?=\S)", lock_text(name)) if not entry.startswith("#")]
    assert entries
    assert [entry.split("\n")[0] for entry in entries if "--hash=sha256:" not in entry] == []


@pytest.mark.parametrize("name", LOCKS)
def test_no_index_and_no_place_of_a_machine_is_named(name: str) -> None:
    assert re.findall(r"https?://|file:|index-url|find-links|\s/\w+", lock_text(name)) == []


@pytest.mark.parametrize(("name", "extras"), [("run", ["build"]), ("dev", ["build", "dev"])])
def test_everything_the_project_asks_for_is_pinned_as_it_asks(name: str, extras: list[str]) -> None:
    locked = pins(name)
    for requirement in wanted(*extras):
        releases = locked.get(canonicalize_name(requirement.name), set())
        assert releases, f"{requirement} is not in requirements/{name}.txt: make lock"
        assert all(requirement.specifier.contains(release) for release in releases), f"{requirement}: make lock"


def test_what_is_tested_is_what_is_run() -> None:
    run, dev = pins("run"), pins("dev")
    assert {name: (releases, dev.get(name)) for name, releases in run.items() if dev.get(name) != releases} == {}


def test_the_screen_library_is_pinned_exactly() -> None:
    """The cell-diff driver leans on private classes of it."""
    textual = next(requirement for requirement in wanted() if requirement.name == "textual")
    assert str(textual.specifier) == "==8.2.8"
