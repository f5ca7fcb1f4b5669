"""The columns of a candidate in words: what it does, what it has done this turn, the hole, the reasons."""

from __future__ import annotations

from zz110_tui.core.recommend import Candidate, Doing, Reason
from zz110_tui.core.rulebook import Words
from zz110_tui.core.terms import incident_no, subject_no
from zz110_tui.language.errandwords import on_orders
from zz110_tui.language.scene import Scene
from zz110_tui.language.words import grid_name, listed, minutes

MOST_LOSSES = 2

REASONS: dict[Reason, Words] = {
    Reason.NEAREST: Words("最近", "nearest"),
    Reason.PLAN_KIND: Words("合预案", "fits the plan"),
    Reason.SECOND_LINE: Words("二线", "second line"),
    Reason.LEAVES_HOLE: Words("本警区再无空闲", "leaves its grid without a free unit"),
    Reason.STALE_POSITION: Words("位置旧", "old position"),
    Reason.ASSUMED_AT_POST: Words("位置按停靠点推定", "assumed at its post"),
    Reason.NO_ROAD: Words("无路网，按直线估", "no road known, by the straight line"),
    Reason.OWN_GRID: Words("本警区", "own grid"),
    Reason.NEIGHBOUR: Words("邻区支援", "from a neighbouring grid"),
    Reason.SMALL_CREW: Words("人数不足预案", "smaller crew than planned"),
    Reason.WORKED_MUCH: Words("本班已久", "worked long this turn"),
    Reason.TO_PRE_EMPT: Words("可抽调 pre", "may be pre-empted (pre)"),
    Reason.TO_STACK: Words("可续派 stack=yes", "may be stacked (stack=yes)"),
}


def whole(share: float) -> str:
    """A share as whole per cent, 0 and 100 only where it is none and all to a tenth."""
    return f"{100 * share:.0f}%" if 0.005 <= share <= 0.995 or share in (0.0, 1.0) else f"{100 * share:.1f}%"


def doing_words(c: Candidate, scene: Scene) -> str:
    """``停靠``, ``在外``, ``指令t1``, ``处 0139``, ``0139 约 4:00 后空``."""
    on_order = on_orders(scene.board).get(c.unit) if c.free else None
    if on_order is not None:
        number = subject_no(on_order[0].subject)
        return scene.say(f"指令{number}", f"order {number}")
    match c.doing:
        case Doing.AT_POST:
            return scene.say("停靠", "at post")
        case Doing.OUT:
            return scene.say("在外", "out")
        case Doing.LESSER:
            return scene.say(f"处 {incident_no(c.incident)}", f"on {incident_no(c.incident)}")
        case Doing.SOON_FREE:
            left = minutes(c.free_in)
            return scene.say(
                f"{incident_no(c.incident)} 约 {left} 后空", f"free of {incident_no(c.incident)} in {left}"
            )


def work_words(c: Candidate, scene: Scene) -> str:
    """``本班 3次 1:20:05``: how often sent and how long busy this turn; empty for none."""
    if not c.worked.sent and not c.worked.busy_ms:
        return scene.say("本班 0 次", "0 jobs")
    busy = minutes(c.worked.busy_ms / 1000)
    return scene.say(f"本班 {c.worked.sent} 次 {busy}", f"{c.worked.sent} jobs {busy}")


def loss_words(c: Candidate, scene: Scene) -> str:
    """``缺口 新桥 98→61%``: the grids that lose cover, the worst first, and by how much; empty where none does."""
    if not c.losses:
        return ""
    parts = [
        f"{grid_name(scene, loss.grid)} {100 * loss.before:.0f}→{100 * loss.after:.0f}%"
        for loss in c.losses[:MOST_LOSSES]
    ]
    more = len(c.losses) - MOST_LOSSES
    if more > 0:
        parts.append(scene.say(f"另 {more} 区", f"{more} more"))
    return scene.say("缺口 ", "hole ") + listed(parts, scene.language)


def reason_words(c: Candidate, scene: Scene) -> str:
    return listed((REASONS[reason].in_(scene.language) for reason in c.reasons), scene.language)
