"""``zz110 tour`` in a terminal: on a drill of its own, left at a step and taken up again there."""

from __future__ import annotations

from pathlib import Path

from tests.e2e.conftest import Program
from tests.e2e.terminal import terminal

CTRL_Q = "\x11"


def test_the_tour_is_left_and_taken_up_again_and_touches_no_store_of_the_room(zz110: Program) -> None:
    before = zz110.json("tour", "--list", "--json")
    assert before["at"] == "help"
    assert not any(step["done"] for step in before["steps"])
    with terminal(zz110, "tour") as desk:
        desk.wait_for("导览 1/")
        desk.wait_for("演练")
        desk.type("?\r")
        desk.wait_for("导览 2/")
        desk.type("\x1b")
        desk.wait_for("导览 3/")
        desk.wait_for("有刀")
        desk.type(CTRL_Q)
        desk.wait_for("再按一次退出")
        desk.type(CTRL_Q)
        assert desk.ended() == 0
    assert zz110.json("tour", "--list", "--json")["at"] == "answer"
    assert "[>]  3" in zz110.run("tour", "--list").stdout
    with terminal(zz110, "tour", "--lang", "en") as desk:
        desk.wait_for("Tour 3/")
        desk.type(CTRL_Q)
        desk.type(CTRL_Q)
        desk.ended()
    store = Path(zz110.env["ZZ110_STORE"])
    assert not store.exists(), "the live store was never made"
    assert store.with_name("tour.zz110").exists()
    with terminal(zz110, "tour", "--again") as desk:
        desk.wait_for("导览 1/")
        desk.type(CTRL_Q)
        assert desk.ended() == 0


def test_without_a_terminal_it_says_what_needs_none(zz110: Program) -> None:
    said = zz110.run("tour")
    assert said.returncode == 69
    assert "zz110 do" in said.stderr
