"""A simulated supervisor who follows the fill-in proposals (补位叠加): an option of a drill, off by default.

After each change of who is free he looks at the room as the desk does, with the same pure function and the same rules,
and moves at most one unit.
"""

from __future__ import annotations

from zz110_tui.core import facts as f
from zz110_tui.core.commands_cover import FillIn
from zz110_tui.core.desks import Duty
from zz110_tui.core.facts_cover import UnitFilledIn
from zz110_tui.core.fillin import free_places, propose
from zz110_tui.drill.ways import home
from zz110_tui.drill.world import Ears, World
from zz110_tui.gis.ground import CoverGround

LOOKS_AFTER_MS = 15_000
"""How long it takes to see a proposal and accept it."""
PER_MILLE = 1000


class Fillers:
    """One supervisor at a desk of his own."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._ground = CoverGround(world.city, world.travel)
        self._link = world.link("指挥长", "S1", Duty.SUPERVISE)
        self._looking = False
        self.moves = 0

    def ears(self) -> Ears:
        changes = (f.UnitAssigned, f.UnitCleared, f.UnitWithdrawn, f.UnitStatusChanged, f.IncidentHandled)
        return {**dict.fromkeys(changes, self._changed), UnitFilledIn: self._moved}

    def _changed(self, fact: f.Fact) -> None:
        if not self._looking:
            self._looking = True
            self._world.agenda.plan(self._world.now + LOOKS_AFTER_MS, self._look)

    async def _look(self) -> None:
        self._looking = False
        world, ground = self._world, self._ground
        hour = world.hour(world.now)
        rules = world.rules.fill_in
        places = free_places(ground.posts, world.board)
        best = propose(world.board, ground.outlook, places, ground.own, rules, hour)
        if best is None:
            return
        command = FillIn(
            best.unit,
            best.place.id,
            best.place.point,
            best.grid,
            round(best.before * PER_MILLE),
            round(best.after * PER_MILLE),
            round(best.radius_s),
        )
        await world.send(self._link, command)

    def _moved(self, fact: UnitFilledIn) -> None:
        """The crew drives there, from wherever it is."""
        world = self._world
        self.moves += 1
        here, kind = world.position(fact.unit, world.now), world.board.units[fact.unit].profile.kind
        world.legs[fact.unit] = home(world.travel, here, fact.point, kind, world.hour(world.now), world.now)
