"""How a link stands, and the ways in which something could not be done over it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from zz110_tui.core.trouble import Trouble
from zz110_tui.wire.goodbyes import Goodbye

UNREACHED = 75
REFUSED = 77


class Step(StrEnum):
    """Of an attempt to come in: a ticket (over TLS), the line, the core's welcome; or the pause before the next one."""

    TICKET = "ticket"
    LINE = "line"
    WELCOME = "welcome"
    PAUSE = "pause"


@dataclass(frozen=True, slots=True)
class Trying:
    """What is being done to come back: the ``number``-th attempt, and how far it is."""

    number: int
    step: Step


@dataclass(frozen=True, slots=True)
class LinkState:
    """``since`` (UTC ms of this machine) is when it became so. While not connected, ``why`` says why.

    ``for_good``: no further attempt is made, because it would be refused again. ``trying`` is what is being done to
    come back; it changes without a word to ``on_state``.
    """

    connected: bool
    since: int
    why: Goodbye | None = None
    for_good: bool = False
    trying: Trying | None = None


class EntryRefused(Trouble):
    """The core said no to this desk, or went away while it came in."""

    def __init__(self, goodbye: Goodbye) -> None:
        super().__init__(
            "核心没有接纳本席位 / the core did not take this desk in",
            f"{goodbye.zh} / {goodbye.en}",
            "稍后会再试 / it is worth another try" if goodbye.again else "",
            UNREACHED if goodbye.again else REFUSED,
        )
        self.goodbye = goodbye


class NotSent(Trouble):
    """Nothing went out: there is no core to send it to. The line is the desk's to keep."""

    def __init__(self, why: Goodbye | None) -> None:
        super().__init__(
            "没有发出：与核心的链路已中断 / not sent: the link to the core is lost",
            "" if why is None else f"{why.zh} / {why.en}",
            "重连后再发 / send it again when the link is back",
            UNREACHED,
        )


class Unanswered(Trouble):
    """It went out and no answer came: it may have been done or not. The same id asks again and does nothing twice."""

    def __init__(self, command_id: str) -> None:
        super().__init__(
            "已发出，未得到答复 / sent, and no answer came",
            command_id,
            "用同一编号再发：做过就不会再做，只会得到答复 / send it again under the same id: it is never done twice",
            UNREACHED,
        )
        self.command_id = command_id
