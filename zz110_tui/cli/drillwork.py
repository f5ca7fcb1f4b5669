"""The work behind ``zz110 drill run``."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Awaitable, Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from zz110_tui.cli import output
from zz110_tui.cli.callswork import mapping_for, stoppable
from zz110_tui.cli.diagnostics import say
from zz110_tui.cli.documents import Document, iso
from zz110_tui.cli.exits import OK, USAGE, ended_by
from zz110_tui.cli.figureview import end_name, figure_lines, figures_document, tally
from zz110_tui.cli.invocation import Invocation
from zz110_tui.cli.progress import Progress
from zz110_tui.cli.surroundings import Surroundings, find_city, look_around
from zz110_tui.config.problems import both, shown
from zz110_tui.core.alarms import AlarmKind
from zz110_tui.core.terms import term
from zz110_tui.core.trouble import Trouble
from zz110_tui.drill.attention import Attended
from zz110_tui.drill.calls import read_calls
from zz110_tui.drill.profile import Profile, pack_profile
from zz110_tui.drill.result import DrillResult
from zz110_tui.drill.simulation import DrillProgress, run_replay, run_shift
from zz110_tui.gis.city import City, load_city
from zz110_tui.language.scene import zone
from zz110_tui.store.journal import Journal
from zz110_tui.store.open import open_journal


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody asked ``zz110 drill run`` for; ``speed`` None is as fast as it goes."""

    days: int
    seed: int
    speed: float | None
    second_line: bool
    fill_in: bool
    matters: bool
    as_json: bool


Watch = Callable[[DrillProgress], None]
Stop = Callable[[], bool]


def replay(invocation: Invocation, calls: Path, mapping: str, first_day: str, wanted: Wanted) -> int:
    """The exit code."""
    around = look_around(invocation)
    start = day_of(first_day)
    city, profile = _city(around)
    records = read_calls(calls, mapping_for(around, mapping, calls), around.rules)

    def run(journal: Journal | None, watch: Watch, stop: Stop) -> Awaitable[DrillResult]:
        return run_replay(
            city,
            around.rules,
            records,
            start=start,
            days=wanted.days,
            seed=wanted.seed,
            second_line=wanted.second_line,
            fill_in=wanted.fill_in,
            matters=wanted.matters,
            speed=wanted.speed,
            journal=journal,
            profile=profile,
            progress=watch,
            stop=stop,
        )

    return _carry_out(around, city, wanted, run)


def shift(invocation: Invocation, load: float, wanted: Wanted) -> int:
    """The exit code."""
    around = look_around(invocation)
    city, profile = _city(around)

    def run(journal: Journal | None, watch: Watch, stop: Stop) -> Awaitable[DrillResult]:
        return run_shift(
            city,
            around.rules,
            days=wanted.days,
            seed=wanted.seed,
            load=load,
            second_line=wanted.second_line,
            fill_in=wanted.fill_in,
            matters=wanted.matters,
            speed=wanted.speed,
            journal=journal,
            profile=profile,
            progress=watch,
            stop=stop,
        )

    return _carry_out(around, city, wanted, run)


def _city(around: Surroundings) -> tuple[City, Profile]:
    """The city, and how people behave in its drills: the pack's own drill.toml where it has one."""
    pack = find_city(around.invocation.city or around.loaded.settings.city, around.loaded)
    return load_city(pack), pack_profile(pack)


@contextmanager
def _kept(around: Surroundings) -> Iterator[Journal | None]:
    """The journal to keep the drill in; only ``--store`` names one, so that no setting leads a drill anywhere."""
    if around.invocation.store is None:
        yield None
        return
    journal = open_journal(around.store, "drill")
    try:
        yield journal
    finally:
        journal.close()


def _carry_out(
    around: Surroundings,
    city: City,
    wanted: Wanted,
    run: Callable[[Journal | None, Watch, Stop], Awaitable[DrillResult]],
) -> int:
    there = zone(city.timezone)

    async def carry_out(journal: Journal | None, watch: Watch, stop: Stop) -> DrillResult:
        return await run(journal, watch, stop)

    with _kept(around) as journal, stoppable() as came, Progress(around.say("推演", "drill")) as progress:

        def watch(at: DrillProgress) -> None:
            words = around.say(
                f"{iso(at.at, there)[:16]} 警情 {at.calls}", f"{iso(at.at, there)[:16]} {at.calls} calls"
            )
            progress.show(min(at.at, at.end) - at.start, at.end - at.start, words)

        result = asyncio.run(carry_out(journal, watch, lambda: bool(came)))
    if wanted.as_json:
        output.document(result_document(result, city))
    else:
        for line in result_lines(result, around, city):
            output.text(line)
    say(around.say(f"用时 {result.wall_s:.1f} 秒", f"{result.wall_s:.1f} s"))
    if result.complete:
        return OK
    say(around.say("中断了：数字只到中断时", "broken off: the figures are of what there was until then"))
    return ended_by(came)


