"""Two desks never quietly overwrite each other's matters: the later one is refused and told what was changed."""

from __future__ import annotations

import pytest

from tests.support.room import CROSSING, LI, WANG, Room
from zz110_tui.core import commands as c
from zz110_tui.core import commands_matters as m
from zz110_tui.core.alarms import Subject, SubjectKind
from zz110_tui.core.conflicts import conflict
from zz110_tui.core.ledger import LedgerKind
from zz110_tui.core.notices import About, Warrant
from zz110_tui.core.orders import ErrandStage, OrderKind
from zz110_tui.core.roster import Squad
from zz110_tui.core.supports import SupportKind

T1, W1 = Subject(SubjectKind.ORDER, "1"), Subject(SubjectKind.WARNING, "1")


def working() -> Room:
    """An order, a warning, a request and a ledger entry, all of 03."""
    room = Room()
    room.do(m.IssueOrder(OrderKind.SCHOOL_GUARD, ("01", "02"), "看好路口", CROSSING))
    room.do(m.PushWarning(1, About.VEHICLE, "03", Warrant("案1", "刑诉法", "王局", room.now + 86_400_000), "闽E12345"))
    room.do(m.AskSupport(SupportKind.VIDEO, "东铺头所", "调监控"))
    room.do(m.OpenLedger(LedgerKind.DISPUTE, "邻里噪音", CROSSING))
    return room


@pytest.mark.parametrize(
    ("first", "second", "what"),
    [
        (m.WithdrawMatter(T1, "另有任务"), m.WithdrawMatter(T1, "取消"), "/ 另有任务"),
        (m.AdvanceOrder(1, ("02",), ErrandStage.ON_SCENE), m.WithdrawMatter(T1, "取消"), "02"),
        (m.WithdrawMatter(T1, "换人", ("01",)), m.FinishOrder(1, text="平安"), "01"),
        (m.AcceptSupport(1, "马上"), m.WithdrawMatter(Subject(SubjectKind.SUPPORT, "1"), "无力"), "/ 马上"),
        (m.AssignLedger(1, "新桥所"), m.AssignLedger(1, "东铺头所"), "新桥所"),
        (m.SetSquad(Squad("二班", ("04",))), m.SetSquad(Squad("一班", ("04",))), "二班"),
    ],
    ids=lambda part: type(part).__name__ if not isinstance(part, str) else part,
)
def test_the_later_desk_is_refused_with_the_difference(first: c.Command, second: c.Command, what: str) -> None:
    room = working()
    seen = room.board.position
    room.do(first, WANG)
    no = conflict(room.board, second, LI, seen)
    assert no is not None
    assert no.code == "changed_meanwhile"
    for language in ("zh", "en"):
        assert what in no.sentence(language)
        assert WANG.person in no.sentence(language)
    assert conflict(room.board, second, LI, room.board.position) is None, "who has seen it may go on"
    assert conflict(room.board, second, WANG, seen) is None, "it was that desk's own change"


def test_what_a_unit_reports_is_never_held_up() -> None:
    room = working()
    seen = room.board.position
    room.do(m.WithdrawMatter(T1, "换人", ("01",)), WANG)
    for report in (
        m.AdvanceOrder(1, ("02",), ErrandStage.ON_SCENE),
        m.FinishOrder(1, ("02",)),
        m.SignWarning(1),
        m.CheckWarning(1, "车不在"),
    ):
        assert conflict(room.board, report, LI, seen) is None


def test_what_only_adds_is_no_conflict() -> None:
    room = working()
    seen = room.board.position
    room.do(m.NoteMatter(T1, "雨大"), WANG)
    room.do(m.LookAtNotice(W1, "核对"), WANG)
    assert conflict(room.board, m.WithdrawMatter(T1, "取消"), LI, seen) is None
    assert conflict(room.board, m.WithdrawMatter(W1, "取消"), LI, seen) is None


def test_the_refusal_never_tells_the_words_of_a_notice() -> None:
    room = working()
    seen = room.board.position
    room.do(m.SignWarning(1), WANG)
    room.do(m.CheckWarning(1, "闽E12345 在巷口"), WANG)
    no = conflict(room.board, m.WithdrawMatter(W1, "取消"), LI, seen)
    assert no is not None
    assert "闽E12345" not in no.sentence("zh")
