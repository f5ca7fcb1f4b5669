"""Lines about the right unit and cover: fill-in, sending together, rings; and the questions about them."""

from __future__ import annotations

from zz110_tui.core import commands as c
from zz110_tui.core.alarms import SubjectKind
from zz110_tui.core.commands_cover import DispatchTogether, FillIn
from zz110_tui.core.coverage import cover_of
from zz110_tui.core.fillin import waiting
from zz110_tui.core.pairing import pair
from zz110_tui.core.places import Point
from zz110_tui.core.terms import incident_no
from zz110_tui.gis.pursuit import Pace
from zz110_tui.language.ask import Ask
from zz110_tui.language.encircling import plan_ring
from zz110_tui.language.parsed import Query, Study, Topic
from zz110_tui.language.readers import selected_number
from zz110_tui.language.reading import fitting
from zz110_tui.language.recommending import candidates, ground_of, hour_of, plan_of, proposal
from zz110_tui.language.verb import Fits

PER_MILLE = 1000


def fill(ask: Ask) -> c.Command:
    """The proposed move; or the unit and the post named, with what that gains reckoned all the same."""
    scene = ask.scene
    unit, post = ask.word("u"), ask.values.get("to")
    if unit and post:
        return _named_fill(ask, unit, *post)
    if unit or post:
        ask.missing("写警力和停靠点，如 fill 04 P06；都不写则采纳建议", "name a unit and a post, or neither to accept")
    best = proposal(scene)
    if best is None:
        if ground_of(scene) is None:
            ask.wrong("没有行程模型，不能建议补位", "there is no travel model to propose a fill-in by")
        if waiting(scene.board):
            ask.wrong(
                "还有待派警情，不提补位", "incidents wait for a unit: nobody is moved now",
                "先派警：d，或 dt 统派", "send units first: d, or dt for all",
            )  # fmt: skip
        ask.wrong("没有值得的补位", "no fill-in is worth it", "cv 看各警区覆盖", "cv shows the cover of each grid")
    return FillIn(
        best.unit,
        best.place.name,
        best.place.point,
        best.grid,
        round(best.before * PER_MILLE),
        round(best.after * PER_MILLE),
        round(best.radius_s),
    )


def _named_fill(ask: Ask, unit: str, name: str, point: Point) -> c.Command:
    scene, ground = ask.scene, ground_of(ask.scene)
    known = scene.board.units.get(unit)
    if ground is None or known is None or not known.available:
        return FillIn(unit, name, point)
    radius = scene.rules.fill_in.radius_s
    reach = ground.reach(hour_of(scene))
    now = cover_of(scene.board, ground.ground, reach, radius)
    kept = now.once & ~now.only(unit)
    after = ground.ground.weight(kept | reach(point, known.profile.kind, radius))
    return FillIn(unit, name, point, "", round(now.share * PER_MILLE), round(after * PER_MILLE), round(radius))


def together(ask: Ask) -> c.Command:
    """Every waiting slip with its units, so that the arrivals add up to the least, the most urgent first."""
    scene, travel = ask.scene, ask.scene.arrivals()
    sendings = pair(scene.board, travel, lambda slip: plan_of(scene, slip)) if travel is not None else ()
    if not sendings:
        if not [i for i in fitting(ask.scene, Fits.QUEUED) if not i.held_until]:
            ask.wrong("没有待派的警情", "no incident waits for a unit")
        ask.wrong(
            "待派警情没有定位，或没有空闲警力", "no waiting incident has a position, or no unit is free",
            "pre 抽调，或写出呼号派警", "pre-empt one (pre), or name the units",
        )  # fmt: skip
    return DispatchTogether(sendings)


