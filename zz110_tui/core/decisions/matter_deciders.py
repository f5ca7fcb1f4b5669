"""Command to decision, for matters; ``decide`` has the whole table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from zz110_tui.core import commands_matters as c
from zz110_tui.core.decisions import matters, messages, notices, orders, roster, supports

MATTER_DECIDERS: dict[type, Callable[..., Any]] = {
    c.SendMessage: messages.send,
    c.ReadMessage: messages.read,
    c.IssueOrder: orders.issue,
    c.AdvanceOrder: orders.advance,
    c.FinishOrder: orders.finish,
    c.PushWarning: notices.push_warning,
    c.SignWarning: notices.sign_warning,
    c.CheckWarning: notices.check_warning,
    c.SuperviseWarning: notices.supervise_warning,
    c.FeedBackWarning: notices.feed_back_warning,
    c.AskSupport: supports.ask,
    c.AcceptSupport: supports.accept,
    c.ProvideSupport: supports.provide,
    c.CloseSupport: supports.close,
    c.PutOutBolo: notices.put_out_bolo,
    c.LookAtNotice: notices.look,
    c.ReportSighting: notices.report_sighting,
    c.EndNotice: matters.end_notice,
    c.OpenLedger: supports.open_ledger,
    c.AssignLedger: supports.assign,
    c.SettleLedger: supports.settle,
    c.FollowUpLedger: supports.follow_up,
    c.CloseLedger: supports.close_ledger,
    c.SetSquad: roster.set_squad,
    c.ChangeTurn: roster.change_turn,
    c.WithdrawMatter: matters.withdraw,
    c.NoteMatter: matters.note,
}
