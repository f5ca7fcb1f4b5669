"""``zz110`` in a terminal: the desk opens, takes a call, leaves; and loses nothing when it is killed."""

from __future__ import annotations

from tests.e2e.conftest import Program
from tests.e2e.terminal import terminal

CTRL_Q = "\x11"


def test_the_desk_opens_takes_a_call_and_leaves(zz110: Program) -> None:
    with terminal(zz110) as desk:
        desk.wait_for("待接警")
        desk.type("n 打架 @胜利路x延安路 / 两人持刀\r")
        desk.wait_for("0001")
        desk.type(CTRL_Q)
        desk.wait_for("再按一次退出")  # somebody still waits for a unit
        desk.type(CTRL_Q)
        assert desk.ended() == 0
    [incident] = zz110.json("incident", "list")
    assert (incident["number"], incident["type"], incident["text"]) == ("0001", "fight", "两人持刀")
    said = zz110.json("incident", "show", "1")["chronology"][0]
    assert (said["person"], said["desk"], said["channel"]) == ("li", "01", "keyboard")
    assert zz110.run("journal", "tail", "-n", "1", "--json").stdout.count("desk_closed") == 1


def test_a_killed_desk_opens_again_on_the_same_board(zz110: Program) -> None:
    with terminal(zz110) as desk:
        desk.wait_for("待接警")
        for line, shown in (("n 打架 @F7 / 两人持刀", "0001"), ("d 07 .", "派 07"), ("nt . / 一人轻伤", "轻伤")):
            desk.type(f"{line}\r")
            desk.wait_for(shown)
        second = zz110.run("do", "n 噪音 @F8")
        assert second.returncode == 75
        assert len(zz110.json("incident", "list")) == 1
        desk.process.kill()
        desk.process.wait()
    before = zz110.json("incident", "show", "1")
    assert before["units"][0]["unit"] == "07"
    with terminal(zz110, "--lang", "en") as desk:
        desk.wait_for("0001")
        desk.type(CTRL_Q)
        desk.ended()
    after = zz110.json("incident", "show", "1")
    assert after["chronology"][: len(before["chronology"])] == before["chronology"]


def test_a_drill_desk_has_a_store_of_its_own_and_says_what_it_is(zz110: Program) -> None:
    del zz110.env["ZZ110_STORE"]
    with terminal(zz110, "--drill") as desk:
        desk.wait_for("演练")
        desk.type(CTRL_Q)
        assert desk.ended() == 0
    assert zz110.run("incident", "list", "--drill").returncode == 0
    assert zz110.run("incident", "list").returncode == 1, "the live store was never made"


def test_a_live_store_opens_no_drill_and_a_drill_store_no_live_desk(zz110: Program) -> None:
    zz110.do("n 打架 @F7")
    refused = zz110.run("do", "n 打架 @F7", "--drill")
    assert refused.returncode != 0
    assert "drill" in refused.stderr
    assert zz110.run("drill", "run", "shift", "--days", "1", "--store", str(zz110.store)).returncode != 0
    assert len(zz110.json("incident", "list")) == 1
