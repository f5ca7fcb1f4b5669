"""What stands before the first screen: the desk opens without the other commands, and without what it needs later."""

from __future__ import annotations

import subprocess
import sys

import pytest

from zz110_tui.cli.invocation import hoist, only_options

BEFORE_THE_FIRST_SCREEN = """
import sys
import zz110_tui.cli.main, zz110_tui.cli.desk, zz110_tui.cli.pastwork, zz110_tui.cli.surroundings
import zz110_tui.cli.whatifs, zz110_tui.cli.wiring, zz110_tui.cli.outboxes, zz110_tui.station.run, zz110_tui.station.app
print("\\n".join(sys.modules))
"""
LATER = {
    "argon2",
    "cryptography",
    "httpx",
    "multiprocessing",
    "numpy",
    "psycopg",
    "pydantic",
    "pypinyin",
    "rustworkx",
    "shapely",
    "websockets",
    "zz110_tui.cli.doctor",
    "zz110_tui.cli.helpwords",
    "zz110_tui.cli.whole",
    "zz110_tui.drill.lab.hour",
    "zz110_tui.gis.makecity",
}
"""Needed by another command, or by the first question about a way; some of it is a tenth of a second, some 12 MB."""


@pytest.mark.parametrize(
    ("args", "desk"),
    [
        ([], True),
        (["--drill"], True),
        (["--store", "do"], True),
        (["--store=x", "--low-bandwidth", "--core", "host:1"], True),
        (["--store"], True),
        (["do"], False),
        (["--drill", "do", "n"], False),
        (["--store", "x", "doctor"], False),
        (["--help"], False),
        (["--drill", "-h"], False),
        (["nonsense"], False),
        (["--nonsense"], False),
        (["--"], False),
    ],
    ids=str,
)
def test_without_a_command_the_desk_is_meant(args: list[str], desk: bool) -> None:
    assert only_options(args) is desk
    assert only_options(hoist(args)) is desk


def test_before_the_first_screen_nothing_is_imported_that_can_wait() -> None:
    look = [sys.executable, "-c", BEFORE_THE_FIRST_SCREEN]
    imported = set(subprocess.run(look, check=True, capture_output=True, text=True).stdout.split())
    assert "zz110_tui.station.app" in imported
    assert sorted(imported & LATER) == []


def test_all_that_can_wait_is_named_rightly() -> None:
    """A module that was renamed would never be found among the imported ones."""
    from importlib.util import find_spec

    assert [name for name in sorted(LATER) if name.startswith("zz110_tui") and find_spec(name) is None] == []
