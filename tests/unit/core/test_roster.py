"""The roster: six squads in five turns; a turn brings units on and off, and never takes one from a call."""

from __future__ import annotations

import dataclasses

import pytest

from tests.support.engines import running
from tests.support.room import LI, Room
from zz110_tui.core import commands as c
from zz110_tui.core.alarms import AlarmKind
from zz110_tui.core.board import ROSTER_ENTRIES, Board
from zz110_tui.core.commands_matters import ChangeTurn, SetSquad
from zz110_tui.core.decisions.roster import roster_of
from zz110_tui.core.roster import DAY_MS, ROSTER, Squad
from zz110_tui.core.subjects import subjects_of
from zz110_tui.core.units import UnitStatus

SIX = tuple(f"{n}班" for n in "一二三四五六")


def room() -> Room:
    """Six squads of one unit each, five turns a day."""
    made = Room()
    for n, name in enumerate(SIX, 1):
        made.do(SetSquad(Squad(name, (f"{n:02d}",)), 5))
    return made


def on_duty(of: Room) -> list[str]:
    return [sign for sign, unit in of.board.units.items() if unit.status is UnitStatus.FREE]


def test_a_turn_brings_its_squad_on_and_the_idle_others_off() -> None:
    desk = room()
    desk.do(ChangeTurn())
    assert (roster_of(desk.board).on, on_duty(desk)) == ("一班", ["01"])
    desk.do(ChangeTurn())
    assert (roster_of(desk.board).on, on_duty(desk)) == ("二班", ["02"])


def test_of_its_turns_the_board_keeps_the_newest_however_many_there_were() -> None:
    desk = room()
    for _ in range(ROSTER_ENTRIES + 100):
        desk.do(ChangeTurn())
    told = desk.board.chronology(ROSTER)
    assert len(told) == ROSTER_ENTRIES
    assert told[-1].position == max(e.position for e in desk.journal if ROSTER in subjects_of(e.fact))
    image = desk.board.image()
    assert Board.from_image(image).image() == image
    everything = tuple(desk.journal)
    of_before = dataclasses.replace(image, chronology=everything)
    assert Board.from_image(of_before).chronology(ROSTER) == told, "an image that has them all leads to the same"


def test_of_six_squads_each_day_has_five_on_and_another_one_rests() -> None:
    desk = room()
    days = []
    for _ in range(6):
        turns = []
        for _ in range(5):
            desk.do(ChangeTurn())
            turns.append(roster_of(desk.board).on)
        days.append(turns)
    rested = [next(name for name in SIX if name not in turns) for turns in days]
    assert sorted(rested) == sorted(SIX)


def test_who_is_on_a_call_stays_on_until_it_is_over() -> None:
    desk = room()
    desk.do(ChangeTurn())
    number = desk.fight()
    desk.dispatch(number, "01")
    desk.do(ChangeTurn())
    assert on_duty(desk) == ["01", "02"]
    assert desk.assignment(number, "01").live


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (SetSquad(Squad("", ("01",))), "no_such_squad"),
        (SetSquad(Squad("七班", ())), "no_such_squad"),
        (SetSquad(Squad("七班", ("99",))), "no_such_unit"),
        (SetSquad(Squad("七班", ("01",)), 25), "bad_count"),
        (ChangeTurn("七班"), "no_such_squad"),
        (ChangeTurn("一班"), "on_already"),
    ],
)
def test_what_cannot_be_is_refused_with_its_reason(command: c.Command, code: str) -> None:
    desk = room()
    desk.do(ChangeTurn())
    assert desk.refused(command) == code


def test_without_a_roster_there_is_no_turn() -> None:
    assert Room().refused(ChangeTurn()) == "no_roster"


def test_a_unit_is_in_one_squad_and_a_squad_without_units_leaves() -> None:
    desk = room()
    desk.do(SetSquad(Squad("二班", ("01", "02"))))
    assert [squad.units for squad in roster_of(desk.board).squads][:2] == [(), ("01", "02")]
    desk.do(SetSquad(Squad("一班", ())))
    assert [squad.name for squad in roster_of(desk.board).squads] == list(SIX[1:])


def test_a_change_of_turn_is_taken_back_with_all_it_did() -> None:
    desk = room()
    desk.do(ChangeTurn())
    before = on_duty(desk)
    desk.do(ChangeTurn())
    desk.do(c.Undo())
    assert (roster_of(desk.board).on, on_duty(desk)) == ("一班", before)


async def test_the_next_turn_is_called_for_at_its_time_and_a_late_change_keeps_the_rhythm() -> None:
    async with running() as core:
        link = core.link(LI)
        for n in (1, 2):
            assert (await link.submit(SetSquad(Squad(f"{n}班", (f"{n:02d}",)), 5))).accepted
        began = core.clock.now()
        assert (await link.submit(ChangeTurn())).accepted
        await core.pass_time(DAY_MS // 5)
        assert [a.kind for a in core.engine.board.alarms_of(ROSTER)] == [AlarmKind.TURN_DUE]
        await core.pass_time(600_000)
        assert (await link.submit(ChangeTurn())).accepted
        assert core.engine.board.alarms_of(ROSTER) == ()
        assert roster_of(core.engine.board).next_at == began + 2 * (DAY_MS // 5)