def seal(ask: Ask) -> c.Command:
    number = ask.incident(Fits.OPEN)
    known = ask.scene.board.incidents.get(number)
    name = incident_no(number)
    if known is None or not known.open:
        return c.Dispatch(number, ())  # the core says what is wrong with it
    if known.place.point is None:
        ask.missing(f"{name} 没有定位，不能围堵：am {name} @地点", f"{name} has no position: am {name} @place")
    plan = plan_ring(ask.scene, known, Pace(ask.word("by") or Pace.FOOT), ask.number("m"))
    if plan is None:
        ask.wrong(
            "这里围不住：出口太多，或没有路网", "no ring can be closed here: too many ways out, or no roads",
            "写小一些的半径，如 m=500", "give a smaller radius, such as m=500",
        )  # fmt: skip
    if not plan.command.holds:
        ask.wrong(
            f"{plan.exits} 处出口，没有空闲警力", f"{plan.exits} ways out, and no unit is free",
            "pre 抽调，或请求支援", "pre-empt one (pre), or ask for support",
        )  # fmt: skip
    return plan.command


# -- questions ---------------------------------------------------------------------------------------------------------


def recommendation(ask: Ask) -> Query:
    return Study(Topic.RECOMMEND, placed(ask))


def why(ask: Ask) -> Query:
    """Of a unit, or of the first candidate."""
    number = placed(ask)
    unit = ask.word("u")
    if not unit:
        first = candidates(ask.scene, ask.scene.board.incidents[number], 1)
        unit = first[0].unit if first else ask.missing("哪个警力？写呼号", "which unit? write its call sign")
    return Study(Topic.WHY, number, unit)


def placed(ask: Ask) -> int:
    """The incident named, selected, that the unit works on, or the only one that waits or is open; it has a place."""
    scene = ask.scene
    number = ask.number("i")
    if not number and (chosen := selected_number(scene, SubjectKind.INCIDENT)):
        known = scene.board.incidents.get(chosen)
        number = known.number if known is not None and known.open else 0
    if not number:
        waits = [i for i in fitting(scene, Fits.QUEUED) if not i.held_until]
        number = waits[0].number if len(waits) == 1 else ask.only_incident(Fits.QUEUED if waits else Fits.OPEN)
    known = scene.board.incidents.get(number)
    name = incident_no(number)
    if known is None or not known.open:
        ask.wrong(f"{name} 不在办", f"{name} is not open", "看警情表", "see the incidents")
    if known.place.point is None:
        ask.missing(f"{name} 没有定位：am {name} @地点", f"{name} has no position: am {name} @place")
    if scene.arrivals() is None:
        ask.wrong("没有行程模型，不能推荐", "there is no travel model", "写出呼号派警", "name the units")
    return number


def cover(ask: Ask) -> Query:
    if ground_of(ask.scene) is None:
        ask.wrong("没有行程模型，算不出覆盖", "there is no travel model to reckon cover by")
    return Study(Topic.COVER)


def ring(ask: Ask) -> Query:
    """Of a unit, of a post, or of the selected unit."""
    scene = ask.scene
    post = ask.values.get("to")
    if ground_of(scene) is None:
        ask.wrong("没有行程模型，画不出快反圈", "there is no travel model to draw a ring by")
    if post is not None:
        return Study(Topic.RING, post=post[0], point=post[1])
    unit = ask.word("u")
    if not unit and scene.selected is not None and scene.selected.kind is SubjectKind.UNIT:
        unit = scene.selected.id
    if unit not in scene.board.units:
        ask.missing("哪个警力或停靠点？如 rg 07、rg to=P06", "of which unit or post? such as rg 07 or rg to=P06")
    return Study(Topic.RING, unit=unit)


def area(ask: Ask) -> Query:
    scene = ask.scene
    number = ask.number("i")
    number = number or selected_number(scene, SubjectKind.INCIDENT) or ask.only_incident(Fits.LIVE)
    known = scene.board.incidents.get(number)
    if known is None:
        ask.wrong(f"没有警情 {incident_no(number)}", f"there is no incident {incident_no(number)}")
    if known.place.point is None:
        ask.missing("警情没有定位", "the incident has no position")
    return Study(Topic.AREA, number, point=known.place.point, pace=ask.word("by") or Pace.FOOT.value)
