"""The work behind ``zz110 alarm rate``: the alarms of a period from the journal, against the budget."""

from __future__ import annotations

from bisect import bisect_left

from zz110_tui.cli import output
from zz110_tui.cli.documents import Document
from zz110_tui.cli.invocation import Invocation
from zz110_tui.cli.surroundings import look_around
from zz110_tui.cli.times import moment
from zz110_tui.cli.wiring import Reading, open_board
from zz110_tui.core.alarmrate import DAY_MS, AlarmRate, Raised, alarm_rate, operators, raised_in, standing
from zz110_tui.language.alarmwords import actor_words, chattering_words, period_words, rate_words
from zz110_tui.store.journal import JournalReader


def show_rate(invocation: Invocation, start: str, end: str, desks: int, as_json: bool) -> None:
    """Of the last day where no period is named."""
    around = look_around(invocation)
    with open_board(around) as reading:
        there = reading.pen.zone
        last = moment(end, there, end_of_day=True) or reading.board.at + 1
        first = moment(start, there) or max(0, last - DAY_MS)
        raised = alarms_of(reading.journal, first, last)
        count = desks or operators(reading.board.desks.values())
        found = alarm_rate(raised, first, max(last, first + 1), count, around.rules.alarms)
        if as_json:
            output.document(_document(found, reading, first, last))
        else:
            for line in _lines(found, reading):
                output.text(line)


def alarms_of(journal: JournalReader, start: int, end: int) -> list[Raised]:
    """What was raised from ``start`` on and before ``end`` (UTC ms). Only the entries of that time are read: the
    journal's clock never goes back."""
    base, head = journal.base.position, journal.head.position

    def at(position: int) -> int:
        return next(iter(journal.read(position - 1, 1))).at

    positions = range(base + 1, head + 1)
    first = bisect_left(positions, start, key=at)
    after = bisect_left(positions, end, key=at)
    return raised_in(journal.read(base + first, after - first)) if after > first else []


def _lines(found: AlarmRate, reading: Reading) -> list[str]:
    scene, rules = reading.scene(), reading.around.rules.alarms
    board = reading.board
    say = scene.say
    shelved = sum(alarm.shelf is not None for alarm in board.alarms.values())
    risen = sum(alarm.rises > 0 for alarm in board.alarms.values())
    long = standing(board.alarms.values(), board.at)
    rows = (
        (say("此时", "now"), rate_words(found, rules, scene)),
        (say("期间", "period"), period_words(found, scene)),
        (say("最多的", "most"), actor_words(found, scene) or "-"),
        (say("反复的", "chattering"), chattering_words(found, scene) or "-"),
        (
            say("现有", "standing"),
            say(
                f"{len(board.alarms)} 件，搁置 {shelved}，升级 {risen}，满一小时 {long}",
                f"{len(board.alarms)}, {shelved} shelved, {risen} risen, {long} for an hour and longer",
            ),
        ),
    )
    widest = max(output.width(name) for name, _ in rows)
    return [f"{name}{' ' * (widest - output.width(name))}  {value}" for name, value in rows]


def _document(found: AlarmRate, reading: Reading, first: int, last: int) -> Document:
    board, pen, rules = reading.board, reading.pen, reading.around.rules.alarms
    return {
        **pen.times(start=first, end=last),
        "count": found.count,
        "last_ten_minutes": found.last,
        "desks": found.desks,
        "per_desk": round(found.now, 3),
        "usual_per_desk": round(found.usual, 3),
        "load": found.load.value,
        "budget": rules.budget,
        "flood": rules.flood,
        "peak": found.peak,
        **pen.times(peak_at=found.peak_at),
        "flooded": round(found.flooded, 4),
        "actors": [{"kind": kind.value, "count": count} for kind, count in found.actors],
        "chattering": [{"alarm": key, "count": count} for key, count in found.chattering],
        "standing": len(board.alarms),
        "shelved": sum(alarm.shelf is not None for alarm in board.alarms.values()),
        "risen": sum(alarm.rises > 0 for alarm in board.alarms.values()),
        "standing_an_hour": standing(board.alarms.values(), board.at),
    }
