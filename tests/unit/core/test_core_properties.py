"""Whatever anybody sends, in whatever order, the core keeps its invariants."""

from __future__ import annotations

from collections import Counter

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from tests.support.room import CROSSING, LI, RULES, WANG, Room
from zz110_tui.core import commands as c
from zz110_tui.core import commands_alarms as ca
from zz110_tui.core import facts as f
from zz110_tui.core.alarms import AlarmKind, of_incident, of_report
from zz110_tui.core.board import Board
from zz110_tui.core.commands_matters import EndNotice
from zz110_tui.core.deadlines import causes_of, deadlines_of
from zz110_tui.core.desks import SYSTEM, Actor
from zz110_tui.core.evolve import evolve
from zz110_tui.core.incidents import AssignmentStage, Channel, IncidentStage, ReportEnd, ReportStage
from zz110_tui.core.refusals import Refusal
from zz110_tui.core.rising import rise_due
from zz110_tui.core.transitions import (
    ASSIGNMENT,
    INCIDENT,
    REPORT,
    AssignmentMove,
    IncidentMove,
    ReportMove,
    after,
    working_stage,
)
from zz110_tui.core.units import UnitStatus

incidents = st.integers(1, 8)
reports = st.integers(1, 10)
call_signs = st.sampled_from(["01", "02", "03", "04"])
some_units = st.lists(call_signs, min_size=0, max_size=3).map(tuple)
reasons = st.sampled_from(["", "理由"])
actors = st.sampled_from([LI, WANG])
dispositions = st.sampled_from(["", "mediated", "cancelled", "advised", "nothing"])

alarms = st.builds("{}:incident:{}".format, st.sampled_from(["undispatched", "unfed_back", "hold_over"]), incidents)

commands = st.one_of(
    st.builds(c.TakeAlarm, alarms),
    st.builds(ca.ShelveAlarm, alarms, reasons),
    st.builds(ca.UnshelveAlarm, alarms),
    st.builds(c.ReceiveReport, st.sampled_from(Channel), source=st.sampled_from(["", "", "a", "b"])),
    st.builds(c.AnswerReport, reports),
    st.builds(c.EndReport, reports, st.sampled_from(ReportEnd), reasons),
    st.builds(
        c.OpenIncident, st.sampled_from(["fight", "noise", "robbery", "?"]), st.just(CROSSING), st.integers(0, 10)
    ),
    st.builds(c.AmendIncident, incidents, priority=st.integers(0, 5)),
    st.builds(
        c.Dispatch,
        incidents,
        some_units,
        st.sampled_from([AssignmentStage.DISPATCHED, AssignmentStage.EN_ROUTE, AssignmentStage.ON_SCENE]),
        st.booleans(),
    ),
    st.builds(
        c.Advance,
        some_units,
        st.sampled_from([AssignmentStage.SIGNED, AssignmentStage.EN_ROUTE, AssignmentStage.ON_SCENE]),
        st.sampled_from([0, 0, 1, 2, 3]),
    ),
    st.builds(c.Contact, some_units),
    st.builds(c.Clear, st.sampled_from([0, 1, 2, 3, 4]), some_units, dispositions, reasons),
    st.builds(c.MakeAvailable, some_units, reasons),
    st.builds(c.SetStatus, some_units, st.sampled_from(UnitStatus), reasons),
    st.builds(c.Exchange, call_signs, call_signs),
    st.builds(c.PreEmpt, call_signs, incidents),
    st.builds(c.NameLead, incidents, call_signs),
    st.builds(c.Hold, incidents, reason=reasons),
    st.builds(c.Release, incidents),
    st.builds(c.LinkIncident, incidents, incidents),
    st.builds(c.LinkReport, reports, incidents),
    st.builds(c.Split, incidents),
    st.builds(c.Transfer, incidents, st.just("12345"), reasons),
    st.builds(c.Finish, incidents, dispositions, reasons),
    st.builds(c.FeedBack, incidents),
    st.builds(c.CallBack, incidents, st.booleans()),
    st.builds(c.CloseIncident, incidents),
    st.builds(c.Reopen, incidents, reasons),
    st.builds(c.AddNote, incidents, reasons, st.sampled_from(["", "01"])),
    st.builds(c.Undo),
)

MOVE_OF_FACT = {
    f.IncidentHandled: IncidentMove.HANDLE,
    f.IncidentTransferred: IncidentMove.TRANSFER,
    f.IncidentFinished: IncidentMove.FINISH,
    f.IncidentLinked: IncidentMove.LINK,
    f.IncidentSplit: IncidentMove.SPLIT,
    f.IncidentFedBack: IncidentMove.FEED_BACK,
    f.IncidentCalledBack: IncidentMove.CALL_BACK,
    f.IncidentClosed: IncidentMove.CLOSE,
    f.IncidentReopened: IncidentMove.REOPEN,
    f.UnitAssigned: IncidentMove.WORK,
    f.AssignmentAdvanced: IncidentMove.WORK,
}
MOVE_OF_ADVANCE = {
    AssignmentStage.SIGNED: AssignmentMove.SIGN,
    AssignmentStage.EN_ROUTE: AssignmentMove.SET_OUT,
    AssignmentStage.ON_SCENE: AssignmentMove.ARRIVE,
}


