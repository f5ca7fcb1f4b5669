"""What the next hour would look like after each of two alternatives, in words: one table for desk and command line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from zz110_tui.core.incidents import Incident
from zz110_tui.core.recommend import Arrival
from zz110_tui.core.statistics import Interval
from zz110_tui.core.terms import incident_no
from zz110_tui.core.whatif import RUNS, Arrivals, Forecast, Option, Side, sure
from zz110_tui.gis.features import Post
from zz110_tui.language.parsed import WhatIf
from zz110_tui.language.scene import Scene
from zz110_tui.language.words import expected, grid_name, incident_words, listed, minutes, percent, units

LEAST_MINUTES = 0.5
"""A grid that is without cover for less than this in the hour, either way, is not listed."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the table: what it is about, both sides, and the difference, the second less the first. ``better`` is
    1 or 2 where one side surely is, else 0; ``inner`` belongs to the line above it."""

    label: str
    first: str
    second: str
    difference: str = ""
    better: int = 0
    inner: bool = False


def option_words(option: Option, scene: Scene, *, short: bool = False) -> str:
    """``03、07 → 0142``; ``04 → P06 南昌路市尾路口``, short ``04 → P06``; for nothing at all ``不动``."""
    if not option.units:
        return scene.say("不动", "nobody moves")
    who = units(scene, option.units)
    return f"{who} → {_post_name(option, scene, short) if option.moves else incident_no(option.incident)}"


def _post_name(option: Option, scene: Scene, short: bool) -> str:
    post = _post(option, scene)
    if post is None:
        return option.post
    name = (post.name_en if scene.language == "en" else "") or post.name.text
    return post.id if short or not name else f"{post.id} {name}"


def _post(option: Option, scene: Scene) -> Post | None:
    posts = scene.gazetteer.city.posts if scene.gazetteer is not None else ()
    return next((post for post in posts if post.point == option.point), None)


def option_line(option: Option, scene: Scene) -> str:
    """The line of the desk's language that does it; empty where there is nothing to do."""
    if not option.units:
        return ""
    who = ",".join(option.units)
    if not option.moves:
        return f"d {who} {incident_no(option.incident)}"
    post = _post(option, scene)
    return f"mv {who} to={post.id if post is not None else option.post}"


def whatif_title(asked: WhatIf, scene: Scene) -> str:
    """What is held against what."""
    first, second = (option_words(option, scene) for option in asked.options)
    head = scene.say(f"推演后一小时 {RUNS} 次：", f"The next hour, {RUNS} times: ")
    known = scene.board.incidents.get(asked.incident)
    about = f"  {incident_words(scene, known)}" if known is not None else ""
    return head + scene.say(f"{first} 比 {second}", f"{first} or {second}") + about


# -- the table ---------------------------------------------------------------------------------------------------------


def forecast_table(found: Forecast, scene: Scene) -> list[Line]:
    """All that was found out, line by line."""
    first, second = found.sides
    lines = [*_arrival_lines(found, scene), *_sent_lines(found, scene)]
    over = scene.say("超 {n} 分钟到场", "late over {n} min")
    for n, one, two, gap in (
        (5, first.late_5, second.late_5, found.late_5),
        (10, first.late_10, second.late_10, found.late_10),
    ):
        lines.append(Line(over.format(n=n), f"{one.mean:.2f}", f"{two.mean:.2f}", _plus(gap), _better(gap)))
    a, b = first.uncovered_minutes, second.uncovered_minutes
    label = scene.say("警区无覆盖（分钟）", "grids uncovered, min")
    lines.append(Line(label, f"{a:.1f}", f"{b:.1f}", _plus(found.uncovered, 1), _better(found.uncovered)))
    for grid in sorted(first.uncovered, key=lambda g: (-max(first.uncovered[g], second.uncovered[g]), g)):
        a, b = first.uncovered[grid], second.uncovered[grid]
        if max(a, b) >= LEAST_MINUTES:
            lines.append(Line(grid_name(scene, grid), f"{a:.1f}", f"{b:.1f}", _number(b - a, 1), inner=True))
    return lines


