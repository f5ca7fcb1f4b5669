"""``d 142`` without units fills in the recommended ones: shown, never sent unseen, never guessed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.support.scenes import Desk, place, rulebook
from zz110_tui.core import commands as c
from zz110_tui.core.places import Place
from zz110_tui.core.rulebook import ResponsePlan, Rulebook, TurnOut
from zz110_tui.core.units import UnitStatus
from zz110_tui.language.parsed import Status


def plan(*turns: int) -> Rulebook:
    """The shipped rulebook with as many units of any kind in the turn-outs for a fight."""
    first, second, third = ((TurnOut(n),) if n else () for n in turns)
    fight = replace(rulebook().types["fight"], plan=ResponsePlan(first, second, third))
    return replace(rulebook(), types={**rulebook().types, "fight": fight})


def sent(room: Desk, line: str, rules: Rulebook) -> tuple[str, ...]:
    command = room.command(line, rules=rules)
    assert isinstance(command, c.Dispatch)
    return command.units


def test_the_nearest_free_unit_is_filled_in_and_shown() -> None:
    room = Desk(first_incident=142)
    room.open()
    parsed = room.read("d 142")
    assert isinstance(parsed.command, c.Dispatch)
    (unit,) = parsed.command.units
    assert parsed.preview.startswith(f"派 {unit} → 0142 打架")
    room.do(parsed.command)
    room.open()
    assert unit not in sent(room, "d 143", rulebook())


def test_the_plan_says_how_many_and_the_next_line_sends_the_next_turn_out() -> None:
    room, rules = Desk(first_incident=142), plan(2, 1, 2)
    room.open()
    assert len(sent(room, "d 142", rules)) == 2
    room.do(room.command("d 142", rules=rules))
    again = room.read("d 142", rules=rules)
    assert "第2梯次" in again.preview
    assert again.command is not None
    room.do(again.command)
    assert len(sent(room, "d 142", rules)) == 2
    assert "turn-out 3" in room.read("d 142", rules=rules, language="en").preview
    room.do(room.command("d 142", rules=rules))
    beyond = room.read("d 142", rules=rules)
    assert isinstance(beyond.command, c.Dispatch)
    assert len(beyond.command.units) == 1
    assert "预案之外" in beyond.preview


def test_only_what_the_turn_out_still_lacks_is_filled_in() -> None:
    room, rules = Desk(first_incident=142), plan(3, 0, 0)
    room.open()
    room.dispatch(142, "15")
    assert len(sent(room, "d 142", rules)) == 2


def test_too_few_free_units_are_sent_and_it_is_said() -> None:
    room, rules = Desk(first_incident=142), plan(3, 0, 0)
    room.open()
    others = [unit for unit in room.board.units if unit not in ("03", "07")]
    room.do(c.SetStatus(tuple(others), UnitStatus.OFF_DUTY))
    parsed = room.read("d 142", rules=rules)
    assert isinstance(parsed.command, c.Dispatch)
    assert set(parsed.command.units) == {"03", "07"}
    assert "预案要 3 个，只有 2 个空闲" in parsed.preview


def test_without_a_free_unit_nothing_is_filled_in() -> None:
    room = Desk(first_incident=142)
    room.open()
    room.do(c.SetStatus(tuple(room.board.units), UnitStatus.OFF_DUTY))
    parsed = room.read("d 142")
    assert parsed.status is Status.WRONG
    assert parsed.command is None
    assert "pre" in parsed.hint


@pytest.mark.parametrize("language", ["zh", "en"])
def test_without_a_position_nobody_is_guessed(language: str) -> None:
    room = Desk(first_incident=142, language=language)
    room.do(c.OpenIncident("fight", Place("小李的店")))
    parsed = room.read("d 142")
    assert parsed.status is Status.INCOMPLETE
    assert parsed.command is None
    assert "0142" in parsed.preview
    assert room.command("d 3 142") == c.Dispatch(142, ("03",))
    room.do(c.AmendIncident(142, place=place("漳州医院")))
    assert room.read("d 142").ready


def test_without_a_travel_model_nobody_is_guessed() -> None:
    room = Desk(first_incident=142)
    room.open()
    assert room.read("d 142", travel=None).status is Status.INCOMPLETE
    assert room.command("d 3 142", travel=None) == c.Dispatch(142, ("03",))


def test_any_function_of_a_unit_and_a_point_is_a_travel_model() -> None:
    room = Desk(first_incident=142)
    room.open()
    real = room.scene().arrivals()
    assert real is not None
    parsed = room.read("d 142", travel=lambda unit, to: real(unit, to) if unit.call_sign == "15" else None)
    assert parsed.command == c.Dispatch(142, ("15",))


def test_who_is_already_on_the_way_cannot_be_recommended() -> None:
    room = Desk(first_incident=142)
    room.open()
    for line in ("de 142", "do 142"):
        assert room.read(line).status is Status.INCOMPLETE


def test_a_held_incident_is_not_the_only_one_that_waits() -> None:
    room = Desk(first_incident=142)
    room.open()
    room.open()
    room.do(c.Hold(142, reason="x"))
    assert room.command("d 3") == c.Dispatch(143, ("03",))


def test_where_nothing_waits_the_only_open_incident_is_reinforced() -> None:
    room = Desk(first_incident=142)
    room.open()
    room.dispatch(142, "07")
    assert room.command("d 3") == c.Dispatch(142, ("03",))


def test_what_the_units_are_told_is_kept_as_a_note_in_the_same_step() -> None:
    room = Desk(first_incident=142)
    room.open()
    names = [type(fact).__name__ for fact in room.type("d 3,7 42 / 嫌疑人持刀，注意安全")]
    assert names == ["UnitAssigned", "UnitAssigned", "NoteAdded"]
    room.type("undo")
    assert not room.incident(142).working
