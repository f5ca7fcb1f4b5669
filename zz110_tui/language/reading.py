"""What one word of a line may mean in one slot."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from zz110_tui.core.incidents import AssignmentStage, Incident, IncidentStage, Report, ReportStage
from zz110_tui.core.terms import incident_no
from zz110_tui.language.scene import Scene
from zz110_tui.language.verb import Fits

FULL = 0
"""The word is the whole name or number."""
UNFINISHED = 1
"""The word is the unique tail of a number or the beginning of a name."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A meaning of a word. ``among`` is set instead of ``value`` where several fit: what to type for each, and words.

    ``beside`` is true for something that exists but that the verb is not about (a closed incident for a dispatch).
    """

    value: Any = None
    strength: int = FULL
    beside: bool = False
    among: tuple[tuple[str, str], ...] = ()


_S = IncidentStage
_INCIDENT_FITS: dict[Fits, Callable[[Incident], bool]] = {
    Fits.ANY: lambda i: True,
    Fits.LIVE: lambda i: i.stage is not _S.CLOSED,
    Fits.OPEN: lambda i: i.open,
    Fits.QUEUED: lambda i: i.stage is _S.QUEUED,
    Fits.HELD: lambda i: i.stage is _S.QUEUED and bool(i.held_until),
    Fits.WORKING: lambda i: i.open and i.stage is not _S.QUEUED,
    Fits.ON_SCENE: lambda i: i.open and any(a.stage is AssignmentStage.ON_SCENE for a in i.assignments),
    Fits.HANDLED: lambda i: i.stage in (_S.HANDLED, _S.FED_BACK),
    Fits.FED_BACK: lambda i: i.stage is _S.FED_BACK,
    Fits.CLOSABLE: lambda i: i.stage in (_S.FED_BACK, _S.CALLED_BACK),
    Fits.ENDED: lambda i: not i.open and not i.linked_to,
    Fits.LINKED: lambda i: bool(i.linked_to),
}


def fitting(scene: Scene, fits: Fits) -> list[Incident]:
    """The incidents a verb is about, the most urgent and longest waiting first."""
    holds = _INCIDENT_FITS[fits]
    found = [incident for incident in scene.board.incidents.values() if holds(incident)]
    found.sort(key=lambda i: (i.priority, i.fresh_at, i.number))
    return found


def fitting_reports(scene: Scene, fits: Fits) -> list[Report]:
    """Reports without an end, the longest waiting first; WAITING: those nobody has answered."""
    found = [
        report
        for report in scene.board.reports.values()
        if report.stage is not ReportStage.ENDED and (fits is not Fits.WAITING or report.stage is ReportStage.RECEIVED)
    ]
    found.sort(key=lambda r: (r.received_at, r.number))
    return found


def own_reports(scene: Scene) -> list[Report]:
    """What this desk has answered and not yet brought to an end."""
    return [
        report
        for report in fitting_reports(scene, Fits.ANY)
        if report.stage is ReportStage.ANSWERED and report.answered_desk == scene.desk
    ]


def numbered(token: str, numbers: Iterable[int], fits: Callable[[int], bool]) -> tuple[list[int], int, bool] | None:
    """The numbers a token of digits may mean, with strength, and whether they are beside what the verb is about.

    A number in full is exactly that one; unless it does not fit and a tail of another does: then both. Otherwise the
    tails among those that fit, and, where there is none, among all.
    """
    everything = list(numbers)
    whole = int(token)
    if whole in everything and len(token) in (len(str(whole)), len(incident_no(whole))):
        if fits(whole) or len(token) >= 4:
            return [whole], FULL, not fits(whole)
        others = [n for n in everything if n != whole and fits(n) and incident_no(n).endswith(token)]
        return ([whole, *others], UNFINISHED if others else FULL, True)
    if len(token) >= 4 and len(token) >= len(incident_no(whole)) and token[0] == "0":
        return None
    tails = [n for n in everything if incident_no(n).endswith(token)]
    found = [n for n in tails if fits(n)]
    if found or tails:
        return (found or tails), UNFINISHED, not found
    return None


def incident_fits(scene: Scene, fits: Fits) -> Callable[[int], bool]:
    holds = _INCIDENT_FITS[fits]
    return lambda number: holds(scene.board.incidents[number])
