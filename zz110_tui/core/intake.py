"""What a call-taker asked and was told, and which steps of the checklist are done: values kept on the slip.

An answer (问询答复) is about one question of the rulebook; the last one given counts, the earlier ones stay in the
chronology. A step (处置清单) is ticked once, by whom and when.
"""

from __future__ import annotations

from enum import StrEnum

from zz110_tui.core.records import dataclass


class Reply(StrEnum):
    """How a question was answered. SAID: in words only. SKIPPED: not asked, on purpose."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"
    SKIPPED = "skipped"
    SAID = "said"


@dataclass(frozen=True, slots=True)
class Given:
    """The answer that counts. ``at`` in UTC ms; ``desk`` and ``person`` wrote it down."""

    question: str
    reply: Reply
    text: str
    at: int
    desk: str = ""
    person: str = ""


@dataclass(frozen=True, slots=True)
class Ticked:
    """A step that is done. ``unit`` did it, empty for the desk itself."""

    step: str
    at: int
    unit: str = ""
    desk: str = ""
    person: str = ""
