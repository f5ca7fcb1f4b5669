"""Coming in over TLS: a ticket for a password first, then the socket. The password is asked once and not kept."""

from __future__ import annotations

import asyncio
import base64
import http.client
import json
import ssl
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from zz110_tui.client.dial import Dial, Line, WebSocketLine, unreachable, usual
from zz110_tui.client.states import EntryRefused
from zz110_tui.core.trouble import Trouble
from zz110_tui.wire.goodbyes import goodbye

TIMEOUT_S = 10.0
"""For each step of a first login, which a person waits for."""

RETURN_S = 2.5
"""The same when a desk comes back by its pass: a line that is dead is tried anew."""

FRESH_S = 20.0
"""So old a ticket may be that came after nobody waited for it any more; it is good for 30 s."""

PORT = 11_443
"""Where a core listens for other machines unless it is told otherwise."""

MOST_ANSWER = 16 << 10

REFUSED = {"wrong": "bad_login", "code": "bad_code", "slow_down": "slow_down"}


@dataclass(frozen=True, slots=True)
class Where:
    """A core on another machine. ``ca`` is a PEM file of those who may vouch for it; None: those the system trusts."""

    host: str
    port: int
    ca: Path | None = None

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}"


def where(text: str, ca: Path | None = None) -> Where:
    """Read ``wss://host:port``, ``host:port`` or ``host``. Raises Trouble for anything else."""
    rest = text.removeprefix("wss://").rstrip("/")
    host, colon, port = rest.rpartition(":")
    if not colon or rest.endswith("]"):
        host, port = rest, str(PORT)
    host = host.strip("[]")
    if not host or "/" in host or "@" in host or not port.isdecimal() or not 0 < int(port) < 65_536:
        raise Trouble(
            "核心的地址写法不对 / this is no address of a core",
            ascii(text)[:100],
            f"写成 主机:端口，如 core.example:{PORT} / write host:port",
            exit_code=2,
        )
    return Where(host, int(port), ca)


def context_of(place: Where) -> ssl.SSLContext:
    """TLS 1.2 and later, with the host's name checked. Raises Trouble where the file of ``ca`` cannot be used."""
    try:
        context = ssl.create_default_context(cafile=None if place.ca is None else str(place.ca))
    except (OSError, ssl.SSLError) as fault:
        raise Trouble(
            "CA 证书不能用 / the CA certificate cannot be used",
            f"{place.ca}: {fault}",
            "检查 --ca / check --ca",
            exit_code=78,
        ) from fault
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def over_tls(place: Where) -> Dial:
    """Dial a core on another machine."""
    context = context_of(place)

    async def dial(on_data: Callable[[], None]) -> Line:
        from websockets.asyncio.client import connect

        try:
            return WebSocketLine(await connect(f"wss://{place}/link", ssl=context, **usual(on_data)))
        except Exception as fault:
            raise unreachable(str(place), fault) from fault

    return dial


@dataclass(frozen=True, slots=True)
class _Given:
    status: int
    said: dict[str, Any]
    at: float


def _looked_at(done: asyncio.Task[_Given]) -> None:
    """Its failure is nobody's surprise, also where nobody waits any more."""
    if not done.cancelled():
        done.exception()


def _is_stale(coming: asyncio.Task[_Given]) -> bool:
    """Whether what came while nobody waited is of no use any more."""
    return coming.cancelled() or coming.exception() is not None or time.monotonic() - coming.result().at > FRESH_S


class Login:
    """Gets a ticket for every attempt to connect.

    ``ask`` gives the password, and the one-time code when ``code`` is true; it is called once at the beginning, and
    once more if a code turns out to be wanted. After that a pass does.
    """

    def __init__(self, place: Where, account: str, ask: Callable[[bool], Awaitable[str]]) -> None:
        self._place = place
        self._context = context_of(place)
        self._account = account
        self._ask = ask
        self._pass = ""
        self._coming: asyncio.Task[_Given] | None = None

    async def ticket(self) -> str:
        """Raises EntryRefused where the core says no, Trouble where it cannot be reached."""
        if not self._pass:
            return self._given(*await self._log_in())
        coming = self._coming
        if coming is None or (coming.done() and _is_stale(coming)):
            # One request at a time: whoever gave up waiting finds the same one again, on a line that is only slow.
            self._coming = coming = asyncio.create_task(self._by_pass())
            coming.add_done_callback(_looked_at)
        await asyncio.wait([coming])
        self._coming = None
        given = coming.result()
        if given.status == 401:
            raise EntryRefused(goodbye("pass_ended"))
        return self._given(given.status, given.said)

    async def _by_pass(self) -> _Given:
        status, said = await self._post({"Authorization": f"Bearer {self._pass}"}, RETURN_S)
        return _Given(status, said, time.monotonic())

    def _given(self, status: int, said: dict[str, Any]) -> str:
        if status == 200:
            self._pass = str(said.get("pass", ""))
            return str(said.get("ticket", ""))
        if status in (401, 429):
            raise EntryRefused(goodbye(REFUSED.get(str(said.get("error")), "bad_login")))
        # Neither yes nor no: its list of users cannot be read, or it is no core that answers there.
        raise unreachable(str(self._place), OSError(0, f"HTTP {status} {said.get('error', '')}".strip()))

    async def _log_in(self) -> tuple[int, dict[str, Any]]:
        password = await self._ask(False)
        basic = base64.b64encode(f"{self._account}:{password}".encode()).decode()
        headers = {"Authorization": f"Basic {basic}"}
        status, said = await self._post(headers)
        if status == 401 and said.get("error") == "code_wanted":
            code = "".join((await self._ask(True)).split())
            if not code.isascii() or not code.isdecimal():
                raise EntryRefused(goodbye("bad_code"))
            status, said = await self._post({**headers, "Zz110-Code": code})
        return status, said

    async def _post(self, headers: dict[str, str], patience_s: float = TIMEOUT_S) -> tuple[int, dict[str, Any]]:
        try:
            status, body = await asyncio.to_thread(self._post_at_once, headers, patience_s)
        except (OSError, http.client.HTTPException, TimeoutError) as fault:
            raise unreachable(str(self._place), _as_os(fault)) from fault
        try:
            said = json.loads(body)
        except ValueError:
            said = {}
        return status, said if isinstance(said, dict) else {}

    def _post_at_once(self, headers: dict[str, str], patience_s: float) -> tuple[int, bytes]:
        connection = http.client.HTTPSConnection(
            self._place.host, self._place.port, timeout=patience_s, context=self._context
        )
        try:
            connection.request("POST", "/ticket", headers=headers)
            answer = connection.getresponse()
            return answer.status, answer.read(MOST_ANSWER)
        finally:
            connection.close()


def _as_os(fault: Exception) -> Exception:
    return fault if isinstance(fault, OSError) else OSError(0, f"{type(fault).__name__}")
