"""The work behind ``zz110 serve``: a store, a core and a server, until somebody says stop."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
import socket
import sys
import time
from collections.abc import Coroutine
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from zz110_tui.cli.diagnostics import say
from zz110_tui.cli.exits import OK, USAGE
from zz110_tui.cli.invocation import Invocation
from zz110_tui.cli.keeping import backup_chore
from zz110_tui.cli.surroundings import Surroundings, look_around
from zz110_tui.cli.wiring import embedded_core
from zz110_tui.client.discover import socket_of
from zz110_tui.config.problems import both
from zz110_tui.core.trouble import Trouble
from zz110_tui.server.counter import Counter
from zz110_tui.server.people import Door
from zz110_tui.server.record import Log
from zz110_tui.server.serving import Server
from zz110_tui.server.settings import Settings, Tls
from zz110_tui.server.tickets import Tickets
from zz110_tui.server.userfile import UserFile, users_of


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was said on the command line."""

    socket: Path | None
    group: str
    tls: str
    tls_cert: Path | None
    tls_key: Path | None
    origins: tuple[str, ...]
    desks: int
    per_person: int


def serve_core(invocation: Invocation, wanted: Wanted) -> int:
    """The exit code. Raises Trouble where something cannot be opened or listened on."""
    around = look_around(invocation)
    settings = settings_of(around, wanted)
    _log_to_stderr()
    return asyncio.run(_serve(around, settings))


def settings_of(around: Surroundings, wanted: Wanted) -> Settings:
    """Raises Trouble for options that do not go together."""
    return Settings(
        socket=(wanted.socket or socket_of(around.store)).absolute(),
        socket_mode=0o660 if wanted.group else 0o600,
        socket_group=wanted.group,
        tls=_tls(wanted),
        origins=wanted.origins,
        desks=wanted.desks,
        links_per_person=wanted.per_person,
    )


def _tls(wanted: Wanted) -> Tls | None:
    given = (bool(wanted.tls), wanted.tls_cert is not None, wanted.tls_key is not None)
    if not any(given):
        return None
    host, colon, port = wanted.tls.rpartition(":")
    if wanted.tls_cert is None or wanted.tls_key is None or not colon or not port.isdecimal() or int(port) > 65_535:
        raise Trouble(
            both("--tls 的写法不对", "--tls is not complete"),
            both("需要 --tls 主机:端口、--tls-cert 与 --tls-key", "it needs --tls HOST:PORT, --tls-cert and --tls-key"),
            "zz110 serve --tls 0.0.0.0:11443 --tls-cert room.pem --tls-key room.key",
            exit_code=USAGE,
        )
    return Tls(host.strip("[]"), int(port), wanted.tls_cert, wanted.tls_key)


NOBODY = (
    "用户名单是空的：其他机器上还没有人能登录（zz110 user add）",
    "the list of users is empty: nobody on another machine can log in yet (zz110 user add)",
)


async def _serve(around: Surroundings, settings: Settings) -> int:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    record = Log()
    backups = backup_chore(around)
    more = (backups,) if backups is not None else ()
    async with embedded_core(around, more, lambda trouble: _note(record, trouble)) as (engine, city):
        users = UserFile(users_of(around.store))
        tickets = Tickets(lambda: time.monotonic_ns() // 1_000_000)
        counter = Counter(users, tickets, record, engine.clock.now, settings.origins) if settings.tls else None
        if counter is not None and not users.all():
            say(around.say(*NOBODY))
        server = Server(engine, settings, Door(users, tickets.redeem), record, counter)
        await server.start()
        where = str(settings.socket) + (f", {settings.tls.host}:{server.port}" if settings.tls else "")
        name = city.name_zh if around.language == "zh" else city.name_en
        say(around.say(f"核心在服务：{name}110，{where}", f"serving: {name} 110, {where}"))
        tell_systemd("READY=1")
        try:
            await _first_of(stop.wait(), engine.ended(), server.ended())
        finally:
            tell_systemd("STOPPING=1")
            await server.stop()
            if counter is not None:
                counter.close()
            users.close()
        say(around.say("核心已停止；存过的都在", "the core has stopped; what was acknowledged is stored"))
    return OK


def _note(record: Log, trouble: Trouble) -> None:
    """What failed beside the room: heads, backups."""
    record.note("chore_failed", title=trouble.title, cause=trouble.cause, remedy=trouble.remedy)


async def _first_of(*waits: Coroutine[Any, Any, object]) -> None:
    tasks = [asyncio.create_task(wait) for wait in waits]
    done, others = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for other in others:
        other.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await other
    for first in done:
        first.result()


def tell_systemd(state: str) -> None:
    """Tell the service manager, if one started us (``Type=notify``). Nothing depends on whether it listens."""
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address:
        return
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as notify, contextlib.suppress(OSError):
        notify.sendto(state.encode(), "\0" + address[1:] if address.startswith("@") else address)


def _log_to_stderr() -> None:
    """The server's notes are one JSON object a line, each with its time; other libraries say only what is wrong."""
    handler = logging.StreamHandler(sys.stderr)
    form = logging.Formatter("%(asctime)s.%(msecs)03dZ %(levelname)s %(message)s", "%Y-%m-%dT%H:%M:%S")
    form.converter = time.gmtime
    handler.setFormatter(form)
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    logging.getLogger("zz110.server").setLevel(logging.INFO)
