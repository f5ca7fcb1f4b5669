"""Keys that change the whole command line at once: the verb of a line changed, the call that is typed linked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zz110_tui.config.themes import Role
from zz110_tui.language.retargeting import retarget as kept_of
from zz110_tui.station.ui import Page, Said

if TYPE_CHECKING:
    from zz110_tui.station.desk import Desk


def link_likely(desk: Desk, _: str) -> None:
    """The line is kept for Up; what it would have opened joins the first incident offered."""
    offered = desk.parsed().likely
    if not offered:
        desk.tell("nothing_likely", Role.ATTENTION)
        return
    desk.editor.remember(desk.editor.text)
    desk.editor.clear()
    desk.queue(offered[0].insert)


def retarget(desk: Desk, _: str) -> None:
    """Of the line as it stands, or of the last one where nothing is typed, unit and incident stay for another verb."""
    editor = desk.editor
    line = editor.text.strip() or next(reversed(editor.history), "")
    kept = kept_of(line, desk.scene())
    if not kept:
        desk.tell("nothing_to_keep", Role.ATTENTION)
        return
    editor.remember(editor.text)
    editor.set(f" {kept}")
    editor.move("home")
    desk.tell("now_the_verb", Role.ATTENTION)


def line_changed(desk: Desk) -> None:
    """Another line stands there: what was said of the one before is over."""
    if desk.ui.page is Page.WALL:
        # Nothing is typed blind: the wall has no preview.
        desk.ui.open(Page.DESK)
    desk.wondering.warm_up(desk.editor.text)
    desk.ui.said = Said("")
    desk.ui.choosing = desk.ui.quit_asked = False
    desk.ui.choice_page = 0
