"""The page of the outbox: each line that was not sent; of the chosen one what it would do now, and what changed."""

from __future__ import annotations

from zz110_tui.client.outbox import Unsent
from zz110_tui.config.themes import Role
from zz110_tui.core.cleaning import visible
from zz110_tui.language.offering import Offer
from zz110_tui.language.scene import Scene
from zz110_tui.station.views.cells import Row, fit, heading, repaint, window, wrap
from zz110_tui.station.views.spans import clock, span
from zz110_tui.station.words import say

MOST_CHANGES = 6


def rows(
    items: tuple[Unsent, ...], chosen: int, offer: Offer | None, changes: tuple[str, ...], scene: Scene,
    columns: int, height: int,
) -> list[Row]:  # fmt: skip
    """``offer`` and ``changes`` are of the chosen line."""
    language = scene.language
    made = [heading(say("outbox", language, n=len(items)), columns, aside=say("outbox_keys", language))]
    if not items:
        return [*made, fit(((f" {say('outbox_empty', language)}", Role.MUTED),), columns)]
    detail = _detail(offer, changes, scene, columns)
    room = max(1, height - 1 - len(detail))
    first = window(chosen - room // 2, room, len(items))
    for i in range(first, min(first + room, len(items))):
        row = _row(items[i], i == chosen, scene, columns)
        made.append(repaint(row, Role.SELECTED) if i == chosen else row)
        if i == chosen:
            made += detail
    return made[:height]


def _row(item: Unsent, chosen: bool, scene: Scene, columns: int) -> Row:
    language = scene.language
    state = say("mark_flying" if item.flight else "mark_unsent", language)
    who = visible(item.person)
    when = f"{clock(item.at, scene.timezone)} ({span(scene.now - item.at)})"
    head = f"{'>' if chosen else ' '}{state}  {when}  {who}  "
    return fit(((head, Role.ATTENTION), (visible(item.line), Role.TEXT)), columns)


def _detail(offer: Offer | None, changes: tuple[str, ...], scene: Scene, columns: int) -> list[Row]:
    if offer is None:
        return []
    language = scene.language
    role = Role.TEXT if offer.command is not None else Role.DANGER
    said = [(say("now_it_would", language, words=offer.words), role)]
    if offer.hint:
        said.append((f"→ {offer.hint}", Role.MUTED))
    if changes:
        said.append((say("changed_since", language, n=len(changes)), Role.ATTENTION))
        said += [(f"  {change}", Role.TEXT) for change in changes[-MOST_CHANGES:]]
    else:
        said.append((say("unchanged_since", language), Role.MUTED))
    return [
        fit((("   ", Role.TEXT), (line, line_role)), columns)
        for text, line_role in said
        for line in wrap(text, columns - 4, 3) or [""]
    ]
