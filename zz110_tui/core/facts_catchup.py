"""The fact that marks a slip as entered from paper, beside those of a call's life in ``core.facts``."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CaughtUp:
    """The incident and its times were entered from paper at ``at``; they are counted apart."""

    incident: int
    report: int
    paper: str
    at: int
