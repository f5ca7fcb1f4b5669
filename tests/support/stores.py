"""What tests of a SQLite store need besides: a hand that meddles with its file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import apsw

from zz110_tui.store.chain import link
from zz110_tui.store.journal import NO_HASH
from zz110_tui.wire.codec import decode_entry, encode_entry


def meddle(path: Path, *statements: str) -> None:
    """What someone with a SQLite shell would do to a store nobody has open."""
    connection = apsw.Connection(str(path))
    for statement in statements:
        connection.execute(statement).fetchall()
    connection.close()


def rewritten(path: Path, position: int) -> None:
    """As somebody would who changes an entry and computes every hash from there on anew: the chain is whole again."""
    connection = apsw.Connection(str(path))
    connection.execute("DROP TRIGGER entry_is_never_changed").fetchall()
    connection.execute("DELETE FROM snapshot").fetchall()
    chain = NO_HASH
    rows: list[Any] = connection.execute("SELECT position, payload FROM entry ORDER BY position").fetchall()
    for number, payload in rows:
        if number == position:
            entry = decode_entry(payload)
            payload = encode_entry(replace(entry, at=entry.at + 1))  # noqa: PLW2901 - what stands there from now on
        chain = link(chain, payload)
        connection.execute("UPDATE entry SET payload = ?, hash = ? WHERE position = ?", (payload, chain, number))
    connection.close()
