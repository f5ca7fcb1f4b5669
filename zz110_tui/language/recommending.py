"""Whom the core would send, and what the city looks like then: asked once for previews, lists, pages and the CLI."""

from __future__ import annotations

from collections.abc import Sequence

from zz110_tui.core.coverage import COVER_S, Cover, cover_of
from zz110_tui.core.fillin import FillIn, free_places, propose
from zz110_tui.core.incidents import Incident
from zz110_tui.core.places import Point
from zz110_tui.core.recommend import Candidate, Circumstances, recommend
from zz110_tui.core.rulebook import ResponsePlan
from zz110_tui.core.workload import TURN_MS, worked
from zz110_tui.gis.ground import CoverGround, cover_ground
from zz110_tui.gis.travel import TravelModel
from zz110_tui.language.scene import Scene

EVERYBODY = 10_000


def ground_of(scene: Scene) -> CoverGround | None:
    """The city's ground for cover; None where no city or no travel model is known."""
    if scene.gazetteer is None or not isinstance(scene.travel, TravelModel):
        return None
    return cover_ground(scene.gazetteer.city, scene.travel)


def hour_of(scene: Scene) -> int:
    """The local hour of the day (0 to 23)."""
    return scene.local(scene.now).hour


def cover_now(scene: Scene, radius_s: float = COVER_S) -> Cover | None:
    """What the free first-line units cover now; None where nobody can say."""
    ground = ground_of(scene)
    return None if ground is None else cover_of(scene.board, ground.ground, ground.reach(hour_of(scene)), radius_s)


def circumstances(scene: Scene, priority: int = 0, grid: str = "") -> Circumstances:
    """What is known around an incident of a priority in a grid; with priority 0 only free units are asked for."""
    return Circumstances(
        priority=priority,
        grid=grid,
        hour=hour_of(scene),
        cover=cover_now(scene),
        worked=worked(scene.board, scene.now - TURN_MS, scene.now),
    )


def plan_of(scene: Scene, incident: Incident) -> ResponsePlan:
    """The response plan that counts for an incident here and now."""
    return scene.rules.plan_for(incident.type, incident.priority, incident.place.grid, hour_of(scene))


def candidates(scene: Scene, incident: Incident, limit: int = EVERYBODY) -> tuple[Candidate, ...]:
    """Everybody who could be sent to an incident, the best first; empty where nobody knows the place or the way."""
    travel = scene.arrivals()
    if travel is None or incident.place.point is None:
        return ()
    around = circumstances(scene, incident.priority, incident.place.grid)
    return recommend(scene.board, scene.rules, incident.place.point, incident.type, travel, scene.now, limit, around)


def proposal(scene: Scene) -> FillIn | None:
    """The one fill-in worth proposing now; None where nobody can gain."""
    ground = ground_of(scene)
    if ground is None:
        return None
    hour = hour_of(scene)
    places = free_places(ground.posts, scene.board)
    return propose(scene.board, ground.outlook, places, ground.own, scene.rules.fill_in, hour)


def share_after(scene: Scene, units: Sequence[str], radius_s: float = COVER_S) -> tuple[float, float] | None:
    """The cover (0 to 1) before and after some units leave."""
    now = cover_now(scene, radius_s)
    if now is None:
        return None
    once = 0
    for call_sign, places in now.reached.items():
        if call_sign not in units:
            once |= places
    return now.share, now.ground.weight(once)


def stands_where(scene: Scene, point: Point) -> str:
    """The name of the post at a point; empty where there is none."""
    ground = ground_of(scene)
    return next((post.name for post in ground.posts if post.point == point), "") if ground is not None else ""
