"""From a command to facts, or to a refusal. Pure: the same arguments give the same answer on every machine."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from zz110_tui.core import commands as c
from zz110_tui.core import commands_alarms as ca
from zz110_tui.core import commands_catchup as cp
from zz110_tui.core import commands_cover as cc
from zz110_tui.core import commands_intake as ci
from zz110_tui.core import commands_seats as cs
from zz110_tui.core.board import Board
from zz110_tui.core.decisions import (
    alarms,
    catchup,
    closing,
    covering,
    dispatching,
    intake,
    progress,
    room,
    seats,
    slips,
    taking,
    undoing,
)
from zz110_tui.core.decisions.context import Context, Refused, refuse
from zz110_tui.core.decisions.matter_deciders import MATTER_DECIDERS
from zz110_tui.core.desks import Actor
from zz110_tui.core.facts import Fact
from zz110_tui.core.refusals import Refusal
from zz110_tui.core.rulebook import Rulebook

Decision = tuple[Fact, ...] | Refusal
Decider = Callable[[Context, Any], tuple[Fact, ...]]


def decide(board: Board, command: c.Command, actor: Actor, now: int, rules: Rulebook) -> Decision:
    """What happens if ``actor`` wants ``command`` at ``now`` (UTC ms). Reads the board and changes nothing."""
    try:
        _check_lock(board, command, actor)
        return _DECIDERS[type(command)](Context(board, actor, now, rules), command)
    except Refused as no:
        return no.refusal


WHILE_LOCKED = (cs.LockDesk, cs.UnlockDesk, c.OpenDesk, c.CloseDesk, c.RaiseAlarm)
"""What a locked desk may still do: be unlocked, be left; and an emergency is never kept from anybody."""


def _check_lock(board: Board, command: c.Command, actor: Actor) -> None:
    desk = board.desks.get(actor.desk)
    if desk is not None and desk.locked_at and desk.staffed and not isinstance(command, WHILE_LOCKED):
        raise refuse("desk_locked", desk=desk.id, person=desk.person)


_DECIDERS: dict[type, Decider] = {
    cp.CatchUp: catchup.catch_up,
    cs.LockDesk: seats.lock_desk,
    cs.UnlockDesk: seats.unlock_desk,
    cs.FreeDesk: seats.free_desk,
    cs.HandOver: seats.hand_over,
    cs.ReadHandOver: seats.read_hand_over,
    cs.Unmask: seats.unmask,
    c.AdoptCity: room.adopt_city,
    c.OpenDesk: room.open_desk,
    c.CloseDesk: room.close_desk,
    c.RaiseAlarm: alarms.raise_alarm,
    c.TakeAlarm: alarms.take_alarm,
    c.ClearAlarm: alarms.clear_alarm,
    ca.ShelveAlarm: alarms.shelve_alarm,
    ca.UnshelveAlarm: alarms.unshelve_alarm,
    ca.RiseAlarm: alarms.rise_alarm,
    c.FileSlips: room.file_slips,
    c.ReceiveReport: taking.receive_report,
    c.AnswerReport: taking.answer_report,
    c.EndReport: taking.end_report,
    c.OpenIncident: taking.open_incident,
    c.LinkReport: taking.link_report,
    c.AmendIncident: slips.amend_incident,
    c.Hold: slips.hold,
    c.Release: slips.release,
    c.LinkIncident: slips.link_incident,
    c.Split: slips.split,
    c.NameLead: slips.name_lead,
    c.AddNote: slips.add_note,
    c.Dispatch: dispatching.dispatch,
    c.Exchange: dispatching.exchange,
    c.PreEmpt: dispatching.pre_empt,
    c.Advance: progress.advance,
    c.Contact: progress.contact,
    c.Clear: progress.clear,
    c.MakeAvailable: progress.make_available,
    c.SetStatus: progress.set_status,
    c.MoveToPost: progress.move_to_post,
    c.Transfer: closing.transfer,
    c.Finish: closing.finish,
    c.FeedBack: closing.feed_back,
    c.CallBack: closing.call_back,
    c.CloseIncident: closing.close_incident,
    c.Reopen: closing.reopen,
    c.Undo: undoing.undo,
    ci.AnswerQuestion: intake.answer_question,
    ci.TickSteps: intake.tick_steps,
    ci.AttachLink: intake.attach_link,
    ci.WeighPriority: intake.weigh_priority,
    cc.FillIn: covering.fill_in,
    cc.DispatchTogether: covering.dispatch_together,
    cc.CloseRing: covering.close_ring,
    **MATTER_DECIDERS,
}
