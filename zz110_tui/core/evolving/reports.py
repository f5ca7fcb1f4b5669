"""What changes a report, from the first ring to its recorded end."""

from __future__ import annotations

from zz110_tui.core import facts as f
from zz110_tui.core.board import Board
from zz110_tui.core.evolving.changing import put_incident
from zz110_tui.core.incidents import Report, ReportEnd, ReportStage
from zz110_tui.core.values import changed


def report_received(board: Board, entry: f.Entry, fact: f.ReportReceived) -> None:
    board.next_report = max(board.next_report, fact.report + 1)
    board.put_report(
        Report(
            number=fact.report,
            channel=fact.channel,
            received_at=fact.at,
            caller=fact.caller,
            contact=fact.contact,
            place=fact.place,
            text=fact.text,
            source=fact.source,
            version=entry.position,
        )
    )


def report_answered(board: Board, entry: f.Entry, fact: f.ReportAnswered) -> None:
    report = board.reports[fact.report]
    board.put_report(
        changed(
            report,
            stage=ReportStage.ANSWERED,
            answered_at=fact.at,
            answered_by=entry.actor.person,
            answered_desk=entry.actor.desk,
            version=entry.position,
        )
    )


def report_ended(board: Board, entry: f.Entry, fact: f.ReportEnded) -> None:
    report = board.reports[fact.report]
    board.put_report(
        changed(
            report,
            stage=ReportStage.ENDED,
            end=fact.end,
            end_reason=fact.reason,
            ended_at=fact.at,
            incident=fact.incident,
            version=entry.position,
        )
    )
    if fact.end is ReportEnd.LINKED:
        put_incident(board, entry, fact.incident, reports=(*board.incidents[fact.incident].reports, fact.report))
