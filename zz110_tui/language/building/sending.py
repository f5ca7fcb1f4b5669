"""Lines about sending units. Where none is named, the recommended ones are filled in: shown, never sent unseen."""

from __future__ import annotations

from zz110_tui.core import commands as c
from zz110_tui.core.incidents import AssignmentStage, Incident, IncidentStage
from zz110_tui.core.recommend import pick, shortfalls, size
from zz110_tui.core.rulebook import ResponsePlan
from zz110_tui.core.terms import incident_no
from zz110_tui.language.ask import Ask
from zz110_tui.language.reading import fitting
from zz110_tui.language.recommending import candidates, plan_of
from zz110_tui.language.studying import shortfall_words
from zz110_tui.language.verb import Fits

TURNS = (1, 2, 3)


def dispatch(ask: Ask) -> c.Command:
    number = _waiting(ask)
    units = ask.units or recommended(ask, number)
    return c.Dispatch(number, units, stack=bool(ask.values.get("stack")), text=ask.text)


def dispatch_en_route(ask: Ask) -> c.Command:
    return _already(ask, AssignmentStage.EN_ROUTE)


def dispatch_on_scene(ask: Ask) -> c.Command:
    return _already(ask, AssignmentStage.ON_SCENE)


def _already(ask: Ask, stage: AssignmentStage) -> c.Command:
    """Which unit is under way cannot be recommended: somebody said so over the radio."""
    number = _waiting(ask)
    units = ask.units or ask.missing("哪个警力？写呼号", "which unit? write its call sign")
    return c.Dispatch(number, units, stage, stack=bool(ask.values.get("stack")), text=ask.text)


def _waiting(ask: Ask) -> int:
    """The incident named; otherwise the only one that waits for a unit, or the only open one."""
    named = ask.number("i")
    if named:
        return named
    waiting = [i for i in fitting(ask.scene, Fits.QUEUED) if not i.held_until]
    return waiting[0].number if len(waiting) == 1 else ask.only_incident(Fits.QUEUED if waiting else Fits.OPEN)


def recommended(ask: Ask, number: int) -> tuple[str, ...]:
    """The units the next turn-out of the plan would send; stops, saying why, where nobody can be recommended."""
    scene = ask.scene
    known = scene.board.incidents.get(number)
    if known is None or not known.open:
        return ()  # the core says what is wrong with it
    travel = scene.arrivals()
    name = incident_no(number)
    if known.place.point is None:
        ask.missing(
            f"{name} 没有定位，不能推荐警力：写出呼号，或 am {name} @地点",
            f"{name} has no position, so nobody can be recommended: name the units, or am {name} @place",
        )
    if travel is None:
        ask.missing("没有行程模型，不能推荐警力：写出呼号", "there is no travel model to recommend by: name the units")
    plan = plan_of(scene, known)
    free = [candidate for candidate in candidates(scene, known) if candidate.free]
    turn, wanted = _next_turn(known, plan)
    units = pick(free, plan, turn)[:wanted] if turn else tuple(c.unit for c in free[:wanted])
    if not units:
        ask.wrong(
            f"没有空闲警力可派 {name}",
            f"no unit is free for {name}",
            "pre 抽调、x 换警，或 stack=yes 续派",
            "pre-empt one (pre), exchange (x), or stack=yes",
        )
    if turn != 1 or len(units) < wanted:
        _say_how_many(ask, turn, len(units), wanted)
    if turn:
        ask.notes += [shortfall_words(short, scene) for short in shortfalls(free, plan, turn) if short.kind]
    return units


def _next_turn(known: Incident, plan: ResponsePlan) -> tuple[int, int]:
    """Which turn-out comes next and how many units it still lacks; turn 0, one unit, when the plan is used up."""
    there = sum(not a.over for a in known.assignments)
    for turn in TURNS:
        if there < size(plan, turn):
            return turn, size(plan, turn) - there
    return 0, 1


def _say_how_many(ask: Ask, turn: int, found: int, wanted: int) -> None:
    if turn > 1:
        ask.note(f"增援，第{turn}梯次", f"reinforcement, turn-out {turn}")
    elif turn == 0:
        ask.note("预案之外再增援一个", "one more than the plan sends")
    if found < wanted:
        ask.note(f"预案要 {wanted} 个，只有 {found} 个空闲", f"the plan asks for {wanted}, only {found} free")


def exchange(ask: Ask) -> c.Command:
    leaving = ask.unit()
    arriving = ask.unit("to") if ask.has("to") else ask.missing("换成哪个警力？", "exchange it for which unit?")
    return c.Exchange(leaving, arriving, ask.text)


def pre_empt(ask: Ask) -> c.Command:
    return c.PreEmpt(ask.unit(), _waiting(ask), ask.text)


def name_lead(ask: Ask) -> c.Command:
    unit = ask.unit()
    return c.NameLead(ask.number("i") or current_incident(ask, unit), unit)


def current_incident(ask: Ask, unit: str) -> int:
    """The incident a unit works on; stops where it is on none."""
    known = ask.scene.board.units.get(unit)
    for number in known.incidents if known else ():
        there: Incident | None = ask.scene.board.incidents.get(number)
        if there is not None and there.stage is not IncidentStage.CLOSED:
            return number
    return ask.wrong(f"{unit} 不在任何警情上", f"{unit} is on no incident", "写警情号", "name the incident")
