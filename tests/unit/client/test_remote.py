"""A desk that loses its core: it says so, loses nothing, does nothing twice, and goes on where it was."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.badline import BadLine
from tests.support.engines import running
from tests.support.room import CROSSING, LI, WANG
from tests.support.serving import desk, follow, serving
from tests.support.waiting import until
from zz110_tui.client.remote import Options, RemoteLink
from zz110_tui.client.replica import Replica
from zz110_tui.client.states import NotSent, Unanswered
from zz110_tui.client.talk import TICK_MS
from zz110_tui.core import commands as c
from zz110_tui.core.facts import NoteAdded
from zz110_tui.core.trouble import Trouble
from zz110_tui.server.serving import Server
from zz110_tui.server.settings import Settings
from zz110_tui.store.memory import MemoryJournal
from zz110_tui.store.open import open_journal
from zz110_tui.wire.session import DESK_LIMITS

FIGHT = c.OpenIncident("fight", CROSSING, text="两人持刀")


def is_submit(text: str) -> bool:
    return '"k":"submit"' in text


async def test_a_cut_line_is_told_and_mended_and_the_feed_goes_on_without_a_new_board(tmp_path: Path) -> None:
    async with serving(tmp_path) as served, desk(served) as (link, line, states):
        other = await served.link(WANG)
        feed = await link.join()
        replica = Replica(feed.image)
        await other.submit(FIGHT)
        line.unplugged = True
        await line.cut()
        await until(lambda: not link.state.connected)
        await other.submit(c.Dispatch(1, ("01",)))
        await other.submit(c.AddNote(1, "断线时记的"))
        line.unplugged = False
        await until(lambda: link.state.connected)
        await until(lambda: follow(replica, feed) == served.engine.board.position)
        assert replica.board.image() == served.engine.board.image()
        assert not feed.lagged
        assert [state.connected for state in states] == [False, True]
        assert sum('"k":"image"' in text for text in line.heard) == 1, "only the first join was sent a board"
        assert sum('"k":"resumed"' in text for text in line.heard) == 1


@pytest.mark.parametrize("when", ["cut_before", "cut_after"])
async def test_a_command_whose_answer_was_lost_is_done_once(tmp_path: Path, when: str) -> None:
    async with serving(tmp_path) as served, desk(served) as (link, line, _):
        await link.submit(FIGHT)
        setattr(line, when, is_submit)
        answer = await link.submit(c.AddNote(1, "只记一次"), command_id="once")
        assert answer.accepted
        notes = [e for e in served.room.journal.read() if isinstance(e.fact, NoteAdded)]
        assert [entry.command for entry in notes] == ["once"]
        assert answer.entries == tuple(notes)
        assert sum('"id":"once"' in text for text in line.sent) == (1 if when == "cut_before" else 2)
        assert link.unanswered == ()


async def test_many_commands_on_their_way_when_the_line_is_cut_are_each_done_once_in_order(tmp_path: Path) -> None:
    async with serving(tmp_path) as served, desk(served) as (link, line, _):
        await link.submit(FIGHT)
        counted = 0

        def seventh(text: str) -> bool:
            nonlocal counted
            counted += is_submit(text)
            return counted in (7, 30, 61)

        for _round in range(3):
            line.cut_after = seventh
            answers = await asyncio.gather(*[link.submit(c.AddNote(1, f"{n}")) for n in range(100)])
            assert all(answer.accepted for answer in answers)
        notes = [e.fact.text for e in served.room.journal.read() if isinstance(e.fact, NoteAdded)]
        assert notes == [str(n) for n in range(100)] * 3
        assert line.dialled >= 2


async def test_a_refusal_that_was_lost_is_said_again(tmp_path: Path) -> None:
    async with serving(tmp_path) as served, desk(served) as (link, line, _):
        line.cut_after = is_submit
        answer = await link.submit(c.Dispatch(9, ("01",)))
        assert answer.refusal is not None
        assert answer.refusal.code == "no_such_incident"


async def test_while_the_link_is_lost_a_line_is_not_sent_and_says_so(tmp_path: Path) -> None:
    async with serving(tmp_path) as served, desk(served) as (link, line, _):
        line.unplugged = True
        await line.cut()
        await until(lambda: not link.state.connected)
        with pytest.raises(NotSent, match="not sent"):
            await link.submit(FIGHT)
        with pytest.raises(NotSent):
            await link.join()
        assert link.unanswered == ()
        line.unplugged = False
        await until(lambda: link.state.connected)
        assert served.engine.board.incidents == {}
        assert (await link.submit(FIGHT)).accepted


SILENT_MS = 1_500
QUICK = Options(limits=replace(DESK_LIMITS, silent_ms=SILENT_MS))


async def test_a_network_that_goes_dead_without_a_word_is_noticed(tmp_path: Path) -> None:
    """What the limit is in a room, and that a look at the clock comes in time, is held to below."""
    async with serving(tmp_path, limits=replace(Settings().limits, beat_ms=100)) as served, desk(served, QUICK) as made:
        link, line, states = made
        line.dead = line.unplugged = True
        asked = asyncio.create_task(link.submit(FIGHT))
        await until(lambda: not link.state.connected)
        assert link.state.why is not None
        assert link.state.why.code == "silent"
        assert link.silence() > SILENT_MS // 2, "the time for which nothing was heard"
        assert link.unanswered != ()
        line.dead = line.unplugged = False
        assert (await asked).accepted
        assert [state.connected for state in states] == [False, True]
        assert link.silence() < SILENT_MS


async def test_a_desk_knows_within_three_seconds() -> None:
    """With what one look at the clock and one painting may take."""
    assert DESK_LIMITS.silent_ms + TICK_MS + 250 <= 3_000
    assert Settings().limits.beat_ms == 1_000


async def test_a_script_gives_up_waiting_and_says_that_it_may_have_been_done(tmp_path: Path) -> None:
    async with serving(tmp_path) as served, desk(served, Options(patience_ms=100)) as (link, line, _):
        line.cut_after = is_submit
        line.unplugged = True
        with pytest.raises(Unanswered) as told:
            await link.submit(FIGHT, command_id="maybe")
        assert told.value.command_id == "maybe"
        assert len(served.engine.board.incidents) == 1
        line.unplugged = False
        await until(lambda: link.state.connected)
        assert (await link.submit(FIGHT, command_id="maybe")).accepted
        assert len(served.engine.board.incidents) == 1


async def test_a_script_waits_a_while_for_a_core_that_comes_back(tmp_path: Path) -> None:
    async with serving(tmp_path) as served, desk(served, Options(patience_ms=60_000)) as (link, line, _):
        line.unplugged = True
        await line.cut()
        await until(lambda: not link.state.connected)
        asked = asyncio.create_task(link.submit(FIGHT))
        await until(lambda: line.dialled > 2)
        assert not asked.done()
        line.unplugged = False
        assert (await asked).accepted

    async with serving(tmp_path) as served, desk(served, Options(patience_ms=50)) as (link, line, _):
        line.unplugged = True
        await line.cut()
        await until(lambda: not link.state.connected)
        with pytest.raises(NotSent):
            await link.submit(FIGHT)


async def test_a_core_that_stops_says_so_and_the_desk_finds_the_next_one(tmp_path: Path) -> None:
    journal = MemoryJournal("drill")
    path = tmp_path / "s.zz110.sock"
    async with running(journal) as room:
        server = Server(room.engine, Settings(socket=path))
        await server.start()
        line = BadLine(path)
        link = await RemoteLink.connect(line.dial, LI)
        feed = await link.join()
        replica = Replica(feed.image)
        await link.submit(FIGHT)
        await server.stop()
        await until(lambda: not link.state.connected)
        assert link.state.why is not None
        assert link.state.why.code == "closing"
        assert not path.exists()
    async with running(journal) as room:
        server = Server(room.engine, Settings(socket=path))
        await server.start()
        await until(lambda: link.state.connected)
        await link.submit(c.Dispatch(1, ("01",)))
        await until(lambda: follow(replica, feed) == room.engine.board.position)
        assert replica.board.image() == room.engine.board.image()
        assert sum('"k":"image"' in text for text in line.heard) == 1
        await link.close()
        await server.stop()


async def test_stopping_a_core_answers_what_it_has_taken(tmp_path: Path) -> None:
    journal = open_journal(tmp_path / "s.zz110", "drill")
    async with serving(tmp_path, journal, closing_ms=60_000) as served, desk(served) as (link, _, _states):
        await link.submit(FIGHT)
        answers = [asyncio.create_task(link.submit(c.AddNote(1, f"{n}"))) for n in range(40)]
        await until(lambda: served.engine.board.position > 10)
        await served.server.stop()
        done = [task.result() for task in answers if task.done() and task.exception() is None]
        assert len(done) == 40
    journal.close()


async def test_nobody_there_is_said_at_once(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="cannot be reached") as no:
        await RemoteLink.connect(BadLine(tmp_path / "no.sock").dial, LI)
    assert no.value.exit_code == 75


async def test_a_closed_link_is_closed(tmp_path: Path) -> None:
    async with serving(tmp_path) as served:
        link = await served.link()
        feed = await link.join()
        waiting = asyncio.create_task(link.submit(FIGHT))
        await link.close()
        await link.close()
        assert [batch async for batch in feed if not batch] == []
        with pytest.raises(NotSent):
            await link.submit(FIGHT)
        await asyncio.gather(waiting, return_exceptions=True)
        assert link.state.for_good
        await until(lambda: served.server.desks == 0)


async def test_whoever_stops_waiting_for_what_has_not_gone_out_takes_it_back(tmp_path: Path) -> None:
    limits = replace(Settings().limits, in_flight=1)
    async with serving(tmp_path, limits=limits) as served, desk(served) as (link, line, _):
        await link.submit(FIGHT)
        line.dead = True
        first = asyncio.create_task(link.submit(c.AddNote(1, "在路上"), command_id="first"))
        second = asyncio.create_task(link.submit(c.AddNote(1, "没出去"), command_id="second"))
        await asyncio.sleep(0)
        second.cancel()
        await asyncio.gather(second, return_exceptions=True)
        assert link.unanswered == ("first",)
        line.dead = False
        await line.cut()
        assert (await first).accepted
        assert "没出去" not in str(list(served.room.journal.read()))


async def test_the_cores_clock_is_told_and_never_runs_back(tmp_path: Path) -> None:
    async with serving(tmp_path) as served, desk(served) as (link, line, _):
        before = link.now()
        assert 0 <= before - served.room.clock.now() < 5_000
        served.room.clock.set(served.room.clock.now() + 3_600_000)
        await line.cut()
        await until(lambda: link.now() > before + 3_599_000)
        assert link.now() >= link.now() - 1
