from __future__ import annotations

import pytest

from zz110_tui.cli.invocation import hoist


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (["do", "d 07 142", "--store", "a.zz110"], ["--store", "a.zz110", "do", "d 07 142"]),
        (["do", "--store=a.zz110", "?"], ["--store=a.zz110", "do", "?"]),
        (
            ["drill", "run", "shift", "--city", "x", "--days", "3"],
            ["--city", "x", "drill", "run", "shift", "--days", "3"],
        ),
        (["--lang", "en", "unit", "list", "--json"], ["--lang", "en", "unit", "list", "--json"]),
        (["incident", "list", "--drill"], ["--drill", "incident", "list"]),
        (["do", "--", "--store", "x"], ["do", "--", "--store", "x"]),
        (["do", "x", "--store"], ["--store", "do", "x"]),
        ([], []),
    ],
)
def test_the_options_of_zz110_itself_may_stand_anywhere(written: list[str], meant: list[str]) -> None:
    assert hoist(written) == meant
