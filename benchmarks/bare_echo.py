"""The bound of ``bench_core``'s desks: asyncio and websockets alone, with answers as long as the core's, and no core.

    python -m benchmarks.bare_echo SOCKET

Whoever says hello is welcome, whoever joins follows, and every command is answered at once, with the fact it would have
made: nothing is decided, stored or told to anybody else. It ends with its standard input.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import sys

from websockets.asyncio.server import ServerConnection, unix_serve
from websockets.exceptions import ConnectionClosed

ENTRY = (
    b'{"p":100000,"t":1700000000000,"who":{"person":"p001","desk":"01","duty":"dispatch","channel":"script"},'
    b'"c":"12345.1.100","f":"unit_status_changed","v":1,'
    b'"d":{"unit":"001","status":"off_duty","reason":"","at":1700000000000}}'
)
FACTS = b'{"k":"facts","hash":"' + b"0" * 64 + b'","entries":[' + ENTRY + b"]}"
ANSWER = (
    b'{"k":"answer","n":100,"id":"12345.1.100","position":100000,"entries":[' + ENTRY + b'],"refusal":null,"told":[]}'
)


async def echo(connection: ServerConnection) -> None:
    with contextlib.suppress(ConnectionClosed):
        await answer_all(connection)


async def answer_all(connection: ServerConnection) -> None:
    async for message in connection:
        assert isinstance(message, str)
        if message.startswith('{"k":"submit"'):
            await connection.send(FACTS, text=True)
            await connection.send(ANSWER, text=True)
        elif message.startswith('{"k":"hello"'):
            await connection.send(b'{"k":"welcome"}', text=True)
        elif message.startswith('{"k":"join"'):
            await connection.send(b'{"k":"resumed"}', text=True)


async def main(socket: str) -> None:
    lines = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    async with unix_serve(echo, socket, compression=None, ping_interval=None):
        print(json.dumps({"serving": True}), flush=True)
        await lines.read()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
