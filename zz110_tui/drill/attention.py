"""What was answered in time, late or never: each call and each thing beside calls, from the facts alone.

Late is what the room itself calls late: its own limits had raised an alarm before the first answer. A call is answered
when somebody takes it, an order or a warning when its unit has signed, a message when all have read it, a support
request when it is accepted or declined, a unit's emergency when somebody takes the alarm, a watch notice when somebody
looks at it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from zz110_tui.core import facts as f
from zz110_tui.core import facts_matters as fm
from zz110_tui.core.alarms import AlarmKind, Subject, SubjectKind, alarm_key, of_report
from zz110_tui.core.facts_alarms import AlarmRisen
from zz110_tui.core.orders import ErrandStage

KINDS = ("calls", "orders", "warnings", "supports", "emergencies", "messages", "notices")
_LATE = (AlarmKind.UNANSWERED, AlarmKind.UNSIGNED_ORDER, AlarmKind.UNSUPPORTED, AlarmKind.UNREAD)


@dataclass(frozen=True, slots=True)
class Attended:
    """How often something of a kind came, was answered in time, late, or never; ``longest_s`` until an answer."""

    kind: str
    came: int
    in_time: int
    late: int
    never: int
    longest_s: int


@dataclass(slots=True)
class _Open:
    kind: str
    came_at: int
    late: bool = False
    answered_at: int = 0
    gone: bool = False
    """It ended by itself or was called off before it needed an answer."""


class Attention:
    """Hears every fact of a drill, in order."""

    def __init__(self) -> None:
        self._known: dict[object, _Open] = {}
        self._readers: dict[int, int] = {}

    def ears(self) -> Mapping[type, Callable[[Any], None]]:
        return {
            f.ReportReceived: lambda x: self._came(of_report(x.report), "calls", x.at),
            f.ReportAnswered: lambda x: self._answered(of_report(x.report), x.at),
            fm.OrderIssued: self._order,
            fm.OrderAdvanced: self._advanced,
            fm.WarningPushed: lambda x: self._came(_matter(SubjectKind.WARNING, x.warning), "warnings", x.at),
            fm.WarningSigned: lambda x: self._answered(_matter(SubjectKind.WARNING, x.warning), x.at),
            fm.WarningChecked: lambda x: self._answered(_matter(SubjectKind.WARNING, x.warning), x.at),
            fm.SupportAsked: lambda x: self._came(_matter(SubjectKind.SUPPORT, x.support), "supports", x.at),
            fm.SupportAccepted: lambda x: self._answered(_matter(SubjectKind.SUPPORT, x.support), x.at),
            fm.MessageSent: self._message,
            fm.MessageRead: self._read,
            fm.BoloPutOut: lambda x: self._came(_matter(SubjectKind.BOLO, x.bolo), "notices", x.at),
            fm.NoticeLookedAt: lambda x: self._answered(x.notice, x.at),
            fm.MatterWithdrawn: self._withdrawn,
            f.AlarmRaised: self._raised,
            AlarmRisen: self._risen,
            f.AlarmTaken: lambda x: self._answered(x.key, x.at),
        }

    def counted(self) -> tuple[Attended, ...]:
        """The count of each kind that came at all."""
        made = (_count(kind, [one for one in self._known.values() if one.kind == kind]) for kind in KINDS)
        return tuple(one for one in made if one.came)

    # -- what came ---------------------------------------------------------------------------------------------------

    def _came(self, key: object, kind: str, at: int) -> None:
        self._known[key] = _Open(kind, at)

    def _answered(self, key: object, at: int) -> None:
        one = self._known.get(key)
        if one is not None and not one.answered_at:
            one.answered_at = at

    def _order(self, fact: fm.OrderIssued) -> None:
        for sent in fact.sent:
            self._came((_matter(SubjectKind.ORDER, fact.order), sent.unit), "orders", fact.at)

    def _advanced(self, fact: fm.OrderAdvanced) -> None:
        if fact.stage in (ErrandStage.SIGNED, ErrandStage.EN_ROUTE, ErrandStage.ON_SCENE):
            self._answered((_matter(SubjectKind.ORDER, fact.order), fact.unit), fact.at)

    def _message(self, fact: fm.MessageSent) -> None:
        self._readers[fact.message] = len(fact.readers)
        self._came(_matter(SubjectKind.MESSAGE, fact.message), "messages", fact.at)

    def _read(self, fact: fm.MessageRead) -> None:
        self._readers[fact.message] -= 1
        if self._readers[fact.message] <= 0:
            self._answered(_matter(SubjectKind.MESSAGE, fact.message), fact.reader.read_at)

    def _withdrawn(self, fact: fm.MatterWithdrawn) -> None:
        """A support request that is declined is answered; what is called off needs no answer any more."""
        if fact.matter.kind is SubjectKind.SUPPORT:
            self._answered(fact.matter, fact.at)
            return
        for key, one in self._known.items():
            if key == fact.matter or (isinstance(key, tuple) and key[0] == fact.matter):
                one.gone = one.gone or not one.answered_at

    # -- what was late -----------------------------------------------------------------------------------------------

    def _raised(self, fact: f.AlarmRaised) -> None:
        if fact.kind is AlarmKind.EMERGENCY:
            self._came(alarm_key(fact.kind, fact.subject, fact.unit), "emergencies", fact.at)
        elif fact.kind in _LATE:
            key: object = (fact.subject, fact.unit) if fact.subject.kind is SubjectKind.ORDER else fact.subject
            self._late(key)

    def _risen(self, fact: AlarmRisen) -> None:
        if fact.kind is AlarmKind.EMERGENCY:
            self._late(alarm_key(fact.kind, fact.subject, fact.unit))

    def _late(self, key: object) -> None:
        one = self._known.get(key)
        if one is not None and not one.answered_at:
            one.late = True


def _matter(kind: SubjectKind, number: int) -> Subject:
    return Subject(kind, str(number))


def _count(kind: str, all_of_it: list[_Open]) -> Attended:
    some = [one for one in all_of_it if not one.gone]
    answered = [one for one in some if one.answered_at]
    late = sum(one.late for one in answered)
    longest = max((one.answered_at - one.came_at for one in answered), default=0)
    return Attended(kind, len(some), len(answered) - late, late, len(some) - len(answered), round(longest / 1000))
