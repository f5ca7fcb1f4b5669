"""The rows under the top line that say what everybody at this desk must know now: the core is gone, or is back."""

from __future__ import annotations

from dataclasses import dataclass

from zz110_tui.client.states import LinkState
from zz110_tui.config.themes import Role
from zz110_tui.core.cleaning import visible
from zz110_tui.language.scene import Scene
from zz110_tui.station.ui import Ui
from zz110_tui.station.views.cells import Row, fit, sides, width
from zz110_tui.station.views.spans import span
from zz110_tui.station.words import say

BACK_MS = 10_000
"""How long it is said that the core is back."""

MARKS = {Role.DANGER: "!!", Role.ATTENTION: "!"}
"""Beside the colour, for terminals that have none."""


@dataclass(frozen=True, slots=True)
class Notice:
    """One row. The first of ``asides`` that fits stands at its right end."""

    text: str
    role: Role
    asides: tuple[str, ...] = ()


def notices(ui: Ui, state: LinkState, now: int, unsent: int = 0) -> tuple[Notice, ...]:
    """What has to be said now, the most important first. ``unsent`` lines wait in the outbox."""
    waiting = (Notice(say("unsent", ui.language, n=unsent), Role.ATTENTION, (say("unsent_how", ui.language),)),)
    return (*_link(ui, state, now), *(waiting if unsent else ()))


def _link(ui: Ui, state: LinkState, now: int) -> tuple[Notice, ...]:
    if ui.lost_at:
        return (_lost(ui, state, now),)
    if ui.back_at and now - ui.back_at < BACK_MS:
        return (Notice(say("core_back", ui.language, age=span(ui.gone_for)), Role.ATTENTION),)
    return ()


def _lost(ui: Ui, state: LinkState, now: int) -> Notice:
    text = say("stale", ui.language, age=span(now - ui.lost_at))
    why = "" if state.why is None else visible(state.why.sentence(ui.language))
    key = "lost_for_good" if state.for_good else "lost_why"
    reason = say(key, ui.language, why=why) if why else ""
    trying = state.trying
    if trying is None or state.for_good:
        return Notice(text, Role.DANGER, (reason,) if reason else ())
    step = say(f"trying_{trying.step}", ui.language, n=trying.number)
    return Notice(text, Role.DANGER, (f"{reason}  {step}", step, reason) if reason else (step,))


def rows(said: tuple[Notice, ...], scene: Scene, columns: int) -> list[Row]:
    """One row for each, exactly as wide as the screen."""
    return [_row(notice, columns) for notice in said]


def _row(notice: Notice, columns: int) -> Row:
    text, role = f" {MARKS.get(notice.role, '')} {notice.text} ", notice.role
    room = columns - width(text)
    for aside in notice.asides:
        if width(aside) + 1 <= room:
            return sides(((text, role),), ((f"{aside} ", role),), columns, role)
    return fit(((text, role),), columns, role)


def aged(row: Row, scene: Scene, ui: Ui, columns: int) -> Row:
    """A row drawn from a board that is not current any more: how old it is, at its right end."""
    mark = f"~{say('aged', ui.language, age=span(scene.now - ui.lost_at))}~"
    return sides(row, ((mark, Role.DANGER),), columns) if columns > 2 * width(mark) else row
