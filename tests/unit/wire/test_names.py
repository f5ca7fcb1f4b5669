"""Everything that is stored or sent has a public name, and no two share one."""

from __future__ import annotations

import re
from typing import get_args

import pytest

from zz110_tui.core.commands import Command, Release, Undo
from zz110_tui.core.facts import Fact
from zz110_tui.wire.names import COMMANDS, FACTS, Name, Names


def test_every_fact_has_a_name() -> None:
    assert set(FACTS.of) == set(get_args(Fact))


def test_every_command_has_a_name() -> None:
    assert set(COMMANDS.of) == set(get_args(Command))


@pytest.mark.parametrize("table", [FACTS, COMMANDS], ids=["facts", "commands"])
def test_the_table_leads_there_and_back(table: Names[object]) -> None:
    for cls, name in table.of.items():
        assert table.classes[name.text] is cls
        assert re.fullmatch(r"[a-z]+(_[a-z]+)*", name.text)
        assert name.version >= 1


def test_two_classes_cannot_share_a_name() -> None:
    with pytest.raises(ValueError, match="share"):
        Names[Command]({Undo: Name("undo"), Release: Name("undo")})
