"""A desk over TLS on a bad line: it notices, comes back to where it was, and what it sent is done exactly once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from tests.proof.proxy import BadProxy, Fate, to_port
from tests.support.room import CROSSING
from tests.support.serving import follow
from tests.support.tlsroom import ACTOR, CERTIFICATE, PASSWORD, Room, answers, serving_tls
from tests.support.waiting import until
from zz110_tui.client.login import Login, Where, over_tls
from zz110_tui.client.remote import Options, RemoteLink
from zz110_tui.client.replica import Replica
from zz110_tui.core import commands as c
from zz110_tui.core.facts import NoteAdded
from zz110_tui.server.settings import Settings
from zz110_tui.store.memory import MemoryJournal
from zz110_tui.wire.session import DESK_LIMITS

DESK_SILENT_MS, CORE_SILENT_MS, BEAT_MS = 1_500, 120_000, 100
"""The core is so patient that what is noticed is noticed by the desk."""

HEARS_ALL_MS = 60_000
"""The patience of a desk whose line is not silent: a loaded machine makes silences of its own."""

LOST = {Fate.CUT: ("cut",), Fate.SWALLOW_DOWN: ("silent",), Fate.SWALLOW_UP: ("unheard", "silent")}
"""What the desk may say of the line (a loaded machine makes two silences of one). One that drips is not lost."""


@asynccontextmanager
async def through(room: Room, fate: Fate) -> AsyncIterator[tuple[BadProxy, RemoteLink]]:
    """A desk that reaches the room through a proxy, on a line that is clean so far."""
    proxy = BadProxy(to_port("localhost", room.server.port), "110", (Fate.CLEAN,))
    place = Where("localhost", await proxy.listen_on(), CERTIFICATE)
    silent = DESK_SILENT_MS if fate in (Fate.SWALLOW_DOWN, Fate.SWALLOW_UP) else HEARS_ALL_MS
    limits = replace(DESK_LIMITS, silent_ms=silent)
    login = Login(place, "li", answers(PASSWORD))
    link = await RemoteLink.connect(over_tls(place), ACTOR, Options(ticket=login.ticket, limits=limits))
    try:
        yield proxy, link
    finally:
        await link.close()
        await proxy.close()


@pytest.mark.parametrize("fate", [Fate.CUT, Fate.SWALLOW_DOWN, Fate.SWALLOW_UP, Fate.DRIP])
async def test_what_was_sent_and_not_answered_is_done_once_and_the_feed_goes_on(tmp_path: Path, fate: Fate) -> None:
    journal = MemoryJournal("drill")
    limits = replace(Settings().limits, beat_ms=BEAT_MS, silent_ms=CORE_SILENT_MS)
    async with serving_tls(tmp_path, journal, limits=limits) as room, through(room, fate) as (proxy, link):
        changes: list[str] = []
        link.on_state = lambda state: changes.append("" if state.why is None else state.why.code)
        other = await room.link()
        feed = await link.join()
        replica = Replica(feed.image)
        await link.submit(c.OpenIncident("fight", CROSSING))

        proxy.spoil(fate)
        ids = [f"bad-{n}" for n in range(20)]
        asked = [asyncio.create_task(link.submit(c.AddNote(1, each), command_id=each)) for each in ids]
        assert (await other.submit(c.AddNote(1, "meanwhile"))).accepted
        told = await asyncio.gather(*asked)

        assert all(answer.accepted for answer in told)
        notes = [entry for entry in journal.read() if isinstance(entry.fact, NoteAdded)]
        assert [entry.command for entry in notes if entry.command in ids] == ids, "each once, and in order"
        assert [answer.entries for answer in told] == [(e,) for e in notes if e.command in ids]
        await until(lambda: follow(replica, feed) == room.engine.board.position)
        assert replica.board.image() == room.engine.board.image()
        assert not feed.lagged, "it went on by position and hash, without a new board"
        assert changes[1:] == [""] if fate in LOST else not changes
        assert not changes or changes[0] in LOST[fate], "the desk noticed it, long before the core would have"
        await other.close()
