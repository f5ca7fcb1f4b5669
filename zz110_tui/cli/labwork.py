"""The work behind ``zz110 lab``."""

from __future__ import annotations

import math
import os
from dataclasses import dataclass
from pathlib import Path

from zz110_tui.cli import output
from zz110_tui.cli.callswork import mapping_for, stoppable
from zz110_tui.cli.diagnostics import say
from zz110_tui.cli.documents import Document
from zz110_tui.cli.drillwork import day_of
from zz110_tui.cli.exits import CANNOT_CREATE, OK, USAGE, ended_by
from zz110_tui.cli.invocation import Invocation
from zz110_tui.cli.labpage import page
from zz110_tui.cli.progress import Progress
from zz110_tui.cli.surroundings import Surroundings, find_city, look_around
from zz110_tui.config.problems import both, shown
from zz110_tui.core.figures import LATE_S, SOON_S
from zz110_tui.core.statistics import Interval
from zz110_tui.core.trouble import Trouble
from zz110_tui.drill.lab.compare import Calls, Comparison, Experiment, Row, compare
from zz110_tui.drill.lab.policies import BUILT_IN


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody asked ``zz110 lab compare`` for."""

    policies: tuple[str, ...]
    loads: tuple[float, ...]
    units: tuple[int, ...]
    reps: int
    days: int
    seed: int
    tuning: bool
    calls: Path | None
    first_day: str
    mapping: str
    jobs: int
    html: Path | None
    as_json: bool


def compare_policies(invocation: Invocation, wanted: Wanted) -> int:
    """The exit code."""
    around = look_around(invocation)
    experiment = _experiment(around, wanted)
    jobs = wanted.jobs or len(os.sched_getaffinity(0))
    with stoppable() as came, Progress(around.say("试验", "laboratory")) as progress:

        def watch(done: int, total: int) -> None:
            progress.show(done, total, f"{done}/{total}")

        found = compare(experiment, around.rules, jobs=jobs, progress=watch, stop=lambda: bool(came))
    if wanted.html is not None:
        _write_page(wanted.html, page(found, around.language))
        say(around.say(f"已写 {wanted.html}", f"{wanted.html} is written"))
    if wanted.as_json:
        output.document(document_of(found))
    else:
        show(found, around)
    if found.complete:
        return OK
    say(around.say("中断了：结果只含已完成的重复", "broken off: the result is of the finished replications"))
    return ended_by(came)


def _experiment(around: Surroundings, wanted: Wanted) -> Experiment:
    pack = find_city(around.invocation.city or around.loaded.settings.city, around.loaded)
    calls = None
    if wanted.calls is not None:
        if not wanted.first_day:
            raise Trouble(
                both("没有说从哪天起", "it is not said from which day"),
                "--calls",
                both("加上 --from 2015-01-05", "add --from 2015-01-05"),
                exit_code=USAGE,
            )
        calls = Calls(wanted.calls, mapping_for(around, wanted.mapping, wanted.calls))
    usual = Experiment(pack, wanted.policies)
    return Experiment(
        pack=pack,
        policies=tuple(dict.fromkeys(wanted.policies)),
        loads=(1.0,) if calls is not None else wanted.loads,
        units=wanted.units,
        reps=wanted.reps,
        days=wanted.days,
        seed=wanted.seed,
        start=day_of(wanted.first_day) if wanted.first_day else usual.start,
        tuning=wanted.tuning,
        calls=calls,
    )


def numbers_of(option: str, text: str, *, least: float) -> tuple[float, ...]:
    """``1,2,3``. Raises Trouble for what is no list of numbers, or below the least."""
    try:
        numbers = tuple(dict.fromkeys(float(part) for part in text.split(",")))
    except ValueError:
        numbers = ()
    if not numbers or not all(math.isfinite(n) and least <= n <= 1000 for n in numbers):
        raise Trouble(
            both(f"{option} 要写数", f"{option} takes numbers"),
            shown(text),
            both(f"如 {option} 1,2,3；不小于 {least:g}", f"such as {option} 1,2,3, not below {least:g}"),
            exit_code=USAGE,
        )
    return numbers


def list_policies(invocation: Invocation, as_json: bool) -> None:
    around = look_around(invocation)
    if as_json:
        output.document(
            [
                {"policy": p.name, "zh": p.zh, "en": p.en, "fill_in": p.fill is not None, "second_line": p.second_line}
                for p in BUILT_IN.values()
            ]
        )
        return
    heads = ("策略", "做法") if around.language == "zh" else ("policy", "what it does")
    output.table(heads, [[p.name, around.say(p.zh, p.en)] for p in BUILT_IN.values()])


def _write_page(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as fault:
        raise Trouble(
            both("页面写不了", "the page cannot be written"),
            f"{path}: {fault.strerror}",
            both("换一个 --html 文件", "name another --html file"),
            exit_code=CANNOT_CREATE,
        ) from fault


# -- the result --------------------------------------------------------------------------------------------------------


def document_of(found: Comparison) -> Document:
    """The same seed gives the same document, byte for byte, whatever the number of processes."""
    e = found.experiment
    return {
        "city": found.city,
        "policies": list(e.policies),
        "seed": e.seed,
        "seeds": "tuning" if e.tuning else "test",
        "reps": found.reps,
        "reps_wanted": e.reps,
        "days": e.days,
        "start": e.start.isoformat(),
        "calls": e.calls.path.name if e.calls else None,
        "complete": found.complete,
        "rows": [_row_document(row) for row in found.rows],
    }


def _row_document(row: Row) -> Document:
    return {
        "policy": row.policy,
        "load": row.load,
        "units": row.units or None,
        "arrivals": row.arrivals,
        "on_time": {f"{clock}_{limit}s": _interval(i) for (clock, limit), i in row.on_time.items()},
        "late_change": None
        if row.fewer_late is None
        else {f"{clock}_{limit}s": _interval(i) for (clock, limit), i in row.fewer_late.items()},
        "mean_s": _interval(row.mean_s),
        "p90_s": _interval(row.p90_s),
        "busy": round(row.busy, 6),
        "moves_per_day": round(row.moves_per_day, 4),
        "moved_km_per_day": round(row.moved_km_per_day, 4),
    }


def _interval(value: Interval) -> Document:
    return {
        "mean": round(value.mean, 6),
        "low": None if value.low is None else round(value.low, 6),
        "high": None if value.high is None else round(value.high, 6),
    }


def show(found: Comparison, around: Surroundings) -> None:
    """The table, for a person."""
    e = found.experiment
    seeds = around.say("调参种子", "seeds for tuning") if e.tuning else around.say("检验种子", "seeds for testing")
    what = e.calls.path.name if e.calls else around.say("按特征抽取的警情", "drawn calls")
    head = around.say(
        f"试验 {found.city}：{found.reps} 次重复，各 {e.days} 天，{what}，{seeds} {e.seed}",
        f"laboratory {found.city}: {found.reps} replications of {e.days} days, {what}, {seeds} {e.seed}",
    )
    output.text(head)
    output.text()
    heads = (
        (
            "负荷",
            "警力",
            "策略",
            "5分（接警起）",
            f"迟到比 {e.policies[0]}",
            "5分（派警起）",
            "10分（接警起）",
            "平均",
            "移动/天",
        )
        if around.language == "zh"
        else (
            "load",
            "units",
            "policy",
            "5 min, received",
            f"late, {e.policies[0]}",
            "5 min, sent",
            "10 min",
            "mean",
            "moves",
        )
    )
    output.table(heads, [_cells(row) for row in found.rows])


def _cells(row: Row) -> list[str]:
    soon, sent = row.on_time["received", SOON_S], row.on_time["dispatched", SOON_S]
    late = row.on_time["received", LATE_S]
    change = "—" if row.fewer_late is None else _percent_change(row.fewer_late.get(("received", SOON_S)))
    return [
        f"{row.load:g}",
        str(row.units) if row.units else "*",
        row.policy,
        _percent(soon),
        change,
        f"{100 * sent.mean:.2f} %",
        f"{100 * late.mean:.3f} %",
        f"{row.mean_s.mean:.0f} s",
        f"{row.moves_per_day:.1f}",
    ]


def _percent(value: Interval) -> str:
    if value.low is None or value.high is None:
        return f"{100 * value.mean:.2f} %"
    return f"{100 * value.mean:.2f} % [{100 * value.low:.2f}, {100 * value.high:.2f}]"


def _percent_change(value: Interval | None) -> str:
    if value is None:
        return "—"
    if value.low is None or value.high is None:
        return f"{100 * value.mean:+.1f} %"
    return f"{100 * value.mean:+.1f} % [{100 * value.low:+.1f}, {100 * value.high:+.1f}]"
