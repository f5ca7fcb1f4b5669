"""What a core says to a program that asks by plain HTTP: ``/health`` and ``/metrics``.

Both are on the Unix socket, for whoever may use it, and at an address of this machine where one is given (Prometheus
does not speak to Unix sockets). Nothing there names anybody or tells what happened.
"""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import json
from collections.abc import Callable
from http import HTTPStatus
from typing import NamedTuple

from zz110_tui.core.trouble import Trouble

MOST_BYTES = 8_192
PATIENCE_S = 5.0
AT_ONCE = 16


class Page(NamedTuple):
    status: HTTPStatus
    kind: str
    body: str


Answer = Callable[[str], Page]
"""The page at a path."""


def pages(health: Callable[[], dict[str, object]], metrics: Callable[[], str], kind: str) -> Answer:
    """``health`` has its ``status``: anything but ``failed`` is HTTP 200."""

    def page(path: str) -> Page:
        if path == "/health":
            said = health()
            status = HTTPStatus.SERVICE_UNAVAILABLE if said["status"] == "failed" else HTTPStatus.OK
            return Page(status, "application/json", json.dumps(said, ensure_ascii=False) + "\n")
        if path == "/metrics":
            return Page(HTTPStatus.OK, kind, metrics())
        return Page(HTTPStatus.NOT_FOUND, "application/json", '{"error":"not_found"}\n')

    return page


def loopback(address: str) -> tuple[str, int]:
    """Host and port of ``127.0.0.1:9110``. Raises Trouble for anything but an address of this machine itself."""
    host, colon, port = address.rpartition(":")
    host = host.strip("[]")
    try:
        of_this_machine = host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        of_this_machine = False
    if not colon or not port.isdecimal() or int(port) > 65_535 or not of_this_machine:
        raise Trouble(
            "--metrics 只能是本机地址 / --metrics has to be an address of this machine itself",
            address,
            "zz110 serve --metrics 127.0.0.1:9110",
            exit_code=2,
        )
    return host, int(port)


class Listener:
    """Answers ``GET`` at an address of this machine; one request a connection, few at once, none for long."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer
        self._server: asyncio.Server | None = None
        self._open = 0

    async def start(self, host: str, port: int) -> None:
        """Raises Trouble where it cannot be listened on."""
        try:
            self._server = await asyncio.start_server(self._serve, host, port, limit=MOST_BYTES)
        except OSError as fault:
            raise Trouble(
                "无法在这个地址监听 / cannot listen at this address",
                f"{host}:{port}: {fault.strerror or fault}",
                "换一个端口 / choose another port",
                exit_code=73,
            ) from fault

    @property
    def port(self) -> int:
        return int(self._server.sockets[0].getsockname()[1]) if self._server is not None else 0

    def stop(self) -> None:
        if self._server is not None:
            self._server.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open += 1
        # Whoever asks badly, too slowly, or goes away, gets nothing.
        with contextlib.suppress(OSError, TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            if self._open <= AT_ONCE:
                async with asyncio.timeout(PATIENCE_S):
                    head = (await reader.readuntil(b"\r\n\r\n")).split(b"\r\n", 1)[0].decode("ascii", "replace")
                    writer.write(self._respond(head))
                    await writer.drain()
        self._open -= 1
        writer.close()
        with contextlib.suppress(OSError):
            await writer.wait_closed()

    def _respond(self, head: str) -> bytes:
        method, _, rest = head.partition(" ")
        page = self._answer(rest.split(" ")[0])
        if method != "GET":
            page = Page(HTTPStatus.METHOD_NOT_ALLOWED, "application/json", '{"error":"get"}\n')
        body = page.body.encode()
        lines = (
            f"HTTP/1.1 {page.status.value} {page.status.phrase}",
            f"Content-Type: {page.kind}",
            f"Content-Length: {len(body)}",
            "Cache-Control: no-store",
            "Connection: close",
        )
        return "\r\n".join((*lines, "", "")).encode() + body
