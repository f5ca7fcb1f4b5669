"""A core for many desks: where it listens, who is connected, and how it stops."""

from __future__ import annotations

import asyncio
import collections
import contextlib
import logging
import ssl
from collections.abc import Callable, Collection
from functools import partial
from http import HTTPStatus
from typing import Any, Protocol

from websockets.asyncio.server import Server as Listening
from websockets.asyncio.server import ServerConnection, serve, unix_serve
from websockets.http11 import Request, Response

from zz110_tui.core.trouble import Trouble
from zz110_tui.server.connection import Connection, Strangers
from zz110_tui.server.member import Member, monotonic
from zz110_tui.server.pages import Answer
from zz110_tui.server.people import Door, Visitor, at_socket
from zz110_tui.server.record import Log, Record
from zz110_tui.server.room import Room
from zz110_tui.server.settings import Settings, Tls
from zz110_tui.server.sockets import UnixSocket
from zz110_tui.service.engine import Engine
from zz110_tui.service.pastdesk import PastDesk
from zz110_tui.wire.goodbyes import Goodbye, goodbye
from zz110_tui.wire.session_core import Asked

TICK_S = 0.25
"""How often all sessions are told the time: a beat is so much late at most."""


class Counter(Protocol):
    """Sells tickets over HTTPS, before there is a WebSocket."""

    async def requested(self, connection: ServerConnection, request: Request, address: str) -> Response | None:
        """The answer to a plain request; None for one that wants to become a WebSocket."""
        ...


DOUBT_MS = 3_000
"""From when on a link counts as one in doubt: its desk has noticed by then."""

RECHECK_MS = 5_000
"""How often the list of users is looked at for those who are in."""

_LOGGER = logging.getLogger("zz110.server.websockets")
_LOGGER.setLevel(logging.ERROR)  # below that it writes down headers with passwords, and frames with callers' data


