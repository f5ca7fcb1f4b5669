"""What a desk is sent in place of callers' data: the same facts and the same board, with names and numbers masked.

The masks are those of ``core.masking``. What is masked twice is masked alike, so a view need not know which it has.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from zz110_tui.core import facts as f
from zz110_tui.core.board import BoardImage, StepImage
from zz110_tui.core.facts_seats import DataUnmasked
from zz110_tui.core.incidents import Report
from zz110_tui.core.masking import mask_contact, mask_name

HOLDING = (f.ReportReceived, f.StepUndone)
"""The facts that hold a caller's data."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who a report is from, in clear: given to whoever asked for it with a reason, and to nobody else."""

    report: int
    caller: str
    contact: str


def clear_callers(reports: dict[int, Report], entries: tuple[f.Entry, ...]) -> tuple[Caller, ...]:
    """The callers that these entries allow their sender to see."""
    seen = [entry.fact.report for entry in entries if isinstance(entry.fact, DataUnmasked)]
    return tuple([Caller(n, reports[n].caller, reports[n].contact) for n in seen if n in reports]) if seen else ()


def veiled_entry(entry: f.Entry) -> f.Entry:
    """The entry as a desk is sent it; the same object where it holds nobody's data."""
    fact = entry.fact
    match fact:
        case f.ReportReceived() if fact.caller or fact.contact:
            return replace(entry, fact=replace(fact, caller=mask_name(fact.caller), contact=mask_contact(fact.contact)))
        case f.StepUndone() if fact.reports:
            return replace(entry, fact=replace(fact, reports=tuple(map(veiled_report, fact.reports))))
        case _:
            return entry


def veiled_image(image: BoardImage) -> BoardImage:
    """The board as a desk is sent it."""
    return replace(
        image,
        reports=tuple(map(veiled_report, image.reports)),
        chronology=tuple(map(veiled_entry, image.chronology)),
        steps=tuple(map(_veiled_step, image.steps)),
    )


def veiled_report(report: Report) -> Report:
    """The report as a desk is sent it."""
    if not (report.caller or report.contact):
        return report
    return replace(report, caller=mask_name(report.caller), contact=mask_contact(report.contact))


def _veiled_step(step: StepImage) -> StepImage:
    return replace(step, reports=tuple(map(veiled_report, step.reports))) if step.reports else step
