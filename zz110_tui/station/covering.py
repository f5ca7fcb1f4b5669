"""What the desk shows of cover all the time: the number in the top line and the one proposed fill-in.

Reckoned again when the board or the hour changes, and kept in between: it is looked at for every paint. The roads have
to be loaded first, which takes half a second: that is done beside the desk, and until then it shows no number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from zz110_tui.core.coverage import COVER_S, Cover
from zz110_tui.core.fillin import FillIn
from zz110_tui.core.units import UnitProfile
from zz110_tui.gis.ground import CoverGround
from zz110_tui.gis.travel import TravelModel
from zz110_tui.language.recommending import cover_now, ground_of, hour_of, proposal
from zz110_tui.language.scene import Scene


@dataclass(frozen=True, slots=True)
class CoverLook:
    """``share`` of all calls (0 to 1) that somebody free reaches within five minutes, None where nobody can say;
    ``holes`` are the grids with too little cover; ``fill_in`` is what would close the worst of it."""

    share: float | None = None
    holes: tuple[str, ...] = ()
    fill_in: FillIn | None = None
    by_grid: tuple[tuple[str, float], ...] = ()
    """(grid, share of its calls)"""


class CoverKeeper:
    """Keeps the last look. ``warm`` is false until the roads are there."""

    def __init__(self) -> None:
        self.warm = False
        self._kept: tuple[object, CoverLook] | None = None

    def warm_up(self, scene: Scene, profiles: Sequence[UnitProfile]) -> None:
        """Load what the first look needs; for a thread of its own, which is why it does not read the board."""
        ground, hour = ground_of(scene), hour_of(scene)
        if ground is not None:
            radius = scene.rules.fill_in.radius_s
            reach = ground.reach(hour)
            for profile in profiles:
                reach(profile.post_point, profile.kind, COVER_S)
                ground.late(profile.post_point, profile.kind, hour, radius)
            _look_for_a_way(scene, ground, profiles, hour)
        self.warm = True

    def look(self, scene: Scene) -> CoverLook:
        """What there is to show of a board now; nothing while the roads are still loading."""
        if not self.warm:
            return CoverLook()
        key = (id(scene.board), scene.board.position, hour_of(scene))
        if self._kept is None or self._kept[0] != key:
            self._kept = (key, self._reckon(scene))
        return self._kept[1]

    def _reckon(self, scene: Scene) -> CoverLook:
        now = cover_now(scene)
        if now is None or not scene.board.units:
            return CoverLook()
        return CoverLook(now.share, tuple(hole.grid for hole in now.holes()), proposal(scene), _by_grid(now))


def _look_for_a_way(scene: Scene, ground: CoverGround, profiles: Sequence[UnitProfile], hour: int) -> None:
    """One way to a place. Cover looks from posts; whom to send is looked for from where he is wanted, and to get ready
    for that takes half a second on a net of 100,000 nodes, which the first slip would wait for."""
    if isinstance(scene.travel, TravelModel) and profiles and ground.points:
        scene.travel.estimate(profiles[0].post_point, ground.points[0], profiles[0].kind, hour)


def _by_grid(now: Cover) -> tuple[tuple[str, float], ...]:
    return tuple((grid.grid, grid.share) for grid in now.by_grid())
