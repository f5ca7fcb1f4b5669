"""Figures as a document, as rows for a spreadsheet, and as text to be read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import tzinfo
from functools import partial

from zz110_tui.cli.documents import Document, clock, iso
from zz110_tui.cli.output import width
from zz110_tui.cli.surroundings import Surroundings
from zz110_tui.core.figures import Arrivals, Figures, Group
from zz110_tui.core.incidents import Channel, ReportEnd
from zz110_tui.core.rulebook import Category
from zz110_tui.core.statistics import Bands, Rate, Spread
from zz110_tui.core.terms import term

BY = ("type", "grid", "unit", "channel", "squad", "class")


def groups_of(figures: Figures, by: str) -> tuple[Group, ...]:
    """The groups of one kind; for "" the four classes."""
    found: tuple[Group, ...] = getattr(figures, f"by_{by or 'class'}")
    return found


def figures_document(figures: Figures, zone: tzinfo, by: str = "") -> Document:
    """All figures by their names; with ``by`` the other groupings are left out."""
    document = asdict(figures)
    for name in BY if by else ():
        if name != by:
            del document[f"by_{name}"]
    for name in ("first_at", "last_at"):
        at = document[name]
        document[name] = at or None
        document[f"{name}_local"] = iso(at, zone) if at else None
    for name in ("contacts_by_end", "slips_by_end"):
        document[name] = dict(document[name])
    return document


_ARRIVAL_COLUMNS = ("arrivals", "median_s", "p90_s", "within_5_min", "low", "high", "within_10_min")


def csv_columns(by: str) -> list[str]:
    clocks = [f"{clock_name}_{column}" for clock_name in ("received", "dispatched") for column in _ARRIVAL_COLUMNS]
    return [by or "class", "count", "share", *clocks]


def csv_row(by: str, group: Group) -> Document:
    row: Document = {by or "class": group.key, "count": group.count, "share": group.share}
    for name, arrived in (("received", group.from_received), ("dispatched", group.from_dispatched)):
        soon = arrived.within_5_min
        values = (
            arrived.times.count,
            arrived.times.median,
            arrived.times.p90,
            soon.share,
            soon.low,
            soon.high,
            arrived.within_10_min.share,
        )
        row |= dict(zip((f"{name}_{column}" for column in _ARRIVAL_COLUMNS), values, strict=True))
    return row


def figure_lines(figures: Figures, around: Surroundings, zone: tzinfo, by: str = "") -> list[str]:
    """The figures as a person reads them. Percentages carry their 95 % interval."""
    say = around.say
    if not figures.slips and not figures.contacts:
        return [say("这段时间没有警情", "there were no calls in this time")]
    lines = [f"{clock(figures.first_at, zone)} … {clock(figures.last_at, zone)}", ""]
    lines += _columns(columns_of_figures(figures, around))
    return [*lines, "", *_group_lines(groups_of(figures, by), around, by)]


def columns_of_figures(figures: Figures, around: Surroundings) -> list[tuple[str, str]]:
    """Each figure's name and its value in words."""
    say = around.say
    headline = around.loaded.settings.headline_clock
    return [
        (say("接警", "contacts"), f"{figures.contacts}  {tally(figures.contacts_by_end, partial(end_name, around))}"),
        (say("接起", "answered"), f"{_spread(figures.answered, around)}  ≤10 s {_rate(figures.answered_in_time)}"),
        (say("警情", "slips"), f"{figures.slips}  {tally(figures.slips_by_end, partial(end_name, around))}"),
        (say("未办结", "still open"), str(figures.still_open)),
        (say("待派", "waited"), _spread(figures.waited, around)),
        *_arrival(say("从接警", "from received"), figures.from_received, around, headline == "received"),
        *_arrival(say("从派警", "from dispatched"), figures.from_dispatched, around, headline == "dispatched"),
        *_apart(figures, around),
        (say("签收", "signing"), _bands(figures.signing)),
        (say("出警", "turn-out"), _bands(figures.turn_out)),
        (say("反馈", "feedback"), _bands(figures.feedback)),
        (say("非违法犯罪", "not unlawful"), _rate(figures.lawful)),
        (say("现场办结", "settled on scene"), _rate(figures.settled)),
        (say("满意", "satisfied"), _rate(figures.satisfied)),
        (say("重开", "re-opened"), str(figures.reopened)),
        *(
            (
                say(f"{b.limit_s // 60} 分余量", f"{b.limit_s // 60} min budget"),
                say(
                    f"允许 {b.allowed:.1f}，已超 {b.late}，余 {b.left:.1f}",
                    f"{b.allowed:.1f} allowed, {b.late} late, {b.left:.1f} left",
                ),
            )
            for b in figures.budgets
        ),
    ]


