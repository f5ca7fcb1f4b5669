"""Where each number of a candidate comes from, one line each: nothing a person could not check."""

from __future__ import annotations

from collections.abc import Sequence

from zz110_tui.core.incidents import Incident
from zz110_tui.core.places import distance_m
from zz110_tui.core.recommend import (
    FIRST_LINE_NEAR_S,
    KIND_PATIENCE_S,
    SOON_S,
    USUAL_SCENE_S,
    Candidate,
    Doing,
    pick,
)
from zz110_tui.core.terms import incident_no, term
from zz110_tui.core.units import Unit, UnitStatus, whereabouts
from zz110_tui.core.workload import TURN_MS
from zz110_tui.gis.travel import TravelModel
from zz110_tui.language.candidatewords import doing_words, work_words
from zz110_tui.language.recommending import cover_now, hour_of, plan_of
from zz110_tui.language.scene import Scene
from zz110_tui.language.unitwords import doing
from zz110_tui.language.words import grid_name, listed, minutes, percent


def why_lines(c: Candidate | None, unit: Unit, known: Incident, found: Sequence[Candidate], scene: Scene) -> list[str]:
    """``c`` is the unit as a candidate, None where it is none: then the lines say why not."""
    if c is None:
        return [_why_not(unit, known, scene)]
    return [
        *_position(unit, scene),
        *_drive(c, unit, known, scene),
        _spread(c, scene),
        *_busy(c, scene),
        _rank(c, known, found, scene),
        _work(c, scene),
        *_hole(c, scene),
    ]


def _why_not(unit: Unit, known: Incident, scene: Scene) -> str:
    call_sign = unit.call_sign
    if known.assignment(call_sign) is not None:
        return scene.say(f"{call_sign} 已在此警情上", f"{call_sign} is on this incident already")
    if unit.status is not UnitStatus.FREE:
        status = term(unit.status, scene.language)
        return scene.say(f"{call_sign} {status}，不能派", f"{call_sign} is {status} and cannot be sent")
    if unit.profile.second_line and not unit.incidents:
        near = minutes(FIRST_LINE_NEAR_S)
        return scene.say(
            f"{call_sign} 是二线：一线有人 {near} 内能到，不推荐",
            f"{call_sign} is second line: not offered while somebody of the first line is within {near}",
        )
    return scene.say(
        f"{call_sign} {doing(scene, call_sign)}：那件不更轻，{minutes(SOON_S)} 内也不会空出",
        f"{call_sign} {doing(scene, call_sign)}: that is no lesser incident, nor will it be free within "
        f"{minutes(SOON_S)}",
    )


def _position(unit: Unit, scene: Scene) -> list[str]:
    where, assumed = whereabouts(unit, scene.now)
    cell = scene.gazetteer.city.cell_at(where) if scene.gazetteer is not None else ""
    if assumed:
        return [
            scene.say(
                f"位置 {cell}：没有近 15 分钟的报告，按停靠点 {unit.profile.post} 推定",
                f"position {cell}: nothing reported for 15 minutes, so it is assumed at its post {unit.profile.post}",
            )
        ]
    age = minutes((scene.now - unit.position_at) / 1000)
    return [scene.say(f"位置 {cell}：{age} 前报告", f"position {cell}: reported {age} ago")]


def _drive(c: Candidate, unit: Unit, known: Incident, scene: Scene) -> list[str]:
    model, point = scene.travel, known.place.point
    if point is None:
        return []
    where, _ = whereabouts(unit, scene.now)
    away = distance_m(where, point) / 1000
    if not isinstance(model, TravelModel):
        return [scene.say(f"直线 {away:.2f} 公里", f"{away:.2f} km straight")]
    rules = model.rules
    kmh = model.metres_per_second(unit.profile.kind, hour_of(scene)) * 3.6
    drive, told = minutes(max(0.0, c.seconds - c.free_in)), f"{rules.turn_out_s:g}"
    way = model.way(where, point, hour_of(scene))
    if way is not None and not model.no_road(where, point):
        km = way.metres / 1000
        return [
            scene.say(
                f"行程 {drive}：沿路网 {km:.2f} 公里，直线 {away:.2f} 公里；含出动 {told} 秒",
                f"drive {drive}: {km:.2f} km over the roads, {away:.2f} km straight; with {told} s to turn out",
            )
        ]
    return [
        scene.say(
            f"行程 {drive}：不知有路，按直线 {away:.2f} 公里乘绕行系数 {rules.detour:g} 估；含出动 {told} 秒，"
            f"此时车速 {kmh:.0f} 公里/时",
            f"drive {drive}: no road is known, so {away:.2f} km straight times detour {rules.detour:g}; with {told} s "
            f"to turn out, {kmh:.0f} km/h at this hour",
        )
    ]


