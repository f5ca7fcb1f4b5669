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
from typing import TYPE_CHECKING, Any

from zz110_tui.cli.backupchore import ScheduledBackup, scheduled_backup
from zz110_tui.cli.diagnostics import say
from zz110_tui.cli.exits import OK, USAGE
from zz110_tui.cli.invocation import Invocation
from zz110_tui.cli.keeping import heads_chore, history_chore
from zz110_tui.cli.pastwork import past_of_room
from zz110_tui.cli.surroundings import Surroundings, look_around
from zz110_tui.cli.wiring import embedded_core
from zz110_tui.client.discover import socket_of
from zz110_tui.config.problems import both
from zz110_tui.core.trouble import Trouble
from zz110_tui.server.counter import Counter
from zz110_tui.server.health import Outside, Schedule, checks, state_of
from zz110_tui.server.keeper import Keeper
from zz110_tui.server.pages import Listener, loopback, pages
from zz110_tui.server.people import Door
from zz110_tui.server.readings import CONTENT_TYPE
from zz110_tui.server.readings import metrics as readings
from zz110_tui.server.record import Log
from zz110_tui.server.securityfile import SecurityFile, security_of
from zz110_tui.server.serving import Server
from zz110_tui.server.settings import Settings, Tls
from zz110_tui.server.tickets import Tickets
from zz110_tui.server.userfile import UserFile
from zz110_tui.service.pauses import few_pauses
from zz110_tui.service.priority import raised
from zz110_tui.store.beside import users_of
from zz110_tui.wire.program import program

if TYPE_CHECKING:
    from zz110_tui.gis.city import City
    from zz110_tui.service.engine import Engine


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
    metrics: str = ""
    realtime: int = 0


def serve_core(invocation: Invocation, wanted: Wanted) -> int:
    """The exit code. Raises Trouble where something cannot be opened or listened on."""
    around = look_around(invocation)
    settings = settings_of(around, wanted)
    metrics = loopback(wanted.metrics) if wanted.metrics else None
    _log_to_stderr()
    return asyncio.run(_serve(around, settings, metrics, wanted.realtime))


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


async def _serve(
    around: Surroundings, settings: Settings, metrics: tuple[str, int] | None = None, realtime: int = 0
) -> int:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    log = Log()
    backups = scheduled_backup(around, log.note)
    more = (history_chore(around), *((backups.chore,) if backups is not None else ()))
    writing = raised(realtime, lambda got: log.note("writer_priority", asked=realtime, got=got))
    async with embedded_core(around, more, lambda trouble: _note(log, trouble), writing) as (engine, city):
        keeper = Keeper(SecurityFile(security_of(around.store), create=True), log, engine.clock.now)
        users = UserFile(users_of(around.store))
        tickets = Tickets(lambda: time.monotonic_ns() // 1_000_000)
        counter = Counter(users, tickets, keeper, engine.clock.now, settings.origins) if settings.tls else None
        if counter is not None and not users.all():
            say(around.say(*NOBODY))
        outside = Outside(
            around.store,
            _schedules(around, engine, backups),
            lambda: keeper.failing,
            lambda: backups is not None and backups.lacks_users,
        )
        answer = pages(
            lambda: health_document(server, outside), lambda: readings(server, outside, keeper.counts), CONTENT_TYPE
        )
        past = past_of_room(around, keeper.note)
        server = Server(engine, settings, Door(users, tickets.redeem), keeper, counter, answer, past)
        listener = Listener(answer)
        await server.start()
        try:
            if metrics is not None:
                await listener.start(*metrics)
            keeper.note("started", version=program(), position=engine.board.position)
            _say_where(around, city, settings, server, listener)
            tell_systemd("READY=1")
            async with few_pauses(engine):
                await _first_of(stop.wait(), engine.ended(), server.ended(), keep_watchdog())
        finally:
            tell_systemd("STOPPING=1")
            listener.stop()
            await server.stop()
            await past.close()
            if counter is not None:
                counter.close()
            users.close()
            keeper.note("stopped", position=engine.board.position)
            keeper.close()
        say(around.say("核心已停止；存过的都在", "the core has stopped; what was acknowledged is stored"))
    return OK


def _say_where(around: Surroundings, city: City, settings: Settings, server: Server, listener: Listener) -> None:
    where = str(settings.socket) + (f", {settings.tls.host}:{server.port}" if settings.tls else "")
    where += f", http://127.0.0.1:{listener.port}/metrics" if listener.port else ""
    name = city.name_zh if around.language == "zh" else city.name_en
    say(around.say(f"核心在服务：{name}110，{where}", f"serving: {name} 110, {where}"))


def _schedules(around: Surroundings, engine: Engine, backups: ScheduledBackup | None) -> dict[str, Schedule]:
    """What is done beside the room, and how late it may be."""
    found = {}
    if backups is not None:
        found["backup"] = Schedule(around.loaded.settings.backup.every, backups.age_s)
    heads = heads_chore(around, lambda: engine.journal)
    if heads is not None:
        found["heads"] = Schedule(heads.every_s, heads.age_s)
    return found


def health_document(server: Server, outside: Outside) -> dict[str, object]:
    found = checks(server, outside)
    return {
        "status": state_of(found),
        "checks": [{"name": each.name, "state": each.state, "zh": each.zh, "en": each.en} for each in found],
    }


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


async def keep_watchdog() -> None:
    """Tell the service manager, twice in the span it gives, that the loop turns. Never ends by itself."""
    span_us = os.environ.get("WATCHDOG_USEC", "")
    while True:
        await asyncio.sleep(int(span_us) / 2e6 if span_us.isdecimal() and int(span_us) else 3_600)
        tell_systemd("WATCHDOG=1")


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
