"""The work behind ``zz110 city learn``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, tzinfo

from zz110_tui.cli import output
from zz110_tui.cli.callswork import stoppable
from zz110_tui.cli.citywork import may_be_written
from zz110_tui.cli.diagnostics import say
from zz110_tui.cli.documents import Document
from zz110_tui.cli.exits import CONFIG, OK, REFUSED, ended_by
from zz110_tui.cli.invocation import Invocation
from zz110_tui.cli.progress import Progress
from zz110_tui.cli.roadwork import CLASSES
from zz110_tui.cli.surroundings import Surroundings, find_city, look_around
from zz110_tui.cli.wiring import open_journal_to_read
from zz110_tui.config.problems import both
from zz110_tui.core.evolve import evolve
from zz110_tui.core.rulebook import Words
from zz110_tui.core.statistics import Interval
from zz110_tui.core.trips import TripLog, Unusable
from zz110_tui.core.trouble import Trouble
from zz110_tui.gis.city import City, load_city
from zz110_tui.gis.features import HOUR_BANDS
from zz110_tui.gis.learning import Drive, Factor, Learned, Trial, drive_of, learn, trial
from zz110_tui.gis.packwrite import write_files
from zz110_tui.gis.timesfile import times_toml
from zz110_tui.gis.travel import TravelModel
from zz110_tui.language.scene import zone
from zz110_tui.service.recovery import first_board
from zz110_tui.store.journal import JournalReader

LOOK_EVERY = 2_000
WHY = {
    Unusable.WHERE_FROM: Words("不知从哪里出发", "it is not known from where"),
    Unusable.WHERE_TO: Words("现场没有坐标", "the scene has no position"),
    Unusable.ENTERED_LATER: Words("时间是事后补录的", "times were entered later"),
    Unusable.NO_TIME: Words("用时不足 10 秒或超过 2 小时", "it took under 10 s or over 2 h"),
}
NAMES = {**CLASSES, "ground": Words("无路网", "no net")}


@dataclass(frozen=True, slots=True)
class WantedLearning:
    """What somebody asked ``zz110 city learn`` for."""

    pack: str
    dry_run: bool
    as_json: bool


@dataclass(frozen=True, slots=True)
class _Lesson:
    """``dates`` are the local days of the first and the last trip, empty where there is none."""

    learned: Learned
    held_out: Trial | None
    unusable: dict[Unusable, int]
    dates: tuple[str, ...]


def learn_times(invocation: Invocation, wanted: WantedLearning) -> int:
    """The exit code. The pack is only changed by what some trips say."""
    around = look_around(invocation)
    pack = find_city(wanted.pack, around.loaded)
    if not wanted.dry_run:
        may_be_written(pack, None)
    read = load_city(pack)
    prior = read.prior or read.travel
    city = around.driven(replace(read, travel=prior))
    with stoppable() as came, Progress(around.say("读行程", "reading trips")) as progress:
        with open_journal_to_read(around) as journal:
            if journal.stamp.kind != "live" and not wanted.dry_run:
                raise _of_a_drill()
            log = _trips(journal, city, around, progress, lambda: bool(came))
        there = zone(city.timezone)
        drives = _drives(log, city, there, progress, lambda: bool(came))
        if came:
            say(around.say("中断了：城市包没有改动", "broken off: the pack is as it was"))
            return ended_by(came)
        lesson = _Lesson(learn(drives, prior), trial(drives, prior), dict(log.unusable), _dates(log, there))
    write = bool(lesson.learned.trips) and not wanted.dry_run
    if write:
        source = f"{lesson.dates[0]} to {lesson.dates[1]}, {around.store.name}"
        write_files(pack, {"times.toml": times_toml(lesson.learned, prior, source).encode()})
    if wanted.as_json:
        output.document(_document(lesson, city, write))
    else:
        _show(lesson, city, around)
    if write:
        say(around.say(f"已写入 {pack / 'times.toml'}", f"written to {pack / 'times.toml'}"))
    elif not lesson.learned.trips:
        say(around.say("没有可用的行程：包没有改动", "no trip can be used: the pack is as it was"))
    return OK


def _of_a_drill() -> Trouble:
    return Trouble(
        both("演练的行程不教城市包", "trips of a drill teach no pack"),
        both("演练里的时间是按包里的数模拟的", "its times were made from the pack's own numbers"),
        both("加 --dry-run 只看结果", "add --dry-run to see what they would say"),
        exit_code=REFUSED,
    )


def _trips(
    journal: JournalReader, city: City, around: Surroundings, progress: Progress, stop: Callable[[], bool]
) -> TripLog:
    board, log = first_board(journal), TripLog()
    began, last = board.position, journal.head.position
    for entry in journal.read(board.position):
        log.take(board, entry)
        evolve(board, entry)
        if entry.position % LOOK_EVERY == 0:
            progress.show(entry.position - began, last - began, f"{len(log.trips)}")
            if stop():
                return log
    if board.city and board.city != city.name:
        raise Trouble(
            both(f"这个库属于城市 {board.city}", f"this store belongs to the city {board.city}"),
            both(f"要学的是 {city.name}：{around.store}", f"asked for was {city.name}: {around.store}"),
            both("用 --store 指明这座城市的库", "name that city's store with --store"),
            exit_code=CONFIG,
        )
    return log


def _drives(log: TripLog, city: City, there: tzinfo, progress: Progress, stop: Callable[[], bool]) -> list[Drive]:
    travel = TravelModel(city.travel, city)
    drives: list[Drive] = []
    trips = log.trips
    for number, trip in enumerate(trips):
        if number % 100 == 0:
            progress.show(number, len(trips), "")
            if stop():
                break
        hour = datetime.fromtimestamp(trip.sent_at / 1000, UTC).astimezone(there).hour
        key = f"{trip.incident} {trip.unit} {trip.sent_at}"
        drives.append(drive_of(travel, key, trip.start, trip.end, trip.kind, hour, trip.seconds))
    return drives


def _dates(log: TripLog, there: tzinfo) -> tuple[str, ...]:
    times = [trip.sent_at for trip in log.trips]
    if not times:
        return ()
    return tuple(datetime.fromtimestamp(at / 1000, there).date().isoformat() for at in (min(times), max(times)))


# -- what is said ------------------------------------------------------------------------------------------------------


def _document(lesson: _Lesson, city: City, written: bool) -> Document:
    learned, held = lesson.learned, lesson.held_out
    return {
        "pack": city.name,
        "written": written,
        "trips": learned.trips,
        "left_out": learned.left_out,
        "unusable": {why.value: lesson.unusable.get(why, 0) for why in Unusable},
        "from": lesson.dates[0] if lesson.dates else None,
        "to": lesson.dates[1] if lesson.dates else None,
        "overall": _factor(learned.overall),
        "turn_out": _factor(learned.turn_out),
        "spread": learned.spread,
        "factors": [{"class": factor.name, **_factor(factor)} for factor in learned.factors],
        "held_out": None
        if held is None
        else {
            "trips": held.trips,
            "before_s": _interval(held.before),
            "after_s": _interval(held.after),
            "change_s": _interval(held.change),
        },
    }


def _factor(factor: Factor) -> Document:
    first, last = factor.band
    return {
        "hours": f"{first:02}-{last:02}",
        "factor": factor.factor,
        "low": factor.low,
        "high": factor.high,
        "trips": factor.trips,
    }


def _interval(value: Interval) -> Document:
    return {
        "mean": round(value.mean, 3),
        "low": None if value.low is None else round(value.low, 3),
        "high": None if value.high is None else round(value.high, 3),
    }


def _show(lesson: _Lesson, city: City, around: Surroundings) -> None:
    learned, held = lesson.learned, lesson.held_out
    span = f" {lesson.dates[0]} … {lesson.dates[1]}" if lesson.dates else ""
    output.text(
        around.say(
            f"{city.name}：可用行程 {learned.trips}{span}", f"{city.name}: {learned.trips} trips can be used{span}"
        )
    )
    for why, count in sorted(lesson.unusable.items()):
        output.text(f"  {count:>8}  {WHY[why].in_(around.language)}")
    if learned.left_out:
        output.text(
            f"  {learned.left_out:>8}  "
            + around.say("比包里的数快或慢四倍以上", "over four times quicker or slower than the pack says")
        )
    output.text()
    bands = [f"{first:02}–{last:02}" for first, last in HOUR_BANDS]
    heads = (around.say("用时比包里的数", "time over the pack's"), *bands)
    rows = []
    for name in dict.fromkeys(factor.name for factor in learned.factors):
        cells = [_cell(factor) for factor in learned.factors if factor.name == name]
        rows.append([NAMES[name].in_(around.language), *cells])
    output.table(heads, rows)
    output.text()
    output.text(
        around.say(
            f"全部道路 {_cell(learned.overall)}；出动 {_cell(learned.turn_out)}；离散 {learned.spread:.3f}",
            f"all roads {_cell(learned.overall)}; turning out {_cell(learned.turn_out)}; spread {learned.spread:.3f}",
        )
    )
    if held is not None:
        change = held.change
        limits = "" if change.low is None else f" [{change.low:+.1f}, {change.high:+.1f}]"
        was, now = f"{held.before.mean:.1f}", f"{held.after.mean:.1f}"
        output.text(
            around.say(
                f"未参与学习的行程上，预计到达平均差 {was} 秒，学后 {now} 秒，变化 {change.mean:+.1f}{limits} 秒",
                f"on trips held out, expected arrivals were off by {was} s, now {now} s: {change.mean:+.1f}{limits} s",
            )
        )


def _cell(factor: Factor) -> str:
    return f"{factor.factor:.2f} [{factor.low:.2f}, {factor.high:.2f}]"