def _spread(c: Candidate, scene: Scene) -> str:
    low, high = minutes(c.low), minutes(c.high)
    five, ten = percent(c.chance_5min), percent(c.chance_10min)
    return scene.say(
        f"十次有八次在 {low} 到 {high} 之间；5 分内 {five}，10 分内 {ten}（从现在起）",
        f"eight times in ten between {low} and {high}; within 5 min {five}, within 10 min {ten} (from now)",
    )


def _busy(c: Candidate, scene: Scene) -> list[str]:
    number = incident_no(c.incident)
    if c.doing is Doing.LESSER:
        other = scene.board.incidents[c.incident]
        left = len(other.working) - 1
        rest = scene.say(
            f"抽调后 {number} {'还有 ' + str(left) + ' 个警力' if left else '退回待派'}",
            f"once it leaves, {number} {f'keeps {left}' if left else 'waits for a unit again'}",
        )
        return [
            scene.say(
                f"正处 {number}（{other.priority}级，较轻）；{rest}", f"on {number} (priority {other.priority}); {rest}"
            )
        ]
    if c.doing is Doing.SOON_FREE:
        return [
            scene.say(
                f"{doing_words(c, scene)}：按到场后通常 {minutes(USUAL_SCENE_S)} 估计",
                f"{doing_words(c, scene)}: from the usual {minutes(USUAL_SCENE_S)} on a scene",
            )
        ]
    return []


def _rank(c: Candidate, known: Incident, found: Sequence[Candidate], scene: Scene) -> str:
    free = [one for one in found if one.free]
    first = pick(free, plan_of(scene, known))
    if c.unit in first:
        return scene.say(
            f"在第一梯次之列：同类警力不晚于最近者 {minutes(KIND_PATIENCE_S)} 时优先，其余按到达先后",
            f"in the first turn-out: a unit of the planned kind is preferred when at most {minutes(KIND_PATIENCE_S)} "
            f"later than the nearest, the others by arrival",
        )
    rank = next((i for i, one in enumerate(found, 1) if one.unit == c.unit), 0)
    return scene.say(
        f"按到达先后第 {rank}；先派 {listed(first, 'zh')}", f"number {rank} by arrival; first {listed(first, 'en')}"
    )


def _work(c: Candidate, scene: Scene) -> str:
    hours = TURN_MS // 3_600_000
    return scene.say(f"{work_words(c, scene)}（近 {hours} 小时）", f"{work_words(c, scene)} (the last {hours} hours)")


def _hole(c: Candidate, scene: Scene) -> list[str]:
    now = cover_now(scene)
    if now is None or not c.free or c.unit not in now.reached:
        return []
    before, after = f"{100 * now.share:.1f}%", f"{100 * (now.share - c.lost):.1f}%"
    lines = [
        scene.say(
            f"派出后 5 分钟覆盖 {before} → {after}（按空闲警力的停靠点算）",
            f"once it leaves, cover within 5 minutes {before} → {after} (from the posts of the free units)",
        )
    ]
    lines += [
        scene.say(
            f"  {grid_name(scene, loss.grid)}：{100 * loss.before:.0f}% → {100 * loss.after:.0f}%",
            f"  {grid_name(scene, loss.grid)}: {100 * loss.before:.0f}% → {100 * loss.after:.0f}%",
        )
        for loss in c.losses
    ]
    return lines
