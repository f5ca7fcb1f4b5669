"""The figures of a period, from its slips and contacts: what the calibration table and the weekly bulletin show.

Two clocks are always reported: from *received* to the first arrival, and from the first *dispatch* to the first
arrival (product.md). A slip is counted once however many callers it has; one that was linked to another or entered in
error is not counted, and invalid and nuisance ones are counted apart.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence

from zz110_tui.core.incidents import ENTERED_IN_ERROR, INVALID, LINKED, NUISANCE
from zz110_tui.core.records import dataclass
from zz110_tui.core.rulebook import Category, Rulebook
from zz110_tui.core.slips import ContactEnd, Sent, Slip
from zz110_tui.core.statistics import Bands, Rate, Spread, bands_of, rate_of, spread_of

SOON_S = 300
LATE_S = 600
ANSWER_S = 10
"""Seconds: arrival within 5 and 10 minutes (calibration table), an answer within 10 seconds."""

SIGNING_S = (30, 60, 120, 180)
TURN_OUT_S = (300, 600, 900, 1800)
FEEDBACK_S = (1800, 3600, 7200, 14_400)
"""The bands of the weekly bulletin: upper edges in seconds."""

TARGETS = ((SOON_S, 0.9345), (LATE_S, 0.9997))
"""What the service reached in 2023: the share of arrivals within 5 and within 10 minutes."""

LAWFUL = (Category.DISPUTE_HELP, Category.OTHER)
"""Not unlawful (非违法犯罪警情): the classes whose settled share the calibration table gives."""


@dataclass(frozen=True, slots=True)
class Arrivals:
    """Times to the first arrival on one clock."""

    times: Spread
    within_5_min: Rate
    within_10_min: Rate


@dataclass(frozen=True, slots=True)
class Group:
    """The slips that have something in common. ``share`` is of all counted slips."""

    key: str
    count: int
    share: float
    from_received: Arrivals
    from_dispatched: Arrivals


@dataclass(frozen=True, slots=True)
class MissBudget:
    """How many arrivals may be later than a limit (超时余量). ``allowed`` = (1 - target) x slips expected.

    ``left`` is what is still allowed, below 0 when the budget is overdrawn.
    """

    limit_s: int
    target: float
    allowed: float
    late: int
    left: float


@dataclass(frozen=True, slots=True)
class Figures:
    """Times in UTC milliseconds, durations in seconds, shares from 0 to 1."""

    first_at: int
    last_at: int
    contacts: int
    contacts_by_end: tuple[tuple[str, int], ...]
    answered: Spread
    answered_in_time: Rate
    slips: int
    caught_up: int
    """Of these, entered from paper after an outage: counted, but their times are in ``with_caught_up`` alone."""
    slips_by_end: tuple[tuple[str, int], ...]
    still_open: int
    by_class: tuple[Group, ...]
    by_type: tuple[Group, ...]
    by_grid: tuple[Group, ...]
    by_unit: tuple[Group, ...]
    by_channel: tuple[Group, ...]
    by_squad: tuple[Group, ...]
    """By the squad that was on when the call was received; "" where the roster does not say."""
    from_received: Arrivals
    from_dispatched: Arrivals
    with_caught_up: Arrivals
    """From received, with the times from paper; ``from_received`` is without them."""
    waited: Spread
    """From the slip's opening to its first dispatch."""
    signing: Bands
    turn_out: Bands
    feedback: Bands
    lawful: Rate
    """Not unlawful, of all slips."""
    settled: Rate
    """Settled on scene, of those not unlawful."""
    satisfied: Rate
    """Of those called back."""
    reopened: int
    budgets: tuple[MissBudget, ...]
    """For the period's own slips, on the clock from received."""


