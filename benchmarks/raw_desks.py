"""Desks that cost nearly nothing, in a process of their own: they read frames off the socket without decoding them.

    python -m benchmarks.raw_desks SOCKET COUNT

What is measured with them is the core, not Python clients. ``follow``: connect all and follow. ``work S [N]``: each, or
the first N, sends a status change, waits for its answer, sends the next, for S seconds. One JSON line answers each
line.
"""

from __future__ import annotations

import asyncio
import base64
import json
import os
import statistics
import sys
import time
from functools import partial
from typing import Any

from zz110_tui.client.dial import receive_little
from zz110_tui.core.commands import SetStatus
from zz110_tui.core.desks import Duty
from zz110_tui.core.units import UnitStatus
from zz110_tui.wire import frames
from zz110_tui.wire.agreement import vocabulary
from zz110_tui.wire.codec import encode_command
from zz110_tui.wire.program import program

TEXT = 0x81


def framed(message: bytes) -> bytes:
    """One text message of a client, masked with zeros."""
    size = len(message)
    if size < 126:
        head = bytes((TEXT, 0x80 | size))
    elif size < 65_536:
        head = bytes((TEXT, 0x80 | 126)) + size.to_bytes(2, "big")
    else:
        head = bytes((TEXT, 0x80 | 127)) + size.to_bytes(8, "big")
    return head + bytes(4) + message


class RawDesk(asyncio.Protocol):
    def __init__(self, number: int) -> None:
        self.unit = f"{number:03d}"
        self.facts_bytes = 0
        self.frames = 0
        self.took: list[float] = []
        self.welcome = asyncio.get_running_loop().create_future()
        self.following = asyncio.get_running_loop().create_future()
        self.ended = False
        self._buffer = b""
        self._shaken = False
        self._sent = 0.0
        self._n = 0
        self._until = 0.0
        self._done: asyncio.Future[None] | None = None
        self._name = f"{os.getpid()}.{number}"
        self._commands = [
            encode_command(SetStatus((self.unit,), status, "")).decode()
            for status in (UnitStatus.OFF_DUTY, UnitStatus.FREE)
        ]

    def connection_made(self, transport: Any) -> None:
        self._transport = transport
        receive_little(transport)
        key = base64.b64encode(os.urandom(16)).decode()
        transport.write(
            f"GET /link HTTP/1.1\r\nHost: zz110\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n".encode()
        )
        hello = frames.Hello(
            frames.SPEAKS, program(), self.unit[-2:], f"p{self.unit}", Duty.DISPATCH, "script", "", vocabulary()
        )
        transport.write(framed(frames.encode(hello)))

    def data_received(self, data: bytes) -> None:
        buffer = self._buffer + data
        at = 0
        if not self._shaken:
            end = buffer.find(b"\r\n\r\n")
            if end < 0:
                self._buffer = buffer
                return
            self._shaken, at = True, end + 4
        while len(buffer) - at >= 2:
            size, start = buffer[at + 1] & 0x7F, at + 2
            if size == 126:
                size, start = int.from_bytes(buffer[at + 2 : at + 4], "big"), at + 4
            elif size == 127:
                size, start = int.from_bytes(buffer[at + 2 : at + 10], "big"), at + 10
            if len(buffer) < start + size or start > len(buffer):
                break
            self._heard(buffer[start : start + 14], size)
            at = start + size
        self._buffer = buffer[at:]

    def _heard(self, first: bytes, size: int) -> None:
        self.frames += 1
        if first.startswith(b'{"k":"facts"'):
            self.facts_bytes += size
        elif first.startswith(b'{"k":"answer"'):
            self._answered()
        elif first.startswith(b'{"k":"welcome"'):
            self.welcome.set_result(None)
        elif first.startswith((b'{"k":"image"', b'{"k":"resumed"')) and not self.following.done():
            self.following.set_result(None)

    def connection_lost(self, exc: Exception | None) -> None:
        self.ended = True
        if self._done is not None and not self._done.done():
            self._done.set_exception(ConnectionError(f"the core ended the link of desk {self.unit}"))

    def join(self) -> None:
        self._transport.write(framed(b'{"k":"join"}'))

    def beat(self) -> None:
        self._transport.write(framed(b'{"k":"beat","now":0}'))

    def work(self, until: float) -> asyncio.Future[None]:
        self._until = until
        self._done = asyncio.get_running_loop().create_future()
        self._ask()
        return self._done

    def _ask(self) -> None:
        self._n += 1
        self._sent = time.perf_counter()
        command = self._commands[self._n % 2]
        message = f'{{"k":"submit","n":{self._n},"id":"{self._name}.{self._n}","seen":null,"command":{command}}}'
        self._transport.write(framed(message.encode()))

    def _answered(self) -> None:
        now = time.perf_counter()
        self.took.append(now - self._sent)
        if now < self._until:
            self._ask()
        elif self._done is not None:
            self._done.set_result(None)


def stand_back() -> None:
    """Desks are on other machines: where all run at real-time priority, these take no processor from the core."""
    policy, priority = os.sched_getscheduler(0), os.sched_getparam(0).sched_priority
    if policy in (os.SCHED_RR, os.SCHED_FIFO) and priority > 1:
        os.sched_setscheduler(0, policy, os.sched_param(priority - 1))


async def main(socket: str, count: int) -> None:
    stand_back()
    loop = asyncio.get_running_loop()
    desks: list[RawDesk] = []
    lines = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)

    async def beat() -> None:
        while True:
            await asyncio.sleep(1)
            for desk in desks:
                desk.beat()

    beating = asyncio.create_task(beat())
    while line := (await lines.readline()).decode().split():
        said: dict[str, object] = {}
        if line[0] == "follow":
            for number in range(1, count + 1):
                _, desk = await loop.create_unix_connection(partial(RawDesk, number), socket)
                await desk.welcome
                desk.join()
                await desk.following
                desks.append(desk)
        elif line[0] == "work":
            for desk in desks:
                desk.took.clear()
            began = time.perf_counter()
            working = desks[: int(line[2])] if len(line) > 2 else desks
            await asyncio.gather(*(desk.work(began + float(line[1])) for desk in working))
            lasted = time.perf_counter() - began
            took = sorted(each for desk in desks for each in desk.took)
            said = {
                "per_s": len(took) / lasted,
                "p50_ms": statistics.median(took) * 1e3,
                "p99_ms": took[len(took) * 99 // 100] * 1e3,
            }
        said["alive"] = sum(not desk.ended for desk in desks)
        said["facts_mb"] = round(sum(desk.facts_bytes for desk in desks) / 1e6, 1)
        print(json.dumps(said), flush=True)
    beating.cancel()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2])))
