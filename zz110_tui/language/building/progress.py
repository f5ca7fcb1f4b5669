"""Lines about what units report: signed, on their way, there, all well, done, free, on and off duty, moved."""

from __future__ import annotations

from collections.abc import Callable

from zz110_tui.core import commands as c
from zz110_tui.core.incidents import LIVE_ASSIGNMENT, Assignment, AssignmentStage
from zz110_tui.core.orders import ErrandStage
from zz110_tui.core.terms import incident_no
from zz110_tui.core.transitions import ASSIGNMENT, AssignmentMove, after
from zz110_tui.core.units import UnitStatus
from zz110_tui.language.ask import Ask
from zz110_tui.language.building import errands
from zz110_tui.language.building.matters import named, no_text, withdraw
from zz110_tui.language.parsed import Choice
from zz110_tui.language.reading import fitting
from zz110_tui.language.unitwords import unit_choice
from zz110_tui.language.verb import Fits
from zz110_tui.language.words import incident, listed

Test = Callable[[Assignment], bool]


def _can(move: AssignmentMove) -> Test:
    return lambda assignment: after(ASSIGNMENT, assignment.stage, move) is not None


def _who(ask: Ask, test: Test) -> tuple[str, ...]:
    """The units named; otherwise the only one, of the incident named or of all, that can make this step."""
    if ask.units:
        return ask.units
    number = ask.number("i")
    found = [
        (known.number, assignment.unit)
        for known in fitting(ask.scene, Fits.WORKING)
        if not number or known.number == number
        for assignment in known.assignments
        if test(assignment)
    ]
    if len(found) == 1:
        return (found[0][1],)
    if not found:
        there = incident_no(number) if number else ask.say("警情", "any incident")
        ask.wrong(
            f"{there} 上没有警力能走这一步", f"no unit on {there} can take this step", "看警力板", "see the unit board"
        )
    choices = [Choice(ask.line.plus(unit), f"{unit_choice(ask.scene, unit)}") for _, unit in found]
    if len({incident for incident, _ in found}) == 1:
        every = [unit for _, unit in found]
        choices.append(Choice(ask.line.plus(",".join(every)), listed(every, ask.scene.language)))
    if number:
        ask.ambiguous("哪个警力？", "which unit?", choices)
    return ask.missing("哪个警力？写呼号", "which unit? write its call sign", choices)


def _on_call(ask: Ask, test: Test) -> bool:
    """Whether the units named, or any where none is, can take this step on a call: then the line is about that."""
    board = ask.scene.board
    named = ask.units
    return any(
        test(assignment)
        for known in fitting(ask.scene, Fits.WORKING)
        for assignment in known.assignments
        if not named or assignment.unit in named
    ) or (bool(named) and all(board.units[u].incidents for u in named if u in board.units))


def _step(ask: Ask, stage: ErrandStage, move: AssignmentMove) -> c.Command | None:
    """The step as one on an order or a warning; None where it is one on a call, which takes no text."""
    made = errands.step(ask, stage, _on_call(ask, _can(move)))
    if made is None:
        no_text(ask)
    return made


def sign(ask: Ask) -> c.Command:
    other = _step(ask, ErrandStage.SIGNED, AssignmentMove.SIGN)
    return other or c.Advance(_who(ask, _can(AssignmentMove.SIGN)), AssignmentStage.SIGNED, ask.number("i"))


def set_out(ask: Ask) -> c.Command:
    other = _step(ask, ErrandStage.EN_ROUTE, AssignmentMove.SET_OUT)
    return other or c.Advance(_who(ask, _can(AssignmentMove.SET_OUT)), AssignmentStage.EN_ROUTE, ask.number("i"))


def arrive(ask: Ask) -> c.Command:
    other = _step(ask, ErrandStage.ON_SCENE, AssignmentMove.ARRIVE)
    return other or c.Advance(_who(ask, _can(AssignmentMove.ARRIVE)), AssignmentStage.ON_SCENE, ask.number("i"))


def contact(ask: Ask) -> c.Command:
    return c.Contact(_who(ask, lambda assignment: assignment.stage is AssignmentStage.ON_SCENE))


def clear(ask: Ask) -> c.Command:
    """Without units, all that are on the scene; then the disposition ends the incident."""
    order = errands.finish(ask, _on_call(ask, lambda a: a.stage is AssignmentStage.ON_SCENE))
    if order is not None:
        return order
    units = ask.units
    number = ask.number("i")
    if not units and not number:
        number = ask.only_incident(Fits.ON_SCENE)
    return c.Clear(number, units, ask.word("d"), ask.text)


def available(ask: Ask) -> c.Command:
    """The units named; of an incident alone, all that are still on it."""
    order = named(ask)
    if order is not None:
        return withdraw(ask, order, ask.units)
    number = ask.number("i")
    if number and not ask.units:
        known = ask.scene.board.incidents.get(number)
        there = tuple(a.unit for a in known.assignments if not a.over) if known else ()
        if not there:
            ask.wrong(f"{incident(ask.scene, number)} 上没有警力", f"no unit is on {incident(ask.scene, number)}")
        return c.MakeAvailable(there, ask.text)
    return c.MakeAvailable(_who(ask, lambda assignment: assignment.stage in LIVE_ASSIGNMENT), ask.text)


def _named(ask: Ask) -> tuple[str, ...]:
    return ask.units or ask.missing("哪个警力？写呼号", "which unit? write its call sign")


def out_of_service(ask: Ask) -> c.Command:
    return c.SetStatus(_named(ask), UnitStatus.OUT_OF_SERVICE, ask.text)


def on_duty(ask: Ask) -> c.Command:
    units = ask.scene.board.units.values()
    off = tuple(u.call_sign for u in units if u.status is UnitStatus.OFF_DUTY)
    return c.SetStatus(_all_or_named(ask, off), UnitStatus.FREE, ask.text)


def off_duty(ask: Ask) -> c.Command:
    units = ask.scene.board.units.values()
    idle = tuple(u.call_sign for u in units if u.status is not UnitStatus.OFF_DUTY and not u.incidents)
    return c.SetStatus(_all_or_named(ask, idle), UnitStatus.OFF_DUTY, ask.text)


def _all_or_named(ask: Ask, every: tuple[str, ...]) -> tuple[str, ...]:
    """``*`` is every unit that can take the step."""
    if not ask.every_unit:
        return _named(ask)
    if not every:
        ask.wrong("没有这样的警力", "there is no such unit", "看警力板", "see the unit board")
    return every


def move(ask: Ask) -> c.Command:
    """To a post, a place, or, without either, back to the unit's own post."""
    unit = ask.unit()
    post = ask.values.get("to")
    if post is not None:
        return c.MoveToPost(unit, *post)
    place = ask.place
    if place is None:
        profile = ask.scene.board.units[unit].profile
        ask.note("回本停靠点", "back to its own post")
        return c.MoveToPost(unit, profile.post, profile.post_point)
    if place.point is None:
        ask.wrong(
            f"“{place.text}”不在地图上",
            f"“{place.text}” is not on the map",
            "写停靠点或方格，如 @E6",
            "name a post or a cell, such as @E6",
        )
    return c.MoveToPost(unit, place.text, place.point)
