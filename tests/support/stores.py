"""What tests of a SQLite store need besides: a hand that meddles with its file."""

from __future__ import annotations

from pathlib import Path

import apsw


def meddle(path: Path, *statements: str) -> None:
    """What someone with a SQLite shell would do to a store nobody has open."""
    connection = apsw.Connection(str(path))
    for statement in statements:
        connection.execute(statement).fetchall()
    connection.close()
