"""The rows of the tour under the top line: which step, what to do, why, and what was done instead."""

from __future__ import annotations

from zz110_tui.config.themes import Role
from zz110_tui.station.tour import Tour
from zz110_tui.station.toursteps import STEPS
from zz110_tui.station.views.cells import Row, fit, sides, wrap
from zz110_tui.station.words import say

HEIGHT = 5
"""A heading, two rows of what to do, two of why (or of what was done instead): nothing is cut at 80 columns."""


def rows(tour: Tour, language: str, columns: int) -> list[Row]:
    """Always as many, so that the panes below stay where they are."""
    step = tour.step
    if step is None:
        title, do, why, role = say("tour_over", language), say("tour_now", language), "", Role.MUTED
    else:
        title = say("tour_step", language, at=tour.at + 1, n=len(STEPS), title=step.title.in_(language))
        do = f"→ {tour.instruction()}"
        why, role = step.why.in_(language), Role.MUTED
        if tour.instead:
            why, role = say("tour_again" if tour.again else "tour_instead", language, what=tour.instead), Role.ATTENTION
    keys = say("tour_keys", language)
    made: list[Row] = [sides(((f" {title} ", Role.DRILL),), ((f" {keys} ", Role.DRILL),), columns, Role.DRILL)]
    for text, role_of, most in ((do, Role.TEXT, 2), (why, role, 2)):
        lines = wrap(text, columns - 2, most)
        made += [fit(((f" {line}", role_of),), columns) for line in (*lines, *[""] * (most - len(lines)))]
    return made
