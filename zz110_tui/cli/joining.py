"""How a desk of ours reaches a core that somebody else runs: beside the store, or on another machine."""

from __future__ import annotations

import asyncio
import getpass
import os
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING

from zz110_tui.cli.exits import CONFIG
from zz110_tui.cli.invocation import Invocation
from zz110_tui.cli.surroundings import Surroundings
from zz110_tui.client.discover import find_core, socket_of
from zz110_tui.config.problems import both
from zz110_tui.core.trouble import Trouble

if TYPE_CHECKING:
    from zz110_tui.client.remote import RemoteLink

SCRIPT_PATIENCE_MS = 15_000
"""How long ``zz110 do`` waits while the link is lost; a desk says at once that it is, and waits for ever."""

COMES_BACK_S = 3.0


async def join_core(around: Surroundings, channel: str) -> RemoteLink | None:
    """A link to the core that was named, or to the one that serves the store; None when there is none.

    Raises Trouble where it cannot be reached, or does not take this desk in.
    """
    patience = SCRIPT_PATIENCE_MS if channel == "cli" else None
    actor = around.actor(channel)
    named = core_named(around)
    if named:
        from zz110_tui.client.login import Login, over_tls, where
        from zz110_tui.client.remote import Options, RemoteLink

        place = where(named, around.invocation.ca or _ca_of_environment())
        account = around.invocation.account or _login_name()
        login = Login(place, account, _asker(around.invocation, account, str(place)))
        return await RemoteLink.connect(
            over_tls(place),
            actor,
            Options(kind=around.kind, ticket=login.ticket, patience_ms=patience, resend=patience is not None),
        )
    found = await _core_of(around.store)
    if found is None:
        return None
    from zz110_tui.client.dial import over_socket
    from zz110_tui.client.remote import Options, RemoteLink

    options = Options(kind=around.kind, patience_ms=patience, resend=patience is not None)
    return await RemoteLink.connect(over_socket(found), actor, options)


def core_named(around: Surroundings) -> str:
    """The core on another machine that somebody named; empty for the one of the store."""
    return around.invocation.core or os.environ.get("ZZ110_CORE", "")


async def _core_of(store: Path) -> Path | None:
    """The socket of the core that serves a store; None when none does.

    A socket where nobody answers is that of a core that was killed. Whoever keeps it running starts it again within a
    moment: a desk that embedded one of its own meanwhile would stand in its way.
    """
    found = find_core(store)
    for _ in range(round(COMES_BACK_S / 0.1) if found is None and socket_of(store).is_socket() else 0):
        await asyncio.sleep(0.1)
        found = find_core(store)
        if found is not None:
            break
    return found


def _ca_of_environment() -> Path | None:
    path = os.environ.get("ZZ110_CA", "")
    return Path(path) if path else None


def _login_name() -> str:
    return os.environ.get("LOGNAME") or os.environ.get("USER") or ""


def _asker(invocation: Invocation, account: str, place: str) -> Callable[[bool], Awaitable[str]]:
    """Asks for the password, and for the one-time code where there is one. Neither is ever an argument of a command."""

    async def ask(code: bool) -> str:
        if not code and invocation.password_file is not None:
            return _first_line(invocation.password_file)
        words = both(f"{account} 的一次性验证码", f"one-time code of {account}") if code else ""
        words = words or both(f"{account} 在 {place} 的密码", f"password of {account} at {place}")
        try:
            return await asyncio.to_thread(getpass.getpass, f"{words}: ")
        except (EOFError, OSError) as fault:
            raise Trouble(
                both("没有终端可问密码", "there is no terminal to ask for the password"),
                account,
                both("用 --password-file 文件", "use --password-file FILE"),
                exit_code=CONFIG,
            ) from fault

    return ask


def _first_line(path: Path) -> str:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeError) as fault:
        raise Trouble(
            both("密码文件读不了", "the password file cannot be read"),
            f"{path}: {fault}",
            both("检查 --password-file", "check --password-file"),
            exit_code=CONFIG,
        ) from fault
    return lines[0] if lines else ""
