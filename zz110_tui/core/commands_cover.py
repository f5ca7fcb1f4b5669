"""Commands about cover: filling in, sending to several incidents at once, closing a ring around a place."""

from __future__ import annotations

from zz110_tui.core.places import Point
from zz110_tui.core.records import dataclass


@dataclass(frozen=True, slots=True)
class FillIn:
    """A free unit moves to a post that covers a hole (补位叠加).

    ``before`` and ``after`` are the shares of all calls, in per mille, that free units reach within ``radius_s``: what
    the proposal said, kept as the reason for the move; 0 where nobody reckoned it. ``grid`` gains the most.
    """

    unit: str
    post: str
    point: Point
    grid: str = ""
    before: int = 0
    after: int = 0
    radius_s: int = 0


@dataclass(frozen=True, slots=True)
class Sending:
    """Units for one incident."""

    incident: int
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DispatchTogether:
    """Units for several incidents in one step: all of them are sent, or none."""

    sendings: tuple[Sending, ...]


@dataclass(frozen=True, slots=True)
class Hold:
    """A place of a ring, and who holds it. ``seconds`` is how long the unit is expected to take."""

    unit: str
    place: str
    point: Point
    seconds: int


@dataclass(frozen=True, slots=True)
class CloseRing:
    """Units hold the ways out around an incident (围堵). ``open`` are the places for which nobody was there."""

    incident: int
    centre: Point
    holds: tuple[Hold, ...]
    open: tuple[str, ...] = ()


CoverCommand = FillIn | DispatchTogether | CloseRing