def result_document(result: DrillResult, city: City) -> Document:
    """The same seed gives the same document, byte for byte: how long this machine took is talk, and not in it."""
    there = zone(city.timezone)
    document = result.document()
    del document["wall_s"]
    for name in ("start", "ended"):
        document[f"{name}_local"] = iso(document[name], there)
    document["figures"] = figures_document(result.figures, there)
    return document


def result_lines(result: DrillResult, around: Surroundings, city: City) -> list[str]:
    there = zone(city.timezone)
    name = city.name_zh if around.language == "zh" else city.name_en
    second = around.say("，有二线", ", with second line") if result.second_line else ""
    if result.fill_in:
        second += around.say(f"，补位 {result.moves} 次", f", {result.moves} fill-ins")
    head = around.say(
        f"演练 {name} {iso(result.start, there)[:10]} 起 {result.days} 天，种子 {result.seed}{second}",
        f"drill {name}, {result.days} days from {iso(result.start, there)[:10]}, seed {result.seed}{second}",
    )
    ends = tally(result.ends, partial(end_name, around))
    alarms = tally(result.alarms, lambda kind: term(AlarmKind(kind), around.language))
    lines = [head, around.say(f"报警 {result.calls}：{ends}", f"{result.calls} calls: {ends}"), ""]
    lines += figure_lines(result.figures, around, there)
    busiest = max((unit.busy for unit in result.units), default=0.0)
    lines += [
        "",
        around.say(
            f"警力占用 平均 {100 * result.utilisation:.1f} %，最忙 {100 * busiest:.1f} %；"
            f"最多同时待派 {result.most_waiting_slips}，待接 {result.most_waiting_calls}",
            f"units busy {100 * result.utilisation:.1f} % on average, {100 * busiest:.1f} % at most; "
            f"at most {result.most_waiting_slips} slips and {result.most_waiting_calls} calls waiting at once",
        ),
        around.say(f"警报 {alarms}", f"alarms: {alarms}"),
        *attended_lines(result.attended, around),
        around.say(f"日志 {result.facts} 条 {result.head_hash}", f"journal of {result.facts} facts {result.head_hash}"),
    ]
    return lines


_ATTENDED = {
    "calls": ("来电", "calls"),
    "orders": ("指令", "orders"),
    "warnings": ("预警", "warnings"),
    "supports": ("支撑请求", "support requests"),
    "emergencies": ("紧急求助", "emergencies"),
    "messages": ("消息", "messages"),
    "notices": ("布控", "watch notices"),
}


def attended_lines(attended: Iterable[Attended], around: Surroundings) -> list[str]:
    """What was answered in time, late, never: a line for each kind that came."""
    return [_attended_line(one, *_ATTENDED[one.kind], around) for one in attended]


def _attended_line(one: Attended, zh: str, en: str, around: Surroundings) -> str:
    return around.say(
        f"{zh} {one.came} 件：按时 {one.in_time}，迟 {one.late}，未答 {one.never}，最长 {one.longest_s} 秒",
        f"{one.came} {en}: {one.in_time} answered in time, {one.late} late, {one.never} never; "
        f"{one.longest_s} s at most",
    )


def day_of(text: str) -> date:
    """Raises Trouble for a text that is no day."""
    try:
        return date.fromisoformat(text)
    except ValueError as fault:
        raise Trouble(
            both("这不是日期", "this is no date"),
            shown(text),
            both("写成 2015-07-04 的样子", "write it as 2015-07-04"),
            exit_code=USAGE,
        ) from fault


def speed_of(text: str) -> float | None:
    """``max`` is None. Raises Trouble for what is no speed."""
    if text == "max":
        return None
    try:
        speed = float(text.removesuffix("x"))
    except ValueError:
        speed = math.nan
    if not 0 < speed <= 1e6:
        raise Trouble(
            both("这不是倍速", "this is no speed"),
            shown(text),
            both("写 max，或 0 到 1000000 之间的数，如 60", "write max, or a number up to 1000000 such as 60"),
            exit_code=USAGE,
        )
    return speed
