"""``zz110 wall`` in a terminal: a seat of its own that looks and does nothing."""

from __future__ import annotations

from tests.e2e.conftest import Program
from tests.e2e.terminal import terminal

CTRL_Q = "\x11"


def test_the_wall_is_shown_and_left_and_nothing_typed_there_is_done(zz110: Program) -> None:
    with terminal(zz110, "wall", "--lang", "en") as desk:
        desk.wait_for("to answer 0")
        desk.type("rp phone\r")
        desk.type(CTRL_Q)
        assert desk.ended() == 0
    assert zz110.json("report", "list", "--json") == []
