"""The work behind ``zz110 bulletin``: each matter of a period as it was last, from the history, counted."""

from __future__ import annotations

from dataclasses import asdict

from zz110_tui.cli import output
from zz110_tui.cli.history import open_history
from zz110_tui.cli.invocation import Invocation
from zz110_tui.cli.noting import note_reading
from zz110_tui.cli.surroundings import Surroundings, look_around
from zz110_tui.cli.times import moment
from zz110_tui.cli.wiring import open_board
from zz110_tui.core.figures_matters import MatterFigures, matter_figures
from zz110_tui.core.statistics import Bands, Rate
from zz110_tui.store.history import FOR_EVER


def show_bulletin(invocation: Invocation, start: str, end: str, as_json: bool) -> None:
    around = look_around(invocation)
    note_reading(around, "read", "bulletin")
    with open_board(around) as reading, open_history(around, reading.journal) as history:
        there = reading.pen.zone
        first, last = moment(start, there), moment(end, there, end_of_day=True)
        found = matter_figures(history.matters(first or 0, last or FOR_EVER))
    if as_json:
        output.document(asdict(found))
    else:
        for line in bulletin_lines(found, around):
            output.text(line)


def bulletin_lines(found: MatterFigures, around: Surroundings) -> list[str]:
    """The figures as a person reads them. Percentages carry their 95 % interval."""
    say, guard = around.say, found.school_guard
    rows = (
        (say("线索转成果", "leads with results"), _rate(found.leads)),
        (say("合成作战有成果", "joint operations with results"), _rate(found.joint_ops)),
        (say("合成作战抓获", "people caught"), str(found.caught)),
        (say("护学岗", "school guard"), _guard(guard.person_turns, guard.turns, guard.minutes, around)),
        (
            say("指令", "orders"),
            say(f"{found.orders}，完成 {found.orders_done}", f"{found.orders}, {found.orders_done} done"),
        ),
        (say("预警反馈", "warnings fed back"), _rate(found.warnings_fed_back)),
        (say("签收", "signing"), _bands(found.signing, 1, "s")),
        (say("出警", "turn-out"), _bands(found.turn_out, 60, "min")),
        (say("反馈", "feedback"), _bands(found.feedback, 60, "min")),
        (say("支撑答复", "support answered"), _rate(found.supports_answered)),
        (say("台账销账", "ledger closed"), _rate(found.ledger_closed)),
        (say("消息已读", "messages read"), _rate(found.messages_read)),
    )
    widest = max(output.width(name) for name, _ in rows)
    return [f"{name}{' ' * (widest - output.width(name))}  {value}" for name, value in rows]


def _guard(people: int, turns: int, minutes: int, around: Surroundings) -> str:
    return around.say(
        f"{people} 人次，{turns} 班次，{minutes} 分钟", f"{people} person-turns, {turns} turns, {minutes} min"
    )


def _rate(rate: Rate) -> str:
    if rate.share is None or rate.low is None or rate.high is None:
        return "-"
    shares = f"{100 * rate.share:.2f} % [{100 * rate.low:.2f}, {100 * rate.high:.2f}]"
    return f"{rate.hits}/{rate.of}  {shares}"


def _bands(bands: Bands, unit_s: int, unit: str) -> str:
    """``≤30 s 3  ≤60 s 0 …``: the upper edge of each band and its count."""
    edges = [f"≤{edge // unit_s}" for edge in bands.edges_s] + [f">{bands.edges_s[-1] // unit_s}"]
    return "  ".join(f"{edge} {unit} {count}" for edge, count in zip(edges, bands.counts, strict=True))