def figures(
    slips: Iterable[Slip], contacts: Iterable[ContactEnd], rules: Rulebook, turns: Sequence[tuple[int, str]] = ()
) -> Figures:
    """All figures of the given slips and contacts; choose the period with :func:`within`.

    ``turns`` are (since when, UTC ms; which squad was on), in order.
    """
    everything, callers = tuple(slips), tuple(contacts)
    counted = [slip for slip in everything if is_counted(slip)]
    times = [slip.received_at for slip in everything] + [contact.received_at for contact in callers]
    answers = [c.answered_at - c.received_at for c in callers if c.answered_at]
    sent = [one for slip in everything if not slip.caught_up for one in slip.sent]
    lawful = [slip for slip in counted if class_of(slip, rules) in LAWFUL]
    called_back = [slip for slip in counted if slip.satisfied is not None]
    timed = [slip for slip in counted if not slip.caught_up]
    on_received = arrivals(timed, from_received)
    return Figures(
        first_at=min(times, default=0),
        last_at=max(times, default=0),
        contacts=len(callers),
        contacts_by_end=_tally(c.end.value if c.end else "" for c in callers),
        answered=spread_of(answers),
        answered_in_time=rate_of(sum(a <= ANSWER_S * 1000 for a in answers), len(callers)),
        slips=len(counted),
        caught_up=len(counted) - len(timed),
        slips_by_end=_tally(slip.disposition for slip in everything),
        still_open=sum(not slip.closed_at for slip in everything),
        by_class=_groups(counted, lambda slip: class_of(slip, rules), len(counted)),
        by_type=_groups(counted, lambda slip: slip.final_type or slip.type, len(counted)),
        by_grid=_groups(counted, lambda slip: slip.grid, len(counted)),
        by_unit=_by_unit(counted),
        by_channel=_groups(counted, lambda slip: slip.channel.value, len(counted)),
        by_squad=_groups(counted, lambda slip: squad_on(turns, slip.received_at), len(counted)),
        from_received=on_received,
        from_dispatched=arrivals(timed, from_dispatched),
        with_caught_up=arrivals(counted, from_received),
        waited=spread_of(s.dispatched_at - s.opened_at for s in timed if s.dispatched_at),
        signing=bands_of((s.signed_at - s.dispatched_at for s in sent if s.signed_at), SIGNING_S),
        turn_out=bands_of((s.en_route_at - s.dispatched_at for s in sent if s.en_route_at), TURN_OUT_S),
        feedback=bands_of((s.fed_back_at - s.handled_at for s in timed if s.fed_back_at), FEEDBACK_S),
        lawful=rate_of(len(lawful), len(counted)),
        settled=rate_of(sum(is_settled(slip, rules) for slip in lawful), len(lawful)),
        satisfied=rate_of(sum(bool(slip.satisfied) for slip in called_back), len(called_back)),
        reopened=sum(slip.reopened for slip in everything),
        budgets=_budgets(on_received),
    )


# -- choosing and counting -------------------------------------------------------------------------------------------


def within(
    slips: Iterable[Slip], contacts: Iterable[ContactEnd], start: int, end: int
) -> tuple[tuple[Slip, ...], tuple[ContactEnd, ...]]:
    """Those received from ``start`` on and before ``end`` (UTC ms)."""
    return (
        tuple(slip for slip in slips if start <= slip.received_at < end),
        tuple(contact for contact in contacts if start <= contact.received_at < end),
    )


def squad_on(turns: Sequence[tuple[int, str]], at: int) -> str:
    """The squad that was on at a time (UTC ms); "" for none, or where nobody knows."""
    place = bisect_right(turns, at, key=lambda turn: turn[0])
    return turns[place - 1][1] if place else ""


def is_counted(slip: Slip) -> bool:
    return slip.disposition not in (LINKED, ENTERED_IN_ERROR, INVALID, NUISANCE)


def class_of(slip: Slip, rules: Rulebook) -> str:
    """The class by the feedback, before that by intake; "" for a type that the rulebook does not have any more."""
    kind = rules.types.get(slip.final_type or slip.type)
    return kind.category.value if kind is not None else ""


