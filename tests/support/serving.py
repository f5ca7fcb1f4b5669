"""Cores that serve, and links to them, for tests: the real server on a real Unix socket."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from tests.support.badline import BadLine
from tests.support.engines import Running, running
from tests.support.room import LI
from zz110_tui.client.dial import over_socket
from zz110_tui.client.feeds import RemoteFeed
from zz110_tui.client.remote import USUAL, Options, RemoteLink
from zz110_tui.client.replica import Replica
from zz110_tui.client.states import LinkState
from zz110_tui.core.desks import Actor
from zz110_tui.server.people import Door
from zz110_tui.server.serving import Server
from zz110_tui.server.settings import Settings
from zz110_tui.service.pastdesk import Answerer, PastDesk
from zz110_tui.store.journal import Journal


class Notes:
    """A record that a test can look into."""

    def __init__(self) -> None:
        self.all: list[tuple[str, dict[str, object]]] = []

    def note(self, event: str, **values: object) -> None:
        self.all.append((event, values))

    def codes(self, event: str) -> list[object]:
        return [values.get("code") for name, values in self.all if name == event]


class Serving:
    def __init__(self, room: Running, server: Server, notes: Notes, path: Path) -> None:
        self.room = room
        self.engine = room.engine
        self.server = server
        self.notes = notes
        self.path = path
        self.links: list[RemoteLink] = []

    async def link(self, actor: Actor = LI, options: Options = USUAL) -> RemoteLink:
        link = await RemoteLink.connect(over_socket(self.path), actor, options)
        self.links.append(link)
        return link


@asynccontextmanager
async def serving(
    folder: Path,
    journal: Journal | None = None,
    door: Door | None = None,
    units: int = 6,
    past: Answerer | None = None,
    **changes: Any,
) -> AsyncIterator[Serving]:
    path = folder / "s.zz110.sock"
    notes = Notes()
    async with running(journal, units=units) as room:
        asked = None if past is None else PastDesk(past, notes.note)
        server = Server(room.engine, replace(Settings(socket=path), **changes), door, notes, past=asked)
        await server.start()
        served = Serving(room, server, notes, path)
        try:
            yield served
        finally:
            for link in served.links:
                await link.close()
            await server.stop()


@asynccontextmanager
async def desk(served: Serving, options: Options = USUAL) -> AsyncIterator[tuple[RemoteLink, BadLine, list[LinkState]]]:
    """A desk on a line that can be broken, and the states that its link goes through."""
    line = BadLine(served.path)
    link = await RemoteLink.connect(line.dial, LI, options)
    states: list[LinkState] = []
    link.on_state = states.append
    try:
        yield link, line, states
    finally:
        line.dead = False
        await link.close()


def follow(replica: Replica, feed: RemoteFeed) -> int:
    """Take in what has come; where the replica is now."""
    replica.apply(feed.take())
    return replica.position
