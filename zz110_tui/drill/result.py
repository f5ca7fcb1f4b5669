"""What a drill comes to: its figures, its units' work, its alarms, and the proof that every call ended once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from hashlib import blake2b
from typing import Any

from zz110_tui.core.figures import Figures
from zz110_tui.core.incidents import ReportEnd
from zz110_tui.core.slips import ContactEnd, Slip
from zz110_tui.drill.attention import Attended


class DrillBug(Exception):
    """The drill or the core broke a promise that they must never break. Not a refusal, not a fault of the disk."""


@dataclass(frozen=True, slots=True)
class UnitWork:
    """One unit's share (0 to 1) of the drill's days between being sent and being free again, and how often."""

    unit: str
    sent: int
    busy: float


@dataclass(frozen=True, slots=True)
class DrillResult:
    """``ends`` counts how each call ended, each call once. ``head_hash`` (hex) is the same on any machine for the same
    ``seed`` and the same inputs: city pack, rulebook with its alarm limits, profile of the drill, calls. Their
    fingerprints stand beside it, so that two results which differ say why. ``wall_s`` is of this machine.
    ``moves`` counts the fill-ins that were followed, where ``fill_in`` was on. ``matters`` says whether orders,
    warnings and the like came as well; ``attended`` is what was answered in time, late and never, of each kind.
    ``complete`` is false for a drill that was broken off: then not every call has ended, and the figures are of what
    there was."""

    kind: str
    city: str
    pack_hash: str
    rules_hash: str
    profile_hash: str
    seed: int
    load: float
    second_line: bool
    fill_in: bool
    matters: bool
    moves: int
    start: int
    days: int
    ended: int
    complete: bool
    calls: int
    ends: tuple[tuple[str, int], ...]
    figures: Figures
    units: tuple[UnitWork, ...]
    utilisation: float
    most_waiting_slips: int
    most_waiting_calls: int
    alarms: tuple[tuple[str, int], ...]
    attended: tuple[Attended, ...]
    refusals: tuple[tuple[str, int], ...]
    facts: int
    head_position: int
    head_hash: str
    wall_s: float

    def document(self) -> dict[str, Any]:
        """The result as plain values for JSON; pairs of a name and a number become objects."""
        return _plain(asdict(self))  # type: ignore[no-any-return]


def fingerprint(*values: object) -> str:
    """The same text for the same values: of plain values and dataclasses, whose words are the same everywhere."""
    return blake2b(repr(values).encode("utf-8"), digest_size=12).hexdigest()


_PAIRS = ("ends", "alarms", "refusals", "contacts_by_end", "slips_by_end")


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: dict(item) if key in _PAIRS else _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value


def ends_of(
    made: Iterable[str],
    reports: Mapping[str, int],
    contacts: Iterable[ContactEnd],
    slips: Iterable[Slip],
    ended: Mapping[int, int],
) -> tuple[tuple[str, int], ...]:
    """How the calls ended, each exactly once.

    ``made`` are the keys of the calls, ``reports`` gives the report of each, ``ended`` how many facts ended a report.
    Raises DrillBug for a call without a report, a report without an end or with two, and a slip that is not closed with
    a disposition.
    """
    by_report = {contact.number: contact for contact in contacts}
    by_number = {slip.number: slip for slip in slips}
    wrong: list[str] = []
    counts: dict[str, int] = {}
    for key in made:
        number = reports.get(key, 0)
        contact = by_report.get(number)
        end, fault = _end_of(contact, by_number)
        if ended.get(number, 0) != 1:
            fault = fault or f"{ended.get(number, 0)} facts ended it"
        if fault:
            wrong.append(f"call {key} (report {number}): {fault}")
        counts[end] = counts.get(end, 0) + 1
    if len(set(reports.values())) != len(reports):
        wrong.append("two calls share a report")
    if wrong:
        raise DrillBug(f"{len(wrong)} calls without exactly one end; the first: " + "; ".join(wrong[:5]))
    return tuple(sorted(counts.items()))


def _end_of(contact: ContactEnd | None, slips: Mapping[int, Slip]) -> tuple[str, str]:
    """How a call ended, and what is wrong about it."""
    if contact is None:
        return "", "it has no report that ended"
    if contact.end is None or not contact.ended_at:
        return "", "its report has no end"
    if contact.end not in (ReportEnd.SLIP, ReportEnd.LINKED):
        return contact.end.value, ""
    slip = slips.get(contact.incident)
    for _ in range(len(slips)):
        if slip is None or not slip.linked_to:
            break
        slip = slips.get(slip.linked_to)
    if slip is None or not slip.closed_at or not slip.disposition:
        return "", f"its slip {contact.incident} is not closed with a disposition"
    return (contact.end.value if contact.end is ReportEnd.LINKED else slip.disposition), ""


def unit_work(slips: Iterable[Slip], units: Iterable[str], start: int, end: int) -> tuple[UnitWork, ...]:
    """How busy each unit was between two times (UTC ms); where it was on two slips at once, the time counts once."""
    spans: dict[str, list[tuple[int, int]]] = {unit: [] for unit in units}
    for slip in slips:
        for one in slip.sent:
            spans.setdefault(one.unit, []).append((max(one.dispatched_at, start), min(one.ended_at or end, end)))
    return tuple(
        UnitWork(unit, len(given), round(_covered(given) / (end - start), 6)) for unit, given in sorted(spans.items())
    )


def _covered(spans: list[tuple[int, int]]) -> int:
    covered, reached = 0, 0
    for start, end in sorted(spans):
        begin = max(start, reached)
        if end > begin:
            covered += end - begin
            reached = end
    return covered
