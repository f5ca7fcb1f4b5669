"""What is reckoned from the board and the city, in lines: recommendation, why, cover, rings, search area.

The same lines stand on the desk's page and in the answer of ``zz110 do``; the document has the numbers for a script.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from zz110_tui.core.fillin import FillIn
from zz110_tui.core.incidents import Incident
from zz110_tui.core.places import Point
from zz110_tui.core.recommend import Candidate, Shortfall, shortfalls
from zz110_tui.core.terms import incident_no, term
from zz110_tui.core.units import UnitKind, whereabouts
from zz110_tui.gis.pursuit import Pace, SearchArea, search_area
from zz110_tui.language.candidatewords import doing_words, loss_words, reason_words, whole, work_words
from zz110_tui.language.parsed import Study, Topic
from zz110_tui.language.recommending import candidates, cover_now, ground_of, hour_of, plan_of, proposal
from zz110_tui.language.scene import Scene
from zz110_tui.language.whying import why_lines
from zz110_tui.language.words import colon, grid_name, incident_words, listed, minutes, percent, post_name

RINGS_S = (180.0, 300.0, 600.0)
"""The rings of 3, 5 and 10 minutes (圈层)."""
MOST_CANDIDATES = 20


@dataclass(frozen=True, slots=True)
class Studied:
    """``title`` and ``lines`` are ready to be drawn; ``document`` is the same in numbers."""

    title: str
    lines: tuple[str, ...]
    document: dict[str, Any]


def study_title(study: Study, scene: Scene) -> str:
    """What it is about, in a few words."""
    known = scene.board.incidents.get(study.incident)
    where = incident_words(scene, known) if known is not None else ""
    match study.topic:
        case Topic.RECOMMEND:
            return scene.say(f"推荐警力 {where}", f"Recommended for {where}")
        case Topic.WHY:
            return scene.say(f"依据 {study.unit} → {where}", f"Why {study.unit} → {where}")
        case Topic.COVER:
            return scene.say("覆盖与空缺", "Cover and holes")
        case Topic.RING:
            return scene.say(f"快反圈 {study.unit or study.post}", f"Rings of {study.unit or study.post}")
        case Topic.AREA:
            return scene.say(f"搜索圈 {where}", f"Search area {where}")


def studied(study: Study, scene: Scene) -> Studied:
    """The lines of a study, from the board as it is now. Empty where what it is about has left the board."""
    lines, document = _STUDIES[study.topic](study, scene)
    return Studied(study_title(study, scene), tuple(lines), {"topic": study.topic.value, **document})


# -- recommendation ----------------------------------------------------------------------------------------------------


def _recommend(study: Study, scene: Scene) -> tuple[list[str], dict[str, Any]]:
    known = scene.board.incidents.get(study.incident)
    if known is None:
        return [], {"incident": study.incident, "candidates": []}
    found = candidates(scene, known, MOST_CANDIDATES)
    plan = plan_of(scene, known)
    lines = [plan_words(scene, known)]
    lines += [candidate_line(candidate, scene) for candidate in found]
    if not found:
        lines.append(scene.say("没有可派的警力", "nobody could be sent"))
    missing = shortfalls(found, plan)
    lines += [shortfall_words(one, scene) for one in missing]
    document = {
        "incident": known.number,
        "candidates": [_candidate_document(c) for c in found],
        "shortfalls": [
            {"kind": s.kind.value if s.kind else None, "crew": s.crew, "wanted": s.wanted, "found": s.found}
            for s in missing
        ],
    }
    return lines, document


def plan_words(scene: Scene, known: Incident) -> str:
    """Which plan counts, and what its turn-outs send: ``预案 持械、抢劫一级布警：一 2；二 便衣1 机动1``."""
    rule = scene.rules.rule_for(known.type, known.priority, known.place.grid, hour_of(scene))
    kind = scene.rules.types.get(known.type)
    own = kind.words.in_(scene.language) if kind is not None else known.type
    name = rule.words.in_(scene.language) if rule is not None else own
    plan = plan_of(scene, known)
    turns = []
    for number, turn in enumerate((plan.first, plan.second, plan.third), 1):
        parts = [_turn_words(scene, t.kind, t.crew, t.count) for t in turn]
        if parts:
            turns.append(scene.say(f"{number}梯 ", f"turn-out {number} ") + listed(parts, scene.language))
    return scene.say(f"预案 {name}：", f"Plan {name}: ") + scene.say("；", "; ").join(turns)


def _turn_words(scene: Scene, kind: UnitKind | None, crew: int, count: int) -> str:
    name = scene.say("最近", "nearest") if kind is None else term(kind, scene.language)
    least = scene.say(f"（{crew}人）", f" (crew of {crew})") if crew else ""
    return f"{name}{least} {count}"


def shortfall_words(short: Shortfall, scene: Scene) -> str:
    """``缺 便衣抓捕：要 1，空闲 0``."""
    what = _turn_words(scene, short.kind, short.crew, short.wanted)
    return scene.say(f"缺：{what}，空闲 {short.found}", f"short: {what} wanted, {short.found} free")


def candidate_line(c: Candidate, scene: Scene) -> str:
    """All the columns of a candidate in one line."""
    parts = (
        f"{c.unit:<3} {term(c.kind, scene.language)}",
        f"{minutes(c.seconds)} ({minutes(c.low)}-{minutes(c.high)})",
        scene.say("5分", "5' ") + percent(c.chance_5min) + scene.say(" 10分", " 10' ") + percent(c.chance_10min),
        doing_words(c, scene),
        scene.say(f"{c.crew}人", f"crew {c.crew}"),
        work_words(c, scene),
        loss_words(c, scene),
        reason_words(c, scene),
    )
    return "  ".join(part for part in parts if part)


def _candidate_document(c: Candidate) -> dict[str, Any]:
    return {
        "unit": c.unit,
        "kind": c.kind.value,
        "seconds": round(c.seconds, 1),
        "low_s": round(c.low, 1),
        "high_s": round(c.high, 1),
        "chance_5min": round(c.chance_5min, 4),
        "chance_10min": round(c.chance_10min, 4),
        "doing": c.doing.value,
        "incident": c.incident or None,
        "free_in_s": round(c.free_in, 1),
        "crew": c.crew,
        "sent": c.worked.sent,
        "busy_ms": c.worked.busy_ms,
        "lost": round(c.lost, 4),
        "losses": [{"grid": x.grid, "before": round(x.before, 4), "after": round(x.after, 4)} for x in c.losses],
        "empty_grid": c.hole or None,
        "second_line": c.second_line,
        "reasons": [reason.value for reason in c.reasons],
    }


def _why(study: Study, scene: Scene) -> tuple[list[str], dict[str, Any]]:
    known = scene.board.incidents.get(study.incident)
    unit = scene.board.units.get(study.unit)
    if known is None or unit is None:
        return [], {"incident": study.incident, "unit": study.unit, "candidate": None}
    found = candidates(scene, known)
    mine = next((c for c in found if c.unit == study.unit), None)
    lines = [] if mine is None else [candidate_line(mine, scene)]
    lines += why_lines(mine, unit, known, found, scene)
    document = _candidate_document(mine) if mine is not None else None
    return lines, {"incident": known.number, "unit": study.unit, "candidate": document}


# -- cover -------------------------------------------------------------------------------------------------------------


def fill_in_words(best: FillIn, scene: Scene) -> str:
    """``补位建议 04 → 延安南路厦门路口，4:00 覆盖 91→96%（新桥网格）``: what a narrow line may cut stands last."""
    place = post_name(scene, best.place.name)
    gain, reach = f"{100 * best.before:.0f}→{100 * best.after:.0f}%", minutes(best.radius_s)
    if best.home:
        return scene.say(
            f"补位建议 {best.unit} 回本停靠点 {place}，{reach} 覆盖 {gain}",
            f"fill-in: {best.unit} back to its own post {place}, {gain} in {reach}",
        )
    grid = grid_name(scene, best.grid)
    return scene.say(
        f"补位建议 {best.unit} → {place}，{reach} 覆盖 {gain}（{grid}）",
        f"fill-in: {best.unit} → {place}, {gain} in {reach} ({grid})",
    )


def _cover(study: Study, scene: Scene) -> tuple[list[str], dict[str, Any]]:
    now = cover_now(scene)
    if now is None:
        return [scene.say("算不出覆盖", "cover cannot be reckoned")], {"share": None}
    share = f"{100 * now.share:.1f}%"
    free = len(now.reached)
    lines = [
        scene.say(
            f"5 分钟覆盖 {share}，一线空闲 {free}", f"cover within 5 minutes {share}, {free} first-line units free"
        )
    ]
    for grid in sorted(now.by_grid(), key=lambda g: (g.share, g.grid)):
        mark = "!" if grid.share < 0.5 else " "
        name = grid_name(scene, grid.grid)
        weight = scene.say(f"占警情 {percent(grid.weight)}", f"{percent(grid.weight)} of calls")
        lines.append(f"{mark} {grid.grid} {name}  {percent(grid.share)}  {weight}")
    best = proposal(scene)
    none = scene.say("没有值得的补位", "no fill-in is worth it")
    lines.append(none if best is None else fill_in_words(best, scene))
    document = {
        "share": round(now.share, 4),
        "radius_s": now.radius_s,
        "free": free,
        "grids": [{"grid": g.grid, "share": round(g.share, 4), "weight": round(g.weight, 4)} for g in now.by_grid()],
        "fill_in": fill_in_document(best),
    }
    return lines, document


def fill_in_document(best: FillIn | None) -> dict[str, Any] | None:
    """A proposal in numbers."""
    if best is None:
        return None
    return {
        "unit": best.unit,
        "post": best.place.id,
        "grid": best.grid,
        "before": round(best.before, 4),
        "after": round(best.after, 4),
        "radius_s": best.radius_s,
    }


# -- rings and areas ---------------------------------------------------------------------------------------------------


def ring_centre(study: Study, scene: Scene) -> tuple[Point, UnitKind] | None:
    """Where the rings of a study are drawn around, and for which kind of unit."""
    if study.unit:
        unit = scene.board.units.get(study.unit)
        return None if unit is None else (whereabouts(unit, scene.now)[0], unit.profile.kind)
    return None if study.point is None else (study.point, UnitKind.PATROL_RESPONSE)


def _ring(study: Study, scene: Scene) -> tuple[list[str], dict[str, Any]]:
    ground, around = ground_of(scene), ring_centre(study, scene)
    if ground is None or around is None:
        return [], {"rings": []}
    reach = ground.reach(hour_of(scene))
    lines, rings = [], []
    for seconds in RINGS_S:
        places = reach(*around, seconds)
        share = ground.ground.weight(places)
        grids = []
        for grid, mask in ground.ground.masks.items():
            part = ground.ground.weight(places & mask) / (ground.ground.grid_weights[grid] or 1.0)
            if part >= 0.005:
                grids.append((part, grid))
        grids.sort(key=lambda pair: (-pair[0], pair[1]))
        names = listed((f"{grid_name(scene, grid)} {whole(part)}" for part, grid in grids), scene.language)
        head = scene.say(f"{seconds / 60:.0f} 分钟 {whole(share)}", f"{seconds / 60:.0f} min {whole(share)} of calls")
        lines.append(f"{head}{colon(scene)}{names}")
        rings.append({"seconds": seconds, "share": round(share, 4), "grids": {g: round(p, 4) for p, g in grids}})
    return lines, {"unit": study.unit or None, "post": study.post or None, "rings": rings}


def area_of(study: Study, scene: Scene) -> SearchArea | None:
    """The search area of a study as it is now; the time runs from when the incident was reported."""
    known = scene.board.incidents.get(study.incident)
    if known is None or known.place.point is None or scene.gazetteer is None:
        return None
    elapsed = max(0.0, (scene.now - known.received_at) / 1000)
    return search_area(scene.gazetteer.city, known.place.point, Pace(study.pace or Pace.FOOT), elapsed)


PACE_WORDS = {Pace.FOOT: ("步行", "on foot"), Pace.BIKE: ("骑车", "by bike"), Pace.CAR: ("驾车", "by car")}


def _area(study: Study, scene: Scene) -> tuple[list[str], dict[str, Any]]:
    found = area_of(study, scene)
    if found is None:
        return [], {"incident": study.incident, "area": None}
    how = scene.say(*PACE_WORDS[found.pace])
    since = minutes(found.elapsed_s)
    grids = listed((grid_name(scene, grid) for grid in found.grids), scene.language)
    lines = [
        scene.say(
            f"{incident_no(study.incident)} 报警后 {since}，{how}：沿路最远 {found.along_m / 1000:.1f} 公里，"
            f"直线约 {found.straight_m / 1000:.1f} 公里",
            f"{incident_no(study.incident)}, {since} since reported, {how}: at most {found.along_m / 1000:.1f} km "
            f"along the roads, about {found.straight_m / 1000:.1f} km straight",
        ),
        scene.say(f"可能在：{grids}", f"may be in: {grids}"),
    ]
    document = {
        "incident": study.incident,
        "pace": found.pace.value,
        "elapsed_s": round(found.elapsed_s),
        "along_m": round(found.along_m),
        "straight_m": round(found.straight_m),
        "grids": list(found.grids),
    }
    return lines, document


def study_lines(study: Study, scene: Scene) -> Iterator[str]:
    """The title and the lines, for a page of text."""
    found = studied(study, scene)
    yield found.title
    yield from found.lines


_STUDIES = {
    Topic.RECOMMEND: _recommend,
    Topic.WHY: _why,
    Topic.COVER: _cover,
    Topic.RING: _ring,
    Topic.AREA: _area,
}