def check_table(board: Board, fact: f.Fact) -> None:
    """The fact's move is in its table, on the board as it is just before the fact."""
    match fact:
        case f.ReportAnswered(report=r):
            assert after(REPORT, board.reports[r].stage, ReportMove.ANSWER)
        case f.ReportEnded(report=r):
            assert after(REPORT, board.reports[r].stage, ReportMove.END)
        case f.UnitCleared(incident=i, unit=u):
            check_assignment(board, i, u, AssignmentMove.CLEAR)
        case f.UnitWithdrawn(incident=i, unit=u):
            check_assignment(board, i, u, AssignmentMove.WITHDRAW)
        case f.StackActivated(incident=i, unit=u):
            check_assignment(board, i, u, AssignmentMove.ACTIVATE)
        case f.AssignmentAdvanced(incident=i, unit=u, stage=stage):
            check_assignment(board, i, u, MOVE_OF_ADVANCE[stage])
    move = MOVE_OF_FACT.get(type(fact))
    if move is not None:
        assert after(INCIDENT, board.incidents[fact.incident].stage, move), fact  # type: ignore[union-attr]


def check_assignment(board: Board, incident: int, unit: str, move: AssignmentMove) -> None:
    assignment = board.incidents[incident].assignment(unit)
    assert assignment is not None
    assert after(ASSIGNMENT, assignment.stage, move), (assignment, move)


class AnyDay(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.room = Room(units=4)
        self.shadow = Board()
        self.stacked: set[tuple[str, int]] = set()
        self.catch_up()

    def catch_up(self) -> None:
        """Bring the shadow board along, holding each fact against the tables before it."""
        for entry in self.room.journal[self.shadow.position :]:
            if isinstance(entry.fact, f.UnitAssigned) and entry.fact.stacked:
                self.stacked.add((entry.fact.unit, entry.fact.incident))
            check_table(self.shadow, entry.fact)
            evolve(self.shadow, entry)

    @rule(command=commands, actor=actors)
    def anybody_sends_anything(self, command: c.Command, actor: Actor) -> None:
        before = self.room.board.image()
        if isinstance(self.room.send(command, actor), Refusal):
            assert self.room.board.image() == before, "a refusal changes nothing"
        self.catch_up()

    @rule(minutes=st.integers(1, 60))
    def time_passes_and_the_timers_ring(self, minutes: int) -> None:
        self.room.now += minutes * 60_000
        board = self.room.board
        subjects = [*map(of_report, board.reports), *map(of_incident, board.incidents), *board.matters]
        for subject in subjects:
            for deadline in list(deadlines_of(board, subject, RULES)):
                if deadline.due <= self.room.now:
                    cause = deadline.cause
                    raised: c.Command = c.RaiseAlarm(cause.kind, subject, cause.unit)
                    due = EndNotice(subject) if cause.kind is AlarmKind.NOTICE_END else raised
                    assert not isinstance(self.room.send_at(due, SYSTEM), Refusal)
        for alarm in list(board.alarms.values()):
            if alarm.shelf is not None and alarm.shelf.until <= self.room.now:
                assert not isinstance(self.room.send_at(ca.UnshelveAlarm(alarm.key), SYSTEM), Refusal)
            elif alarm.shelf is None and rise_due(alarm, RULES) <= self.room.now:
                assert not isinstance(self.room.send_at(ca.RiseAlarm(alarm.key), SYSTEM), Refusal)
        self.catch_up()

    @invariant()
    def nothing_that_cannot_wait_is_on_the_shelf_and_nothing_stays_there_for_ever(self) -> None:
        for alarm in self.room.board.alarms.values():
            if alarm.shelf is not None:
                assert alarm.may_be_shelved
                assert alarm.shelf.until <= alarm.shelf.at + RULES.alarms.most_shelf_ms

    @invariant()
    def a_replay_gives_the_same_board(self) -> None:
        assert self.shadow.image() == self.room.board.image()

    @invariant()
    def a_board_from_its_image_is_the_same_board(self) -> None:
        image = self.room.board.image()
        assert Board.from_image(image).image() == image

    @invariant()
    def a_unit_is_on_two_incidents_only_when_stacked(self) -> None:
        board = self.room.board
        live: Counter[str] = Counter()
        for incident in board.incidents.values():
            for a in incident.assignments:
                live[a.unit] += a.live
                assert (a.over) or incident.number in board.units[a.unit].incidents
        assert all(count <= 1 for count in live.values()), live
        for unit in board.units.values():
            for number in unit.incidents[1:]:
                assert (unit.call_sign, number) in self.stacked

    @invariant()
    def stage_and_end_agree(self) -> None:
        for incident in self.room.board.incidents.values():
            if incident.open:
                assert incident.stage is working_stage(incident.assignments)
                assert incident.disposition == ""
            else:
                assert not any(not a.over for a in incident.assignments), "an ended incident holds no unit"
            if incident.stage is IncidentStage.CLOSED:
                assert incident.disposition
                assert incident.closed_at

    @invariant()
    def every_report_is_waiting_or_has_exactly_one_end(self) -> None:
        board = self.room.board
        for report in board.reports.values():
            assert (report.stage is ReportStage.ENDED) == (report.end is not None)
            holders = [i.number for i in board.incidents.values() if report.number in i.reports and not i.linked_to]
            if report.end in (ReportEnd.SLIP, ReportEnd.LINKED):
                assert holders == [report.incident]

    @invariant()
    def no_alarm_without_its_cause_and_none_lost_while_it_stands(self) -> None:
        board = self.room.board
        for alarm in board.alarms.values():
            assert alarm.kind is AlarmKind.EMERGENCY or alarm.key in {c.key for c in causes_of(board, alarm.subject)}


AnyDay.TestCase.settings = settings(
    max_examples=60, stateful_step_count=60, deadline=None, suppress_health_check=list(HealthCheck)
)
TestAnyDay = AnyDay.TestCase
