"""THE table of the desk's screens: what each is called, the line that opens it, and its digit in the menu.

The menu's key and a digit lead from every screen to every other one, under every keymap; a test derives it from here.
"""

from __future__ import annotations

from dataclasses import dataclass

from zz110_tui.core.rulebook import Words
from zz110_tui.station.ui import Page


@dataclass(frozen=True, slots=True)
class OneScreen:
    """``digit`` is what to press on the menu; ``line`` is what opens it, from a key or typed."""

    digit: str
    page: Page
    line: str
    words: Words


SCREENS = (
    OneScreen("1", Page.DESK, ":pane incidents", Words("席位", "the desk")),
    OneScreen("2", Page.DETAIL, ":pane detail", Words("所选警情、警力", "the selected incident or unit")),
    OneScreen("3", Page.UNITS, ":pane units", Words("警力", "units")),
    OneScreen("4", Page.MAP, ":pane map", Words("地图", "the map")),
    OneScreen("5", Page.FOUND, ":pane search", Words("上次查找的结果", "what was searched for last")),
    OneScreen("6", Page.HANDOVER, ":handover", Words("交接班", "the hand-over")),
    OneScreen(
        "7",
        Page.SUPERVISOR,
        ":pane supervisor",
        Words("指挥：超时、将超时、警报、搁置", "supervisor: late, late next, alarms"),
    ),
    OneScreen("8", Page.WALL, ":pane wall", Words("大屏：只看不打字", "the wall: nothing to type")),
    OneScreen("9", Page.OUTBOX, ":outbox", Words("待发箱", "the outbox")),
    OneScreen("0", Page.HELP, "?", Words("帮助", "help")),
)
"""In the order of the menu. The menu itself has a key of its own under every keymap."""

NEEDS_A_SUBJECT = (Page.STUDY, Page.WHAT_IF, Page.TRY, Page.LIST)
"""Pages that are about something said in their line (rings of what, which theme), and the list where it is the desk."""

BY_DIGIT = {screen.digit: screen for screen in SCREENS}

_PANE = ":pane "

PANES = {screen.line.removeprefix(_PANE): screen.page for screen in SCREENS if screen.line.startswith(_PANE)}
"""What ``:pane`` can be told to open."""
