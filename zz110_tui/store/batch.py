"""What every backend does before it stores: judge an append, and turn its entries into chained rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from zz110_tui.core.facts import Entry
from zz110_tui.core.trouble import Trouble
from zz110_tui.store.chain import link
from zz110_tui.store.journal import Head, Row
from zz110_tui.wire.codec import encode_entry


@dataclass(frozen=True, slots=True)
class Batch:
    """``commands`` are (id, first position, last position) of the named commands, in order."""

    rows: list[Row]
    commands: list[tuple[str, int, int]]
    head: Head


def make_batch(head: Head, entries: Sequence[Entry]) -> Batch:
    """The rows that follow ``head``. Raises Trouble for a gap, a command id that comes apart, an unwritable entry."""
    rows: list[Row] = []
    spans: dict[str, tuple[int, int]] = {}
    position, previous = head.position, head.hash
    for entry in entries:
        position += 1
        if entry.position != position:
            raise _refused(f"position {entry.position} after {position - 1}")
        payload = encode_entry(entry)
        previous = link(previous, payload)
        rows.append(Row(position, payload, previous))
        if entry.command:
            first, last = spans.get(entry.command, (position, position - 1))
            if last != position - 1:
                raise doubled_command(entry.command)
            spans[entry.command] = (first, position)
    commands = [(command, first, last) for command, (first, last) in spans.items()]
    return Batch(rows, commands, Head(position, previous))


def doubled_command(command: str) -> Trouble:
    return _refused(f"command id {ascii(command)[:100]} is in the journal already")


def check_snapshot(position: int, head: Head) -> None:
    """Raises Trouble for a snapshot of a board that this journal does not lead to."""
    if not 1 <= position <= head.position:
        raise _refused(f"a snapshot at {position}, the head is at {head.position}")


def _refused(cause: str) -> Trouble:
    return Trouble(
        "日志拒绝了这次写入 / the journal refused this append",
        cause,
        "什么都没有存；请把这段话交给维护者 / nothing was stored; give these words to the maintainer",
        exit_code=70,
    )


def closed() -> Trouble:
    return Trouble("日志已关闭 / the journal is closed", "", "重新打开案卷库 / open the store again", exit_code=70)
