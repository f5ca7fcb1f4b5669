"""What changes when somebody fills in, or a ring is closed."""

from __future__ import annotations

from zz110_tui.core import facts as f
from zz110_tui.core import facts_cover as fc
from zz110_tui.core.board import Board
from zz110_tui.core.evolving.changing import put_incident, put_unit
from zz110_tui.core.values import changed


def unit_filled_in(board: Board, entry: f.Entry, fact: fc.UnitFilledIn) -> None:
    """The unit's post is the new one. Where it was last seen means nothing any more: until it reports, it is assumed on
    its way there."""
    unit = board.units.get(fact.unit)
    if unit is not None:
        profile = changed(unit.profile, post=fact.post, post_point=fact.point)
        put_unit(board, entry, fact.unit, profile=profile, position=None, position_at=0, status_at=entry.at)


def ring_closed(board: Board, entry: f.Entry, fact: fc.RingClosed) -> None:
    """The places stand in the incident's chronology, where the map and the units' lists find them."""
    put_incident(board, entry, fact.incident)
