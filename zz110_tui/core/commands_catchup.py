"""The command of catch-up entry (补录), beside those of a call's life in ``core.commands``."""

from __future__ import annotations

from dataclasses import dataclass

from zz110_tui.core.incidents import Channel
from zz110_tui.core.places import Place


@dataclass(frozen=True, slots=True)
class CatchUp:
    """A paper slip with its original times (UTC ms, 0 where the step was not taken), entered after an outage.

    ``paper`` is the number on the paper: entered twice, it is refused. Without ``cleared_at`` the incident stays open
    and its units stay on it.
    """

    type: str
    place: Place
    received_at: int
    dispatched_at: int = 0
    arrived_at: int = 0
    cleared_at: int = 0
    units: tuple[str, ...] = ()
    disposition: str = ""
    priority: int = 0
    text: str = ""
    channel: Channel = Channel.PHONE
    caller: str = ""
    contact: str = ""
    paper: str = ""
