"""What changes a warning, a watch notice, a support request."""

from __future__ import annotations

from zz110_tui.core import facts as f
from zz110_tui.core import facts_matters as m
from zz110_tui.core.alarms import Subject, SubjectKind
from zz110_tui.core.board import Board
from zz110_tui.core.evolving.mattering import put, put_subject
from zz110_tui.core.notices import Bolo, BoloStage, Look, WarningNotice, WarningStage, looked
from zz110_tui.core.supports import Support, SupportStage

# -- notices ---------------------------------------------------------------------------------------------------------


def warning_pushed(board: Board, entry: f.Entry, fact: m.WarningPushed) -> None:
    board.put_matter(
        WarningNotice(
            number=fact.warning,
            grade=fact.grade,
            about=fact.about,
            place=fact.place,
            text=fact.text,
            warrant=fact.warrant,
            unit=fact.unit,
            desk=entry.actor.desk,
            person=entry.actor.person,
            opened_at=fact.at,
            version=entry.position,
        )
    )


def warning_signed(board: Board, entry: f.Entry, fact: m.WarningSigned) -> None:
    put(board, entry, SubjectKind.WARNING, fact.warning, stage=WarningStage.SIGNED, signed_at=fact.at)


def warning_checked(board: Board, entry: f.Entry, fact: m.WarningChecked) -> None:
    put(
        board, entry, SubjectKind.WARNING, fact.warning, stage=WarningStage.CHECKED, checked_at=fact.at, found=fact.text
    )


def warning_supervised(board: Board, entry: f.Entry, fact: m.WarningSupervised) -> None:
    put(board, entry, SubjectKind.WARNING, fact.warning, stage=WarningStage.SUPERVISED, supervised_at=fact.at)


def warning_fed_back(board: Board, entry: f.Entry, fact: m.WarningFedBack) -> None:
    warning = board.matters.get(Subject(SubjectKind.WARNING, str(fact.warning)))
    found = fact.text or (warning.found if isinstance(warning, WarningNotice) else "")
    put(
        board,
        entry,
        SubjectKind.WARNING,
        fact.warning,
        stage=WarningStage.FED_BACK,
        result=fact.result,
        found=found,
        ended_at=fact.at,
    )


def bolo_put_out(board: Board, entry: f.Entry, fact: m.BoloPutOut) -> None:
    board.put_matter(
        Bolo(
            number=fact.bolo,
            priority=fact.priority,
            about=fact.about,
            place=fact.place,
            text=fact.text,
            warrant=fact.warrant,
            desk=entry.actor.desk,
            person=entry.actor.person,
            opened_at=fact.at,
            version=entry.position,
        )
    )


def notice_looked_at(board: Board, entry: f.Entry, fact: m.NoticeLookedAt) -> None:
    notice = board.matters.get(fact.notice)
    if isinstance(notice, WarningNotice | Bolo):
        look = Look(entry.actor.desk, entry.actor.person, fact.at)
        put_subject(board, entry, fact.notice, looks=looked(notice.looks, look))


def bolo_sighted(board: Board, entry: f.Entry, fact: m.BoloSighted) -> None:
    bolo = board.matters.get(Subject(SubjectKind.BOLO, str(fact.bolo)))
    if isinstance(bolo, Bolo):
        put(board, entry, SubjectKind.BOLO, fact.bolo, sightings=bolo.sightings + 1)


def notice_expired(board: Board, entry: f.Entry, fact: m.NoticeExpired) -> None:
    warning = fact.notice.kind is SubjectKind.WARNING
    stage = WarningStage.EXPIRED if warning else BoloStage.EXPIRED
    put_subject(board, entry, fact.notice, stage=stage, ended_at=fact.at)


# -- support requests ------------------------------------------------------------------------------------------------


def support_asked(board: Board, entry: f.Entry, fact: m.SupportAsked) -> None:
    board.put_matter(
        Support(
            number=fact.support,
            kind=fact.kind,
            priority=fact.priority,
            station=fact.station,
            place=fact.place,
            text=fact.text,
            incident=fact.incident,
            desk=entry.actor.desk,
            person=entry.actor.person,
            opened_at=fact.at,
            version=entry.position,
        )
    )


def support_accepted(board: Board, entry: f.Entry, fact: m.SupportAccepted) -> None:
    put(
        board,
        entry,
        SubjectKind.SUPPORT,
        fact.support,
        stage=SupportStage.ACCEPTED,
        answer=fact.text,
        answered_at=fact.at,
    )


def support_provided(board: Board, entry: f.Entry, fact: m.SupportProvided) -> None:
    put(
        board,
        entry,
        SubjectKind.SUPPORT,
        fact.support,
        stage=SupportStage.PROVIDED,
        found=fact.text,
        provided_at=fact.at,
    )


def support_closed(board: Board, entry: f.Entry, fact: m.SupportClosed) -> None:
    support = board.matters.get(Subject(SubjectKind.SUPPORT, str(fact.support)))
    found = fact.text or (support.found if isinstance(support, Support) else "")
    put(
        board,
        entry,
        SubjectKind.SUPPORT,
        fact.support,
        stage=SupportStage.CLOSED,
        result=fact.result,
        found=found,
        ended_at=fact.at,
    )
