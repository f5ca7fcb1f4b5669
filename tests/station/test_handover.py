"""Shift change at a desk: what is open, notes that stay until read, another person without a restart."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.station.far import far
from tests.station.stage import SMALL, WIDE, stage
from tests.support.waiting import until
from zz110_tui.core import commands as c
from zz110_tui.core import commands_seats as cs
from zz110_tui.core.desks import Actor, Duty
from zz110_tui.language.parse import parse
from zz110_tui.station.ui import Page


@pytest.mark.parametrize("size", [SMALL, WIDE])
@pytest.mark.parametrize("language", ["zh", "en"])
async def test_the_desk_changes_its_person_and_the_notes_stay_until_read(size: tuple[int, int], language: str) -> None:
    async with stage(size, language) as desk:
        await desk.enter("n 打架 @F7 / 两人持刀")
        await desk.enter("ho 王 / 0001 等法医，报警人在北门")
        assert desk.core.engine.board.desks["03"].person == "王"
        assert desk.desk.room.link.actor.person == "王"
        assert "王" in desk.lines()[0]
        assert {"zh": "李 的交接还有 1 条未阅", "en": "1 hand-over notes by 李 are not read"}[language] in desk.lines()[
            1
        ]
        await desk.enter(":handover")
        shown = desk.text()
        assert desk.page() is Page.HANDOVER
        assert "0001 等法医，报警人在北门" in shown
        assert "两人持刀" in shown or "0001" in shown
        await desk.enter("rh")
        assert desk.core.engine.board.hand_overs == {}
        assert {"zh": "未阅", "en": "are not read"}[language] not in desk.lines()[1]
        await desk.enter("nt 1 / 接班人所写")
        assert list(desk.core.journal.read())[-1].actor.person == "王"


async def test_who_wrote_them_is_not_told_to_read_them() -> None:
    async with stage(SMALL) as desk:
        await desk.enter("ho / 对讲三频道有杂音")
        assert "未阅" not in desk.lines()[1]
        await desk.enter("rh")
        assert "接班人" in desk.text()


async def test_a_person_over_the_link_changes_too(tmp_path: Path) -> None:
    """The account that runs the core may be anybody."""
    async with far(tmp_path) as desk:
        await desk.enter("ho 王 / 夜班注意")
        await until(lambda: desk.link.actor.person == "王")
        await desk.settle()
        assert not desk.desk.cover.on
        await desk.enter("rh")
        await until(lambda: not desk.core.engine.board.hand_overs)


async def test_where_the_core_knows_people_by_account_the_next_one_logs_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with far(tmp_path) as desk:

        async def stays(person: str) -> None:
            assert person == "王"

        monkeypatch.setattr(desk.link, "change_person", stays)
        await desk.enter("ho 王 / 夜班注意")
        assert desk.desk.cover.on
        assert "由其用自己的账号登录" in desk.text()
        await desk.enter("0000")
        assert desk.desk.cover.on


async def test_data_are_seen_for_a_minute_at_this_desk_alone() -> None:
    async with stage() as desk:
        await desk.enter("n 打架 @F7 c=陈小明 tel=13912342207")
        assert "13912342207" not in desk.text()
        await desk.other.submit(cs.Unmask(1, "别处要看"))
        await desk.settle()
        await desk.press("enter")
        assert "13912342207" not in desk.text()
        await desk.enter("um 1 / 回拨核实地址")
        shown = desk.text()
        assert "13912342207" in shown
        assert "陈小明" in shown
        assert "(明文)" in shown
        await desk.pass_time(61)
        assert "13912342207" not in desk.text()


async def test_an_auditor_is_refused_and_told_why() -> None:
    async with stage() as desk:
        await desk.enter("n 打架 @F7 c=陈小明 tel=13912342207")
        link = desk.core.link(Actor("钱", "09", Duty.AUDIT, "keyboard"))
        await link.submit(c.OpenDesk(Duty.AUDIT))
        answer = await link.submit(cs.Unmask(1, "核查"))
        assert answer.refusal is not None
        assert answer.refusal.code == "not_yours_to_do"


async def test_a_slip_from_paper_is_marked_and_does_not_move_the_rate_of_the_day() -> None:
    async with stage() as desk:
        await desk.enter("cu 盗窃 @G7 rcv=10:02 dis=10:03 arr=10:20 clr=10:25 3 调解 pn=A-17")
        assert "补录" in desk.text()
        assert "5分到场 —" in desk.lines()[0]


async def test_the_paper_is_asked_for_field_by_field() -> None:
    async with stage() as desk:
        asked = []
        for line in (
            "cu",
            "cu 盗窃",
            "cu 盗窃 @G7",
            "cu 盗窃 @G7 rcv=10:02 3",
            "cu 盗窃 @G7 rcv=10:02 dis=10:03 3 调解",
        ):
            parsed = parse(line, desk.desk.scene())
            assert not parsed.ready
            asked.append(parsed.preview)
        wrong = parse("cu 盗窃 @G7 rcv=25:02", desk.desk.scene())
        assert "14:02" in wrong.preview + wrong.hint