def _apart(figures: Figures, around: Surroundings) -> list[tuple[str, str]]:
    """Slips from paper are counted apart: the rates with them stand under the rates without."""
    if not figures.caught_up:
        return []
    name = around.say(f"连同补录 {figures.caught_up} 件", f"with {figures.caught_up} from paper")
    return _arrival(name, figures.with_caught_up, around, headline=False)


def _arrival(name: str, arrived: Arrivals, around: Surroundings, headline: bool) -> list[tuple[str, str]]:
    mark = " *" if headline else ""
    rates = f"≤5 min {_rate(arrived.within_5_min)}  ≤10 min {_rate(arrived.within_10_min)}"
    return [(name + mark, _spread(arrived.times, around)), ("", rates)]


def _group_lines(groups: Sequence[Group], around: Surroundings, by: str) -> list[str]:
    received, dispatched = around.say("接警起", "received"), around.say("派警起", "dispatched")
    rows = []
    for group in groups:
        soon, later = _rate(group.from_received.within_5_min), _rate(group.from_dispatched.within_5_min)
        share = f"{group.count:>6}  {100 * group.share:5.1f} %"
        rates = f"{received} ≤5 min {soon}  {dispatched} ≤5 min {later}"
        rows.append((group_name(group.key, around, by), f"{share}  {rates}"))
    return _columns(rows)


def group_name(key: str, around: Surroundings, by: str) -> str:
    if not key:
        return "-"
    if by == "type" and key in around.rules.types:
        return around.rules.types[key].words.in_(around.language)
    if by == "channel":
        return term(Channel(key), around.language)
    if by in ("", "class"):
        return term(Category(key), around.language)
    return key


def _columns(rows: Sequence[tuple[str, str]]) -> list[str]:
    widest = max((width(name) for name, _ in rows), default=0)
    return [f"{name}{' ' * (widest - width(name))}  {value}".rstrip() for name, value in rows]


def _rate(rate: Rate) -> str:
    if rate.share is None or rate.low is None or rate.high is None:
        return "-"
    return f"{100 * rate.share:.2f} % [{100 * rate.low:.2f}, {100 * rate.high:.2f}]"


def _spread(spread: Spread, around: Surroundings) -> str:
    if spread.median is None or spread.p90 is None or spread.longest is None:
        return "-"
    middle, most, longest = (span_words(seconds) for seconds in (spread.median, spread.p90, spread.longest))
    return around.say(
        f"中位 {middle}  九成 {most} 内  最长 {longest}  共 {spread.count}",
        f"p50 {middle}  p90 {most}  max {longest}  n {spread.count}",
    )


def span_words(seconds: float) -> str:
    """``0:04``, ``12:30``, ``3:05:00``."""
    whole = round(seconds)
    hours, rest = divmod(whole, 3600)
    return f"{hours}:{rest // 60:02d}:{rest % 60:02d}" if hours else f"{rest // 60}:{rest % 60:02d}"


def _bands(bands: Bands) -> str:
    edges = [f"≤{span_words(edge)}" for edge in bands.edges_s] + [f">{span_words(bands.edges_s[-1])}"]
    return "  ".join(f"{edge} {100 * share:.1f} %" for edge, share in zip(edges, bands.shares, strict=True))


def tally(counts: Sequence[tuple[str, int]], named: Callable[[str], str]) -> str:
    """How many of each, by the room's own words for them."""
    return ", ".join(f"{named(code)} {count}" for code, count in counts)


def end_name(around: Surroundings, code: str) -> str:
    """How a report ended, in words; what opened a slip ended as that slip did, and "" has not ended.

    A disposition that the rulebook no longer knows is shown by its code: old slips stay readable.
    """
    if not code:
        return around.say("未结", "not ended")
    if code in set(ReportEnd):
        return term(ReportEnd(code), around.language)
    known = around.rules.dispositions.get(code)
    return known.words.in_(around.language) if known else code
