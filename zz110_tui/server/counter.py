"""Where tickets are sold: ``POST /ticket`` over HTTPS, before there is a WebSocket.

``Authorization: Basic`` carries account and password, ``Zz110-Code`` the one-time code where the user has one; or
``Authorization: Bearer`` carries a pass. Nothing is ever in the URL, and nothing of it is logged.
"""

from __future__ import annotations

import asyncio
import base64
import binascii
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http import HTTPStatus

from websockets.asyncio.server import ServerConnection
from websockets.http11 import Request, Response

from zz110_tui.core.cleaning import clean
from zz110_tui.core.trouble import Trouble
from zz110_tui.server.passwords import matches
from zz110_tui.server.record import Record
from zz110_tui.server.tickets import TICKET_MS, Tickets, make_pass, read_pass
from zz110_tui.server.totp import matching_step
from zz110_tui.server.userfile import Try, User, UserFile

WINDOW_MS = 5 * 60_000
FAILURES_OF_ONE = 5
"""Wrong passwords from one address for one account before it has to wait …"""

FAILURES_OF_ALL = 30
"""… and for any account. The account itself is not locked: a stranger could lock everybody out."""

LINK = "/link"
TICKET = "/ticket"


@dataclass(frozen=True, slots=True)
class Outcome:
    """``result`` as in :class:`Try`; ``user`` is who it is, where it is ``ok``."""

    result: str
    user: User | None = None


class Counter:
    """``clock`` is UTC milliseconds."""

    def __init__(
        self, users: UserFile, tickets: Tickets, record: Record, clock: Callable[[], int], origins: tuple[str, ...] = ()
    ) -> None:
        self._users = users
        self._tickets = tickets
        self._record = record
        self._clock = clock
        self._origins = origins
        # One check takes 64 MiB and 0.1 s: one at a time, so that a crowd waits in line instead of taking the machine,
        # and nobody guesses twice at once.
        self._desk = ThreadPoolExecutor(1, thread_name_prefix="zz110-login")

    def close(self) -> None:
        self._desk.shutdown(wait=False, cancel_futures=True)

    async def requested(self, connection: ServerConnection, request: Request, address: str) -> Response | None:
        path = request.path
        if path == LINK:
            return None
        if path != TICKET:
            return _answer(connection, HTTPStatus.NOT_FOUND, {"error": "not_found"})
        if request.method != "POST":
            return _answer(connection, HTTPStatus.METHOD_NOT_ALLOWED, {"error": "post"})
        origin = request.headers.get("Origin")
        if origin is not None and origin not in self._origins:
            self._record.note("refused_origin", address=address, origin=origin[:200])
            return _answer(connection, HTTPStatus.FORBIDDEN, {"error": "origin"})
        try:
            return await self._sell(connection, request, address)
        except Trouble as trouble:
            self._record.note("users_unreadable", title=trouble.title)
            return _answer(connection, HTTPStatus.SERVICE_UNAVAILABLE, {"error": "users_unreadable"})

    async def _sell(self, connection: ServerConnection, request: Request, address: str) -> Response:
        loop = asyncio.get_running_loop()
        scheme, _, given = request.headers.get("Authorization", "").partition(" ")
        code = request.headers.get("Zz110-Code", "")
        if scheme == "Bearer":
            outcome = await loop.run_in_executor(self._desk, self._by_pass, given)
        else:
            account, password = _basic(given) if scheme == "Basic" else ("", "")
            outcome = await loop.run_in_executor(self._desk, self.check, account, password, code, address)
        user = outcome.user
        if user is None:
            status = HTTPStatus.TOO_MANY_REQUESTS if outcome.result == "slow_down" else HTTPStatus.UNAUTHORIZED
            return _answer(connection, status, {"error": outcome.result})
        sold = {
            "ticket": self._tickets.sell(user.account),
            "good_for_ms": TICKET_MS,
            "pass": make_pass(self._users.key(), user.account, user.generation, self._clock()),
        }
        return _answer(connection, HTTPStatus.OK, sold)

    def check(self, account: str, password: str, code: str, address: str) -> Outcome:
        """Whether somebody is who he says. Takes 0.1 s and belongs into a thread. Raises Trouble."""
        now = self._clock()
        account = clean(account)[:64]
        since = now - WINDOW_MS
        users = self._users
        if (
            users.failures(since, address, account) >= FAILURES_OF_ONE
            or users.failures(since, address) >= FAILURES_OF_ALL
        ):
            outcome = Outcome("slow_down")
        else:
            outcome = self._judge(account, password, code, now)
        users.note(Try(now, account, address, outcome.result))
        self._record.note("login", account=account, address=address, result=outcome.result)
        return outcome

    def _judge(self, account: str, password: str, code: str, now: int) -> Outcome:
        user = self._users.get(account)
        right = matches("" if user is None else user.password, password)
        if user is None or user.disabled or not right:
            return Outcome("wrong")
        if user.totp:
            if not code:
                return Outcome("code_wanted")
            step = matching_step(user.totp, code, now, user.totp_step)
            if step is None or not self._users.use_step(account, step):
                return Outcome("code")
        return Outcome("ok", user)

    def _by_pass(self, given: str) -> Outcome:
        read = read_pass(self._users.key(), given, self._clock())
        user = None if read is None else self._users.get(read[0])
        if read is None or user is None or user.disabled or user.generation != read[1]:
            return Outcome("wrong")
        return Outcome("ok", user)


def _basic(given: str) -> tuple[str, str]:
    try:
        account, _, password = base64.b64decode(given, validate=True).decode().partition(":")
    except (ValueError, binascii.Error):
        return "", ""
    return account, password


def _answer(connection: ServerConnection, status: HTTPStatus, said: dict[str, object]) -> Response:
    response = connection.respond(status, json.dumps(said) + "\n")
    del response.headers["Content-Type"]
    response.headers["Content-Type"] = "application/json"
    response.headers["Cache-Control"] = "no-store"
    if status is HTTPStatus.UNAUTHORIZED:
        response.headers["WWW-Authenticate"] = 'Basic realm="zz110", charset="UTF-8"'
    if status is HTTPStatus.TOO_MANY_REQUESTS:
        response.headers["Retry-After"] = str(WINDOW_MS // 1000)
    return response
