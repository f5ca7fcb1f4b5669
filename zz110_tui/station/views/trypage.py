"""The page on which themes, keymaps and layouts are tried on: their names, and what the one that is on looks like."""

from __future__ import annotations

from zz110_tui.config.keymaps import Keymap
from zz110_tui.config.layouts import Layout
from zz110_tui.config.themes import Role
from zz110_tui.core.rulebook import Words
from zz110_tui.station.ui import Ui
from zz110_tui.station.views.cells import BLANK, Row, fit, heading, left, repaint, width, window
from zz110_tui.station.words import say

_NAMES = 22
"""Columns of the list of names."""

_TITLES = {
    "themes": Words("试用配色", "Try the themes"),
    "keymaps": Words("试用键位", "Try the keymaps"),
    "layouts": Words("试用布局", "Try the layouts"),
}
_COLUMNS = {
    "list": Words("警情列表", "list"),
    "map": Words("地图、所选", "map, selected"),
    "units": Words("警力", "units"),
}
_SIZES = {
    "list": Words("列表占宽 {n}%", "list {n} % of the width"),
    "units": Words("警力 {n} 列", "units {n} columns"),
    "map": Words("地图占高 {n}%", "map {n} % of the height"),
    "narrow": Words("窄屏列表占高 {n}%", "narrow desk: list {n} % of the height"),
}
_ROLES = {
    Role.TEXT: Words("正文", "text"),
    Role.MUTED: Words("次要：已处理、不可用", "muted: handled, not allowed now"),
    Role.HEADING: Words("标题", "heading"),
    Role.SELECTED: Words("所选", "selected"),
    Role.ATTENTION: Words("需要处理：过半时限", "wants a hand: past half its limit"),
    Role.DANGER: Words("超时、警报、拒绝", "past its limit, alarm, refusal"),
    Role.FREE: Words("警力空闲", "unit free"),
    Role.BUSY: Words("警力已派", "unit sent"),
    Role.ROUTE: Words("警力在途", "unit going"),
    Role.SCENE: Words("警力到场", "unit there"),
    Role.OFF: Words("警力下勤、停用", "unit off duty, out of service"),
    Role.MAP_ROAD: Words("地图道路", "map: road"),
    Role.MAP_WATER: Words("地图水系", "map: water"),
    Role.MAP_GRID: Words("地图网格界", "map: border of a grid"),
    Role.MAP_UNIT: Words("地图警力 07", "map: unit 07"),
    Role.MAP_INCIDENT: Words("地图警情 1", "map: incident 1"),
    Role.DRILL: Words("演练 DRILL", "DRILL"),
    Role.LIVE: Words("实战 LIVE", "LIVE"),
    Role.NEW: Words("两秒内有变", "changed in the last two seconds"),
}


def rows(ui: Ui, keymap: Keymap, layout: Layout, columns: int, height: int) -> list[Row]:
    """The names at the left, the sample beside them."""
    title = _TITLES[ui.trying].in_(ui.language)
    made = [heading(title, columns, aside=say("try_keys", ui.language))]
    room = columns - _NAMES - 1
    sample = {
        "themes": lambda: theme_sample(ui.language, room),
        "keymaps": lambda: keymap_sample(keymap, ui.language, room),
        "layouts": lambda: layout_sample(layout, ui.language, room),
    }[ui.trying]()
    first = window(ui.cursor - height // 2, height - 1, len(ui.names))
    for i in range(height - 1):
        at = first + i
        name: Row = BLANK
        if at < len(ui.names):
            chosen = at == ui.cursor
            name = fit(((">" if chosen else " ", Role.TEXT), (ui.names[at], Role.TEXT)), _NAMES)
            name = repaint(name, Role.SELECTED) if chosen else name
        made.append((*fit(name, _NAMES), (" ", Role.TEXT), *fit(sample[i] if i < len(sample) else BLANK, room)))
    return made


def theme_sample(language: str, columns: int) -> list[Row]:
    """Every role in its own look."""
    return [fit(((left(_ROLES[role].in_(language), 34), role),), columns) for role in Role]


def keymap_sample(keymap: Keymap, language: str, columns: int) -> list[Row]:
    """Every key, what it is called and the line it stands for; the command mode after them."""
    keys = [(b.key.upper(), b.label.in_(language), b.line) for b in keymap.bindings]
    made = [_key_row(*key, columns) for key in keys]
    if keymap.sequences:
        made.append(fit(((say("try_command_mode", language), Role.MUTED),), columns))
        made += [_key_row(b.key, "", b.line, columns) for b in keymap.sequences]
    half = (columns - 2) // 2
    if half < 2 * 18 or len(made) < 16:
        return made
    middle = (len(made) + 1) // 2
    other = [*made[middle:], *[BLANK] * (2 * middle - len(made))]
    return [(*fit(a, half), ("  ", Role.TEXT), *fit(b, half)) for a, b in zip(made[:middle], other, strict=True)]


def _key_row(key: str, label: str, line: str, columns: int) -> Row:
    return fit(
        ((left(key, 10), Role.MUTED), (left(label, max(12, width(label) + 1)), Role.TEXT), (line, Role.TEXT)), columns
    )


def layout_sample(layout: Layout, language: str, columns: int) -> list[Row]:
    """The columns of a wide desk from left to right, and the sizes."""
    names = "  |  ".join(_COLUMNS[column].in_(language) for column in layout.columns)
    sizes = [_SIZES[size].in_(language).format(n=value) for size, value in layout.sizes.items()]
    return [fit(((text, Role.TEXT),), columns) for text in (names, "", *sizes)]
