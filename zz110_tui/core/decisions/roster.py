"""Decisions about the roster: squads, and whose turn it is."""

from __future__ import annotations

from zz110_tui.core import commands_matters as c
from zz110_tui.core import facts as f
from zz110_tui.core import facts_matters as m
from zz110_tui.core.board import Board
from zz110_tui.core.decisions.context import Context, find_unit, refuse
from zz110_tui.core.roster import DAY_MS, ROSTER, Roster, Squad
from zz110_tui.core.units import UnitStatus

MOST_TURNS = 24
LONGEST_NAME = 20


def roster_of(board: Board) -> Roster:
    """The room's roster; an empty one where none was set."""
    known = board.matters.get(ROSTER)
    return known if isinstance(known, Roster) else Roster()


def set_squad(ctx: Context, cmd: c.SetSquad) -> tuple[f.Fact, ...]:
    """A unit is in one squad: naming it in another moves it. A squad without units leaves the roster."""
    name = cmd.squad.name.strip()
    if not name or len(name) > LONGEST_NAME:
        raise refuse("no_such_squad", squad=name[:LONGEST_NAME])
    if not 0 <= cmd.turns <= MOST_TURNS:
        raise refuse("bad_count", count=cmd.turns)
    units = tuple(dict.fromkeys(find_unit(ctx, unit).call_sign for unit in cmd.squad.units))
    roster = roster_of(ctx.board)
    if not units and roster.squad(name) is None:
        raise refuse("no_such_squad", squad=name)
    squads = [
        Squad(s.name, units if s.name == name else tuple(u for u in s.units if u not in units)) for s in roster.squads
    ]
    if roster.squad(name) is None:
        squads.append(Squad(name, units))
    kept = tuple(squad for squad in squads if squad.name != name or units)
    return (m.RosterSet(kept, cmd.turns or roster.turns),)


def change_turn(ctx: Context, cmd: c.ChangeTurn) -> tuple[f.Fact, ...]:
    """The squad's units come on, and idle units of the other squads go off; who is on a call stays until it is over."""
    roster = roster_of(ctx.board)
    name = cmd.squad or roster.next_squad()
    if not name:
        raise refuse("no_roster")
    if roster.squad(name) is None:
        raise refuse("no_such_squad", squad=name)
    if name == roster.on:
        raise refuse("on_already", squad=name)
    on, off = turn_changes(ctx.board, name)
    made: list[f.Fact] = [m.TurnBegun(name, _next_at(roster, ctx.now), ctx.now)]
    made += [f.UnitStatusChanged(unit, UnitStatus.FREE, name, ctx.now) for unit in on]
    made += [f.UnitStatusChanged(unit, UnitStatus.OFF_DUTY, name, ctx.now) for unit in off]
    return tuple(made)


def turn_changes(board: Board, name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Who would come on and who would go off if the turn of a squad began now."""
    roster = roster_of(board)
    squad = roster.squad(name)
    coming = squad.units if squad is not None else ()
    on = tuple(u for u in coming if u in board.units and board.units[u].status is UnitStatus.OFF_DUTY)
    off = tuple(
        unit
        for other in roster.squads
        if other.name != name
        for unit in other.units
        if unit in board.units and board.units[unit].available
    )
    return on, off


def _next_at(roster: Roster, now: int) -> int:
    """When the turn after this one begins. A change within a turn's length of its time keeps the room's rhythm."""
    if not roster.turns:
        return 0
    length = DAY_MS // roster.turns
    on_time = roster.next_at and abs(now - roster.next_at) < length // 2
    return (roster.next_at if on_time else now) + length
