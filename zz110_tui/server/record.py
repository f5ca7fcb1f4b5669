"""What the server notes about itself: who came, who was refused and why, as structured lines without personal data.

One line is one JSON object through ``logging`` (logger ``zz110.server``); where it goes is the caller's affair.
Accounts and addresses are noted, for they are what an administrator has to act on; callers' data never passes here.
"""

from __future__ import annotations

import json
import logging
from typing import Protocol

from zz110_tui.core.cleaning import clean

LOGGER = logging.getLogger("zz110.server")


class Record(Protocol):
    def note(self, event: str, **values: object) -> None:
        """``event`` is one stable word."""
        ...


class Log:
    """The record as log lines."""

    def note(self, event: str, **values: object) -> None:
        shown = {name: clean(value) if isinstance(value, str) else value for name, value in values.items()}
        LOGGER.info(json.dumps({"event": event, **shown}, ensure_ascii=False))