def _arrival_lines(found: Forecast, scene: Scene) -> Iterator[Line]:
    a, b = (side.arrivals for side in found.sides)
    if a is None or b is None:
        return
    first, second = _when(found.sides[0]), _when(found.sides[1])
    gap = found.arrival_s
    difference = "" if gap is None else f"{_signed(gap.mean)} [{_signed(gap.low)}, {_signed(gap.high)}]"
    label = scene.say("到场（中位，八成）", "there, median (80 %)")
    yield Line(label, first, second, difference, _better(gap) if gap is not None else 0)
    within = scene.say("5、10 分钟内到", "within 5, 10 min")
    yield Line(within, _chances(a), _chances(b))


def on_it_already(found: Forecast) -> tuple[str, ...]:
    """The units that are on the incident whichever alternative is taken: of them one is first there either way."""
    known = _asked_about(found)
    sent = {unit for option in found.question.options for unit in option.units if not option.moves}
    return () if known is None else tuple(a.unit for a in known.working if a.unit not in sent)


def _asked_about(found: Forecast) -> Incident | None:
    return next((i for i in found.question.situation.incidents if i.number == found.question.incident), None)


def _sent_lines(found: Forecast, scene: Scene) -> Iterator[Line]:
    """When those are there who would be sent, where others are first there either way: by the travel model, from where
    they stood when it was asked."""
    known, travel = _asked_about(found), scene.arrivals()
    if known is None or travel is None or known.place.point is None or not on_it_already(found):
        return
    stood = {unit.call_sign: unit for unit in found.question.situation.units}
    firsts: list[Arrival | None] = []
    for option in found.question.options:
        sent = [stood[unit] for unit in option.units if unit in stood and not option.moves]
        arrivals = [arrival for unit in sent if (arrival := travel(unit, known.place.point)) is not None]
        firsts.append(min(arrivals, key=lambda arrival: arrival.seconds, default=None))
    one, two = firsts
    gap = "" if one is None or two is None else _signed(two.seconds - one.seconds)
    told = ["-" if first is None else expected(first) for first in firsts]
    yield Line(scene.say("所派的到（5 分钟内）", "those sent (in 5 min)"), told[0], told[1], gap)


def _chances(found: Arrivals) -> str:
    return f"{percent(found.within_5)}, {percent(found.within_10)}"


def _when(side: Side) -> str:
    found = side.arrivals
    if found is None or not found.came:
        return "-"
    return f"{minutes(found.median_s)} ({minutes(found.low_s)}-{minutes(found.high_s)})"


def _signed(seconds: float | None) -> str:
    if seconds is None:
        return "?"
    return f"{'-' if round(seconds) < 0 else '+'}{minutes(abs(seconds))}"


def _plus(difference: Interval, digits: int = 2) -> str:
    mean = _number(difference.mean, digits)
    if difference.low is None or difference.high is None:
        return mean
    return f"{mean} [{_number(difference.low, digits)}, {_number(difference.high, digits)}]"


def _number(value: float, digits: int) -> str:
    """With its sign; nothing is neither more nor less."""
    rounded = round(value, digits)
    return f"{rounded:+.{digits}f}" if rounded else f"{0:.{digits}f}"


def _better(difference: Interval) -> int:
    """Less is better in every line: 1 where the second surely has more, 2 where it surely has less."""
    return {1: 1, -1: 2, 0: 0}[sure(difference)]


# -- which is better ---------------------------------------------------------------------------------------------------


def better_side(found: Forecast) -> int:
    """1 or 2 where that one is surely better in something and surely worse in nothing; else 0."""
    sides = {_better(d) for d in _differences(found) if d is not None} - {0}
    return sides.pop() if len(sides) == 1 else 0


def _differences(found: Forecast) -> tuple[Interval | None, ...]:
    return (found.arrival_s, found.late_5, found.late_10, found.uncovered)


