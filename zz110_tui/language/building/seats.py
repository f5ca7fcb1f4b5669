"""Lines about seats, personal data and paper slips."""

from __future__ import annotations

from zz110_tui.core import commands as c
from zz110_tui.core import commands_catchup as cp
from zz110_tui.core import commands_seats as cs
from zz110_tui.core.alarms import SubjectKind
from zz110_tui.language.ask import Ask
from zz110_tui.language.parsed import Choice
from zz110_tui.language.readers import selected_number
from zz110_tui.language.words import report as report_words


def lock(_: Ask) -> c.Command:
    return cs.LockDesk()


def unlock(_: Ask) -> c.Command:
    return cs.UnlockDesk()


def free_desk(ask: Ask) -> c.Command:
    """The seat named, or the only one that is locked."""
    seat = ask.word("seat")
    if not seat:
        locked = [desk.id for desk in ask.scene.board.desks.values() if desk.locked_at]
        if not locked:
            ask.wrong("没有锁住的席位", "no desk is locked")
        if len(locked) > 1:
            ask.missing("释放哪个席位？", "free which desk?", [Choice(ask.line.plus(desk), desk) for desk in locked])
        seat = locked[0]
    return cs.FreeDesk(seat, ask.text)


def hand_over(ask: Ask) -> c.Command:
    return cs.HandOver(ask.word("sb"), ask.text)


def read_notes(_: Ask) -> c.Command:
    return cs.ReadHandOver()


def unmask(ask: Ask) -> c.Command:
    """The report named, or the first of the incident named; without either, what is selected."""
    scene = ask.scene
    number = ask.number("r")
    incident = ask.number("i")
    if not number and not incident:
        number = selected_number(scene, SubjectKind.REPORT)
        incident = selected_number(scene, SubjectKind.INCIDENT)
    if not number and incident:
        known = scene.board.incidents.get(incident)
        reports = known.reports if known else ()
        if len(reports) > 1:
            choices = [
                Choice(f"{ask.line.verb} r{n} / {ask.text}", report_words(scene, scene.board.reports[n]))
                for n in reports
                if n in scene.board.reports
            ]
            ask.missing("看哪个报警人？", "which caller?", choices)
        number = reports[0] if reports else 0
    if not number:
        ask.missing("看谁的资料？写 r 编号或警情号", "whose data? write r and a number, or an incident")
    return cs.Unmask(number, ask.text)


def catch_up(ask: Ask) -> c.Command:
    """What is still missing is asked for one by one, in the order of the paper."""
    place = ask.place
    kind = ask.word("t") or ask.missing("纸单的类别？", "the type on the paper?")
    if place is None:
        return ask.missing("地点？写 @ 和地点", "the place? write @ and the place")
    received = ask.number("rcv") or ask.missing("接报时间？rcv=14:02", "when was it received? rcv=14:02")
    units = ask.units
    if units and not ask.has("dis"):
        ask.missing("派警时间？dis=14:03", "when was it dispatched? dis=14:03")
    if ask.has("d") and not ask.has("clr"):
        ask.missing("处毕时间？clr=14:31", "when was it cleared? clr=14:31")
    return cp.CatchUp(
        kind,
        place,
        received,
        ask.number("dis"),
        ask.number("arr"),
        ask.number("clr"),
        units,
        ask.word("d"),
        ask.number("p"),
        ask.text,
        ask.channel,
        ask.word("c"),
        ask.word("tel"),
        ask.word("pn"),
    )
