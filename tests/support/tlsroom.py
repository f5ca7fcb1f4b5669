"""Rooms that serve over TLS, for tests: the real server on a port of this machine, with a list of users."""

from __future__ import annotations

import asyncio
import http.client
import json
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path
from typing import Any

from tests.support.engines import running
from tests.support.room import NOON
from tests.support.serving import Notes
from tests.support.waiting import PATIENCE_S
from zz110_tui.client.login import Login, Where, over_tls
from zz110_tui.client.remote import Options, RemoteLink
from zz110_tui.core.desks import Actor, Duty
from zz110_tui.server.counter import Counter
from zz110_tui.server.people import Door
from zz110_tui.server.serving import Server
from zz110_tui.server.settings import Settings, Tls
from zz110_tui.server.tickets import Tickets
from zz110_tui.server.totp import STEP_MS, code_at, new_secret
from zz110_tui.server.userfile import User, UserFile
from zz110_tui.store.memory import MemoryJournal

HERE = Path(__file__).parent / "tls"
CERTIFICATE, KEY = HERE / "localhost.pem", HERE / "localhost.key"
PASSWORD = "一个很长的口令 correct"
ACTOR = Actor("", "03", Duty.DISPATCH, "keyboard")


@cache
def kept() -> str:
    """The hash of the password, made so that checking it costs next to nothing."""
    from argon2 import PasswordHasher

    return PasswordHasher(time_cost=1, memory_cost=64, parallelism=1).hash(PASSWORD)


class Room:
    """A core that listens over TLS, with two users: li with a password, wang with a one-time code as well. The clock of
    tickets and codes stands."""

    def __init__(self, server: Server, users: UserFile, notes: Notes, secret: str, engine: Any) -> None:
        self.server = server
        self.users = users
        self.notes = notes
        self.secret = secret
        self.engine = engine

    @property
    def place(self) -> Where:
        return Where("localhost", self.server.port, CERTIFICATE)

    def code(self, ahead: int = 0) -> str:
        return code_at(self.secret, NOON // STEP_MS + ahead)

    async def link(self, login: Login | None = None, actor: Actor = ACTOR) -> RemoteLink:
        options = Options(ticket=(login or self.login()).ticket)
        return await RemoteLink.connect(over_tls(self.place), actor, options)

    def login(self, account: str = "li", password: str = PASSWORD, code: str = "") -> Login:
        return Login(self.place, account, answers(password, code))

    async def post(self, path: str = "/ticket", method: str = "POST", **headers: str) -> tuple[int, Any, Any]:
        """A plain HTTPS request, as anybody may send one."""

        def at_once() -> tuple[int, Any, Any]:
            context = ssl.create_default_context(cafile=str(CERTIFICATE))
            connection = http.client.HTTPSConnection("localhost", self.server.port, timeout=PATIENCE_S, context=context)
            connection.request(method, path, headers={name.replace("_", "-"): text for name, text in headers.items()})
            answer = connection.getresponse()
            body = answer.read()
            connection.close()
            return answer.status, json.loads(body) if body.startswith(b"{") else body, dict(answer.getheaders())

        return await asyncio.to_thread(at_once)


def answers(password: str, code: str = "") -> Callable[[bool], Awaitable[str]]:
    async def ask(wants_code: bool) -> str:
        return code if wants_code else password

    return ask


@asynccontextmanager
async def serving_tls(
    folder: Path, journal: MemoryJournal | None = None, port: int = 0, **changes: Any
) -> AsyncIterator[Room]:
    users = UserFile(folder / "room.zz110.users", create=True)
    secret = new_secret()
    if users.get("li") is None:
        users.add(User("li", "李警官", (Duty.DISPATCH,), kept()))
        users.add(User("wang", "王警官", (Duty.DISPATCH,), kept(), secret))
    notes = Notes()
    tickets = Tickets(lambda: NOON)
    counter = Counter(users, tickets, notes, lambda: NOON, ("https://map.example",))
    settings = Settings(tls=Tls("localhost", port, CERTIFICATE, KEY), origins=("https://map.example",), **changes)
    async with running(journal) as room:
        server = Server(room.engine, settings, Door(users, tickets.redeem), notes, counter)
        await server.start()
        try:
            yield Room(server, users, notes, secret, room.engine)
        finally:
            await server.stop()
            counter.close()
