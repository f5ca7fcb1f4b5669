"""A desk that comes back: it goes on without a hole, or is given a new board, and never works on a false history."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.support.badline import BadLine
from tests.support.engines import running
from tests.support.room import CROSSING, LI, WANG
from tests.support.serving import desk, follow, serving
from tests.support.waiting import until
from zz110_tui.client.remote import RemoteLink
from zz110_tui.client.replica import Replica
from zz110_tui.core import commands as c
from zz110_tui.server.serving import Server
from zz110_tui.server.settings import Settings
from zz110_tui.service.engine import Engine
from zz110_tui.store.memory import MemoryJournal

FIGHT = c.OpenIncident("fight", CROSSING, text="两人持刀")


@asynccontextmanager
async def core(path: Path, journal: MemoryJournal, *notes: str) -> AsyncIterator[Engine]:
    """A core on a journal, in which somebody has written so many notes before anybody could join."""
    async with running(journal) as room:
        wang = room.link(WANG)
        if not room.engine.board.incidents:
            await wang.submit(FIGHT)
        for note in notes:
            await wang.submit(c.AddNote(1, note), command_id=note)
        server = Server(room.engine, Settings(socket=path))
        await server.start()
        try:
            yield room.engine
        finally:
            await server.stop()


async def test_another_history_under_the_same_name_is_noticed(tmp_path: Path) -> None:
    """A store restored from a backup: at a number that the desk has, there is now something else."""
    path = tmp_path / "s.zz110.sock"
    line = BadLine(path)
    lost, backup = MemoryJournal("drill"), MemoryJournal("drill")
    async with core(path, lost, "一", "二"):
        link = await RemoteLink.connect(line.dial, LI)
        feed = await link.join()
        backup.append(list(lost.read(0, feed.image.position - 2)))
    async with core(path, backup, "三", "四", "五") as engine:
        await until(lambda: feed.lagged)
        assert [batch async for batch in feed] == []
        new = await link.join()
        assert new.image == engine.board.image()
        assert sum('"why":"other_history"' in text for text in line.heard) == 1
        await link.submit(c.AddNote(1, "六"))
        assert len(new.take()) == 1
        await link.close()


async def test_an_answer_waits_for_a_desk_that_is_being_brought_up_to_date(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a command made is heard before its answer comes, also just after the link came back."""
    go_on = asyncio.Event()

    async with serving(tmp_path) as served, desk(served) as (link, line, _):
        feed = await link.join()
        replica = Replica(feed.image)
        line.unplugged = True
        await line.cut()
        await until(lambda: not link.state.connected)
        await served.room.link(WANG).submit(FIGHT)
        missed = served.server.room.missed

        async def slowly(after: int) -> Any:
            await go_on.wait()
            return await missed(after)

        monkeypatch.setattr(served.server.room, "missed", slowly)
        line.unplugged = False
        await until(lambda: link.state.connected)
        asked = asyncio.create_task(link.submit(FIGHT))
        await until(lambda: len(served.engine.board.incidents) == 2)
        assert not asked.done()
        go_on.set()
        answer = await asked
        assert follow(replica, feed) == answer.position


async def test_a_desk_that_missed_too_much_gets_a_new_board(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zz110_tui.server.member.RESUME_AT_MOST", 10)
    async with serving(tmp_path) as served, desk(served) as (link, line, _):
        feed = await link.join()
        line.unplugged = True
        await line.cut()
        await until(lambda: not link.state.connected)
        other = served.room.link(WANG)
        for _ in range(10):
            await other.submit(FIGHT)
        line.unplugged = False
        await until(lambda: feed.lagged)
        again = await link.join()
        assert again is not feed
        replica = Replica(again.image)
        await until(lambda: follow(replica, again) == served.engine.board.position)
        assert replica.board.image() == served.engine.board.image()
        assert sum('"why":"too_far"' in text for text in line.heard) == 1


async def test_a_long_absence_is_caught_up_in_order_while_the_room_goes_on(tmp_path: Path) -> None:
    async with serving(tmp_path, MemoryJournal("drill")) as served, desk(served) as (link, line, _):
        feed = await link.join()
        replica = Replica(feed.image)
        line.unplugged = True
        await line.cut()
        await until(lambda: not link.state.connected)
        other = served.room.link(WANG)
        for _ in range(700):
            await other.submit(FIGHT)
        line.unplugged = False

        async def more() -> None:
            for n in range(300):
                await other.submit(c.AddNote(1, f"{n}"))
                await asyncio.sleep(0)

        going_on = asyncio.create_task(more())
        await until(lambda: follow(replica, feed) == served.engine.board.position and going_on.done())
        assert replica.board.image() == served.engine.board.image()


async def test_a_second_join_while_the_room_is_busy_leaves_no_hole_in_either_feed(tmp_path: Path) -> None:
    async with serving(tmp_path) as served, desk(served) as (link, _, _states):
        other = served.room.link(WANG)

        async def busy() -> None:
            for _ in range(300):
                await other.submit(FIGHT)
                await asyncio.sleep(0)

        going_on = asyncio.create_task(busy())
        feeds = [await link.join() for _ in range(6)]
        await going_on
        replicas = [Replica(feed.image) for feed in feeds]
        for replica, feed in zip(replicas, feeds, strict=True):
            await until(lambda r=replica, f=feed: follow(r, f) == served.engine.board.position)  # type: ignore[misc]
            assert replica.board.image() == served.engine.board.image()


async def test_forty_desks_hear_the_same(tmp_path: Path) -> None:
    async with serving(tmp_path) as served:
        links = [await served.link(replace(LI, desk=f"{n:02d}")) for n in range(1, 41)]
        replicas = []
        feeds: list[Any] = []
        for link in links:
            feed = await link.join()
            feeds.append(feed)
            replicas.append(Replica(feed.image))
        await asyncio.gather(*[link.submit(FIGHT) for link in links])
        await asyncio.gather(*[link.submit(c.AddNote(n, "到")) for n, link in enumerate(links, 1)])
        for replica, feed in zip(replicas, feeds, strict=True):
            follow(replica, feed)
        at = served.engine.board.position
        await until(lambda: all(follow(r, f) == at for r, f in zip(replicas, feeds, strict=True)))
        assert all(replica.board.image() == served.engine.board.image() for replica in replicas)
