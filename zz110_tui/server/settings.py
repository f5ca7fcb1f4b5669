"""What a serving core puts up with, and where it listens."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from zz110_tui.wire.session import Limits


@dataclass(frozen=True, slots=True)
class Tls:
    """Where to listen for other machines. ``port`` 0 takes a free one. Certificate and key are PEM files."""

    host: str
    port: int
    certificate: Path
    key: Path


@dataclass(frozen=True, slots=True)
class Settings:
    """Sizes in bytes, spans in milliseconds.

    ``socket_mode`` 0o600 is for the core's own account, 0o660 with a ``socket_group`` for that group as well.
    ``origins``: web pages that may connect; a program that is no browser sends none.
    ``strangers``: connections that have not yet said who they are. ``backlog``: what may wait for one slow desk.
    """

    socket: Path | None = None
    socket_mode: int = 0o600
    socket_group: str = ""
    tls: Tls | None = None
    origins: tuple[str, ...] = ()
    limits: Limits = field(default_factory=Limits)
    desks: int = 250
    links_per_person: int = 64
    strangers: int = 64
    strangers_per_address: int = 16
    backlog: int = 8 << 20
    stalled_ms: int = 10_000
    closing_ms: int = 2_000
