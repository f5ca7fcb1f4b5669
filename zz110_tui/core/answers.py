"""What the core answers to a command: the entries it made, or the refusal."""

from __future__ import annotations

from zz110_tui.core.facts import Entry
from zz110_tui.core.records import dataclass
from zz110_tui.core.refusals import Refusal
from zz110_tui.core.veiling import Caller


@dataclass(frozen=True, slots=True)
class Answer:
    """``command`` is the command's id. Accepted and durable when ``refusal`` is None; ``entries`` may then be empty,
    when there was nothing to change. ``position`` is the journal's head when the answer was made. ``told`` are the
    callers that the command asked to see, in clear."""

    command: str
    position: int
    entries: tuple[Entry, ...] = ()
    refusal: Refusal | None = None
    told: tuple[Caller, ...] = ()

    @property
    def accepted(self) -> bool:
        return self.refusal is None
