"""Times as somebody writes them on a command line."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo

from zz110_tui.cli.exits import USAGE
from zz110_tui.config.problems import both, shown
from zz110_tui.core.trouble import Trouble


def moment(text: str, zone: tzinfo, *, end_of_day: bool = False) -> int | None:
    """A local time as somebody writes it, in UTC ms; None for "". A date alone means its beginning, or its end.

    Raises Trouble for a text that is no time.
    """
    if not text:
        return None
    try:
        at = datetime.fromisoformat(text)
        if end_of_day and len(text) <= len("2026-03-01"):
            at += timedelta(days=1)
        at = at if at.tzinfo is not None else at.replace(tzinfo=zone)
        return round(at.timestamp() * 1000)
    except (ValueError, OverflowError) as fault:
        raise Trouble(
            both("这不是时间", "this is no time"),
            shown(text),
            both("写 2026-03-01 或 2026-03-01T08:00", "write 2026-03-01 or 2026-03-01T08:00"),
            exit_code=USAGE,
        ) from fault
