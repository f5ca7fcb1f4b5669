"""``python -m tests.golden.write_facts`` writes the golden files that are missing; one that is there is not touched."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from tests.golden.samples import COMMANDS, FACTS, entry_of
from zz110_tui.wire import names
from zz110_tui.wire.codec import encode_command, encode_entry

HERE = Path(__file__).parent


def wanted() -> Iterator[tuple[Path, bytes]]:
    """Every golden file of today's names and versions, with the bytes that today's code writes."""
    for fact in FACTS:
        name = names.FACTS.of[type(fact)]
        yield HERE / "facts" / f"{name.text}.v{name.version}.json", encode_entry(entry_of(fact))
    for command in COMMANDS:
        name = names.COMMANDS.of[type(command)]
        yield HERE / "commands" / f"{name.text}.v{name.version}.json", encode_command(command)


def write_missing() -> int:
    written = 0
    for path, payload in wanted():
        if not path.exists():
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(payload + b"\n")
            written += 1
    return written


if __name__ == "__main__":
    sys.stdout.write(f"{write_missing()} written\n")
