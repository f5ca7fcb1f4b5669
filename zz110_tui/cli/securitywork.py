"""The work behind ``zz110 security``."""

from __future__ import annotations

import time
from datetime import datetime
from pathlib import Path
from typing import Any

from zz110_tui.cli import output
from zz110_tui.cli.diagnostics import say
from zz110_tui.cli.exits import OK, TROUBLE, USAGE
from zz110_tui.cli.invocation import Invocation
from zz110_tui.cli.provingrecord import judged_record, record_advice, record_document, record_lines
from zz110_tui.cli.surroundings import Surroundings, look_around
from zz110_tui.cli.verifying import believed_heads
from zz110_tui.cli.wiring import open_journal_to_read
from zz110_tui.config.problems import both
from zz110_tui.core.trouble import Trouble
from zz110_tui.language.scene import zone
from zz110_tui.server.securityfile import SecurityFile, security_of
from zz110_tui.store.journal import Head

SHOWN = ("account", "address", "code", "result")
OWN = {"t", "event", "more", *SHOWN}
EVERYTHING = 10_000_000


def list_notes(invocation: Invocation, count: int, event: str, hours: float, as_json: bool) -> None:
    """Raises Trouble where there is no record, or it cannot be read."""
    around = look_around(invocation)
    file = SecurityFile(security_of(around.store))
    since = time.time_ns() // 1_000_000 - int(hours * 3_600_000) if hours else 0
    notes = file.last(EVERYTHING if event else count, since)
    file.close()
    chosen = [note for note in notes if not event or note.said.get("event") == event][-count:]
    if as_json:
        output.document([{"number": note.number, **note.said} for note in chosen])
        return
    where = zone(around.timezone_in(None))
    zh = ("号", "时间", "事件", "账号", "地址", "结果", "其他")
    en = ("no", "time", "event", "account", "address", "result", "other")
    output.table(
        zh if around.language == "zh" else en,
        [(str(note.number), *_row(note.said, where, around.language)) for note in chosen],
    )


def _row(said: dict[str, Any], where: Any, language: str) -> tuple[str, ...]:
    at = datetime.fromtimestamp(said["t"] / 1000, where).strftime("%Y-%m-%d %H:%M:%S")
    other = " ".join(f"{name}={value}" for name, value in said.items() if name not in OWN)
    if "more" in said:
        other = f"另有 {said['more']} 次" if language == "zh" else f"{said['more']} more"
    result = str(said.get("code") or said.get("result") or "")
    return at, str(said["event"]), str(said.get("account", "")), str(said.get("address", "")), result, other


def verify_notes(invocation: Invocation, pins: list[str], heads: Path | None, keys: list[Path], as_json: bool) -> int:
    """The exit code. Raises Trouble where there is no record, or pins, heads or keys cannot be used."""
    around = look_around(invocation)
    believed = believed_heads(heads, keys, "zz110 security verify", lambda: _store_id(around))
    found = judged_record(around, believed, [_pin(text) for text in pins])
    if not found.there and believed is None:
        SecurityFile(security_of(around.store)).close()
    if as_json:
        output.document(record_document(found))
    else:
        for line in record_lines(found, around):
            output.text(line)
    if not found.verdict.intact:
        say(record_advice(around))
    return OK if found.verdict.intact else TROUBLE


def _store_id(around: Surroundings) -> str:
    with open_journal_to_read(around) as journal:
        return journal.stamp.id


def _pin(text: str) -> Head:
    number, _, hashed = text.partition(":")
    try:
        return Head(int(number), bytes.fromhex(hashed))
    except ValueError:
        raise Trouble(
            both("--pin 的写法不对", "this is no head"), ascii(text)[:100], "--pin 120:9f3c…", exit_code=USAGE
        ) from None