class Server:
    """Serves one engine, which its caller starts before and stops after. ``counter`` sells tickets over TLS."""

    def __init__(
        self,
        engine: Engine,
        settings: Settings,
        door: Door | None = None,
        record: Record | None = None,
        counter: Counter | None = None,
        pages: Answer | None = None,
        past: PastDesk | None = None,
    ) -> None:
        """``pages`` answers plain requests at the Unix socket (``server.pages``), ``past`` questions about the past;
        its caller closes it."""
        self.engine = engine
        self.settings = settings
        self.record: Record = record or Log()
        self._door = door or Door()
        self._counter = counter
        self._pages = pages
        self.past = past
        self._room: Room | None = None
        self._members: dict[int, Member] = {}
        self._strangers = Strangers(settings.strangers, settings.strangers_per_address, self.record.note)
        self._socket: UnixSocket | None = None
        self._listening: list[Listening] = []
        self._tasks: list[asyncio.Task[None]] = []
        self._closing = False

    # -- life ------------------------------------------------------------------------------------------------------

    async def start(self) -> None:
        """Listen. Raises Trouble when the store has failed, or something cannot be listened on."""
        self._room = await Room.open(self.engine)
        self._tasks = [asyncio.create_task(self._spread()), asyncio.create_task(self._tick())]
        try:
            if self.settings.socket is not None:
                self._socket = UnixSocket(self.settings.socket, self.settings.socket_mode, self.settings.socket_group)
                self._listening.append(
                    await unix_serve(
                        self._at_socket,
                        sock=self._socket.listening,
                        process_request=self._requested_at_socket,
                        **self._usual(),
                    )
                )
            if self.settings.tls is not None:
                self._listening.append(await self._listen_to_others(self.settings.tls))
        except Trouble:
            await self.stop()
            raise

    async def _listen_to_others(self, tls: Tls) -> Listening:
        context = tls_context(tls)
        try:
            return await serve(
                self._over_tls,
                tls.host,
                tls.port,
                ssl=context,
                process_request=self._requested,
                reuse_address=True,
                **self._usual(),
            )
        except OSError as fault:
            raise Trouble(
                "无法在这个地址监听 / cannot listen at this address",
                f"{tls.host}:{tls.port}: {fault.strerror or fault}",
                "换一个地址或端口 / choose another address or port",
                exit_code=73,
            ) from fault

    def _usual(self) -> dict[str, Any]:
        """What both ways in have in common. The session has its own beats, so the library's pings are off."""
        limits = self.settings.limits
        return {
            "origins": [None, *self.settings.origins],
            "compression": None,
            "open_timeout": limits.hello_ms / 1000,
            "close_timeout": 2.0,
            "ping_interval": None,
            "max_size": limits.frame_bytes,
            "max_queue": 8,
            "server_header": None,
            "logger": _LOGGER,
            "create_connection": partial(Connection, strangers=self._strangers),
        }

    async def stop(self, code: str = "closing") -> None:
        """Take no more commands, answer those that came, say goodbye to everybody, and take the socket away."""
        self._closing = True
        for listening in self._listening:
            listening.close(close_connections=False)
        if self._socket is not None:
            self._socket.remove()
        await self._until(lambda members: not any(member.busy for member in members))
        for member in tuple(self._members.values()):
            member.end(code)
        await self._until(lambda members: not members)
        for member in tuple(self._members.values()):
            member.abort()
        for listening in self._listening:
            await listening.wait_closed()
        for task in self._tasks:
            task.cancel()
        for task in self._tasks:
            with contextlib.suppress(asyncio.CancelledError):
                await task
        if self._room is not None:
            self._room.close()

    async def ended(self) -> None:
        """Wait until one of the server's own tasks ends, which only a bug makes it do; raises that bug.

        Whoever serves on without it would leave every desk with a board that stands still.
        """
        done, _ = await asyncio.wait(self._tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()

    async def _until(self, good: Callable[[Collection[Member]], bool]) -> None:
        for _ in range(self.settings.closing_ms // 10):
            if good(self._members.values()):
                return
            await asyncio.sleep(0.01)

    @property
    def room(self) -> Room:
        assert self._room is not None, "the server has started"
        return self._room

    @property
    def desks(self) -> int:
        """How many links there are now."""
        return len(self._members)

    def duties(self) -> dict[str, int]:
        """How many links there are of each duty."""
        actors = [member.session.actor for member in self._members.values()]
        return dict(collections.Counter(actor.duty.value for actor in actors if actor is not None))

    def in_doubt(self) -> int:
        """How many links were not heard for a while, or did not say that they hear us: lines dead in one direction."""
        now = monotonic()
        return sum(member.session.doubt(now) > DOUBT_MS for member in self._members.values())

    def longest_queue(self) -> int:
        """Bytes that wait to be sent to the slowest desk."""
        return max((member.queued for member in self._members.values()), default=0)

    @property
    def strangers(self) -> int:
        """How many connections have not said who they are."""
        return len(self._strangers)

    @property
    def followers(self) -> int:
        """How many desks hear everything as it happens."""
        return self.room.followers

    @property
    def port(self) -> int:
        """The TCP port for other machines; 0 when there is none."""
        for listening in self._listening:
            for each in listening.sockets:
                name = each.getsockname()
                if isinstance(name, tuple):
                    return int(name[1])
        return 0

    # -- everybody at once -----------------------------------------------------------------------------------------

    async def _spread(self) -> None:
        """Pass on what happens. While the store is broken nothing does: look again until it is mended."""
        while not self._closing:
            try:
                await self.room.spread()
            except Trouble as trouble:
                self.record.note("store_failed", title=trouble.title)
                await asyncio.sleep(TICK_S)
            else:
                return

    async def _tick(self) -> None:
        look_again = 0
        while True:
            await asyncio.sleep(TICK_S)
            now, clock = monotonic(), self.engine.clock.now()
            for member in tuple(self._members.values()):
                member.tick(now, clock)
            if now >= look_again:
                await self._look_again()
                look_again = now + RECHECK_MS

    async def _look_again(self) -> None:
        """Whoever was disabled, or lost the duty he sits here with, is put out."""
        for member in tuple(self._members.values()):
            actor = member.session.actor
            if actor is None or member.visitor.owner:
                continue
            try:
                stays = await asyncio.to_thread(self._door.still, member.account, actor.duty)
            except Trouble as trouble:
                self.record.note("users_unreadable", title=trouble.title)
                return
            if not stays:
                member.end("unknown_person", account=member.account)

    # -- one connection --------------------------------------------------------------------------------------------

    async def _at_socket(self, connection: ServerConnection) -> None:
        try:
            visitor = at_socket(connection.transport.get_extra_info("socket"))
        except OSError:
            return
        await self._serve(connection, visitor)

    async def _over_tls(self, connection: ServerConnection) -> None:
        peer = connection.remote_address
        await self._serve(connection, Visitor("tls", str(peer[0]) if peer else "?"))

    async def _serve(self, connection: ServerConnection, visitor: Visitor) -> None:
        assert isinstance(connection, Connection)
        member = Member(connection, visitor, self)
        self._members[id(member)] = member
        try:
            await member.serve()
        finally:
            del self._members[id(member)]
            over = member.session.over
            if over is not None:
                self.record.note(
                    "ended", way=visitor.way, address=visitor.address, account=member.account, code=over.code
                )

    async def _requested(self, connection: ServerConnection, request: Request) -> Response | None:
        """Tickets over HTTPS; everything else has to become a WebSocket."""
        peer = connection.remote_address
        address = str(peer[0]) if peer else "?"
        no = self._origin_refused(connection, request, address)
        if no is not None or self._counter is None:
            return no
        return await self._counter.requested(connection, request, address)

    async def _requested_at_socket(self, connection: ServerConnection, request: Request) -> Response | None:
        """Health and metrics; everything else has to become a WebSocket."""
        no = self._origin_refused(connection, request, "")
        if no is not None or self._pages is None or "Upgrade" in request.headers:
            return no
        page = self._pages(request.path)
        response = connection.respond(page.status, page.body)
        del response.headers["Content-Type"]
        response.headers["Content-Type"] = page.kind
        return response

    def _origin_refused(self, connection: ServerConnection, request: Request, address: str) -> Response | None:
        """A web page that is not listed gets nothing here, and it is noted."""
        assert isinstance(connection, Connection)
        connection.asked = True
        unlisted = [origin for origin in request.headers.get_all("Origin") if origin not in self.settings.origins]
        if not unlisted:
            return None
        self.record.note("refused_origin", address=address, origin=unlisted[0][:200])
        response = connection.respond(HTTPStatus.FORBIDDEN, '{"error": "origin"}\n')
        del response.headers["Content-Type"]
        response.headers["Content-Type"] = "application/json"
        return response

    def admit(self, member: Member, asked: Asked) -> Goodbye | None:
        no = self._admit(member, asked)
        if no is not None:
            self.record.note(
                "refused_entry",
                way=member.visitor.way,
                address=member.visitor.address,
                account=member.account,
                code=no.code,
            )
        return no

    def _admit(self, member: Member, asked: Asked) -> Goodbye | None:
        stamp = self.engine.journal.stamp
        hello = asked.hello
        if self._closing:
            return goodbye("closing")
        if hello.kind and hello.kind != stamp.kind:
            return goodbye("other_kind", asked=hello.kind, is_=stamp.kind)
        let_in = self._door.admit(member.visitor, hello)
        if isinstance(let_in, Goodbye):
            return let_in
        account, actor = let_in
        inside = [other for other in self._members.values() if other.session.actor is not None]
        if len(inside) >= self.settings.desks:
            return goodbye("room_full", most=self.settings.desks)
        if sum(other.account == account for other in inside) >= self.settings.links_per_person:
            return goodbye("too_many_links", account=account, most=self.settings.links_per_person)
        member.enter(account)
        board = self.engine.board
        member.session.admit(actor, stamp.id, stamp.kind, board.city, self.room.position, self.engine.clock.now())
        self.record.note(
            "entered",
            way=member.visitor.way,
            address=member.visitor.address,
            account=account,
            desk=actor.desk,
            duty=actor.duty.value,
        )
        return None


def tls_context(tls: Tls) -> ssl.SSLContext:
    """TLS 1.2 and later. Raises Trouble where certificate or key cannot be used."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    try:
        context.load_cert_chain(tls.certificate, tls.key)
    except (OSError, ssl.SSLError) as fault:
        raise Trouble(
            "证书或私钥不能用 / the certificate or its key cannot be used",
            f"{tls.certificate}, {tls.key}: {fault.strerror or fault}",
            "检查 --tls-cert 与 --tls-key / check --tls-cert and --tls-key",
            exit_code=78,
        ) from fault
    return context
