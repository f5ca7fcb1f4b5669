"""Commands about questions and checklists, beside those of a call's life in ``core.commands``."""

from __future__ import annotations

from zz110_tui.core.intake import Reply
from zz110_tui.core.records import dataclass


@dataclass(frozen=True, slots=True)
class AnswerQuestion:
    """``question`` is a code of the rulebook, one of the incident's type. Given again, it replaces the answer."""

    incident: int
    question: str
    reply: Reply
    text: str = ""


@dataclass(frozen=True, slots=True)
class TickSteps:
    """Steps of the checklist are done, or with ``done`` False not done after all. ``unit`` is who did them."""

    incident: int
    steps: tuple[str, ...]
    done: bool = True
    unit: str = ""


@dataclass(frozen=True, slots=True)
class AttachLink:
    """Keep the address of a photograph or a stream with an incident, or with a report (the other one is 0)."""

    url: str
    incident: int = 0
    report: int = 0
    text: str = ""


@dataclass(frozen=True, slots=True)
class WeighPriority:
    """Take over the priority that the answers propose: a person agrees with it."""

    incident: int
