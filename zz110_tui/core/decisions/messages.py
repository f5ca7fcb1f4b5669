"""Decisions about messages: sent to desks and units, read by each."""

from __future__ import annotations

from zz110_tui.core import commands_matters as c
from zz110_tui.core import facts as f
from zz110_tui.core import facts_matters as m
from zz110_tui.core.alarms import SubjectKind
from zz110_tui.core.decisions.context import Context, checked_reason, find_unit, refuse
from zz110_tui.core.decisions.matters import about_incident, check, find, priority
from zz110_tui.core.messages import Message, Reader, ReaderKind
from zz110_tui.core.terms import subject_no
from zz110_tui.core.transitions_matters import MESSAGE, MessageMove


def send(ctx: Context, cmd: c.SendMessage) -> tuple[f.Fact, ...]:
    """Each desk and unit named has to read it; the desk that sends it knows it already."""
    text = checked_reason(cmd.text)
    readers: list[Reader] = []
    for desk in dict.fromkeys(cmd.desks):
        if desk not in ctx.board.desks:
            raise refuse("no_such_desk", desk=desk)
        if desk != ctx.actor.desk:
            readers.append(Reader(ReaderKind.DESK, desk))
    readers += [Reader(ReaderKind.UNIT, find_unit(ctx, unit).call_sign) for unit in dict.fromkeys(cmd.units)]
    if not readers:
        raise refuse("no_reader_named")
    number = ctx.board.next_number(SubjectKind.MESSAGE)
    about = about_incident(ctx, cmd.incident)
    return (m.MessageSent(number, priority(cmd.priority), text, about, tuple(readers), ctx.now),)


def read(ctx: Context, cmd: c.ReadMessage) -> tuple[f.Fact, ...]:
    """Only whom it went to can have read it, and once."""
    message = find(ctx, Message, SubjectKind.MESSAGE, cmd.message)
    kind, name = (ReaderKind.UNIT, cmd.unit) if cmd.unit else (ReaderKind.DESK, ctx.actor.desk)
    reader = message.reader(kind, name)
    if reader is None:
        raise refuse("not_a_reader", reader=name, matter=subject_no(message.subject))
    if reader.read_at:
        raise refuse("already_read", reader=name, matter=subject_no(message.subject), at=f"time:{reader.read_at}")
    check(message, MESSAGE, MessageMove.READ, "")
    return (m.MessageRead(message.number, Reader(kind, name, ctx.now)),)