def verdict(found: Forecast, scene: Scene) -> str:
    """One sentence: which is better and in what, or that no difference could be shown."""
    names = [option_words(option, scene) for option in found.question.options]
    won: dict[int, list[str]] = {1: [], 2: []}
    for number, difference in enumerate(_differences(found)):
        if difference is not None and (side := _better(difference)):
            won[side].append(_gain(number, abs(difference.mean), scene))
    told = [
        f"{names[side - 1]}{scene.say('：', ': ')}{listed(parts, scene.language)}"
        for side, parts in won.items()
        if parts
    ]
    others = on_it_already(found)
    if others:
        who = units(scene, others)
        alike = scene.say(
            f"{who} 已派到这起，谁先到与此无关，所以首到相近。",
            f"{who} sent there already: who is first does not hang on this, so the first line is alike. ",
        )
        return alike + _which(told, found, scene)
    return _which(told, found, scene)


def _which(told: list[str], found: Forecast, scene: Scene) -> str:
    if not told:
        runs = found.question.runs
        return scene.say(f"{runs} 次推演看不出差别", f"no difference that {runs} runs can show")
    if len(told) == 1:
        return scene.say("更好的是 ", "better: ") + told[0]
    return scene.say("各有所长：", "each has its own: ") + "; ".join(told)


def _gain(number: int, by: float, scene: Scene) -> str:
    """In words what :func:`_differences` has at a place."""
    return (
        scene.say(f"早到 {minutes(by)}", f"there {minutes(by)} earlier"),
        scene.say(f"超 5 分钟少 {by:.2f}", f"{by:.2f} fewer over 5 min"),
        scene.say(f"超 10 分钟少 {by:.2f}", f"{by:.2f} fewer over 10 min"),
        scene.say(f"无覆盖少 {by:.1f} 分钟", f"{by:.1f} min less uncovered"),
    )[number]


def forecast_lines(found: Forecast, scene: Scene) -> list[str]:
    """Everything in lines, for a command line."""
    one, two = (option_words(option, scene) for option in found.question.options)
    gap = scene.say("2 减 1：", "2 less 1: ")
    lines = [f"1 {one}", f"2 {two}"]
    for line in forecast_table(found, scene):
        difference = f"  ({gap}{line.difference})" if line.difference and not line.inner else ""
        lines.append(f"{'  ' if line.inner else ''}{line.label}  {line.first} | {line.second}{difference}")
    return [*lines, verdict(found, scene)]


# -- in numbers --------------------------------------------------------------------------------------------------------


def forecast_document(found: Forecast, scene: Scene) -> dict[str, Any]:
    """The same for a script; intervals are of 95 %."""
    asked = found.question
    return {
        "incident": asked.incident or None,
        "runs": asked.runs,
        "seed": asked.seed,
        "clock": asked.clock,
        "load": asked.load,
        "alternatives": [
            _side_document(option, side, scene) for option, side in zip(asked.options, found.sides, strict=True)
        ],
        "second_less_first": {
            "arrival_s": _interval(found.arrival_s),
            "late_5": _interval(found.late_5),
            "late_10": _interval(found.late_10),
            "uncovered_min": _interval(found.uncovered),
        },
        "better": better_side(found) or None,
    }


def _side_document(option: Option, side: Side, scene: Scene) -> dict[str, Any]:
    came = side.arrivals
    return {
        "line": option_line(option, scene) or None,
        "units": list(option.units),
        "post": option.post or None,
        "arrival": None
        if came is None
        else {
            "came": round(came.came, 4),
            "median_s": round(came.median_s, 1) if came.came else None,
            "low_s": round(came.low_s, 1) if came.came else None,
            "high_s": round(came.high_s, 1) if came.came else None,
            "within_5": round(came.within_5, 4),
            "within_10": round(came.within_10, 4),
        },
        "late_5": _interval(side.late_5),
        "late_10": _interval(side.late_10),
        "uncovered_min": {grid: round(m, 3) for grid, m in side.uncovered.items()},
    }


def _interval(value: Interval | None) -> dict[str, float | None] | None:
    if value is None:
        return None
    return {
        "mean": round(value.mean, 4),
        "low": None if value.low is None else round(value.low, 4),
        "high": None if value.high is None else round(value.high, 4),
    }
