"""Whoever reads slips that are over, exports or copies what is stored at this machine is written down: in the security
record, with the account that the operating system names and what was read. Never what stood there."""

from __future__ import annotations

import os
import time

from zz110_tui.cli.diagnostics import say
from zz110_tui.cli.surroundings import Surroundings
from zz110_tui.core.trouble import Trouble
from zz110_tui.server.securityfile import SecurityFile, security_of


def note_reading(around: Surroundings, event: str, what: str, **values: object) -> None:
    """``event`` is ``read`` or ``export``; ``what`` the command. Said on standard error where it cannot be written:
    nobody is kept from a slip in need because of the record, and nobody reads unnoticed by breaking it quietly."""
    if not around.store.exists():
        return
    note = {"t": time.time_ns() // 1_000_000, "event": event, "account": account(), "what": what, **values}
    try:
        file = SecurityFile(security_of(around.store), create=True)
        try:
            file.append([note])
        finally:
            file.close()
    except Trouble as trouble:
        say(around.say(f"  → 安全记录没有记下：{trouble}", f"  → not in the security record: {trouble}"))


def account() -> str:
    """Who the operating system says runs this; nothing in the environment changes it."""
    import pwd

    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return f"uid {os.getuid()}"
