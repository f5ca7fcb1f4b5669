"""The rulebook: what an agency decides beforehand and ``decide`` only applies.

Incident types with priority, questions, checklist and response plan; dispositions; receivers of transfers; time limits.
It is data (TOML, read by ``config``) and an argument of ``decide``; facts carry what was resolved from it, so that a
replay never needs it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum

from zz110_tui.core.records import dataclass
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
    """How many units of one kind a plan sends; ``kind`` None means any first-line unit. ``crew`` is the least crew:
    an assault squad of the city is 5+2+1 = 8, of a county 5+1 = 6 (突击小队)."""

    count: int
    kind: UnitKind | None = None
    crew: int = 0


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


EVERY_TYPE = "any"


@dataclass(frozen=True, slots=True)
class Instruction:
    """What the units on a major incident are told (重大警情指令), with blanks for the slip; ``types`` are types and
    classes, or :data:`EVERY_TYPE`."""

    code: str
    words: Words
    types: frozenset[str]

    def is_about(self, kind: str, category: str) -> bool:
        return bool(self.types & {kind, category, EVERY_TYPE})


@dataclass(frozen=True, slots=True)
class Pattern:
    """Words that, all of them in what a caller says, suggest a type. Lower case, compatibility forms."""

    type: str
    words: tuple[str, ...]


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
    unread: int = 120_000
    unsigned_order: int = 120_000
    unsupported: int = 600_000
    unfed_back: int = 3_600_000
    untaken: int = 60_000
    """an alarm that nobody took, since it was raised: it rises"""
    taken: int = 600_000
    """a taken alarm whose cause still stands: it rises again"""


@dataclass(frozen=True, slots=True)
class AlarmRules:
    """The shelf and the budget of alarms (ISA-18.2, EEMUA 191). Spans in milliseconds.

    ``untaken`` has the kinds of alarm that rise after a time of their own, whatever their priority. ``budget`` is how
    many alarms in ten minutes one desk can deal with, ``flood`` how many it cannot.
    """

    shelf_ms: int = 900_000
    most_shelf_ms: int = 1_800_000
    untaken: Mapping[str, int] = field(default_factory=dict)
    budget: float = 1.0
    flood: float = 10.0


@dataclass(frozen=True, slots=True)
class PlanRule:
    """A plan that takes the place of a type's own where its conditions hold (分级布警预案). An empty condition always
    holds. ``types`` are codes of types or categories; ``hours`` are local hours (0 to 23)."""

    code: str
    words: Words
    plan: ResponsePlan
    types: frozenset[str] = frozenset()
    priorities: frozenset[int] = frozenset()
    grids: frozenset[str] = frozenset()
    hours: frozenset[int] = frozenset()

    def holds(self, kind: IncidentType | None, priority: int, grid: str, hour: int) -> bool:
        """Whether the rule is about an incident like this. A priority of 0 or an hour of -1 is not known, and holds
        only where nothing is asked about it."""
        names = {kind.code, kind.category.value} if kind is not None else set()
        return (
            (not self.types or bool(self.types & names))
            and (not self.priorities or priority in self.priorities)
            and (not self.grids or grid in self.grids)
            and (not self.hours or hour in self.hours)
        )


@dataclass(frozen=True, slots=True)
class FillInRules:
    """When a free unit is proposed to move (补位叠加).

    ``radius_s``: the time within which a call has to be reached, the target of five minutes less one. ``least_gain``:
    by how much the share of calls that is expected late (0 to 1) has to fall for anybody to be moved; ``night_gain``
    holds in the local hours from ``night_from`` until before ``night_to``.
    ``on`` False proposes nothing."""

    on: bool = True
    radius_s: float = 240.0
    least_gain: float = 0.01
    night_gain: float = 0.06
    night_from: int = 0
    night_to: int = 6

    def threshold(self, hour: int) -> float:
        """The gain (share of all calls) that a move has to bring at a local hour."""
        late = self.night_from <= hour < self.night_to
        if self.night_from > self.night_to:
            late = hour >= self.night_from or hour < self.night_to
        return self.night_gain if late else self.least_gain


@dataclass(frozen=True, slots=True)
class Rulebook:
    types: Mapping[str, IncidentType]
    dispositions: Mapping[str, Disposition]
    receivers: Mapping[str, Receiver]
    limits: Mapping[int, Limits] = field(default_factory=dict)
    patterns: tuple[Pattern, ...] = ()
    instructions: tuple[Instruction, ...] = ()
    hold_ms: int = 900_000
    """How long a hold lasts when nobody says (milliseconds)."""
    plans: tuple[PlanRule, ...] = ()
    """Plans by type, priority, grid and hour; the first that holds counts."""

    fill_in: FillInRules = FillInRules()
    alarms: AlarmRules = field(default_factory=AlarmRules)

    def rule_for(self, type_code: str, priority: int = 0, grid: str = "", hour: int = -1) -> PlanRule | None:
        """The first plan rule that is about an incident like this; None where the type's own plan counts."""
        kind = self.types.get(type_code)
        return next((rule for rule in self.plans if rule.holds(kind, priority, grid, hour)), None)

    def plan_for(self, type_code: str, priority: int = 0, grid: str = "", hour: int = -1) -> ResponsePlan:
        """The response plan for an incident of a type; one unit of any kind where nothing is known of it."""
        rule = self.rule_for(type_code, priority, grid, hour)
        if rule is not None:
            return rule.plan
        kind = self.types.get(type_code)
        return kind.plan if kind is not None else ResponsePlan()

    def limits_for(self, priority: int) -> Limits:
        return self.limits.get(priority) or Limits()
