"""The work behind ``zz110 health``: one plain request over the core's Unix socket."""

from __future__ import annotations

import json
import socket
from pathlib import Path
from typing import Any

from zz110_tui.cli import output
from zz110_tui.cli.exits import OK, STORE_IN_USE, TROUBLE
from zz110_tui.cli.invocation import Invocation
from zz110_tui.cli.surroundings import look_around
from zz110_tui.client.discover import find_core, short, socket_of
from zz110_tui.config.problems import both
from zz110_tui.core.trouble import Trouble

PATIENCE_S = 5.0
MARKS = {"ok": "✓", "warning": "!", "failed": "✗"}


def ask_health(invocation: Invocation, metrics: bool, as_json: bool) -> int:
    """The exit code. Raises Trouble where no core answers."""
    around = look_around(invocation)
    path = find_core(around.store)
    if path is None:
        raise _nobody(socket_of(around.store), "")
    if metrics:
        output.block(_get(path, "/metrics"))
        return OK
    said: dict[str, Any] = json.loads(_get(path, "/health"))
    if as_json:
        output.document(said)
    else:
        for check in said["checks"]:
            output.text(f"{MARKS.get(check['state'], '?')} {around.say(check['zh'], check['en'])}")
    return TROUBLE if said["status"] == "failed" else OK


def _get(path: Path, page: str) -> str:
    """The body of a page. Raises Trouble where the core does not answer it in time."""
    raw = b""
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line, short(path) as name:
            line.settimeout(PATIENCE_S)
            line.connect(name)
            line.sendall(f"GET {page} HTTP/1.1\r\nHost: zz110\r\nConnection: close\r\n\r\n".encode())
            while piece := line.recv(1 << 16):
                raw += piece
    except OSError as fault:
        raise _nobody(path, fault.strerror or str(fault)) from fault
    head, _, body = raw.decode(errors="replace").partition("\r\n\r\n")
    if " 404 " in head.split("\r\n")[0] + " " or not body:
        raise _nobody(path, head.split("\r\n")[0])
    return body


def _nobody(path: Path, why: str) -> Trouble:
    return Trouble(
        both("没有核心应答", "no core answers"),
        f"{path}: {why}" if why else str(path),
        both(
            "看它为什么没有启动：systemctl status zz110，见 docs/operations.md",
            "see why it does not run: systemctl status zz110, docs/operations.md",
        ),
        exit_code=STORE_IN_USE,
    )
