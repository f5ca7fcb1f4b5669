"""Facts about questions and checklists, beside those of a call's life in ``core.facts``."""

from __future__ import annotations

from zz110_tui.core.intake import Reply
from zz110_tui.core.records import dataclass


@dataclass(frozen=True, slots=True)
class QuestionAnswered:
    incident: int
    question: str
    reply: Reply
    text: str
    at: int


@dataclass(frozen=True, slots=True)
class StepTicked:
    """``done`` False: it was ticked by mistake. ``unit`` did it, empty for the desk."""

    incident: int
    step: str
    done: bool
    unit: str
    at: int


@dataclass(frozen=True, slots=True)
class LinkAttached:
    """The address of a photograph or a stream was put to a slip; to a call (``incident`` 0) that has none yet.

    ``report`` is the call it came with, 0 for none.
    """

    url: str
    text: str
    incident: int
    report: int
    at: int


@dataclass(frozen=True, slots=True)
class PriorityWeighed:
    """The answers changed the priority: at once where they raise it, else because a person agreed (``agreed``).

    ``because`` has the answers that weigh, as ``question=reply``; ``points`` is their sum.
    """

    incident: int
    priority: int
    points: int
    because: tuple[str, ...]
    agreed: bool
