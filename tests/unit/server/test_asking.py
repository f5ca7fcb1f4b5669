"""The past over a socket and over TLS: who may ask, what is written down, and that commands never wait for it."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.pasts import Told, lived, stored
from tests.support.room import CROSSING, LI, RULES
from tests.support.serving import desk, serving
from tests.support.tlsroom import serving_tls
from tests.support.waiting import until
from zz110_tui.client.past import LinkPast
from zz110_tui.client.states import NotSent
from zz110_tui.core import commands as c
from zz110_tui.core.desks import Duty
from zz110_tui.core.trouble import Trouble
from zz110_tui.service.pastdesk import InThread, PastDesk
from zz110_tui.service.pastreader import PastReader
from zz110_tui.wire import asking, session_desk
from zz110_tui.wire.asking import OneSlip, Page

FIGHT = c.OpenIncident("fight", CROSSING)


async def test_commands_are_answered_while_a_question_is_not(tmp_path: Path) -> None:
    told = Told()
    told.held = asyncio.Event()
    async with serving(tmp_path, past=told) as served:
        link, other = await served.link(), await served.link(LI)
        asked = [asyncio.create_task(link.ask(OneSlip(n))) for n in range(3)]
        await until(lambda: len(told.asked) == 2)
        for each in (link, other):
            assert (await each.submit(FIGHT)).accepted
        feed = await link.join()
        assert len(feed.image.incidents) == 2
        assert not any(task.done() for task in asked)
        told.held.set()
        assert await asyncio.gather(*asked) == [Page((b"1",))] * 3
        assert len(told.asked) == 3, "the third waited at the desk"


async def test_a_duty_that_may_not_read_slips_is_refused_by_the_core_and_noted(tmp_path: Path) -> None:
    told = Told()
    async with serving(tmp_path, past=told) as served:
        for duty in (Duty.ADMIN, Duty.UNIT, Duty.GATEWAY):
            link = await served.link(replace(LI, duty=duty))
            with pytest.raises(Trouble, match="may not read"):
                await link.ask(OneSlip(1))
            assert link.state.connected, "that is no reason to end the link"
        assert told.asked == []
        assert served.notes.codes("refused") == ["may_not_read"] * 3


async def test_a_lost_link_tells_the_asker_and_a_desk_that_left_is_no_burden(tmp_path: Path) -> None:
    told = Told()
    told.held = asyncio.Event()
    async with serving(tmp_path, past=told) as served, desk(served) as (link, line, _):
        asked = asyncio.create_task(link.ask(OneSlip(1)))
        await until(lambda: bool(told.asked))
        line.unplugged = True
        await line.cut()
        with pytest.raises(NotSent):
            await asked
        with pytest.raises(NotSent):
            await link.ask(OneSlip(2))
        await until(lambda: served.server.desks == 0)
        line.unplugged = False
        await until(lambda: link.state.connected)
        told.held.set()
        assert await link.ask(OneSlip(3)) == Page((b"1",))


async def test_whoever_stops_waiting_does_not_stop_the_next(tmp_path: Path) -> None:
    told = Told()
    told.held = asyncio.Event()
    async with serving(tmp_path, past=told) as served:
        link = await served.link()
        for _ in range(2):
            gone = asyncio.create_task(link.ask(OneSlip(1)))
            before = len(told.asked)
            await until(lambda: len(told.asked) > before)  # noqa: B023 - waited for in this very turn
            gone.cancel()
        told.held.set()
        assert await link.ask(OneSlip(2)) == Page((b"1",))
        assert link.state.connected


async def test_a_core_without_a_history_says_so(tmp_path: Path) -> None:
    async with serving(tmp_path) as served:
        with pytest.raises(Trouble, match="no history here"):
            await (await served.link()).ask(OneSlip(1))


async def test_a_core_of_an_older_version_is_not_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session_desk, "SPEAKS", (2, 2))
    told = Told()
    async with serving(tmp_path, past=told) as served:
        link = await served.link()
        assert (await link.submit(FIGHT)).accepted, "everything else is as before"
        with pytest.raises(Trouble, match="older"):
            await link.ask(OneSlip(1))
        assert told.asked == []


async def test_a_desk_over_tls_reads_a_real_past_page_by_page_and_it_is_written_down_under_its_account(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "MOST_ITEMS", 7)
    monkeypatch.setattr("zz110_tui.client.past.MOST_ITEMS", 7)
    answerer = InThread(PastReader(stored(lived(30), tmp_path), RULES))
    async with serving_tls(tmp_path) as room:
        room.server.past = PastDesk(answerer, room.notes.note)
        link = await room.link()
        past = LinkPast(link)
        assert [slip.number for slip in await past.find("打架", 0, 1 << 60, 20)] == list(range(30, 10, -1))
        assert [slip.number for slip in await past.slips()] == list(range(1, 31))
        reports = await past.reports()
        assert [report.number for report in reports] == list(range(1, 31))
        assert {report.contact for report in reports} == {"139****2207"}
        slip = await past.slip(3)
        assert slip is not None
        assert slip.reports[0].contact == "139****2207"
        assert await past.slip(99) is None
        assert len(await past.budgets(0, 1 << 60, "received")) == 2
        read = [values for event, values in room.notes.all if event == "read"]
        assert {values["account"] for values in read} == {"li"}
        assert {values["what"] for values in read} == {
            "find",
            "incident list --all",
            "report list --all",
            "incident show",
        }
        await link.close()
    await answerer.close()
