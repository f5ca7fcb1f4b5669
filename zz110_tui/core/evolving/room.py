"""What changes in the room: its city, its desks; steps taken back, slips filed."""

from __future__ import annotations

from zz110_tui.core import facts as f
from zz110_tui.core.alarms import of_incident, of_report, of_unit
from zz110_tui.core.board import Board
from zz110_tui.core.desks import Desk
from zz110_tui.core.units import Unit, UnitStatus
from zz110_tui.core.values import changed


def city_adopted(board: Board, entry: f.Entry, fact: f.CityAdopted) -> None:
    board.city, board.pack_hash = fact.city, fact.pack_hash
    named = {profile.call_sign for profile in fact.units}
    for call_sign in [c for c, unit in board.units.items() if c not in named and not unit.incidents]:
        board.drop_unit(call_sign)
    for profile in fact.units:
        known = board.units.get(profile.call_sign)
        if known is None:
            unit = Unit(profile, UnitStatus.FREE, entry.at, version=entry.position)
        else:
            unit = changed(known, profile=profile, version=entry.position)
        board.put_unit(unit)


def desk_opened(board: Board, entry: f.Entry, fact: f.DeskOpened) -> None:
    board.desks[fact.desk] = Desk(fact.desk, fact.person, fact.duty, entry.at, True, entry.position)


def desk_closed(board: Board, entry: f.Entry, fact: f.DeskClosed) -> None:
    desk = board.desks.get(fact.desk)
    if desk is not None:
        board.desks[fact.desk] = changed(desk, staffed=False, locked_at=0, since=entry.at, version=entry.position)


def step_undone(board: Board, entry: f.Entry, fact: f.StepUndone) -> None:
    steps = board.steps.get(entry.actor.desk, [])
    board.steps[entry.actor.desk] = [step for step in steps if step.command != fact.command]
    for report in fact.reports:
        board.stands_again(of_report(report.number), report.version, entry.position)
        board.put_report(changed(report, version=entry.position))
    for incident in fact.incidents:
        board.stands_again(of_incident(incident.number), incident.version, entry.position)
        board.put_incident(changed(incident, version=entry.position))
    for unit in fact.units:
        board.stands_again(of_unit(unit.call_sign), unit.version, entry.position)
        board.put_unit(changed(unit, version=entry.position))


def slips_filed(board: Board, entry: f.Entry, fact: f.SlipsFiled) -> None:
    gone = {of_incident(number) for number in fact.incidents}
    for number in fact.incidents:
        board.drop_incident(number)
    for number in fact.reports:
        board.drop_report(number)
    for key in [k for k, alarm in board.alarms.items() if alarm.subject in gone]:
        board.drop_alarm(key)
