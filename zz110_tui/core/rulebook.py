"""The rulebook: what an agency decides beforehand and ``decide`` only applies.

Incident types with priority, questions, checklist and response plan; dispositions; receivers of transfers; time limits.
It is data (TOML, read by ``config``) and an argument of ``decide``; facts carry what was resolved from it, so that a
replay never needs it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from zz110_tui.core.units import UnitKind


class Category(StrEnum):
    """The four classes of the calibration table (2023)."""

    CRIMINAL = "criminal"
    PUBLIC_ORDER = "public_order"
    DISPUTE_HELP = "dispute_help"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Words:
    """One thing said in Chinese and in English."""

    zh: str
    en: str

    def in_(self, language: str) -> str:
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Question:
    """One question for the call-taker (问询要点)."""

    code: str
    words: Words
    yes_no: bool = False
    """It can be answered by yes or no, which weigh ``yes`` and ``no`` points towards the priority."""
    yes: int = 0
    no: int = 0
    counts: tuple[tuple[int, int], ...] = ()
    """(least number, points): what the number in the answer weighs."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a checklist (处置清单)."""

    code: str
    words: Words


@dataclass(frozen=True, slots=True)
class TurnOut:
    """How many units of one kind a plan sends; ``kind`` None means any first-line unit."""

    count: int
    kind: UnitKind | None = None


@dataclass(frozen=True, slots=True)
class ResponsePlan:
    """Graded response (分级布警预案): first, second and third turn-out (梯次增援)."""

    first: tuple[TurnOut, ...] = (TurnOut(1),)
    second: tuple[TurnOut, ...] = ()
    third: tuple[TurnOut, ...] = ()


@dataclass(frozen=True, slots=True)
class IncidentType:
    """A kind of incident: its names, its class, what to ask, what to do, whom to send."""

    code: str
    category: Category
    words: Words
    priority: int
    aliases: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    checklist: tuple[Step, ...] = ()
    plan: ResponsePlan = ResponsePlan()


@dataclass(frozen=True, slots=True)
class Disposition:
    """How an incident may end (处置结果). ``settled`` counts as settled on scene (现场办结)."""

    code: str
    words: Words
    aliases: tuple[str, ...] = ()
    settled: bool = False


@dataclass(frozen=True, slots=True)
class Receiver:
    """Where a slip can be transferred to: 12345, 119, 120, 122, another district."""

    code: str
    words: Words
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Limits:
    """Time limits in milliseconds for one priority, each the age at which an alarm is due."""

    unanswered: int = 10_000
    unfiled: int = 180_000
    undispatched: int = 60_000
    unsigned: int = 30_000
    not_en_route: int = 60_000
    not_arrived: int = 300_000
    no_contact: int = 1_200_000
    unfed_back: int = 3_600_000


@dataclass(frozen=True, slots=True)
class Rulebook:
    types: Mapping[str, IncidentType]
    dispositions: Mapping[str, Disposition]
    receivers: Mapping[str, Receiver]
    limits: Mapping[int, Limits] = field(default_factory=dict)
    hold_ms: int = 900_000
    """How long a hold lasts when nobody says (milliseconds)."""

    def limits_for(self, priority: int) -> Limits:
        return self.limits.get(priority) or Limits()