def is_settled(slip: Slip, rules: Rulebook) -> bool:
    """Settled on scene (现场办结): somebody came, and the rulebook says that this disposition settles it."""
    disposition = rules.dispositions.get(slip.disposition)
    return bool(slip.arrived_at) and disposition is not None and disposition.settled


def from_received(slip: Slip) -> int | None:
    return slip.arrived_at - slip.received_at if slip.arrived_at else None


def from_dispatched(slip: Slip) -> int | None:
    return slip.arrived_at - slip.dispatched_at if slip.arrived_at else None


def arrivals(slips: Iterable[Slip], clock: Callable[[Slip], int | None]) -> Arrivals:
    """Times to the first arrival; slips where nobody arrived (advised, transferred, called off) have none."""
    return _arrivals(time for slip in slips if (time := clock(slip)) is not None)


def _arrivals(milliseconds: Iterable[int]) -> Arrivals:
    times = list(milliseconds)
    return Arrivals(
        spread_of(times),
        rate_of(sum(time <= SOON_S * 1000 for time in times), len(times)),
        rate_of(sum(time <= LATE_S * 1000 for time in times), len(times)),
    )


def miss_budget(limit_s: int, target: float, late: int, slips_expected: float) -> MissBudget:
    """The budget for the slips that a period is expected to have, and what is left of it after ``late`` ones.

    At 143.33 calls a day 93.45 % allows 9.4 late arrivals a day (product.md).
    """
    allowed = round((1 - target) * slips_expected, 3)
    return MissBudget(limit_s, target, allowed, late, round(allowed - late, 3))


def miss_budgets(slips: Iterable[Slip], clock: Callable[[Slip], int | None]) -> tuple[MissBudget, ...]:
    """The same for the slips of a period, one for each target; slips from paper are left out."""
    return _budgets(arrivals([slip for slip in slips if is_counted(slip) and not slip.caught_up], clock))


def _budgets(reached: Arrivals) -> tuple[MissBudget, ...]:
    rates = (reached.within_5_min, reached.within_10_min)
    return tuple(
        miss_budget(limit, target, rate.of - rate.hits, rate.of)
        for (limit, target), rate in zip(TARGETS, rates, strict=True)
    )


def _groups(slips: Sequence[Slip], key: Callable[[Slip], str], total: int) -> tuple[Group, ...]:
    members: dict[str, list[Slip]] = {}
    for slip in slips:
        members.setdefault(key(slip), []).append(slip)
    return tuple(
        Group(
            name,
            len(group),
            round(len(group) / total, 6) if total else 0.0,
            arrivals([slip for slip in group if not slip.caught_up], from_received),
            arrivals([slip for slip in group if not slip.caught_up], from_dispatched),
        )
        for name, group in _largest_first(members)
    )


def _by_unit(slips: Sequence[Slip]) -> tuple[Group, ...]:
    """Each unit's own arrivals, on the slips it was sent to. A slip with two units is in two groups."""
    sent: dict[str, list[tuple[Slip, Sent]]] = {}
    for slip in slips:
        for one in slip.sent:
            sent.setdefault(one.unit, []).append((slip, one))
    return tuple(
        Group(
            unit,
            len(group),
            round(len(group) / len(slips), 6),
            _arrivals(one.on_scene_at - slip.received_at for slip, one in group if one.on_scene_at),
            _arrivals(one.on_scene_at - one.dispatched_at for _, one in group if one.on_scene_at),
        )
        for unit, group in sorted(sent.items())
    )


def _largest_first(members: Mapping[str, list[Slip]]) -> list[tuple[str, list[Slip]]]:
    return sorted(members.items(), key=lambda item: (-len(item[1]), item[0]))


def _tally(words: Iterable[str]) -> tuple[tuple[str, int], ...]:
    counts: dict[str, int] = {}
    for word in words:
        counts[word] = counts.get(word, 0) + 1
    return tuple(sorted(counts.items()))
